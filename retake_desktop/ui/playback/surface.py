"""What stage and compare view have in common: a black surface that shows shots in the resolution it needs."""

from PySide6.QtCore import QEvent, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from retake_desktop.ui.playback.image import fitted
from retake_desktop.ui.playback.material import Shot
from retake_desktop.ui.playback.playback import Playback


class Surface(QWidget):
    """Tells `playback` how large pictures can be while it is showing, and keeps the latest shot."""

    def __init__(self, playback: Playback, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.playback = playback
        self.latest: Shot | None = None
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(240, 135)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    @property
    def shot(self) -> Shot | None:
        """What is on screen: None before the first frame of what is loaded."""
        latest = self.latest
        return latest if latest is not None and latest.material is self.playback.material else None

    def pane(self) -> QRectF:
        """The place for one picture, in logical pixels."""
        return QRectF(self.rect())

    def target(self, pane: QRectF) -> QRectF:
        """Where the source's picture goes within `pane`."""
        material = self.playback.material
        if material is None:
            return pane
        return fitted(QSizeF(material.before.width, material.before.height), pane, self.devicePixelRatioF())

    def ask_for_size(self) -> None:
        if self.isVisible():
            size = self.pane().size() * self.devicePixelRatioF()
            self.playback.set_box(QSize(round(size.width()), round(size.height())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.ask_for_size()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.ask_for_size()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.ask_for_size()
        return super().event(event)
