"""The look at what would be sent: its frames, which of them are made anew, and an honest word where there are none."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from retake_desktop.domain.retake import RetakeRequest
from retake_desktop.domain.span import Span
from retake_desktop.domain.window import Window
from retake_desktop.media.prepare import Prepared
from retake_desktop.ui import style
from retake_desktop.ui.dialogs.sent_window import SentWindow
from retake_desktop.ui.style import Style
from tests.fakes.job_thread import LIVE, draft
from tests.services.examples import NOON
from tests.ui.frames_on_screen import grab
from tests.ui.making import a_clip

REQUEST = RetakeRequest("/videos/kitchen.mp4", Span(Fraction(2), Fraction(6)), "A red coat")
_DRAFTED = draft("a", REQUEST, a_clip(), LIVE, NOON).window
assert _DRAFTED is not None
WINDOW: Window = _DRAFTED


def shades(_path: str, places: list[int], given_up: threading.Event) -> Iterator[QImage]:
    """One plain picture for each place, told apart by its red."""
    for number in range(len(places)):
        if given_up.is_set():
            return
        image = QImage(64, 36, QImage.Format.Format_RGB32)
        image.fill(QColor(100 + number, 0, 0))
        yield image


def nothing(_path: str, _places: list[int], _given_up: threading.Event) -> Iterator[QImage]:
    """A file that cannot be read any more."""
    return iter(())


def shown(qtbot: QtBot, dialog: SentWindow, window: Window = WINDOW) -> list[int]:
    """Opens the look; the red of each frame in sight once all have come."""
    qtbot.addWidget(dialog)
    dialog.show_window(REQUEST, Prepared(window, "/cache/w.mp4", 1_700_000))
    dialog.show()
    frames = [frame for frame in dialog._frames if frame.isVisible()]
    qtbot.waitUntil(lambda: all(not frame.pixmap().isNull() for frame in frames))
    return [grab(frame).pixelColor(frame.width() // 2, 20).red() for frame in frames]


@pytest.fixture
def dialog(styled: Style) -> Iterator[SentWindow]:
    made = SentWindow(shades)
    yield made
    made.close_down()


def test_eight_frames_come_in_order_and_those_made_anew_are_underlined(qtbot: QtBot, dialog: SentWindow) -> None:
    assert shown(qtbot, dialog) == [100 + number for number in range(8)]
    accent = style.colour("accent")
    lines = [grab(frame).pixelColor(5, frame.height() - 1) == accent for frame in dialog._frames]
    names = [frame.accessibleName() == "Made anew" for frame in dialog._frames]
    assert lines == names
    assert True in lines
    assert False in lines


def test_a_second_look_shows_the_second_window_alone(qtbot: QtBot, dialog: SentWindow) -> None:
    shown(qtbot, dialog)
    assert shown(qtbot, dialog, replace(WINDOW, frame_count=3)) == [100, 101, 102]


def test_a_file_whose_frames_cannot_be_read_is_said_so(qtbot: QtBot, styled: Style) -> None:
    dialog = SentWindow(nothing)
    qtbot.addWidget(dialog)
    dialog.show_window(REQUEST, Prepared(WINDOW, "/cache/w.mp4", 1_700_000))
    qtbot.waitUntil(lambda: "cannot be shown here" in dialog._note.text())
    dialog.close_down()
