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
        self._target = QRectF()
        self.dragged.connect(self._drag)

    def x_in(self, target: QRectF) -> float:
        """Where it parts the picture in `target`."""
        return target.left() + target.width() * self.value() / STEPS

    def place(self, target: QRectF, pane: QRectF, *, visible: bool) -> None:
        """Lies over the picture in `target` as far as that is seen in `pane`."""
        self._target = target
        seen = target & pane
        self.setGeometry(round(self.x_in(target) - WIDTH / 2), round(seen.top()), WIDTH, round(seen.height()))
        self.setVisible(visible)

    def _drag(self, x: float) -> None:
        if self._target.width() > 0:
            part = round((x - self._target.left()) / self._target.width() * STEPS)
            self.stepped.emit(max(0, min(STEPS, part)))

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
