"""The two handles of the selection: real sliders over the clip's frame boundaries."""

from enum import Enum

from PySide6.QtCore import QCoreApplication, QRectF, QSignalBlocker, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from retake_desktop.domain import timecode
from retake_desktop.domain.clip import FrameTimes
from retake_desktop.ui import style
from retake_desktop.ui.playback.grip import Grip

WIDTH = 12
BY_KEYBOARD = frozenset(
    {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason}
)


class Edge(Enum):
    IN = "in"
    OUT = "out"


class Handle(Grip):
    """Its value is a frame boundary; its description reads as timecode.

    WORKAROUND: Qt's AT-SPI bridge (6.12) has no value text for sliders, and an accessible made in Python cannot offer
    a value interface (https://doc.qt.io/qtforpython-6/PySide6/QtGui/QAccessibleInterface.html), so the timecode is
    the description. To be removed when either is possible.
    """

    def __init__(self, edge: Edge, parent: QWidget) -> None:
        words = {Edge.IN: "In point", Edge.OUT: "Out point"}
        super().__init__(QCoreApplication.translate("Timeline", words[edge]), parent)
        self.edge = edge
        self._track = parent
        self.is_at_keyboard = False
        """Whether it is moved by keys now."""
        self.anchor = float(WIDTH) if edge is Edge.IN else 0.0

    def show_boundary(self, boundary: int, frames: FrameTimes, page: int) -> None:
        """Stands at frame boundary `boundary`; PageUp and PageDown move by `page` frames."""
        with QSignalBlocker(self):
            self.setRange(0, len(frames))
            self.setPageStep(page)
            self.setValue(boundary)
        written = timecode.to_text(frames.start_of(boundary))
        self.setAccessibleDescription(written)
        self.setToolTip(f"{self.accessibleName()} {written}")

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._tell(event.reason() in BY_KEYBOARD)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._tell(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._tell(True)
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._tell(False)

    def _tell(self, is_at_keyboard: bool) -> None:
        if is_at_keyboard != self.is_at_keyboard:
            self.is_at_keyboard = is_at_keyboard
            self._track.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the whole handle is small
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        accent = style.colour("accent")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent.lighter(118) if self.hasFocus() or self.underMouse() else accent)
        box = QRectF(self.rect())
        painter.drawRoundedRect(box, style.RADIUS, style.RADIUS)
        inner_half = QRectF(box.center().x() if self.edge is Edge.IN else 0, 0, box.width() / 2, box.height())
        painter.drawRect(inner_half)
        painter.setBrush(style.colour("on_accent"))
        painter.drawRoundedRect(QRectF(box.center().x() - 1, box.center().y() - 9, 2, 18), 1, 1)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(style.colour("text"))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), style.RADIUS, style.RADIUS)
