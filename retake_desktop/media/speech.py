"""Where somebody speaks: columns of the spectrum that look like a voice, amid others, joined to stretches.

What is said of a column comes from `voice.py`. What both reach together is stated in `tests/media/test_speech.py`.
"""

from array import array
from collections.abc import Callable, Iterator
from fractions import Fraction

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.span import Span
from retake_desktop.media import voice
from retake_desktop.media.pcm import PcmReader
from retake_desktop.media.spectrum import HOP, MONO

_COLUMN = Fraction(HOP, MONO.rate)
_BLOCK = 1250
"""Columns that are judged together: 20 s."""
_LEAST_LIKELIHOOD, _LEAST_ONCE = 0.15, 0.92
"""Of a column that looks like a voice, and once in each stretch, that the second around it is speech."""
_AROUND = 25
_LIKELY, _SURE = (0.2, 0.32), (0.3, 0.45)
"""Speech may be where within 0.4 s so many columns are like it: of both sides together, or of one of them."""
_LEAST_SURE = 20
"""Columns of a stretch that must be surely speech: the others are its beginnings, endings and weak syllables."""
_EDGE = 4 * _COLUMN
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
            begin = max(0, block - voice.NEEDED * HOP)
            end = min(reader.total, block + (_BLOCK + voice.NEEDED) * HOP)
            heard = voice.heard(array("h", reader.read(begin, end - begin)))
            first = (block - begin) // HOP
            yield from joining.add(heard[first : first + _BLOCK])
    yield from joining.rest()


class _Joining:
    """Turns columns that look like a voice into stretches of speech."""

    def __init__(self) -> None:
        self._voiced: list[bool] = []
        self._likelihoods: list[float] = []
        self._judged = 0
        self._open: Span | None = None
        self._sure = 0
        self._likeliest = 0.0

    def add(self, heard: list[voice.Heard]) -> Iterator[Span]:
        """The stretches that have surely ended."""
        self._voiced += [one.is_voice and one.likelihood > _LEAST_LIKELIHOOD for one in heard]
        self._likelihoods += [one.likelihood for one in heard]
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
        self._likeliest = max(self._likeliest, self._likelihoods[at])

    def _finished(self) -> Iterator[Span]:
        is_sure = self._sure >= _LEAST_SURE and self._likeliest > _LEAST_ONCE
        if self._open and self._open.duration > _SHORTEST and is_sure:
            yield self._open
        self._open = None
        self._sure = 0
        self._likeliest = 0.0
