"""Where somebody speaks.

Speech is told from music and noise by three things, each measured on what stands out of the lasting background: its
voice has harmonics at equal distances (bursts of noise have none), they move (those of held notes do not), and they
fill much of the spectrum. Thresholds were chosen on speech of espeak-ng in five voices, alone and mixed with tones,
hum, melodies, chords, drums and pink noise; `tests/media/test_speech.py` states what they reach.
"""

from array import array
from collections.abc import Callable, Iterator
from fractions import Fraction
from math import sqrt
from operator import mul, sub

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.span import Span
from retake_desktop.media.pcm import PcmReader
from retake_desktop.media.spectrum import HOP, MONO, columns

_COLUMN = Fraction(HOP, MONO.rate)
_BLOCK = 1250
_MARGIN = 125
"""Columns that are judged together, and that are read before and after them: 20 s and 2 s."""
_LOWEST, _HIGHEST = 8, 216
"""Bins from 125 Hz, above hum and rumble, to 3,400 Hz."""
_BACKGROUND_REACH, _BACKGROUND_STEP, _BACKGROUND_RANK = 94, 16, 0.35
"""What 35 % of the columns within 1.5 s stay under in a bin is its background; found anew every quarter of a second."""
_OUTSTANDING = 6
_LEAST_ENERGY, _LEAST_FILLED, _LEAST_HARMONIC, _MOST_STEADY = 1.0, 0.15, 0.25, 0.9
_HARMONIC_BINS, _SPACINGS, _SMOOTH = 120, range(6, 20), 6
"""Harmonics are looked for up to 2 kHz, 94 to 300 Hz apart."""
_APART = 3
"""Columns before and after one that are compared: 96 ms."""
_AROUND = 25
_LIKELY, _SURE = (0.25, 0.4), (0.3, 0.45)
"""Speech may be where within 0.4 s so many columns are like it: of both sides together, or of one of them."""
_LEAST_SURE = 20
"""Columns of a stretch that must be surely speech: the others are its beginnings, endings and weak syllables."""
_EDGE = Fraction(2, 25)
_PAUSE = Fraction(4, 5)
"""Seconds. A shorter pause does not end a stretch of speech."""
_SHORTEST = Fraction(3, 5)


def speech(clip: Clip, cancelled: Callable[[], bool], within: Span | None = None) -> Iterator[Span]:
    """The stretches of the first track in which somebody speaks, in seconds of clip time, in order.

    They come as the file is read, about 3 s behind it. A clip without sound has none. Ends early when `cancelled` says
    so. With `within` only that stretch is read: what began before it begins there. Raises
    RetakeError(FILE_TROUBLE | MEDIA_FAILED).
    """
    if not clip.audio:
        return
    wanted = within or Span(Fraction(0), clip.duration)
    start = max(0, int(wanted.start / _COLUMN)) * HOP
    for one in _speech(clip, start, round(wanted.end * MONO.rate), cancelled):
        begin, end = (time + Fraction(start, MONO.rate) for time in (one.start, one.end))
        if begin < clip.duration:
            yield Span(begin, min(end, clip.duration))


def _speech(clip: Clip, start: int, stop: int, cancelled: Callable[[], bool]) -> Iterator[Span]:
    """Between two samples of the clip, in seconds from the first of them."""
    joining = _Joining()
    with PcmReader(clip, sample_format=MONO) as reader:
        for block in range(start, min(stop, reader.total), _BLOCK * HOP):
            if cancelled():
                return
            begin = max(0, block - _MARGIN * HOP)
            end = min(reader.total, block + (_BLOCK + _MARGIN) * HOP)
            voiced = _voiced(array("h", reader.read(begin, end - begin)))
            first = (block - begin) // HOP
            yield from joining.add(voiced[first : first + _BLOCK])
    yield from joining.rest()


