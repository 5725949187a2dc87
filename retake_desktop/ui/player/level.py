"""A slider in the app's own look."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSlider, QWidget

from retake_desktop.ui import style

_KNOB = 6
"""Radius in logical pixels."""


class LevelSlider(QSlider):
    """0 to 100 percent. A click goes straight to where it points; the keys move by 2 and by 10."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(0, 100)
        self.setSingleStep(2)
        self.setPageStep(10)
        self.setValue(100)

    def sizeHint(self) -> QSize:
        return QSize(96, style.CONTROL_HEIGHT)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.mouseMoveEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            room = max(1, self.width() - 2 * _KNOB)
            self.setValue(round((event.position().x() - _KNOB) / room * 100))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the whole slider is small
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        middle = self.height() / 2
        knob = _KNOB + (self.width() - 2 * _KNOB) * self.value() / 100
        groove = QRectF(_KNOB, middle - 1.5, self.width() - 2 * _KNOB, 3)
        painter.setBrush(style.colour("border"))
        painter.drawRoundedRect(groove, 1.5, 1.5)
        if self.isEnabled():
            painter.setBrush(style.colour("muted"))
            painter.drawRoundedRect(QRectF(groove.left(), groove.top(), knob - groove.left(), 3), 1.5, 1.5)
        painter.setBrush(style.colour("text" if self.isEnabled() else "disabled"))
        painter.drawEllipse(QPointF(knob, middle), _KNOB - 1, _KNOB - 1)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(style.colour("accent"))
            painter.drawEllipse(QPointF(knob, middle), _KNOB, _KNOB)
