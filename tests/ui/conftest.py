"""For all tests of the window: a platform, the app's look, frame-numbered clips, and playback that ends with the test.

Run them under `xvfb-run -a` for a real X11 window system; without a DISPLAY they use Qt's offscreen platform.
Fixtures: `styled` (the app's own style, dark), `make_footage(**options) -> Clip` (options of tests.fakes.footage, and
`suffix`), `playback` (an engine without sound; its threads are joined afterwards), `speaking` (another language).
"""

import itertools
import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QTranslator
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from retake_desktop.domain.clip import Clip
from retake_desktop.media.probe import probe
from retake_desktop.ui.language import speak
from retake_desktop.ui.playback.playback import Playback
from retake_desktop.ui.playback.soundtrack import Soundtrack
from retake_desktop.ui.style import Style, Theme
from tests.fakes.footage import make_clip

os.environ.setdefault("QT_QPA_PLATFORM", "xcb" if os.environ.get("DISPLAY") else "offscreen")

MakeFootage = Callable[..., Clip]


def no_sound(clip: Clip) -> None:
    """A system without a sound device."""


def no_trouble() -> None:
    """A system on which sound can be played."""


_STYLES: list[Style] = []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Qt's offscreen platform remarks on every window that it has no window manager."""
    for item in items:
        if "/tests/ui/" in item.path.as_posix():
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


@pytest.fixture
def styled(qapp: QApplication) -> Style:
    """The app's style in its default theme; one for the whole run, as there is one application."""
    if not _STYLES:
        _STYLES.append(Style(qapp))
    _STYLES[0].set_theme(Theme.DARK)
    return _STYLES[0]


@pytest.fixture(autouse=True)
def _delete_what_was_closed(qtbot: QtBot) -> Iterator[None]:
    """What a test closed is gone before the next one begins."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def speaking(qapp: QApplication) -> Iterator[Callable[[str], str]]:
    """Puts the app into a language; the tests that follow have their own again."""
    before = QLocale()
    yield partial(speak, qapp)
    QLocale.setDefault(before)
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.setParent(None)


@pytest.fixture
def make_footage(tmp_path: Path) -> MakeFootage:
    """Makes clips whose every frame shows its number, and probes them."""
    numbers = itertools.count()

    def make(suffix: str = ".mp4", **options: Any) -> Clip:
        return probe(str(make_clip(tmp_path / f"footage-{next(numbers)}{suffix}", **options)))

    return make


@pytest.fixture
def playback(styled: Style) -> Iterator[Playback]:
    """An engine without sound."""
    engine = Playback(sound=Soundtrack(no_sound, no_trouble))
    yield engine
    engine.close()
