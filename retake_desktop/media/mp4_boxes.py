"""The boxes of an ISO media file (MP4, MOV), read without trusting a single size or count in them.

Source of the layout: ISO/IEC 14496-12, 4.2 (boxes) and 8 (their contents); QuickTime File Format Specification.
"""

import sys
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_HEADER = 8
_LARGE_HEADER = 16
_MAX_BOXES = 20_000
"""Boxes looked at on one level. A recorder that starts a fragment each second fills five hours with them."""
MOST_ROWS = 1 << 24
"""Of a table: frames of three days at 60 a second. Some bytes of it can claim four thousand million."""
_MAX_MOVIE = 256 << 20
"""Bytes of a movie box that are read at once: the index of some days of video."""

Bytes = memoryview


@dataclass(frozen=True, slots=True)
class Outline:
    """The top level of a file. `movie` is the content of its moov box, None without a usable one, which begins at byte
    `movie_at` of the file.

    `is_fragmented`: frames are listed in moof boxes too. `is_whole`: the last box ends where the file does.
    """

    kinds: frozenset[bytes]
    movie: Bytes | None
    movie_at: int
    is_fragmented: bool
    is_whole: bool


def outline_of(path: str) -> Outline:
    """Walks over the top level of the file at `path`. Raises OSError."""
    kinds: set[bytes] = set()
    movie: Bytes | None = None
    movie_at = 0
    is_whole = True
    with Path(path).open("rb") as file:
        size = file.seek(0, 2)
        for kind, start, end in _top_level(file, size):
            kinds.add(kind)
            is_whole = end <= size
            if kind == b"moov" and movie is None and is_whole and end - start <= _MAX_MOVIE:
                file.seek(start)
                movie, movie_at = memoryview(file.read(end - start)), start
    is_fragmented = b"moof" in kinds or (movie is not None and first(movie, b"mvex") is not None)
    return Outline(frozenset(kinds), movie, movie_at, is_fragmented, is_whole)


def _top_level(file: BinaryIO, size: int) -> Iterator[tuple[bytes, int, int]]:
    """Kind, start of the content and end of each box; the end of the last one may lie past the file's."""
    place = 0
    for _ in range(_MAX_BOXES):
        if place >= size:
            return
        file.seek(place)
        header = file.read(_LARGE_HEADER)
        if len(header) < _HEADER:
            return
        length, kind, skip = _read_header(header, size - place)
        if length < skip:
            return
        yield kind, place + skip, place + length
        place += length


def _read_header(header: bytes | Bytes, rest: int) -> tuple[int, bytes, int]:
    """Length of the box, its kind, and length of its header."""
    length, kind = int.from_bytes(header[:4], "big"), bytes(header[4:8])
    if length == 1 and len(header) >= _LARGE_HEADER:
        return int.from_bytes(header[8:16], "big"), kind, _LARGE_HEADER
    return (length or rest), kind, _HEADER


def boxes(content: Bytes) -> Iterator[tuple[bytes, Bytes]]:
    """Kind and content of the boxes in `content`, up to the first that does not fit."""
    place = 0
    for _ in range(_MAX_BOXES):
        rest = len(content) - place
        if rest < _HEADER:
            return
        length, kind, skip = _read_header(content[place : place + _LARGE_HEADER], rest)
        if not skip <= length <= rest:
            return
        yield kind, content[place + skip : place + length]
        place += length


def first(content: Bytes, *path: bytes) -> Bytes | None:
    """The content of the first box found by following `path` downwards."""
    found: Bytes | None = content
    for kind in path:
        found = next((inside for name, inside in boxes(found) if name == kind), None) if found is not None else None
    return found


def rows_of(content: Bytes, kind: bytes, width: int) -> Bytes | None:
    """The rows, of `width` bytes each, of a table in `content` that says how many it has; None without all of them."""
    box = first(content, kind)
    if box is None or len(box) < 8:
        return None
    count = int.from_bytes(box[4:8], "big")
    return None if count > MOST_ROWS or len(box) < 8 + count * width else box[8 : 8 + count * width]


def table(content: Bytes, kind: bytes, columns: int, most: int = MOST_ROWS) -> "array[int] | None":
    """The 32-bit numbers of such a table, of its first `most` rows; None without a complete one."""
    rows = rows_of(content, kind, 4 * columns)
    return None if rows is None else numbers_of(rows[: most * 4 * columns])


def numbers_of(rows: Bytes) -> "array[int]":
    """32-bit numbers, stored with the most significant byte first."""
    numbers = array("I")
    numbers.frombytes(rows)
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers
