"""One stretch of playing: from where to where, in which direction, how fast."""

from dataclasses import dataclass
from fractions import Fraction

from retake_desktop.domain.span import Span
from retake_desktop.ui.playback.course import Course
from retake_desktop.ui.playback.material import Material
from retake_desktop.ui.playback.sides import Box

_SCREEN_RATE = 60
"""Frames per second beyond which there is no point in showing more."""
_FILLED = 3
"""Shots that are there before clock and sound begin: after a seek the second comes late, when the decoder is filled."""
_CHUNK_BYTES = 64 << 20
_CHUNK_FRAMES = 16


@dataclass(frozen=True, slots=True)
class Run:
    """One stretch of playing: the frames `first` to `stop` (not included) from `start` on, at `rate`."""

    material: Material
    first: int
    stop: int
    start: int
    rate: Fraction
    looped: bool
    box: Box

    @property
    def stride(self) -> int:
        """Every how many frames one is shown."""
        frames_a_second = self.material.before.frame_rate * abs(self.rate)
        return max(1, -int(-frames_a_second // _SCREEN_RATE)) if frames_a_second > _SCREEN_RATE + 1 else 1

    def is_filled(self, shots: int) -> bool:
        """Whether `shots` are enough to begin with: a few, or all there are."""
        left = self.start - self.first if self.rate < 0 else self.stop - 1 - self.start
        return shots >= _FILLED or (not self.looped and shots > left // self.stride)

    def course(self) -> Course:
        backwards = self.rate < 0
        frame_bytes = max(1, self.box[0] * self.box[1] * 4 * len(self.material.clips))
        chunk = max(2, min(_CHUNK_FRAMES, _CHUNK_BYTES // frame_bytes)) if backwards else 1
        return Course(
            self.first, self.stop, self.start, backwards=backwards, looped=self.looped, stride=self.stride, chunk=chunk
        )

    @property
    def length(self) -> Fraction:
        """Seconds of clip time in one round."""
        return abs(self.ends - self.begins)

    @property
    def loop(self) -> Span | None:
        """What the sound goes round in."""
        frames = self.material.before.frames
        return Span(frames.start_of(self.first), frames.start_of(self.stop)) if self.looped else None

    def lap_at(self, position: Fraction) -> int:
        """The round of the loop in which clip time `position`, counted on through the rounds, lies."""
        passed = self.begins - position if self.rate < 0 else position - self.begins
        return max(0, passed // self.length) if self.looped else 0

    def lead(self, lap: int) -> Fraction:
        """What clip time counted on through the rounds is ahead of clip time in round `lap`."""
        return (-self.length if self.rate < 0 else self.length) * lap

    @property
    def begins(self) -> Fraction:
        """Clip time at which a round begins, seen in the direction of play."""
        frames = self.material.before.frames
        return frames.start_of(self.stop if self.rate < 0 else self.first)

    @property
    def ends(self) -> Fraction:
        frames = self.material.before.frames
        return frames.start_of(self.first if self.rate < 0 else self.stop)

    def entry(self, index: int) -> Fraction:
        """Clip time at which frame `index` appears, seen in the direction of play."""
        frames = self.material.before.frames
        return frames.end_of(index) if self.rate < 0 else frames.start_of(index)
