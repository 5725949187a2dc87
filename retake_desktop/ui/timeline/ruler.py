"""The ruler: where ticks go and what they say."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from retake_desktop.domain.clip import FrameTimes
from retake_desktop.ui.timeline.scale import Scale

_STEPS = (
    *(Fraction(1, part) for part in (100, 50, 20, 10, 5, 2)),
    *(Fraction(seconds) for seconds in (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200)),
)
_FRAME_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
_LABEL_PIXELS = 88
_MINOR = 5
_FRAME_PIXELS = 5
"""From this width on, each frame has its tick."""


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    label: str
    """Empty for a minor tick."""


def step(scale: Scale) -> Fraction:
    """Seconds between labels, a round number that leaves each label its room."""
    needed = scale.seconds_per_pixel * _LABEL_PIXELS
    return next((each for each in _STEPS if each >= needed), _STEPS[-1])


def ticks(scale: Scale, frames: FrameTimes | None = None) -> Iterator[Tick]:
    """The ticks within the view, from left to right: at round times, or at `frames` where those can be told apart."""
    if scale.width <= 0 or not scale.view.duration:
        return
    major = step(scale)
    if frames is not None:
        first, last = frames.index_at(scale.view.start), frames.index_at(scale.view.end)
        if (last - first + 1) * _FRAME_PIXELS <= scale.width:
            yield from _frame_ticks(scale, frames, first, last)
            return
    minor = major / _MINOR
    count = -int(-scale.view.start // minor)
    while (time := count * minor) <= scale.view.end:
        yield Tick(scale.x_of(time), label(time, major) if count % _MINOR == 0 else "")
        count += 1


def _frame_ticks(scale: Scale, frames: FrameTimes, first: int, last: int) -> Iterator[Tick]:
    """One for each frame, where it begins; labels at every so many."""
    needed = _LABEL_PIXELS * (last - first + 1) / scale.width
    every = next((each for each in _FRAME_STEPS if each >= needed), _FRAME_STEPS[-1])
    free_from = float(scale.left)
    for index in range(first, min(last + 2, len(frames) + 1)):
        time = frames.start_of(index)
        if not scale.view.start <= time <= scale.view.end:
            continue
        x = scale.x_of(time)
        is_labelled = index % every == 0 and x >= free_from
        if is_labelled:
            free_from = x + _LABEL_PIXELS * 3 / 4
        yield Tick(x, exact_label(time) if is_labelled else "")


def exact_label(time: Fraction) -> str:
    """`00:05.480`, to the nearest millisecond, as the fields write it."""
    seconds, milliseconds = divmod(round(time * 1000), 1000)
    return f"{label(Fraction(seconds), Fraction(1))}.{milliseconds:03d}"


def label(time: Fraction, every: Fraction) -> str:
    """`00:05`, `1:00:05` from an hour on, `00:05.50` where steps are under a second."""
    seconds, rest = divmod(time, 1)
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    text = f"{hours}:{minute:02d}:{second:02d}" if hours else f"{minute:02d}:{second:02d}"
    return text if every >= 1 else f"{text}.{int(rest * 100):02d}"
