"""What lies along the track besides the selection: earlier takes, what is sent, and how far an edge may go."""

from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from retake_desktop.domain import timecode
from retake_desktop.domain.retake import MAX_SPAN, MIN_SPAN
from retake_desktop.domain.span import Span
from retake_desktop.ui import style
from retake_desktop.ui.timeline.backdrop import BANDS_TOP, HEIGHT, RULER_HEIGHT
from retake_desktop.ui.timeline.scale import Scale

BAND_HEIGHT = 4
_TAG_HEIGHT = 16


@dataclass(frozen=True, slots=True)
class Band:
    """The moment of an earlier take."""

    span: Span
    is_kept: bool


def draw_bands(painter: QPainter, scale: Scale, bands: tuple[Band, ...]) -> None:
    """Kept takes are full, the others pale; where several lie on each other the colour adds up."""
    painter.setPen(Qt.PenStyle.NoPen)
    for band in bands:
        colour = QColor(style.colour("accent" if band.is_kept else "muted"))
        colour.setAlpha(230 if band.is_kept else 120)
        inside = _inside(scale, band.span)
        if inside is not None:
            painter.fillRect(QRectF(inside[0], BANDS_TOP, max(2.0, inside[1] - inside[0]), BAND_HEIGHT), colour)


def takes_words(bands: tuple[Band, ...], span: Span) -> str:
    """What lies at `span`, which may be an instant, in words; empty where no take does."""
    here = [band for band in bands if band.span.contains(span.start) or span.contains(band.span.start)]
    if not here:
        return ""
    kept = sum(band.is_kept for band in here)
    first, last = min(band.span.start for band in here), max(band.span.end for band in here)
    words = QCoreApplication.translate(
        "Timeline", "Takes of this moment: {count}, of them kept: {kept} ({start} to {end})"
    )
    return words.format(count=len(here), kept=kept, start=timecode.to_text(first), end=timecode.to_text(last))


def draw_window(painter: QPainter, scale: Scale, window: Span, span: Span) -> None:
    """What is sent along on each side of the selection: a dashed line below, closed at its ends."""
    pen = QPen(style.colour("accent"), 1.5, Qt.PenStyle.DashLine)
    y = HEIGHT - 2.0
    for begin, end, outer in ((window.start, span.start, window.start), (span.end, window.end, window.end)):
        inside = _inside(scale, Span(begin, end)) if end > begin else None
        if inside is None:
            continue
        painter.setPen(pen)
        painter.drawLine(QPointF(inside[0], y), QPointF(inside[1], y))
        if scale.view.start <= outer <= scale.view.end:
            painter.setPen(QPen(style.colour("accent"), 1.5))
            x = scale.x_of(outer)
            painter.drawLine(QPointF(x, y - 6), QPointF(x, y))


def draw_limits(painter: QPainter, scale: Scale, fixed: Fraction, *, is_forward: bool) -> None:
    """How far the edge in hand may be from the one that stays at `fixed`: the model's least and most."""
    painter.setFont(style.font(style.TextRole.SMALL))
    for length in (MIN_SPAN, MAX_SPAN):
        time = fixed + length if is_forward else fixed - length
        if not scale.view.start <= time <= scale.view.end:
            continue
        x = scale.x_of(time)
        painter.setPen(QPen(style.colour("warning"), 1.5))
        painter.drawLine(QPointF(x, RULER_HEIGHT - 5), QPointF(x, HEIGHT))
        words = QCoreApplication.translate("Timeline", "{seconds} s").format(seconds=int(length))
        width = painter.fontMetrics().horizontalAdvance(words) + style.GAP_SMALL
        # On the far side of the line, where it lies over nothing that can be selected, unless that is out of view.
        is_right = is_forward == (length is MAX_SPAN)
        if is_right and x + width > scale.left + scale.width:
            is_right = False
        elif not is_right and x - width < scale.left:
            is_right = True
        box = QRectF(x if is_right else x - width, RULER_HEIGHT, width, _TAG_HEIGHT)
        painter.fillRect(box, style.colour("panel"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


def _inside(scale: Scale, span: Span) -> tuple[float, float] | None:
    """The pixels of `span` that are in view; None when it is not."""
    left, right = max(scale.x_of(span.start), scale.left), min(scale.x_of(span.end), scale.left + scale.width)
    return (left, right) if right > left else None
