"""The divider of the wipe."""

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSignalBlocker, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from retake_desktop.ui import style
from retake_desktop.ui.playback.grip import Grip

WIDTH = 24
STEPS = 1000
"""Its value is in thousandths of the picture's width."""


class Divider(Grip):
    """A line to drag, or to move with the arrow keys when it has the focus."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(QCoreApplication.translate("CompareView", "Wipe divider"), parent)
        self.anchor = WIDTH / 2
        self.setRange(0, STEPS)
        self.setSingleStep(STEPS // 100)
        self.setPageStep(STEPS // 10)
        self.show_part(STEPS // 2)

    def show_part(self, thousandths: int) -> None:
        with QSignalBlocker(self):
            self.setValue(thousandths)
        self.setAccessibleDescription(
            QCoreApplication.translate("CompareView", "{percent} % before").format(percent=thousandths * 100 // STEPS)
        )

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the whole divider is small
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(self.width() / 2, self.height() / 2)
        painter.fillRect(QRectF(middle.x() - 1.5, 0, 3, self.height()), QColor(0, 0, 0, 120))
        painter.fillRect(QRectF(middle.x() - 0.5, 0, 1, self.height()), QColor(255, 255, 255))
        painter.setPen(QColor(0, 0, 0, 120))
        painter.setBrush(style.colour("accent") if self.hasFocus() or self.underMouse() else QColor(255, 255, 255))
        painter.drawRoundedRect(QRectF(middle.x() - 5, middle.y() - 16, 10, 32), 5, 5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 120))
        painter.drawRoundedRect(QRectF(middle.x() - 1, middle.y() - 8, 2, 16), 1, 1)
