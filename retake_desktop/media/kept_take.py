"""A take that goes back into its original, and where its pictures begin and end."""

from dataclasses import dataclass
from pathlib import Path

from retake_desktop.domain.clip import Clip, FrameTimes
from retake_desktop.domain.retake import Mode
from retake_desktop.domain.span import Span
from retake_desktop.domain.window import Window, paired_frame


@dataclass(frozen=True, slots=True)
class Seams:
    """Where pictures change over: frames `first` to `end` (not included) of the original are replaced.

    `crossfade` frames before `first`, and as many from `end` on, show a mix of both.
    """

    first: int
    end: int
    crossfade: int = 0

    @property
    def touched(self) -> tuple[int, int]:
        """The frames that are no longer the original's: first one, and the one after the last."""
        return self.first - self.crossfade, self.end + self.crossfade


@dataclass(frozen=True, slots=True)
class KeptTake:
    """`result` shows `window`; of it, `span` (time of the original) is used, picture or sound or both by `mode`.

    `seams` move the pictures' change-over away from the span's ends, outwards; sound keeps to the span. `crossfade`
    counts frames where `seams` says nothing else.
    """

    result: Clip
    window: Window
    span: Span
    mode: Mode
    seams: Seams | None = None
    crossfade: int = 0

    def seams_in(self, frames: FrameTimes) -> Seams:
        """The seams in an original with these frames; those at the frame boundaries nearest to the span's ends
        where none were chosen. Never outside the clip."""
        if self.seams is not None:
            first, end = self.seams.first, self.seams.end
            return Seams(max(0, first), min(end, len(frames)), self.seams.crossfade)
        first, end = (frames.nearest_boundary(time) for time in (self.span.start, self.span.end))
        return Seams(min(first, len(frames) - 1), max(end, min(first, len(frames) - 1) + 1), self.crossfade)

    def share_at(self, frames: FrameTimes, index: int) -> float:
        """How much of the take frame `index` shows, 0 to 1. Where the take has no picture there is no crossfade."""
        seams = self.seams_in(frames)
        if seams.first <= index < seams.end:
            return 1
        distance = seams.first - index if index < seams.first else index - seams.end + 1
        if distance > seams.crossfade or paired_frame(self.window, frames, self.result.frames, index) is None:
            return 0
        return 1 - distance / (seams.crossfade + 1)

    def touched(self, frames: FrameTimes) -> tuple[int, int]:
        """The frames of the original that the take changes: first one, and the one after the last."""
        seams = self.seams_in(frames)
        first, end = seams.first, seams.end
        while first > 0 and self.share_at(frames, first - 1) > 0:
            first -= 1
        while end < len(frames) and self.share_at(frames, end) > 0:
            end += 1
        return first, end


def part_of(output: str) -> Path:
    """Where a film is written that will be `output` when it is complete."""
    return Path(f"{output}.part")
