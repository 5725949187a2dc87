"""Where a track's samples lie in an MP4, and whether its tables agree with each other about that."""

from array import array
from dataclasses import dataclass
from operator import lt, mul, sub

from retake_desktop.media.mp4_boxes import MOST_ROWS, Bytes, first, numbers_of, rows_of, table
from retake_desktop.media.mp4_runs import met

_LARGEST_BYTE = 0x3F
"""First byte of the size of the largest samples that FFmpeg takes: 1 GiB."""


def sample_count(samples: Bytes) -> int:
    """How many samples a table of samples lists; 0 where that cannot be said, or is too many."""
    box = first(samples, b"stsz")
    count = int.from_bytes(box[8:12], "big") if box is not None and len(box) >= 12 else 0
    return count if count <= MOST_ROWS else 0


def has_sizes(samples: Bytes) -> bool:
    """Whether each sample of a table of samples has a size, and none an impossible one."""
    box, end = first(samples, b"stsz"), 12 + 4 * sample_count(samples)
    if box is None or end == 12:
        return False
    if any(box[4:8]):
        return box[4] <= _LARGEST_BYTE
    return len(box) >= end and met(bytes(box[12:end:4]))[-1] <= _LARGEST_BYTE


def are_plain(rows: "array[int]") -> bool:
    """Whether FFmpeg takes these rows of a table of chunks, three numbers each, for what they say.

    It mends rows that do not ascend, and leaves out samples of another description than the first.
    """
    firsts = rows[::3]
    return (
        firsts[:1] == array("I", [1])
        and all(map(lt, firsts, firsts[1:]))
        and all(rows[1::3])
        and rows[2::3].count(1) == len(firsts)
    )


def least_size(samples: Bytes, count: int) -> int | None:
    """How many bytes a file must have to hold the last of `count` samples, and the first byte of every chunk of them.

    None where the chunks do not hold so many, or it is not said where they are.
    """
    places, rows = _chunk_places(samples), table(samples, b"stsc", 3)
    if places is None or not rows or not are_plain(rows) or not has_sizes(samples):
        return None
    firsts, counts = [*rows[::3], places.count + 1], rows[1::3]
    if firsts[-2] >= firsts[-1] or sum(map(mul, counts, map(sub, firsts[1:], firsts))) != count:
        return None
    return max(places.furthest + 1, places.last + _size_of_last(samples, counts[-1], count))


def _size_of_last(samples: Bytes, last: int, count: int) -> int:
    """Bytes of the `last` ones of `count` samples."""
    box = first(samples, b"stsz") or memoryview(b"")
    each = int.from_bytes(box[4:8], "big")
    return each * last if each else sum(numbers_of(box[12 + 4 * (count - last) : 12 + 4 * count]))


@dataclass(frozen=True, slots=True)
class _Places:
    """Where chunks of samples begin in the file: numbers of `width` bytes, most significant first; at least one."""

    content: bytes
    width: int

    @property
    def count(self) -> int:
        return len(self.content) // self.width

    @property
    def last(self) -> int:
        return int.from_bytes(self.content[-self.width :], "big")

    @property
    def furthest(self) -> int:
        """The highest. Mostly the last: byte by byte, places are left out before which all begin lower."""
        begin = 0
        for place in range(self.width):
            column = self.content[begin * self.width + place :: self.width]
            highest = column.index(met(column)[-1])
            begin += highest
            if len(met(column[highest:])) > 1:
                break
        rows = range(begin * self.width, len(self.content), self.width)
        return int.from_bytes(max(self.content[at : at + self.width] for at in rows), "big")


def _chunk_places(samples: Bytes) -> _Places | None:
    """None where that is not said, or incomplete."""
    for kind, width in ((b"stco", 4), (b"co64", 8)):
        rows = rows_of(samples, kind, width)
        if rows:
            return _Places(bytes(rows), width)
    return None
