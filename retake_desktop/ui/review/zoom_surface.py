"""A surface whose pictures can be enlarged and moved, all alike, and looked at through a loupe."""

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from retake_desktop.ui.playback.playback import Playback
from retake_desktop.ui.playback.surface import Surface
from retake_desktop.ui.review.viewport import Viewport

_CLICK = 4
"""Logical pixels that a click may slip."""
_PAN = 0.1
"""Part of the pane by which a key moves."""


class ZoomSurface(Surface):
    """The wheel zooms about the mouse, dragging moves what is larger than its pane.

    Signals: `zoomed()` when another part is shown; `clicked(QPointF)`.
    """

    zoomed = Signal()
    clicked = Signal(object)

    def __init__(self, playback: Playback, name: str, parent: QWidget | None = None) -> None:
        super().__init__(playback, name, parent)
        self.viewport = Viewport()
        self.loupe: QPointF | None = None
        """The point under the loupe, in parts of the picture; None without a loupe."""
        self._held_at: QPointF | None = None
        self._has_moved = False
        self.setMouseTracking(True)

    def pane_at(self, point: QPointF) -> QRectF:  # noqa: ARG002 - surfaces with several panes answer by the place
        """The pane that holds `point`."""
        return self.pane()

    def percent(self) -> float:
        """The enlargement on screen; 100 is a pixel of the source on a pixel of the screen."""
        return self.viewport.percent_in(self._picture(), self.pane(), self.devicePixelRatioF())

    def zoom_to(self, percent: int | None, about: QPointF | None = None) -> None:
        """Shows the pictures at `percent`, None to fit; `about` stays in place, by default the middle."""
        pane = self.pane() if about is None else self.pane_at(about)
        place = pane.center() if about is None else about
        self._show(self.viewport.zoomed(percent, place, self._picture(), pane, self.devicePixelRatioF()))

    def zoom_step(self, direction: int, about: QPointF | None = None) -> None:
        """One step larger (1) or smaller (-1)."""
        self.zoom_to(self.viewport.stepped(direction, self.percent()), about)

    def pan(self, across: int, down: int) -> None:
        """Looks a little further right (1) or left (-1), down or up."""
        pane = self.pane()
        self._pan_by(QPointF(-across * pane.width() * _PAN, -down * pane.height() * _PAN))

    def toggle_loupe(self) -> None:
        """With or without the loupe, which begins in the middle and then follows the mouse."""
        self.loupe = QPointF(0.5, 0.5) if self.loupe is None else None
        self._changed()

    def target(self, pane: QRectF) -> QRectF:
        if self.playback.material is None:
            return pane
        return self.viewport.target(self._picture(), pane, self.devicePixelRatioF())

    def ask_for_size(self) -> None:
        """As many pixels as can be seen, and never more than the source has."""
        if not self.isVisible():
            return
        size = self.pane().size() * self.devicePixelRatioF()
        if self.viewport.percent is not None or self.loupe is not None:
            most, wanted = self._picture(), self.target(self.pane()).size() * self.devicePixelRatioF()
            size = most if self.loupe is not None else QSizeF(wanted.boundedTo(most))
        self.playback.set_box(QSize(round(size.width()), round(size.height())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.zoomed.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        turn = event.angleDelta().y()
        if turn and self.playback.material is not None:
            self.zoom_step(1 if turn > 0 else -1, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._held_at, self._has_moved = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        if self._held_at is not None:
            by = place - self._held_at
            if self._has_moved or by.manhattanLength() > _CLICK:
                self._has_moved, self._held_at = True, place
                self._pan_by(by)
        elif self.loupe is not None:
            target = self.target(self.pane_at(place))
            across = (place.x() - target.left()) / (target.width() or 1)
            down = (place.y() - target.top()) / (target.height() or 1)
            self.loupe = QPointF(max(0.0, min(1.0, across)), max(0.0, min(1.0, down)))
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        held, self._held_at = self._held_at, None
        inside = self.rect().contains(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and held is not None and inside and not self._has_moved:
            self.clicked.emit(event.position())

    def _picture(self) -> QSizeF:
        """Pixels of the source as it is seen."""
        material = self.playback.material
        return QSizeF() if material is None else QSizeF(material.before.width, material.before.height)

    def _pan_by(self, by: QPointF) -> None:
        self._show(self.viewport.panned(by, self._picture(), self.pane(), self.devicePixelRatioF()))

    def _show(self, viewport: Viewport) -> None:
        if viewport != self.viewport:
            self.viewport = viewport
            self._changed()

    def _changed(self) -> None:
        self.ask_for_size()
        self.update()
        self.zoomed.emit()
