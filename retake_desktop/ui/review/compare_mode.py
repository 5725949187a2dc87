"""How before and after are put side by side, and the controls that choose it."""

from enum import Enum

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QGroupBox, QHBoxLayout, QLabel, QRadioButton, QToolButton, QWidget

from retake_desktop.ui import style
from retake_desktop.ui.playback.material import Material
from retake_desktop.ui.playback.playback import Playback
from retake_desktop.ui.playback.soundtrack import Side


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
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(style.GAP_TINY)
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


class SoundChoice(QGroupBox):
    """Which sound is heard: the source's or the take's."""

    def __init__(self, playback: Playback, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._playback = playback
        self.setAccessibleName(self.tr("Sound from"))
        self.setFlat(True)
        self.setStyleSheet("QGroupBox { border: 0; margin: 0; padding: 0; }")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(style.GAP_TINY)
        caption = QLabel(self.tr("Listen to"), self)
        caption.setProperty("tone", "muted")
        row.addWidget(caption)
        self._buttons: dict[Side, QRadioButton] = {}
        for side, text, name in (
            (Side.BEFORE, self.tr("before"), self.tr("Sound before")),
            (Side.AFTER, self.tr("after"), self.tr("Sound after")),
        ):
            button = self._buttons[side] = QRadioButton(text, self)
            button.setAccessibleName(name)
            button.toggled.connect(self._choose)
            row.addWidget(button)
        playback.state_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        material = self._playback.material
        for side, button in self._buttons.items():
            obstacle = self._obstacle(side, material)
            button.setEnabled(not obstacle)
            button.setAccessibleDescription(obstacle)
            button.setToolTip(obstacle)
            button.setChecked(side is self._playback.side)

    def _choose(self) -> None:
        for side, button in self._buttons.items():
            if button.isChecked() and side is not self._playback.side:
                self._playback.choose_sound(side)

    def _obstacle(self, side: Side, material: Material | None) -> str:
        if material is None or material.after is None:
            return self.tr("Choose a take to review first.")
        clip = material.before if side is Side.BEFORE else material.after.clip
        return "" if clip.audio else self.tr("It has no sound.")


class CompareBar(QWidget):
    """Mode, flip and sound, in one row. Signals `mode_chosen(CompareMode)`, `flip_wanted()`."""

    mode_chosen = Signal(object)
    flip_wanted = Signal()

    def __init__(self, playback: Playback, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._modes = ModeChoice(self)
        self._flip = QToolButton(self)
        self._flip.setIcon(style.icon("arrow-left-right"))
        self._flip.setIconSize(QSize(style.ICON_SIZE, style.ICON_SIZE))
        self._flip.setAccessibleName(self.tr("Flip"))
        self._modes.chosen.connect(self.mode_chosen)
        self._flip.clicked.connect(self.flip_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(style.GAP, style.GAP_TINY, style.GAP, style.GAP_TINY)
        row.setSpacing(style.GAP_SMALL)
        row.addWidget(self._modes)
        row.addWidget(self._flip)
        row.addStretch(1)
        row.addWidget(SoundChoice(playback, self))
        self.show_mode(CompareMode.SIDE_BY_SIDE)

    def show_mode(self, mode: CompareMode) -> None:
        self._modes.show_mode(mode)
        can_flip = mode is CompareMode.AB
        said = self.tr("Flip between before and after (B)") if can_flip else self.tr("Choose A/B to flip.")
        self._flip.setEnabled(can_flip)
        self._flip.setToolTip(said)
        self._flip.setAccessibleDescription("" if can_flip else said)
