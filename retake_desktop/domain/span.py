"""A stretch of a clip's time, from an in point to an out point."""

from dataclasses import dataclass
from fractions import Fraction

from retake_desktop.domain.clip import FrameTimes


@dataclass(frozen=True, slots=True)
class Span:
    """Clip time from `start` (in point) to `end` (out point, the first instant that is no longer part), in seconds."""

    start: Fraction
    end: Fraction

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a span cannot end ({self.end}) before it starts ({self.start})")

    @property
    def duration(self) -> Fraction:
        return self.end - self.start

    def contains(self, time: Fraction) -> bool:
        return self.start <= time < self.end

    def snapped(self, frames: FrameTimes) -> "Span":
        """The same span on the nearest frame boundaries."""
        return Span(frames.snap(self.start), frames.snap(self.end))

    def moved_to(self, start: Fraction, limit: Fraction) -> "Span":
        """The span with its length kept, starting at `start` but never outside 0 to `limit` seconds."""
        length = min(self.duration, limit)
        begin = min(max(start, Fraction(0)), limit - length)
        return Span(begin, begin + length)

    def with_start(self, start: Fraction, limit: Fraction) -> "Span":
        """What entering a new start means: at or past the end it moves the whole span, otherwise only the start."""
        if start >= self.end:
            return self.moved_to(start, limit)
        return Span(max(start, Fraction(0)), self.end)

    def with_end(self, end: Fraction, limit: Fraction) -> "Span":
        """What entering a new end means: only the end moves, never before the start or past `limit`."""
        return Span(self.start, max(self.start, min(end, limit)))
