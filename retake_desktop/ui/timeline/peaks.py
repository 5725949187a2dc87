"""The peaks of a sound as far as they are known, and what of them falls under each column of pixels."""

from fractions import Fraction

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

    def columns(self, start: float, seconds: float, count: int) -> list[tuple[int, int]]:
        """The extremes under each of `count` columns of `seconds` each, from `start` seconds on."""
        level, parts = 0, PARTS
        width = float(self._part)
        while parts > 1 and width * FACTOR <= seconds:
            level, parts, width = level + 1, parts // FACTOR, width * FACTOR
        return [
            self._between(
                int((start + column * seconds) / width), (start + (column + 1) * seconds) / width, level, parts
            )
            for column in range(count)
        ]

    def _between(self, first: int, end: float, level: int, parts: int) -> tuple[int, int]:
        """The extremes of the parts of `level` from `first` to before `end`, at least one."""
        low, high = SILENCE, SILENCE
        last = max(first + 1, int(end))
        while first < last:
            index, begin = divmod(first, parts)
            stop = min(parts, begin + last - first)
            block = self._blocks.get(index)
            if block is not None:
                lows, highs = block.levels[level]
                low, high = min(low, min(lows[begin:stop])), max(high, max(highs[begin:stop]))
            first += stop - begin
        return low - SILENCE, high - SILENCE
