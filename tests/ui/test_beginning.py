"""The window's first moments: drawn before the rest is there, and whole for whoever does something in it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from retake_desktop.ui.beginning import Beginning
from retake_desktop.ui.main_window import MainWindow
from retake_desktop.ui.playback.playback import Playback
from retake_desktop.ui.style import Style


class Front(QMainWindow):
    """A window whose button and key work only when the last of five steps is done."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []
        self.beginning: Beginning
        self.button = QPushButton("Open")
        self.setCentralWidget(self.button)

    def rest(self) -> Iterator[None]:
        for step in "abcd":
            self.told.append(step)
            yield
        self.button.clicked.connect(lambda: self.told.append("clicked"))
        QShortcut(QKeySequence("Ctrl+O"), self).activated.connect(lambda: self.told.append("key"))

    def paintEvent(self, _event: object) -> None:
        self.told.append("drawn")


def begun(qtbot: QtBot, rest: Iterator[None] | None = None) -> Front:
    window = Front()
    qtbot.addWidget(window)
    window.show()
    window.beginning = Beginning(window, window.rest() if rest is None else rest)
    return window


def at_first_step(qtbot: QtBot, front: Front) -> None:
    for _ in range(10_000):
        if "a" in front.told:
            break
        QApplication.processEvents()
    assert "d" not in front.told


def test_the_window_is_drawn_first_and_answers_between_the_steps(qtbot: QtBot) -> None:
    front = begun(qtbot)
    beat = QTimer(front, interval=0)
    beat.timeout.connect(lambda: front.told.append("."))
    beat.start()
    qtbot.waitUntil(lambda: "d" in front.told)
    told = "".join(front.told).partition("drawn")[2]
    assert "drawn" in front.told[: front.told.index("a")]
    assert all("." in told[told.index(one) : told.index(other)] for one, other in ("ab", "bc", "cd"))


@pytest.mark.parametrize("deed", ["click", "key"])
def test_what_a_person_does_meets_a_whole_window(qtbot: QtBot, deed: str) -> None:
    front = Front()
    qtbot.addWidget(front)
    with qtbot.waitActive(front):
        front.show()
        front.activateWindow()
    beginning = Beginning(front, front.rest())
    handle = front.windowHandle()
    if deed == "click":
        QTest.mouseClick(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, _middle(front.button))
        assert front.told[-1] == "clicked"
    else:
        QTest.keyClick(handle, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
        assert front.told[-1] == "key"
    assert [told for told in front.told if told in {*"abcd"}] == [*"abcd"]
    beginning.finish()


def test_a_window_that_is_closed_at_once_is_whole_before(qtbot: QtBot) -> None:
    front = begun(qtbot)
    at_first_step(qtbot, front)
    front.close()
    assert "d" in front.told


def test_a_step_that_fails_is_the_last(qtbot: QtBot) -> None:
    def failing() -> Iterator[None]:
        yield
        raise ValueError("half a window")

    with qtbot.capture_exceptions() as caught:
        front = begun(qtbot, failing())
        front.beginning.failed.connect(lambda: front.told.append("failed"))
        qtbot.waitUntil(lambda: bool(caught))
        qtbot.wait(20)
    assert [kind for kind, _, _ in caught] == [ValueError]
    assert front.told[-1] == "failed"


def test_nothing_moves_when_the_rest_joins_the_first_screen(qtbot: QtBot, styled: Style, playback: Playback) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    before = _picture(window)
    window.furnish(playback)
    qtbot.wait(50)
    assert _picture(window) == before
    window.timeline.close_files()


def _middle(widget: QWidget) -> QPoint:
    return widget.mapTo(widget.window(), widget.rect().center())


def _picture(window: QWidget) -> QImage:
    return window.grab().toImage()
