"""Volume and mute, and why nothing is heard."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from retake_desktop.domain.clip import Clip
from retake_desktop.media.sound_output import Device
from retake_desktop.ui import style
from retake_desktop.ui.playback.soundtrack import Soundtrack
from retake_desktop.ui.player.level import LevelSlider


class VolumeControl(QWidget):
    """A mute button and a slider in percent for `sound`."""

    percent_changed = Signal()
    """The slider stands elsewhere; mute leaves it where it is."""

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
        self._outputs = QMenu(self._mute)
        self._outputs.setAccessibleName(self.tr("Sound output"))
        self._outputs.aboutToShow.connect(self._list_outputs)
        self._mute.setMenu(self._outputs)
        self._mute.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._mute.customContextMenuRequested.connect(self._mute.showMenu)
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

    @property
    def percent(self) -> int:
        return self._slider.value()

    def set_percent(self, percent: int) -> None:
        """At most 100."""
        self._slider.setValue(percent)

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
        self.percent_changed.emit()

    def _apply(self) -> None:
        self._sound.set_volume(0 if self._mute.isChecked() else self._slider.value())
        self._show()

    def _list_outputs(self) -> None:
        """The system's usual output, and every one that is known once sound has been heard."""
        self._outputs.clear()
        for device in (Device("", self.tr("The system's usual output")), *self._sound.devices):
            action = self._outputs.addAction(device.name)
            action.setCheckable(True)
            action.setChecked(device.id == self._sound.device)
            action.setData(device.id)
            action.triggered.connect(self._choose_output)

    def _choose_output(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._sound.choose_device(str(action.data()))

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
        for control, tip in (
            (self._mute, self.tr("Mute (hold or right-click: sound output)")),
            (self._slider, self.tr("Volume")),
        ):
            control.setEnabled(not obstacle)
            control.setToolTip(obstacle or tip)
            control.setAccessibleDescription(obstacle)
