"""A surface that can be looked at through a loupe."""

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from retake_desktop.ui.playback.playback import Playback
from retake_desktop.ui.playback.surface import Surface


class LoupeSurface(Surface):
    """The loupe follows the mouse; what is under it needs every pixel of the picture."""

    def __init__(self, playback: Playback, name: str, parent: QWidget | None = None) -> None:
        super().__init__(playback, name, parent)
        self.loupe: QPointF | None = None
        """The point under the loupe, in parts of the picture; None without a loupe."""
        self.setMouseTracking(True)

    def toggle_loupe(self) -> None:
        """With or without the loupe, which begins in the middle."""
        self.loupe = QPointF(0.5, 0.5) if self.loupe is None else None
        self.ask_for_size()
        self.update()

    def ask_for_size(self) -> None:
        material = self.playback.material
        if self.loupe is None or material is None:
            super().ask_for_size()
        elif self.isVisible():
            self.playback.set_box(QSize(material.before.width, material.before.height))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.loupe is not None:
            place = event.position()
            target = self.target(self.pane_at(place))
            across = (place.x() - target.left()) / (target.width() or 1)
            down = (place.y() - target.top()) / (target.height() or 1)
            self.loupe = QPointF(max(0.0, min(1.0, across)), max(0.0, min(1.0, down)))
            self.update()
