"""How much sound is like somebody speaking, column by column of its spectrum.

Two questions are asked, of what stands out of the lasting background. Is this column the voice's: does its spectrum
repeat itself at a distance that a voice's harmonics can have, and move? And is the second around it speech: pitch that
is kept at times only, dark vowels beside bright hissing, loudness that rises all the time and not in single beats?
The second is a logistic regression. Its weights were fitted on columns of voices of espeak-ng and flite, alone and in
tones, hum, melodies, chords, drums, pink noise and music, against all of these and 23 pieces of music without a voice.
Fitted anew without a third of music and voices, it took under 1 % of that music and none of the sample for speech.
"""

from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import exp, sqrt
from operator import mul, sub

from retake_desktop.media.spectrum import columns

_LOWEST, _HIGHEST = 8, 216
"""Bins from 125 Hz, above hum and rumble, to 3,400 Hz."""
_BACKGROUND_REACH, _BACKGROUND_STEP, _BACKGROUND_RANK = 94, 16, 0.35
"""What 35 % of the columns within 1.5 s stay under in a bin is its background; found anew every quarter of a second."""
_OUTSTANDING = 6
_LEAST_ENERGY, _LEAST_FILLED, _LEAST_HARMONIC, _MOST_STEADY = 1.0, 0.1, 0.23, 0.9
_HARMONIC_BINS, _SPACINGS, _SMOOTH = 120, range(6, 20), 6
"""Harmonics are looked for up to 2 kHz, 94 to 300 Hz apart."""
_CLEARLY_HARMONIC = 0.25
_APART = 3
"""Columns before and after one that are compared: 96 ms."""
_LOW, _MIDDLE, _HIGH = slice(24, 56), slice(56, 120), slice(120, None)
"""500 Hz to 1 kHz, to 2 kHz, and what is above."""
_AROUND = 31
"""Columns before and after one that are looked at together: half a second each."""
NEEDED = _BACKGROUND_REACH + _AROUND + _APART
"""Columns before and after one on which what is said of it depends."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Of one column: whether it looks like a voice, and how likely somebody speaks in the second around it, 0 to 1."""

    is_voice: bool
    likelihood: float


@dataclass(frozen=True, slots=True)
class _Traits:
    """What is measured of one column."""

    is_voice: bool
    steadiness: float
    harmonicity: float
    keeps_pitch: float
    low: float
    middle: float
    high_filled: float
    rise: float
    is_dark: float


_Trait = Callable[[_Traits], float]
_MEANS: tuple[tuple[_Trait, float], ...] = (
    (lambda one: one.steadiness, -11.4),
    (lambda one: one.low, -0.150),
    (lambda one: one.high_filled, 6.32),
    (lambda one: one.harmonicity, 9.97),
    (lambda one: one.rise, 1.314),
)
_DEVIATIONS: tuple[tuple[_Trait, float], ...] = (
    (lambda one: one.low, 0.452),
    (lambda one: one.middle, 0.145),
    (lambda one: one.keeps_pitch, 8.07),
    (lambda one: one.rise, -1.542),
    (lambda one: one.is_dark, 5.32),
)
_BIAS = -7.83
"""The regression: weights of the mean and of the standard deviation of traits within half a second."""


def heard(samples: "array[int]") -> list[Heard]:
    """What there is to hear in each 16 ms of 8 kHz mono samples."""
    traits = list(_traits(_outstanding(samples)))
    scores = [_BIAS] * len(traits)
    for trait, weight in _MEANS:
        means, _ = _around([trait(one) for one in traits])
        scores = [score + weight * mean for score, mean in zip(scores, means, strict=True)]
    for trait, weight in _DEVIATIONS:
        _, deviations = _around([trait(one) for one in traits])
        scores = [score + weight * deviation for score, deviation in zip(scores, deviations, strict=True)]
    return [
        Heard(one.is_voice, 1 / (1 + exp(-max(-50.0, min(50.0, score)))))
        for one, score in zip(traits, scores, strict=True)
    ]


