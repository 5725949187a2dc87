"""What the mouse does on the track, from press to release."""

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from retake_desktop.domain.clip import Clip, FrameTimes
from retake_desktop.domain.span import Span
from retake_desktop.ui.timeline.selecting import drawn, moved

_DRAG_PIXELS = 4


class Aim(Enum):
    """What a drag would do, decided where it began."""

    SCRUB = "scrub"
    BODY = "body"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What follows from a movement: a new selection with the instant at the edge in hand, or a new playhead."""

    span: Span | None = None
    preview: Fraction | None = None
    playhead: Fraction | None = None


class Gesture:
    """One press of the button at `x` pixels, which is clip time `time`."""

    def __init__(self, aim: Aim, clip: Clip, span: Span | None, time: Fraction, x: float) -> None:
        self._aim = aim
        self._clip = clip
        self._span = span
        self._time = time
        self._x = x
        self.has_dragged = False
        self._now = time

    @property
    def drawn_from(self) -> Fraction | None:
        """Where a new selection is being drawn from; None while none is."""
        return self._time if self._aim is Aim.NEW and self.has_dragged else None

    @property
    def runs_forward(self) -> bool:
        return self._now >= self._time

    def moved_to(self, time: Fraction, x: float) -> Outcome:
        self._now = time
        if abs(x - self._x) >= _DRAG_PIXELS:
            self.has_dragged = True
        if self._aim is Aim.SCRUB:
            return Outcome(playhead=time)
        if not self.has_dragged:
            return Outcome()
        if self._aim is Aim.BODY and self._span is not None:
            shifted = moved(self._span, time - self._time, self._clip)
            return Outcome(span=shifted, preview=shifted.start)
        made = drawn(self._time, time, self._clip.frames)
        return Outcome(span=made, preview=made.start if time < self._time else last_inside(made, self._clip.frames))

    def released(self) -> Outcome:
        """A press without a drag puts the playhead there."""
        return Outcome() if self.has_dragged else Outcome(playhead=self._time)


def last_inside(span: Span, frames: FrameTimes) -> Fraction:
    """When the last frame of the selection begins: what an out point shows."""
    return frames.start_of(max(0, frames.nearest_boundary(span.end) - 1))
