"""What a service's result did to the mapping between window and result: measured, never assumed."""

from dataclasses import dataclass, replace
from fractions import Fraction

from retake_desktop.domain.window import Window


@dataclass(frozen=True, slots=True)
class Alignment:
    """A result held against the window that was sent, by the frames outside the selection.

    `is_certain` is False where nothing could be told from the pictures (nothing moves, or nothing was left untouched);
    then `offset` and `pace` are what the lengths suggest.
    `offset` and `pace` are those of `Window.result_offset` and `Window.result_pace`.
    `frames` and `rate` (frames per second) are the result's, `width` and `height` its pixels; `frames_expected` is how
    many frames would show the whole window at this rate and pace. `drift` is by how many seconds the result's picture
    is late at the window's end, had nobody corrected it.
    `luma_shift`, `blue_shift`, `red_shift` are levels of 255 (Y, Cb, Cr) by which untouched frames came back brighter
    or more coloured; `loudness_shift` is decibels, `sound_offset` seconds by which the sound lies later against the
    picture than it was sent; both None where there was no sound to tell by.
    """

    is_certain: bool
    offset: Fraction
    pace: Fraction
    frames: int
    frames_expected: int
    rate: Fraction
    width: int
    height: int
    drift: Fraction = Fraction(0)
    luma_shift: float = 0.0
    blue_shift: float = 0.0
    red_shift: float = 0.0
    loudness_shift: float | None = None
    sound_offset: Fraction | None = None

    @property
    def frames_missing(self) -> int:
        """Frames that the result lacks; negative when it has too many."""
        return self.frames_expected - self.frames

    def applied(self, window: Window) -> Window:
        """The window with the measured mapping; a person's correction stays."""
        return replace(window, result_offset=self.offset, result_pace=self.pace)


def as_sent(window: Window) -> Window:
    """The window as it was prepared, without what was measured of one result of it."""
    return replace(window, result_offset=Fraction(0), result_pace=Fraction(1), correction=0)


def corrected(window: Window, frames: int) -> Window:
    """The window with the result moved by `frames` more frames (positive: a later frame of the result is shown)."""
    return replace(window, correction=window.correction + frames)
