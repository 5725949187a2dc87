"""The ruler: where ticks go and what they say."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from retake_desktop.ui.timeline.scale import Scale

_STEPS = (
    *(Fraction(1, part) for part in (100, 50, 20, 10, 5, 2)),
    *(Fraction(seconds) for seconds in (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200)),
)
_LABEL_PIXELS = 88
_MINOR = 5


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    label: str
    """Empty for a minor tick."""


def step(scale: Scale) -> Fraction:
    """Seconds between labels, a round number that leaves each label its room."""
    needed = scale.seconds_per_pixel * _LABEL_PIXELS
    return next((each for each in _STEPS if each >= needed), _STEPS[-1])


def ticks(scale: Scale) -> Iterator[Tick]:
    """The ticks within the view, from left to right."""
    if scale.width <= 0 or not scale.view.duration:
        return
    major = step(scale)
    minor = major / _MINOR
    count = -int(-scale.view.start // minor)
    while (time := count * minor) <= scale.view.end:
        yield Tick(scale.x_of(time), label(time, major) if count % _MINOR == 0 else "")
        count += 1


def label(time: Fraction, every: Fraction) -> str:
    """`00:05`, `1:00:05` from an hour on, `00:05.50` where steps are under a second."""
    seconds, rest = divmod(time, 1)
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    text = f"{hours}:{minute:02d}:{second:02d}" if hours else f"{minute:02d}:{second:02d}"
    return text if every >= 1 else f"{text}.{int(rest * 100):02d}"
