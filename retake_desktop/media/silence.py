"""Where a clip is silent, to the sample."""

from array import array
from collections.abc import Callable, Iterator
from fractions import Fraction

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.span import Span
from retake_desktop.media.pcm import RATE, PcmReader

LEVEL = 10 ** (-50 / 20)
"""Of full scale: -50 dB. Rooms are quieter on decent recordings, everything one listens to is louder."""
LEAST = Fraction(3, 10)
"""Seconds. Shorter pauses belong to what is said."""
_WINDOW = RATE // 100
_BLOCK = 10 * RATE


def silences(
    clip: Clip,
    cancelled: Callable[[], bool],
    level: float = LEVEL,
    least: Fraction = LEAST,
    within: Span | None = None,
) -> Iterator[Span]:
    """Stretches of at least `least` seconds in which no sample of the first track exceeds `level`, in order.

    Yields each as soon as it has ended. With `within` only that stretch is read, and silences end with it. A clip
    without sound is one silence. Ends early when `cancelled` says so.
    Raises RetakeError(FILE_TROUBLE | MEDIA_FAILED).
    """
    limit = int(level * 32767)
    with PcmReader(clip) as reader:
        quiet_from = 0 if within is None else max(0, round(within.start * RATE))
        total = reader.total if within is None else min(reader.total, round(within.end * RATE))
        for block in range(quiet_from, total, _BLOCK):
            if cancelled():
                return
            samples = array("h", reader.read(block, min(_BLOCK, total - block)))
            for begin, end in _loud(samples, limit):
                yield from _long_enough(quiet_from, block + begin, least)
                quiet_from = block + end
        yield from _long_enough(quiet_from, total, least)


def _loud(samples: "array[int]", limit: int) -> Iterator[tuple[int, int]]:
    """First and last sample that is louder, of each 10 ms that have one; both channels lie interleaved."""
    for begin in range(0, len(samples), 2 * _WINDOW):
        window = samples[begin : begin + 2 * _WINDOW]
        if max(window) > limit or min(window) < -limit:
            loud = [place for place, sample in enumerate(window) if abs(sample) > limit]
            yield (begin + loud[0]) // 2, (begin + loud[-1]) // 2 + 1


def _long_enough(begin: int, end: int, least: Fraction) -> Iterator[Span]:
    if end - begin >= least * RATE and end > begin:
        yield Span(Fraction(begin, RATE), Fraction(end, RATE))
