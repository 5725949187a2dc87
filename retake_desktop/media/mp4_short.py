"""An MP4 with the beginning of its index: what FFmpeg opens at once where the whole index would take a while.

FFmpeg makes an entry of its own for each sample of each track before it gives the first one; two hours have half a
million. Cut to the first of them, the index says of everything but these entries what the whole one says. Only tables
with a row for each sample or chunk are cut: durations of streams and their rates come from the headers and from `stts`.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from io import SEEK_CUR, SEEK_SET
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO

from retake_desktop.media.mp4_boxes import Bytes, Outline, boxes, first, table
from retake_desktop.media.mp4_chunks import are_plain, has_sizes, sample_count
from retake_desktop.media.mp4_tables import id_of

_LARGE = 1 << 19
"""Bytes of index from which on this is worth it: with 40 minutes of video, FFmpeg takes some 10 ms for them."""
_KEPT = {b"vide": 2048, b"soun": 256}
"""Samples of each track by what it holds, and those of the chunk with the last of them: of pictures more than are tried
for a first one."""
_MOST_KEPT = 1 << 14
"""Samples above which a track is not cut: its chunks are too large to leave some of them out."""
_HOLDERS = {b"trak", b"mdia", b"minf"}
_BOX_HEADER = 8


@dataclass(frozen=True, slots=True)
class ShortIndex:
    """`movie` is what takes the place of the movie box's first bytes, after which FFmpeg skips what is left of it;
    `kept` is how many samples each track has left that was cut, by its id."""

    path: str
    movie_at: int
    movie: bytes
    kept: dict[int, int]


def short_index(path: str, outline: Outline) -> ShortIndex | None:
    """None where the whole index is no longer than that, or unusual."""
    movie = outline.movie
    if movie is None or outline.is_fragmented or not outline.is_whole or len(movie) < _LARGE:
        return None
    kept: dict[int, int] = {}
    parts: list[bytes | Bytes] = []
    try:
        for kind, content in _all_boxes(movie):
            parts += _track(content, kept) if kind == b"trak" else _box(kind, [content])
    except _UnusualError:
        return None
    rest = len(movie) - sum(map(len, parts))
    if not kept or rest < _BOX_HEADER:
        return None
    parts += [rest.to_bytes(4, "big"), b"free"]
    return ShortIndex(path, outline.movie_at, b"".join(parts), kept)


class _UnusualError(Exception):
    """Boxes that FFmpeg may read in another way."""


def _all_boxes(content: Bytes) -> list[tuple[bytes, Bytes]]:
    """Those in `content`, where they fill it."""
    found = list(boxes(content))
    if sum(_BOX_HEADER + len(inside) for _, inside in found) != len(content):
        raise _UnusualError
    return found


def _box(kind: bytes, content: list[bytes | Bytes]) -> list[bytes | Bytes]:
    return [(_BOX_HEADER + sum(map(len, content))).to_bytes(4, "big") + kind, *content]


def _track(track: Bytes, kept: dict[int, int]) -> list[bytes | Bytes]:
    samples, handler = first(track, b"mdia", b"minf", b"stbl"), first(track, b"mdia", b"hdlr")
    wanted = _KEPT.get(bytes(handler[8:12])) if handler is not None else None
    cut = _cut_of(samples, wanted) if samples is not None and wanted else None
    if cut is None:
        return _box(b"trak", [track])
    kept[id_of(track)] = cut.samples
    return _rebuilt(b"trak", track, cut)


@dataclass(frozen=True, slots=True)
class _Cut:
    """What is left of a track: whole chunks, the rows that say how many samples those hold, and their samples."""

    chunks: int
    rows: int
    samples: int

    def of(self, kind: bytes, content: Bytes) -> list[bytes | Bytes]:
        """The rows of one table, below those that stay as they are."""
        if kind == b"stsz" and not int.from_bytes(content[4:8], "big"):
            return [content[:8], self.samples.to_bytes(4, "big"), content[12 : 12 + 4 * self.samples]]
        if kind == b"stsz":
            return [content[:8], self.samples.to_bytes(4, "big")]
        counts = {b"stco": (self.chunks, 4), b"co64": (self.chunks, 8), b"stsc": (self.rows, 12)}
        counts[b"ctts"] = (min(self.samples, int.from_bytes(content[4:8], "big")), 8)
        if kind not in counts:
            return [content]
        count, width = counts[kind]
        return [content[:4], count.to_bytes(4, "big"), content[8 : 8 + count * width]]


def _rebuilt(kind: bytes, content: Bytes, cut: _Cut) -> list[bytes | Bytes]:
    parts: list[bytes | Bytes] = []
    for name, inside in _all_boxes(content):
        if name in _HOLDERS or name == b"stbl":
            parts += _rebuilt(name, inside, cut)
        else:
            parts += _box(name, cut.of(name, inside) if kind == b"stbl" else [inside])
    return _box(kind, parts)


def _cut_of(samples: Bytes, wanted: int) -> _Cut | None:
    """None where a track is short anyway, or cannot be cut between two chunks."""
    chunks = table(samples, b"stsc", 3, wanted)
    if not chunks or not are_plain(chunks) or not has_sizes(samples) or sample_count(samples) <= _MOST_KEPT:
        return None
    ends = list(accumulate(_samples_of_chunks(chunks, wanted), initial=0))
    last = bisect_left(ends, wanted)
    if last == len(ends) or ends[last] > _MOST_KEPT:
        return None
    rows = bisect_left(chunks[::3], last + 1)
    return _Cut(last, rows, ends[last])


def _samples_of_chunks(rows: "array[int]", wanted: int) -> Iterator[int]:
    """How many samples the first chunks hold: enough of them for `wanted` samples, when there are as many rows."""
    begins = [*rows[::3], rows[-3] + wanted]
    for place, count in enumerate(rows[1::3]):
        for _ in range(min(wanted, begins[place + 1] - begins[place])):
            yield count


class ShortFile:
    """A file's bytes, with a shorter index in place of its own: as much of a file object as PyAV asks for.

    The caller closes it. Raises OSError.
    """

    def __init__(self, index: ShortIndex) -> None:
        self._file: BinaryIO = Path(index.path).open("rb")  # noqa: SIM115 - closed by `close`
        self._begin, self._movie = index.movie_at, index.movie
        self._end = index.movie_at + len(index.movie)

    def tell(self) -> int:
        return self._file.tell()

    def seek(self, offset: int, whence: int = SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def read(self, size: int) -> bytes:
        """Up to `size` bytes, and none at the end: less where the index begins or ends."""
        place = self._file.tell()
        if self._begin <= place < self._end:
            found = self._movie[place - self._begin : place - self._begin + size]
            self._file.seek(len(found), SEEK_CUR)
            return found
        return self._file.read(min(size, self._begin - place) if place < self._begin else size)

    def close(self) -> None:
        self._file.close()
