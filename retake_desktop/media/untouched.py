"""Which part of a window the service had no reason to change: what a result is measured by."""

from fractions import Fraction

from retake_desktop.domain.retake import BLEED
from retake_desktop.domain.span import Span
from retake_desktop.domain.window import Window


def untouched_spans(window: Window, *, is_replaced: bool) -> tuple[Span, ...]:
    """Stretches of window time beyond the bleed zone; all of it where this part of the take is not replaced."""
    if not is_replaced:
        return (Span(Fraction(0), window.duration),)
    before = Span(Fraction(0), max(Fraction(0), window.span.start - BLEED))
    after = Span(min(window.duration, window.span.end + BLEED), window.duration)
    return tuple(span for span in (before, after) if span.duration > 0)
