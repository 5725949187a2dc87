"""Panels are closed and opened by keys, and come back as they were left."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from retake_desktop.ui.main_window import MainWindow
from retake_desktop.ui.playback.playback import Playback
from retake_desktop.ui.style import Style
from tests.ui.making import a_bench, a_clip


def a_window(qtbot: QtBot, playback: Playback, place: Path) -> MainWindow:
    window = MainWindow(playback, place)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    return window


def widths(window: MainWindow) -> list[int]:
    return window.sides.splitter.sizes()


def test_size_widths_and_closed_panels_come_back(qtbot: QtBot, playback: Playback, tmp_path: Path) -> None:
    place = tmp_path / "window.ini"
    first = a_window(qtbot, playback, place)
    first.resize(1400, 850)
    first.sides.splitter.setSizes([420, 600, 380])
    left = widths(first)
    first.sides.toggle_form()
    first.close()
    again = a_window(qtbot, playback, place)
    assert (again.width(), again.height()) == (1400, 850)
    assert not again.compose.isVisible()
    assert again.takes.isVisible()
    assert again.takes.width() == left[0]
    again.sides.toggle_form()
    qtbot.waitUntil(lambda: widths(again) == left)
    again.close()


def test_a_record_that_is_unreadable_counts_for_nothing(qtbot: QtBot, playback: Playback, tmp_path: Path) -> None:
    place = tmp_path / "window.ini"
    place.write_text("[General]\nclosed=9\nsplitter=nonsense\ngeometry=3\n")
    window = a_window(qtbot, playback, place)
    assert window.takes.isVisible()
    assert window.compose.isVisible()
    window.close()


@pytest.mark.parametrize(("key", "name"), [(Qt.Key.Key_F7, "takes"), (Qt.Key.Key_F8, "compose")])
def test_a_key_closes_a_panel_and_opens_it_again(qtbot: QtBot, styled: Style, key: Qt.Key, name: str) -> None:
    bench = a_bench(qtbot, styled, a_clip())
    bench.open(qtbot, a_clip())
    bench.window.activateWindow()
    qtbot.waitUntil(bench.window.isActiveWindow)
    panel = getattr(bench.window, name)
    picture = bench.window.stage.width()
    QTest.keyClick(bench.window.stage, key)
    assert not panel.isVisible()
    qtbot.waitUntil(lambda: bench.window.stage.width() > picture)
    QTest.keyClick(bench.window.stage, key)
    assert panel.isVisible()
    bench.close()


def test_the_full_screen_gives_back_what_was_open(qtbot: QtBot, styled: Style) -> None:
    bench = a_bench(qtbot, styled, a_clip())
    bench.window.sides.toggle_takes()
    bench.window.sides.leave_alone(True)
    assert not bench.window.compose.isVisible()
    bench.window.sides.leave_alone(False)
    assert bench.window.compose.isVisible()
    assert not bench.window.takes.isVisible()
    bench.close()