def _voiced(samples: "array[int]") -> list[bool]:
    """For each column whether it looks like a voice."""
    levels = [column[_LOWEST:_HIGHEST] for column in columns(samples)]
    outstanding: list[list[int]] = []
    for begin in range(0, len(levels), _BACKGROUND_STEP):
        background = _background(levels, begin)
        outstanding += [
            [level if level > _OUTSTANDING else 0 for level in map(sub, column, background)]
            for column in levels[begin : begin + _BACKGROUND_STEP]
        ]
    last = len(outstanding) - 1
    return [
        _is_voice(outstanding[max(0, at - _APART)], column, outstanding[min(last, at + _APART)])
        for at, column in enumerate(outstanding)
    ]


def _background(levels: list[bytes], begin: int) -> list[int]:
    near = levels[max(0, begin - _BACKGROUND_REACH) : begin + _BACKGROUND_REACH]
    rank = int(len(near) * _BACKGROUND_RANK)
    return [sorted(bin_levels)[rank] for bin_levels in zip(*near, strict=True)]


def _is_voice(before: list[int], column: list[int], after: list[int]) -> bool:
    filled = len(column) - column.count(0)
    return (
        filled > _LEAST_FILLED * len(column)
        and sum(column) > _LEAST_ENERGY * len(column)
        and _likeness(before, after) < _MOST_STEADY
        and _harmonicity(column[:_HARMONIC_BINS]) > _LEAST_HARMONIC
    )


def _likeness(one: list[int], other: list[int]) -> float:
    """1 for the same spectrum, 0 for spectra without anything in common."""
    power = float(sum(map(mul, one, one)) + 1) * (sum(map(mul, other, other)) + 1)
    common: int = sum(map(mul, one, other))
    return common / sqrt(power)


def _harmonicity(column: list[int]) -> float:
    """How much the spectrum repeats itself at the best of the spacings that a voice's harmonics can have."""
    sums = [0]
    for level in column:
        sums.append(sums[-1] + level)
    count, width = len(column), 2 * _SMOOTH + 1
    smooth = [(sums[min(count, at + _SMOOTH + 1)] - sums[max(0, at - _SMOOTH)]) / width for at in range(count)]
    ripple = list(map(sub, column, smooth))
    power = sum(map(mul, ripple, ripple)) + 1
    return max(float(sum(map(mul, ripple, ripple[spacing:]))) for spacing in _SPACINGS) / float(power)


class _Joining:
    """Turns columns that look like a voice into stretches of speech."""

    def __init__(self) -> None:
        self._voiced: list[bool] = []
        self._judged = 0
        self._open: Span | None = None
        self._sure = 0

    def add(self, voiced: list[bool]) -> Iterator[Span]:
        """The stretches that have surely ended."""
        self._voiced += voiced
        yield from self._joined(len(self._voiced) - _AROUND)

    def rest(self) -> Iterator[Span]:
        yield from self._joined(len(self._voiced))
        yield from self._finished()

    def _joined(self, until: int) -> Iterator[Span]:
        """Goes on with columns up to `until`, whose neighbours are known."""
        for at in range(self._judged, until):
            if self._voiced[at]:
                if self._is_amid_others(at, _LIKELY):
                    yield from self._extended(at)
            elif self._open and at * _COLUMN - self._open.end > _PAUSE + _AROUND * _COLUMN:
                yield from self._finished()
        self._judged = max(self._judged, until)

    def _is_amid_others(self, at: int, shares: tuple[float, float]) -> bool:
        """Enough on both sides together, or plenty on one: speech has beginnings and ends."""
        before, after = self._voiced[max(0, at - _AROUND) : at + 1], self._voiced[at : at + _AROUND + 1]
        together = sum(before) + sum(after) > shares[0] * 2 * _AROUND
        return together or max(sum(before), sum(after)) > shares[1] * _AROUND

    def _extended(self, at: int) -> Iterator[Span]:
        start, end = max(Fraction(0), at * _COLUMN - _EDGE), (at + 1) * _COLUMN + _EDGE
        if self._open and start - self._open.end <= _PAUSE:
            self._open = Span(self._open.start, end)
        else:
            yield from self._finished()
            self._open = Span(start, end)
        self._sure += self._is_amid_others(at, _SURE)

    def _finished(self) -> Iterator[Span]:
        if self._open and self._open.duration > _SHORTEST and self._sure >= _LEAST_SURE:
            yield self._open
        self._open = None
        self._sure = 0
