"""How much later and louder the untouched sound of a result is than it was sent."""

from array import array
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from math import log10, sqrt
from operator import mul

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.retake import Mode
from retake_desktop.domain.span import Span
from retake_desktop.domain.window import Window
from retake_desktop.media.matching import Fit
from retake_desktop.media.pcm import PcmReader, SampleFormat, restamped
from retake_desktop.media.untouched import untouched_spans

_FORMAT = SampleFormat(rate=4000, layout="mono", channels=1)
"""A sample is a quarter of a millisecond, which no one hears and one AAC frame has 85 of."""
_LONGEST = Fraction(3, 2)
_REACH = 400
"""Samples by which the sound may lie earlier or later: 0.1 s."""
_SILENT = 30.0
"""Root of the mean square, of 32,768, below which there is nothing to tell by."""
_ALIKE = 0.6
"""Correlation above which two stretches of sound are the same one."""


@dataclass(frozen=True, slots=True)
class SoundShift:
    """`offset` in seconds, positive where the result's sound is late; `loudness` in decibels. None: cannot be told."""

    offset: Fraction | None = None
    loudness: float | None = None


def sound_shift(sent: Clip, result: Clip, window: Window, fit: Fit, mode: Mode) -> SoundShift:
    """Compares the longest stretch of sound that is not replaced, up to 1.5 s. Raises what reading sound raises."""
    there = Span(max(Fraction(0), fit.offset), max(Fraction(0), fit.offset) + result.duration / fit.pace)
    spans = [_common(span, there) for span in untouched_spans(window, is_replaced=mode.replaces_sound)]
    if not (spans and sent.audio and result.audio):
        return SoundShift()
    longest = max(spans, key=lambda span: span.duration)
    part = Span(longest.start, min(longest.end, longest.start + _LONGEST))
    count = round(part.duration * _FORMAT.rate)
    with PcmReader(sent, 0, _FORMAT) as reader:
        ours = _samples(reader.read(round(part.start * _FORMAT.rate), count))
    theirs = _their_samples(result, part.start, count, fit)
    loudness = _level(ours)
    if loudness < _SILENT:
        return SoundShift()
    lag, likeness = _best_lag(ours, theirs)
    if likeness < _ALIKE:
        return SoundShift()
    returned = _level(theirs[_REACH + lag : _REACH + lag + count])
    return SoundShift(Fraction(lag, _FORMAT.rate), 20 * log10(max(returned, 1.0) / loudness))


def _common(one: Span, other: Span) -> Span:
    start = max(one.start, other.start)
    return Span(start, max(start, min(one.end, other.end)))


def _their_samples(result: Clip, start: Fraction, count: int, fit: Fit) -> "array[int]":
    """The result's samples for the stretch and `_REACH` more on both sides, at the window's pace."""
    rate = _FORMAT.rate
    begin = round((start - fit.offset) * fit.pace * rate) - round(_REACH * fit.pace)
    wanted = count + 2 * _REACH
    with PcmReader(result, 0, _FORMAT) as reader:
        data = reader.read(begin, round(wanted * fit.pace) + 1)
    own_rate = round(rate * fit.pace)
    samples = _samples(data if own_rate == rate else restamped(data, own_rate, _FORMAT))
    samples.extend([0] * max(0, wanted - len(samples)))
    return samples[:wanted]


def _samples(data: bytes) -> "array[int]":
    return array("h", data)


def _level(samples: "array[int]") -> float:
    return sqrt(sum(map(mul, samples, samples)) / max(1, len(samples)))


def _best_lag(ours: "array[int]", theirs: "array[int]") -> tuple[int, float]:
    """By how many samples `theirs` is late, and how alike the two are then (1: but for loudness the same)."""
    count = len(ours)
    energy = [0, *accumulate(map(mul, theirs, theirs))]
    own = sqrt(sum(map(mul, ours, ours))) or 1.0
    found: list[tuple[float, int]] = []
    for begin in range(2 * _REACH + 1):
        product = sum(map(mul, ours, theirs[begin : begin + count]))
        found.append((product / (own * (sqrt(energy[begin + count] - energy[begin]) or 1.0)), begin - _REACH))
    likeness, lag = max(found, key=lambda one: (one[0], -abs(one[1])))
    return lag, likeness
