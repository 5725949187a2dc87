"""How before and after are put side by side, and the controls that choose it."""

from enum import Enum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QGroupBox, QRadioButton, QWidget

from retake_desktop.ui import style
from retake_desktop.ui.flow import Flow


class CompareMode(Enum):
    """In the order of the keys 1 to 4."""

    SIDE_BY_SIDE = "side_by_side"
    WIPE = "wipe"
    AB = "ab"
    DIFFERENCE = "difference"


class ModeChoice(QGroupBox):
    """One radio button for each mode. Signal `chosen(CompareMode)` when the person chooses."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Compare mode"))
        self.setFlat(True)
        self.setStyleSheet("QGroupBox { border: 0; margin: 0; padding: 0; }")
        self._group = QButtonGroup(self)
        self._modes = list(CompareMode)
        row = Flow(self, style.GAP_TINY)
        names = (self.tr("Side by side"), self.tr("Wipe"), self.tr("A/B"), self.tr("Difference"))
        for number, name in enumerate(names):
            button = QRadioButton(name, self)
            button.setToolTip(self.tr("{mode} ({key})").format(mode=name, key=number + 1))
            self._group.addButton(button, number)
            row.addWidget(button)
        self.show_mode(CompareMode.SIDE_BY_SIDE)
        self._group.idToggled.connect(self._choose)

    def show_mode(self, mode: CompareMode) -> None:
        self._group.button(self._modes.index(mode)).setChecked(True)

    def _choose(self, number: int, checked: bool) -> None:
        if checked:
            self.chosen.emit(self._modes[number])
