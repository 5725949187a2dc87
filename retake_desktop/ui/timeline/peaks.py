"""The peaks of a sound as far as they are known, and what of them falls under each column of pixels."""

from array import array

from retake_desktop.media.waveform import WaveformChunk


class Peaks:
    """Lowest and highest sample, -127 to 127, of equal parts of a second. Unknown parts are silent."""

    def __init__(self) -> None:
        self._rate = 1
        self._low = array("b")
        self._high = array("b")

    def add(self, chunk: WaveformChunk) -> None:
        """Puts a chunk in its place, before, after or over what is there."""
        self._rate = chunk.peaks_per_second
        place = round(chunk.start * chunk.peaks_per_second)
        for kept, new in ((self._low, array("b", chunk.low)), (self._high, array("b", chunk.high))):
            missing = place + len(new) - len(kept)
            if missing > 0:
                kept.frombytes(bytes(missing))
            kept[place : place + len(new)] = new

    def columns(self, start: float, seconds: float, count: int) -> list[tuple[int, int]]:
        """The extremes under each of `count` columns of `seconds` each, from `start` seconds on."""
        found = []
        for column in range(count):
            first = int((start + column * seconds) * self._rate)
            last = max(first + 1, int((start + (column + 1) * seconds) * self._rate))
            low, high = self._low[first:last], self._high[first:last]
            found.append((min(low, default=0), max(high, default=0)))
        return found
