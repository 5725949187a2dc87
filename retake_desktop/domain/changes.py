"""How much a result really changed, frame by frame, and where it can be joined to the original unseen."""

from dataclasses import dataclass
from fractions import Fraction

from retake_desktop.domain.clip import FrameTimes
from retake_desktop.domain.span import Span

Levels = tuple[float | None, ...]
_UNKNOWN = float("inf")


@dataclass(frozen=True, slots=True)
class Changes:
    """`levels[k]` says how much frame `first + k` of the original differs in the result, in levels of 255.

    0 where the difference is no more than what encoding alone does (at most `noise` levels), None where the result
    has no such frame. `selection` holds the selected frames, as first and one past the last; `seams` likewise the
    frames that are best taken from the result: joints where before and after differ least, in the bleed zone around
    the selection, never inside it.
    """

    first: int
    levels: Levels
    noise: float
    selection: tuple[int, int]
    seams: tuple[int, int]

    @property
    def bleed_before(self) -> int:
        """How many frames right before the selection have changed."""
        return _run(self.levels[: max(0, self.selection[0] - self.first)][::-1])

    @property
    def bleed_after(self) -> int:
        """How many frames right after the selection have changed."""
        return _run(self.levels[max(0, self.selection[1] - self.first) :])

    def between(self, begin: int, end: int) -> Levels:
        """The levels of the original's frames `begin` to `end` (one past the last), None outside the curve."""
        places = range(begin - self.first, end - self.first)
        return tuple(self.levels[place] if 0 <= place < len(self.levels) else None for place in places)

    @property
    def strongest_outside(self) -> float:
        """The greatest change outside the selection and the bleed beside it."""
        begin = self.selection[0] - self.bleed_before - self.first
        end = self.selection[1] + self.bleed_after - self.first
        outside = (*self.levels[: max(0, begin)], *self.levels[max(0, end) :])
        return max((level for level in outside if level is not None), default=0.0)

    def seam_span(self, frames: FrameTimes) -> Span:
        """The seams as source time; `frames` are the original's."""
        begin, end = self.seams
        return Span(frames.start_of(begin), frames.start_of(end))


def seams_for(first: int, levels: Levels, selection: tuple[int, int], reach: tuple[int, int]) -> tuple[int, int]:
    """The seams for these levels; `reach` is how far they may move outwards, as the first and one past the last frame.

    A joint shows the original on one side and the result on the other: it is unseen where the two are alike in the
    original's last frame before it (or its first one after it). Among equals the one nearest to the selection wins.
    """
    last = first + len(levels)
    lowest, highest = selection
    while lowest > max(reach[0], first) and levels[lowest - 1 - first] is not None:
        lowest -= 1
    while highest < min(reach[1], last) and levels[highest - first] is not None:
        highest += 1

    def level(index: int) -> float:
        """Of the original's frame beside a joint; at the window's very ends there is none to compare."""
        found = levels[index - first] if first <= index < last else None
        return _UNKNOWN if found is None else found

    begin = min(range(selection[0], lowest - 1, -1), key=lambda index: level(index - 1))
    end = min(range(selection[1], highest + 1), key=level)
    return begin, end


def _run(levels: Levels) -> int:
    count = 0
    for level in levels:
        if not level:
            break
        count += 1
    return count


def bleed_reach(span: Span, frames: FrameTimes, zone: Fraction) -> tuple[int, int]:
    """The frames within `zone` seconds around `span`, as first and one past the last."""
    return frames.nearest_boundary(max(Fraction(0), span.start - zone)), frames.nearest_boundary(span.end + zone)
