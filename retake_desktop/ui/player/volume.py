"""Volume and mute, and why nothing is heard."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from retake_desktop.domain.clip import Clip
from retake_desktop.ui import style
from retake_desktop.ui.playback.soundtrack import Soundtrack
from retake_desktop.ui.player.level import LevelSlider


class VolumeControl(QWidget):
    """A mute button and a slider in percent for `sound`."""

    def __init__(self, sound: Soundtrack, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sound = sound
        self._clip: Clip | None = None
        self._trouble = ""
        self._mute = QToolButton(self)
        self._mute.setAccessibleName(self.tr("Mute"))
        self._mute.setCheckable(True)
        self._mute.setIconSize(QSize(style.ICON_SIZE, style.ICON_SIZE))
        self._mute.setFixedSize(style.CONTROL_HEIGHT + 4, style.CONTROL_HEIGHT)
        self._slider = LevelSlider(self)
        self._slider.setAccessibleName(self.tr("Volume"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(style.GAP_TINY)
        row.addWidget(self._mute)
        row.addWidget(self._slider)
        self._mute.toggled.connect(self._apply)
        self._slider.valueChanged.connect(self._slide)
        self._show()

    def set_trouble(self, reason: str) -> None:
        """Why there can be no sound at all; empty when there can."""
        self._trouble = reason
        self._show()

    def show_clip(self, clip: Clip | None) -> None:
        if clip is not self._clip:
            self._clip = clip
            self._show()

    def _slide(self, percent: int) -> None:
        if percent:
            self._mute.setChecked(False)
        self._apply()

    def _apply(self) -> None:
        self._sound.set_volume(0 if self._mute.isChecked() else self._slider.value())
        self._show()

    def _obstacle(self) -> str:
        if self._trouble:
            return self._trouble
        if self._clip is None:
            return self.tr("Open a video first.")
        return "" if self._clip.audio else self.tr("This video has no sound.")

    def _show(self) -> None:
        obstacle = self._obstacle()
        silent = bool(obstacle) or self._mute.isChecked() or not self._slider.value()
        self._mute.setIcon(style.icon("volume-x" if silent else "volume-2"))
        for control, tip in ((self._mute, self.tr("Mute")), (self._slider, self.tr("Volume"))):
            control.setEnabled(not obstacle)
            control.setToolTip(obstacle or tip)
            control.setAccessibleDescription(obstacle)
