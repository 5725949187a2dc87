"""Selection and playhead, drawn over the backdrop."""

from fractions import Fraction

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from retake_desktop.domain.span import Span
from retake_desktop.ui import style
from retake_desktop.ui.timeline.backdrop import HEIGHT, RULER_HEIGHT
from retake_desktop.ui.timeline.scale import Scale

_SHADE_ALPHA = 150
_TINT_ALPHA = 38


def draw_selection(painter: QPainter, scale: Scale, span: Span, *, editable: bool) -> None:
    """Dims what stays as it is and frames what will change."""
    left = max(scale.x_of(span.start), float(scale.left))
    right = min(scale.x_of(span.end), float(scale.left + scale.width))
    lanes = QRectF(scale.left, RULER_HEIGHT, scale.width, HEIGHT - RULER_HEIGHT)
    shade = QColor(style.colour("panel"))
    shade.setAlpha(_SHADE_ALPHA)
    if right <= left:
        painter.fillRect(lanes, shade)
        return
    painter.fillRect(QRectF(lanes.left(), lanes.top(), left - lanes.left(), lanes.height()), shade)
    painter.fillRect(QRectF(right, lanes.top(), lanes.right() - right, lanes.height()), shade)
    accent = style.colour("accent")
    tint = QColor(accent)
    tint.setAlpha(_TINT_ALPHA)
    inside = QRectF(left, lanes.top(), right - left, lanes.height())
    painter.fillRect(inside, tint)
    edge = accent if editable else style.colour("muted")
    painter.fillRect(QRectF(left, lanes.top(), right - left, 2), edge)
    painter.fillRect(QRectF(left, lanes.bottom() - 2, right - left, 2), edge)
    if not editable:
        for x in (left, right - 2):
            painter.fillRect(QRectF(x, lanes.top(), 2, lanes.height()), edge)


def draw_focus(painter: QPainter, scale: Scale) -> None:
    """A frame that says that the keys go here."""
    painter.setPen(style.colour("text"))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(scale.left - 2.5, RULER_HEIGHT - 2.5, scale.width + 4, HEIGHT - RULER_HEIGHT + 4))


def draw_playhead(painter: QPainter, scale: Scale, time: Fraction, ratio: float) -> None:
    """A line through everything, with a head in the ruler."""
    x = round(scale.x_of(time) * ratio) / ratio
    if not scale.left - 1 <= x <= scale.left + scale.width + 1:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    halo = QColor(style.colour("panel"))
    halo.setAlpha(_SHADE_ALPHA)
    painter.fillRect(QRectF(x - 1.5, RULER_HEIGHT - 2, 3, HEIGHT - RULER_HEIGHT + 2), halo)
    painter.fillRect(QRectF(x - 0.5, RULER_HEIGHT - 2, 1, HEIGHT - RULER_HEIGHT + 2), style.colour("text"))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(style.colour("text"))
    top = RULER_HEIGHT - 11
    head = [(-5, 0), (5, 0), (5, 5), (0, 10), (-5, 5)]
    painter.drawPolygon(QPolygonF([QPointF(x + dx, top + dy) for dx, dy in head]))
    painter.restore()
