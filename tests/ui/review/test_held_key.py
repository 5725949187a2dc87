"""A key that does something for as long as it is held."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from retake_desktop.ui.review.held_key import TAP_NS, HeldKey

B = Qt.Key.Key_B


class Clock:
    now = 0

    def __call__(self) -> int:
        return self.now


def held(qtbot: QtBot) -> tuple[HeldKey, QWidget, Clock, list[object]]:
    widget, clock, told = QWidget(), Clock(), list[object]()
    qtbot.addWidget(widget)
    key = HeldKey(B, widget, now=clock)
    key.down.connect(lambda: told.append("down"))
    key.up.connect(told.append)
    return key, widget, clock, told


def test_a_held_key_is_told_from_a_tapped_one(qtbot: QtBot) -> None:
    key, widget, clock, told = held(qtbot)
    key.press()
    QTest.keyRelease(widget, B)
    key.press()
    clock.now += TAP_NS + 1
    QTest.keyRelease(widget, B)
    assert told == ["down", True, "down", False]


def test_other_keys_do_not_end_it_and_repeats_do_not_begin_it_anew(qtbot: QtBot) -> None:
    key, widget, _clock, told = held(qtbot)
    key.press()
    key.press()
    QTest.keyRelease(widget, Qt.Key.Key_C)
    assert told == ["down"]
    QTest.keyRelease(widget, B)
    QTest.keyRelease(widget, B)
    assert told == ["down", True]
