"""Playback as the person drives it: seek, step, shuttle, loop, and which sound is heard."""

from fractions import Fraction

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.span import Span
from retake_desktop.media.picture import Picture
from retake_desktop.ui.playback.engine import Engine
from retake_desktop.ui.playback.material import Material
from retake_desktop.ui.playback.soundtrack import Side

SPEEDS = tuple(Fraction(numerator, 4) for numerator in (-8, -4, -2, -1, 1, 2, 4, 8))
"""The rates that J and L go through, from twice backwards to twice forwards."""


class Playback(Engine):
    """The one engine behind stage, transport, timeline and compare view, with a verb for each key and control."""

    def know_first(self, clip: Clip, picture: Picture) -> None:
        """The picture of `clip`'s frame 0, as its reader would give it: once loaded, it need not be decoded."""
        self._decoder.know_first(clip, picture)

    def set_range(self, span: Span | None) -> None:
        """Keeps playhead and playback inside `span` (in review: what the take covers); None for the whole clip."""
        self.limits = span
        if self.material is not None:
            self.seek_frame(self.index)

    def set_loop(self, span: Span | None) -> None:
        """Repeats `span` from the next turn on; None plays on to the end."""
        if span == self.loop:
            return
        self.loop = span
        if self.is_playing:
            self.play(self.rate)
        self.state_changed.emit()

    def choose_sound(self, side: Side) -> None:
        """Takes the sound from the source or from the result."""
        self.side = side
        self.sound.choose(side)
        self._runner.sound_changed()
        self.state_changed.emit()

    def swap(self, material: Material) -> None:
        """Goes on at the same place, in the same way, with other takes of the same source or another mapping."""
        time, rate, side, limits = self.time, self.rate, self.side, self.limits
        self.load(material, time)
        self.set_range(limits)
        if side is not self.side:
            self.choose_sound(side)
        if rate:
            self.play(rate)

    def toggle(self) -> None:
        """Space."""
        self.pause() if self.is_playing else self.play()

    def shuttle(self, direction: int) -> None:
        """J (-1), K (0) and L (1): from rest at full speed, then one speed further each time."""
        if direction == 0:
            self.pause()
        elif not self.is_playing:
            self.play(Fraction(direction))
        else:
            place = min(range(len(SPEEDS)), key=lambda number: abs(SPEEDS[number] - self.rate)) + direction
            self.play(SPEEDS[max(0, min(len(SPEEDS) - 1, place))])

    def seek(self, time: Fraction) -> None:
        """Shows the frame on screen at clip time `time`; goes on playing from there."""
        if self.material is not None:
            self.seek_frame(self.material.before.frames.index_at(time))

    def step(self, frames: int) -> None:
        """Pauses, and moves by `frames`."""
        self.pause()
        self.seek_frame(self.index + frames)

    def skip(self, seconds: int) -> None:
        """Moves by `seconds`."""
        self.seek(self.time + seconds)
