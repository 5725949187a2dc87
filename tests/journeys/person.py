"""A person at the window: finds controls by their accessible names, as a screen reader does, and uses them."""

from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

W = TypeVar("W", bound=QWidget)


class Person:
    """Works one window."""

    def __init__(self, qtbot: QtBot, window: QWidget) -> None:
        self._qtbot = qtbot
        self._window = window

    def sees(self, name: str, kind: type[W]) -> W:
        """The one showing control with this accessible name."""
        found = [widget for widget in self._window.findChildren(kind) if widget.isVisible() and _name(widget) == name]
        assert len(found) == 1, f"{len(found)} showing controls are named {name!r}"
        return found[0]

    def reads(self) -> list[str]:
        """Every text label in sight."""
        return [label.text() for label in self._window.findChildren(QLabel) if label.isVisible()]

    def presses(self, name: str) -> None:
        """Clicks a button once it can be clicked."""
        button = self.sees(name, QAbstractButton)
        self._qtbot.waitUntil(button.isEnabled)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def types(self, name: str, words: str) -> None:
        field = self.sees(name, QWidget)
        field.setFocus()
        QTest.keyClicks(field, words)

    def drags(self, widget: QWidget, start: QPoint, end: QPoint) -> None:
        """Presses at `start`, moves to `end` in a few steps, and lets go."""
        QTest.mousePress(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
        for step in range(1, 6):
            QTest.mouseMove(widget, start + (end - start) * step / 5)
        QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)


def _name(widget: QWidget) -> str:
    if widget.accessibleName():
        return widget.accessibleName()
    return widget.text().replace("&", "") if isinstance(widget, QAbstractButton) else ""
