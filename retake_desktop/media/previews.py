"""Filmstrip and waveform as the timeline asks for them: from disk what was made before, the rest from the file.

The filmstrip is kept in tiles, as maps are: at level 0 one tile spans the clip, at each further level there are twice
as many. A tile holds a picture for each of `PICTURES` equal parts, so zooming and moving meet the same tiles again.
"""

import threading
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.span import Span
from retake_desktop.media.cache import CacheKey, DiskCache
from retake_desktop.media.overview import Here, Reader
from retake_desktop.media.peaks import WaveformBlock
from retake_desktop.media.picture import Picture
from retake_desktop.media.preview_records import pack_peaks, pack_pictures, unpack_peaks, unpack_pictures

PICTURES = 8
"""In a tile."""
_STRIP_VERSION = 1
_WAVE_VERSION = 1
"""To be raised with every change of what is drawn or of how it is stored."""
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Tile:
    """Tile `index` of the 2 ** `level` that a clip is cut into."""

    level: int
    index: int

    def middles(self, clip: Clip) -> list[Fraction]:
        """The middle of each of its parts, in seconds of clip time."""
        width = part_width(clip, self.level)
        return [width * (2 * (self.index * PICTURES + part) + 1) / 2 for part in range(PICTURES)]


def part_width(clip: Clip, level: int) -> Fraction:
    """Seconds."""
    return clip.duration / (PICTURES << level)


def tiles(clip: Clip, span: Span, count: int) -> list[Tile]:
    """The tiles that hold at least `count` pictures of `span`, or every frame if that is less; in order."""
    level = 0
    wanted = span.duration / max(1, count)
    while part_width(clip, level) > wanted and PICTURES << level < len(clip.frames):
        level += 1
    last = (1 << level) - 1
    width = part_width(clip, level) * PICTURES
    if not width:
        return [Tile(0, 0)]
    first = min(last, max(0, span.start // width))
    end = min(last, max(first, -(-span.end // width) - 1))
    return [Tile(level, index) for index in range(first, end + 1)]


class Previews:
    """Pictures and peaks for the timeline. Any thread may ask. Without a `cache` everything is made anew.

    `make_reader` gives what reads that, when something is first read; by default it is read in the thread that asks.
    """

    def __init__(self, cache: DiskCache | None = None, make_reader: Callable[[], Reader] = Here) -> None:
        self._cache = cache
        self._make_reader = make_reader
        self._making = threading.Lock()
        self._reader: Reader | None = None

    @property
    def reader(self) -> Reader:
        """Reads what else is shown of a clip."""
        with self._making:
            self._reader = self._reader or self._make_reader()
            return self._reader

    def close(self) -> None:
        """Ends what reads."""
        if self._reader is not None:
            self._reader.close()

    def pictures(
        self, clip: Clip, span: Span, count: int, height: int, cancelled: Callable[[], bool]
    ) -> Iterator[Picture]:
        """At least `count` pictures of at most `height` pixels for `span`: those on disk at once, then the others.

        Order, cost, cancelling and errors are those of `filmstrip.pictures_near`. A picture may come twice.
        """
        missing: list[Tile] = []
        for tile in tiles(clip, span, count):
            if cancelled():
                return
            kept = self._kept(_strip_key(clip, tile, height), lambda record: unpack_pictures(record, clip))
            yield from kept or ()
            if kept is None:
                missing.append(tile)
        if not missing:
            return
        made: list[Picture] = []
        times = [time for tile in missing for time in tile.middles(clip)]
        try:
            width = part_width(clip, missing[0].level)
            for picture in self.reader.pictures_near(clip, times, width, height, cancelled):
                made.append(picture)
                yield picture
        finally:
            self._keep(clip, missing, height, made)

    def peaks(self, clip: Clip, cancelled: Callable[[], bool]) -> Iterator[WaveformBlock]:
        """The blocks of `waveform.waveform`, ready to be drawn, with its errors."""
        if not clip.audio:
            return
        key = CacheKey(clip.fingerprint, "waveform", f"track {clip.audio[0].index}", _WAVE_VERSION)
        kept = self._kept(key, unpack_peaks)
        if kept is not None:
            yield from map(WaveformBlock.ready, kept)
            return
        made: list[WaveformBlock] = []
        for block in self.reader.waveform(clip, cancelled):
            made.append(block)
            yield block.ready()
        if self._cache and not cancelled():
            self._cache.put(key, pack_peaks(made))

    def _kept(self, key: CacheKey, read: Callable[[bytes], _T]) -> _T | None:
        record = self._cache.get(key) if self._cache else None
        if record is None or self._cache is None:
            return None
        try:
            return read(record)
        except ValueError:
            self._cache.drop(key)
            return None

    def _keep(self, clip: Clip, wanted: Sequence[Tile], height: int, made: list[Picture]) -> None:
        """Each tile for whose every part a picture near enough was made."""
        if self._cache is None or not made:
            return
        ordered = sorted(made, key=lambda picture: picture.index)
        times = [picture.time for picture in ordered]
        for tile in wanted:
            width = part_width(clip, tile.level)
            middles = tile.middles(clip)
            chosen = [ordered[_nearest(times, time)] for time in middles]
            if all(_shows(clip, one, time, width) for one, time in zip(chosen, middles, strict=True)):
                unique = {one.index: one for one in chosen}
                self._cache.put(_strip_key(clip, tile, height), pack_pictures(unique.values()))


def _strip_key(clip: Clip, tile: Tile, height: int) -> CacheKey:
    # The same bytes may show another picture one day: another stream of them, or turned.
    what = f"stream {clip.video_index}, {clip.width} x {clip.height}, {clip.rotation} degrees"
    return CacheKey(clip.fingerprint, "filmstrip", f"{what}, {height} high, {tile.level}/{tile.index}", _STRIP_VERSION)


def _shows(clip: Clip, picture: Picture, time: Fraction, width: Fraction) -> bool:
    return abs(picture.time - time) <= width or clip.frames.index_at(time) == picture.index


def _nearest(times: list[Fraction], time: Fraction) -> int:
    place = bisect_left(times, time)
    if place == len(times) or (place and time - times[place - 1] < times[place] - time):
        place -= 1
    return place
