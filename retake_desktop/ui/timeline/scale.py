"""Pixels and exact times of a timeline, both ways."""

from dataclasses import dataclass
from fractions import Fraction

from retake_desktop.domain.span import Span


@dataclass(frozen=True, slots=True)
class Scale:
    """`view`, a stretch of clip time in seconds, lies across `width` logical pixels from `left` on."""

    view: Span
    left: int
    width: int

    def x_of(self, time: Fraction) -> float:
        """Where `time` is drawn; outside the width when it is outside the view."""
        if not self.view.duration:
            return float(self.left)
        return self.left + float((time - self.view.start) * self.width / self.view.duration)

    def time_at(self, x: float) -> Fraction:
        """The exact time under `x`, never outside the view."""
        if self.width <= 0:
            return self.view.start
        part = Fraction(x - self.left) / self.width
        return self.view.start + max(Fraction(0), min(Fraction(1), part)) * self.view.duration

    @property
    def seconds_per_pixel(self) -> Fraction:
        return self.view.duration / max(1, self.width)

    def zoomed(self, about: Fraction, factor: Fraction, whole: Span, least: Fraction) -> "Scale":
        """The view `factor` times as long but not under `least` seconds, within `whole`; `about` stays in place."""
        length = max(min(least, whole.duration), min(whole.duration, self.view.duration * factor))
        part = (about - self.view.start) / self.view.duration if self.view.duration else Fraction(0)
        return self._at(about - part * length, length, whole)

    def panned(self, by: Fraction, whole: Span) -> "Scale":
        """The view moved by `by` seconds, within `whole`."""
        return self._at(self.view.start + by, self.view.duration, whole)

    def _at(self, start: Fraction, length: Fraction, whole: Span) -> "Scale":
        begin = max(whole.start, min(whole.end - length, start))
        return Scale(Span(begin, begin + length), self.left, self.width)
