"""The whole clip in one narrow line under the track, while the track shows only a part of it."""

from fractions import Fraction

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from retake_desktop.domain.span import Span
from retake_desktop.ui import style
from retake_desktop.ui.timeline.scale import Scale

HEIGHT = 12
_LEAST_PIXELS = 6
_NOTHING = Span(Fraction(0), Fraction(0))


class Minimap(QWidget):
    """Shows where the track's view lies. Its place stays reserved, so that zooming moves nothing.

    Signal `wanted(Fraction)`: the middle of the view is to go to this clip time.
    """

    wanted = Signal(object)

    def __init__(self, margin: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._margin = margin
        self._whole = _NOTHING
        self._view = _NOTHING
        self._span: Span | None = None
        self._playhead = Fraction(0)
        self._held: Fraction | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT)

    @property
    def is_zoomed(self) -> bool:
        return self._view != self._whole and self._whole.duration > 0

    def sizeHint(self) -> QSize:
        return QSize(320, HEIGHT)

    def show_view(self, whole: Span, view: Span) -> None:
        self._whole, self._view = whole, view
        self.setCursor(Qt.CursorShape.PointingHandCursor if self.is_zoomed else Qt.CursorShape.ArrowCursor)
        self.setToolTip(self.tr("Drag to see another part of the video") if self.is_zoomed else "")
        self.update()

    def show_span(self, span: Span | None) -> None:
        self._span = span
        self.update()

    def show_playhead(self, time: Fraction) -> None:
        self._playhead = time
        if self.is_zoomed:
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.is_zoomed:
            time = self._scale().time_at(event.position().x())
            middle = (self._view.start + self._view.end) / 2
            self._held = middle - time if self._view.contains(time) else Fraction(0)
            self.mouseMoveEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is not None:
            self.wanted.emit(self._scale().time_at(event.position().x()) + self._held)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002 - Qt's signature
        self._held = None

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the whole line is small
        if not self.is_zoomed:
            return
        painter = QPainter(self)
        scale = self._scale()
        lane = QRectF(scale.left, 3, scale.width, HEIGHT - 6)
        painter.fillRect(lane, style.colour("window"))
        if self._span is not None:
            tint = QColor(style.colour("accent"))
            tint.setAlpha(170)
            painter.fillRect(_part(scale, self._span, lane, 2), tint)
        painter.fillRect(QRectF(scale.x_of(self._playhead) - 0.5, lane.top(), 1, lane.height()), style.colour("text"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(style.colour("muted"))
        frame = _part(scale, self._view, QRectF(0, 0.5, 0, HEIGHT - 1), _LEAST_PIXELS)
        painter.drawRoundedRect(frame, 2, 2)

    def _scale(self) -> Scale:
        return Scale(self._whole, self._margin, max(0, self.width() - 2 * self._margin))


def _part(scale: Scale, span: Span, lane: QRectF, least: int) -> QRectF:
    left = scale.x_of(span.start)
    return QRectF(left, lane.top(), max(least, scale.x_of(span.end) - left), lane.height())
