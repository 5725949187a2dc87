"""Tooltips name the keys that work, also after a person has changed them."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from retake_desktop.services.settings import Settings
from retake_desktop.ui.key_hints import hinted
from retake_desktop.ui.style import Style
from tests.ui.making import Bench, a_bench, a_clip


@pytest.fixture
def bench(qtbot: QtBot, styled: Style) -> Iterator[Bench]:
    made = a_bench(qtbot, styled, a_clip(), settings=Settings(shortcuts={"play": "F9"}))
    made.open(qtbot, a_clip())
    yield made
    made.close()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Play (Space)", "Play (F9)"),
        ("Loop the selection (Shift+L)", "Loop the selection (Shift+L)"),
        ("Ctrl+Enter", "F5"),
        ("A note in brackets (not a key)", "A note in brackets (not a key)"),
        ("", ""),
    ],
)
def test_the_keys_in_use_stand_in_place_of_the_usual_ones(before: str, after: str) -> None:
    assert hinted(before, {"play": "F9", "retake": "F5"}) == after


def test_a_tooltip_in_the_window_names_the_keys_of_now(bench: Bench, qtbot: QtBot) -> None:
    button = bench.window.transport._play
    assert button.toolTip().endswith("(Space)")
    where = QPoint(5, 5)
    QApplication.sendEvent(button, QHelpEvent(QEvent.Type.ToolTip, where, button.mapToGlobal(where)))
    assert QToolTip.text() == "Play (F9)"
    bench.preferences.change(shortcuts={"play": "F10"})
    QApplication.sendEvent(button, QHelpEvent(QEvent.Type.ToolTip, where, button.mapToGlobal(where)))
    assert QToolTip.text() == "Play (F10)"
    QToolTip.hideText()