def _outstanding(samples: "array[int]") -> list[list[int]]:
    """For each column how far each bin stands out of its background."""
    levels = [column[_LOWEST:_HIGHEST] for column in columns(samples)]
    found: list[list[int]] = []
    for begin in range(0, len(levels), _BACKGROUND_STEP):
        background = _background(levels, begin)
        found += [
            [level if level > _OUTSTANDING else 0 for level in map(sub, column, background)]
            for column in levels[begin : begin + _BACKGROUND_STEP]
        ]
    return found


def _background(levels: list[bytes], begin: int) -> list[int]:
    near = levels[max(0, begin - _BACKGROUND_REACH) : begin + _BACKGROUND_REACH]
    rank = int(len(near) * _BACKGROUND_RANK)
    return [sorted(bin_levels)[rank] for bin_levels in zip(*near, strict=True)]


def _traits(outstanding: list[list[int]]) -> Iterator[_Traits]:
    last = len(outstanding) - 1
    harmonic_before, spacing_before = 0.0, 0
    for at, column in enumerate(outstanding):
        steadiness = _likeness(outstanding[max(0, at - _APART)], outstanding[min(last, at + _APART)])
        harmonicity, spacing = _harmonicity(column[:_HARMONIC_BINS])
        is_clear = min(harmonicity, harmonic_before) > _CLEARLY_HARMONIC
        dark, bright = _mean(column[: _LOW.stop]), _mean(column[_HIGH])
        high = column[_HIGH]
        yield _Traits(
            is_voice=(
                len(column) - column.count(0) > _LEAST_FILLED * len(column)
                and sum(column) > _LEAST_ENERGY * len(column)
                and steadiness < _MOST_STEADY
                and harmonicity > _LEAST_HARMONIC
            ),
            steadiness=steadiness,
            harmonicity=max(0.0, min(1.0, harmonicity)),
            keeps_pitch=is_clear and abs(spacing - spacing_before) <= 1,
            low=_mean(column[_LOW]),
            middle=_mean(column[_MIDDLE]),
            high_filled=1 - high.count(0) / len(high),
            rise=_rise(outstanding[max(0, at - 1)], column),
            is_dark=dark > 2 * bright + 4,
        )
        harmonic_before, spacing_before = harmonicity, spacing


def _mean(levels: Sequence[int]) -> float:
    return sum(levels) / len(levels)


def _rise(before: list[int], column: list[int]) -> float:
    """What bins have gained, as a mean of all."""
    steps = list(map(sub, column, before))
    gained_twice: int = sum(map(abs, steps)) + sum(steps)
    return gained_twice / (2 * len(column))


def _likeness(one: list[int], other: list[int]) -> float:
    """1 for the same spectrum, 0 for spectra without anything in common."""
    power = float(sum(map(mul, one, one)) + 1) * (sum(map(mul, other, other)) + 1)
    common: int = sum(map(mul, one, other))
    return common / sqrt(power)


def _harmonicity(column: list[int]) -> tuple[float, int]:
    """How much the spectrum repeats itself at the best of the spacings that a voice's harmonics can have, and which."""
    if not any(column):
        return 0.0, _SPACINGS[0]
    width = 2 * _SMOOTH + 1
    sums = [*[0] * _SMOOTH, *accumulate(column, initial=0), *[sum(column)] * _SMOOTH]
    ripple = [level - (end - begin) / width for level, begin, end in zip(column, sums, sums[width:], strict=False)]
    power = sum(map(mul, ripple, ripple)) + 1
    repeated, spacing = max((float(sum(map(mul, ripple, ripple[by:]))), -by) for by in _SPACINGS)
    return repeated / float(power), -spacing


def _around(values: list[float]) -> tuple[list[float], list[float]]:
    """Mean and standard deviation of the values near each."""
    sums, squares = [0.0], [0.0]
    for value in values:
        sums.append(sums[-1] + value)
        squares.append(squares[-1] + value * value)
    means, deviations = [], []
    for at in range(len(values)):
        begin, end = max(0, at - _AROUND), min(len(values), at + _AROUND + 1)
        mean = (sums[end] - sums[begin]) / (end - begin)
        means.append(mean)
        deviations.append(sqrt(max(0.0, (squares[end] - squares[begin]) / (end - begin) - mean * mean)))
    return means, deviations
