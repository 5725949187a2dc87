"""The peaks of a sound as far as they are known, and what of them falls under each column of pixels."""

from fractions import Fraction
from itertools import pairwise

from retake_desktop.media.peaks import FACTOR, PARTS, SILENCE, WaveformBlock


class Peaks:
    """Lowest and highest sample, -128 to 127, of stretches of time. Unknown parts are silent."""

    def __init__(self) -> None:
        self._part = Fraction(1)
        self._blocks: dict[int, WaveformBlock] = {}

    def add(self, block: WaveformBlock) -> None:
        """Puts a block in its place, or over what is there."""
        self._part = block.part
        self._blocks[block.index] = block

    @property
    def is_empty(self) -> bool:
        """Nothing is known yet."""
        return not self._blocks

    def columns(self, start: float, seconds: float, count: int) -> list[tuple[int, int]]:
        """The extremes under each of `count` columns of `seconds` each, from `start` seconds on."""
        level, parts = 0, PARTS
        width = float(self._part)
        while parts > 1 and width * FACTOR <= seconds:
            level, parts, width = level + 1, parts // FACTOR, width * FACTOR
        begin = int(start / width)
        edges = [int((start + column * seconds) / width) - begin for column in range(count + 1)]
        lows, highs = self._joined(begin, begin + edges[-1] + 1, level, parts)
        return [
            (min(lows[first : max(first + 1, last)]) - SILENCE, max(highs[first : max(first + 1, last)]) - SILENCE)
            for first, last in pairwise(edges)
        ]

    def _joined(self, begin: int, end: int, level: int, parts: int) -> tuple[bytes, bytes]:
        """The lowest and the highest of the parts `begin` to before `end` of `level`, with `parts` in a block."""
        lows, highs = [], []
        for index in range(begin // parts, (end - 1) // parts + 1):
            part = slice(max(0, begin - index * parts), min(parts, end - index * parts))
            block = self._blocks.get(index)
            silent = bytes([SILENCE]) * parts
            low, high = (silent, silent) if block is None else block.levels[level]
            lows.append(low[part])
            highs.append(high[part])
        return b"".join(lows), b"".join(highs)
