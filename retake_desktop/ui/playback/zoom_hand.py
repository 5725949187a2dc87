"""Zooming and panning a surface by wheel, touchpad, touch and mouse."""

from fractions import Fraction
from typing import cast

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QGestureEvent, QPinchGesture

from retake_desktop.ui.playback.surface import Surface
from retake_desktop.ui.playback.zoom import Zoom

_NOTCH = 120
"""Eighths of a degree of one notch of a wheel (Qt's documentation of QWheelEvent.angleDelta)."""
_A_NOTCH = 1.25


class ZoomHand(QObject):
    """Ctrl and the wheel, or a pinch, zoom about the pointer; dragging and the wheel move what is zoomed.

    A double-click on a zoomed picture fits it again. Signal `clicked(QPointF)`: the left button, without a drag; on a
    zoomed picture only when no second click has followed.
    """

    clicked = Signal(object)

    def __init__(self, surface: Surface) -> None:
        super().__init__(surface)
        self._surface = surface
        self._held: QPointF | None = None
        self._is_dragging = False
        self._clicked_at = QPointF()
        self._late_click = QTimer(self)
        self._late_click.setSingleShot(True)
        self._late_click.timeout.connect(self._click)
        surface.grabGesture(Qt.GestureType.PinchGesture)
        surface.installEventFilter(self)
        surface.zoom_changed.connect(self._show_cursor)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.Wheel:
            return self._wheel(cast("QWheelEvent", event))
        if kind == QEvent.Type.NativeGesture:
            return self._native_pinch(cast("QNativeGestureEvent", event))
        if kind == QEvent.Type.Gesture:
            return self._touch_pinch(cast("QGestureEvent", event))
        if isinstance(event, QMouseEvent):
            return self._mouse(event)
        return super().eventFilter(watched, event)

    def zoom_by(self, factor: float, about: QPointF) -> None:
        exact = Fraction(factor).limit_denominator(10_000)
        frame = self._surface.frame(self._surface.pane_at(about))
        self._surface.set_zoom(self._surface.zoom.scaled(exact, about, frame))

    def _wheel(self, event: QWheelEvent) -> bool:
        turn = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(_A_NOTCH ** (turn.y() / _NOTCH), event.position())
            return True
        if self._surface.zoom.scale is None:
            return False
        by = QPointF(event.pixelDelta()) if not event.pixelDelta().isNull() else QPointF(turn) / 2
        self._pan(by)
        return True

    def _native_pinch(self, event: QNativeGestureEvent) -> bool:
        if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom_by(max(0.1, 1 + event.value()), event.position())
            return True
        return False

    def _touch_pinch(self, event: QGestureEvent) -> bool:
        pinch = event.gesture(Qt.GestureType.PinchGesture)
        if not isinstance(pinch, QPinchGesture):
            return False
        self._held = None
        self.zoom_by(max(0.1, pinch.scaleFactor()), self._surface.mapFromGlobal(pinch.centerPoint()))
        return True

    def _mouse(self, event: QMouseEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.MouseMove:
            return self._drag(event)
        if event.button() is not Qt.MouseButton.LeftButton:
            return False
        if kind == QEvent.Type.MouseButtonDblClick:
            return self._double_click()
        if kind == QEvent.Type.MouseButtonPress:
            self._held, self._is_dragging = event.position(), False
            return False
        return self._let_go(event)

    def _drag(self, event: QMouseEvent) -> bool:
        if self._held is None or self._surface.zoom.scale is None:
            return False
        by = event.position() - self._held
        if self._is_dragging or by.manhattanLength() >= QApplication.startDragDistance():
            self._is_dragging = True
            self._held = event.position()
            self._surface.setCursor(Qt.CursorShape.ClosedHandCursor)
            self._pan(by)
        return True

    def _double_click(self) -> bool:
        self._late_click.stop()
        if self._surface.zoom.scale is None:
            self._held, self._is_dragging = QPointF(), False
            return False
        self._held = None
        self._surface.set_zoom(Zoom())
        return True

    def _let_go(self, event: QMouseEvent) -> bool:
        held, self._held = self._held, None
        self._show_cursor()
        if held is None or self._is_dragging or not self._surface.rect().contains(event.position().toPoint()):
            return True
        self._clicked_at = event.position()
        if self._surface.zoom.scale is None:
            self._click()
        else:
            self._late_click.start(QApplication.doubleClickInterval())
        return True

    def _click(self) -> None:
        self.clicked.emit(self._clicked_at)

    def _pan(self, by: QPointF) -> None:
        self._surface.set_zoom(self._surface.zoom.moved(by, self._surface.frame()))

    def _show_cursor(self) -> None:
        if self._surface.zoom.scale is None:
            self._surface.unsetCursor()
        elif not self._is_dragging or self._held is None:
            self._surface.setCursor(Qt.CursorShape.OpenHandCursor)
