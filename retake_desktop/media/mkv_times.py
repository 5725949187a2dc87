"""When the frames of a Matroska or WebM file are shown, from the headers of its blocks alone.

FFmpeg copies and parses every frame on the way to the next (measured, two hours: 1.0 s of processor against 0.33 s).
Only what muxers usually write is followed, and nothing is guessed: whoever asks has FFmpeg for the rest.
"""

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

_CHUNK = 1 << 19
_MARGIN = 32
"""Bytes that the longest header of a block, or of an element with its number, takes, and more."""
_LONGEST = 8
_SEGMENT, _TRACKS, _CLUSTER = 0x18538067, 0x1654AE6B, 0x1F43B675
_AROUND = {0x114D9B74, 0x1549A966, 0x1C53BB6B, 0x1254C367, 0x1043A770, 0x1941A469, 0xEC, 0xBF}
"""Beside clusters and tracks: places, facts, cues, tags, chapters, attachments, nothing and checksums. RFC 9559."""
_ENTRY, _NUMBER, _TYPE, _CODEC, _VIDEO = 0xAE, 0xD7, 0x83, 0x86, 1
_SHIFTING = {0x56AA, 0x23314F}
"""What a track may say that makes its times mean something else: a delay, a scale of its own."""
_TIME, _SIMPLE, _GROUP, _BLOCK = 0xE7, 0xA3, 0xA0, 0xA1
_BESIDE = {0xA7, 0xAB, 0xEC, 0xBF}
"""In a cluster: places, nothing and checksums."""
_LACED = 0x06

OnBytes = Callable[[int], None]
"""Called with the place in the file that reading has come to."""


class _UnusualError(Exception):
    """Nothing that is followed here."""


def block_times(path: str, on_bytes: OnBytes) -> list[int] | None:
    """The times of the only video track's frames in the file's order, in its own ticks; None where FFmpeg must tell."""
    try:
        with Path(path).open("rb") as file:
            return _Walk(file, on_bytes).times()
    except (_UnusualError, IndexError, OSError):
        return None


class _Walk:
    def __init__(self, file: BinaryIO, on_bytes: OnBytes) -> None:
        self._file = file
        self._on_bytes = on_bytes
        self._data = b""
        self._at, self._safe = 0, -1
        self._mark = 0
        self._times: list[int] = []

    def times(self) -> list[int]:
        _, place, size = self._element(0)
        kind, place, size = self._element(place + size)
        end = self._file.seek(0, 2)
        if kind != _SEGMENT or place + size != end:
            raise _UnusualError
        while place < end:
            kind, place, size = self._element(place)
            if kind == _CLUSTER and self._mark:
                self._take_cluster(place, place + size)
            elif kind == _TRACKS and not self._mark:
                self._mark = self._video_mark(place, place + size)
            elif kind not in _AROUND:
                raise _UnusualError
            place += size
        if place != end or not self._times:
            raise _UnusualError
        return self._times

    def _element(self, place: int) -> tuple[int, int, int]:
        """Its name, where its content begins, and how long that is."""
        if not self._at <= place <= self._safe:
            self._load(place)
        here = place - self._at
        width = 9 - self._data[here].bit_length()
        kind = int.from_bytes(self._data[here : here + width], "big")
        here += width
        width = 9 - self._data[here].bit_length()
        size = int.from_bytes(self._data[here : here + width], "big") & ((1 << 7 * width) - 1)
        if width > 8 or size == (1 << 7 * width) - 1:  # No number, or a length that was not known.
            raise _UnusualError
        return kind, self._at + here + width, size

    def _load(self, place: int) -> None:
        self._on_bytes(place)
        self._file.seek(place)
        self._data, self._at = self._file.read(_CHUNK), place
        if len(self._data) < _CHUNK:  # The file's end, beyond which no block lies.
            self._data += bytes(_MARGIN)
        self._safe = place + len(self._data) - _MARGIN

    def _number(self, place: int, size: int) -> int:
        """What was found by `_element` a moment ago, as a number."""
        if size > _LONGEST:
            raise _UnusualError
        here = place - self._at
        return int.from_bytes(self._data[here : here + size], "big")

    def _video_mark(self, place: int, end: int) -> int:
        """What the blocks of the only video track begin with."""
        found = []
        while place < end:
            kind, place, size = self._element(place)
            if kind == _ENTRY:
                facts = dict(self._facts(place, place + size))
                if facts.get(_TYPE) == _VIDEO:
                    found.append(facts)
            place += size
        if len(found) != 1 or _SHIFTING & found[0].keys():
            raise _UnusualError
        number = found[0].get(_NUMBER, 0)
        # "V_MS" stores when frames are decoded.
        if not 0 < number < 0x7F or found[0].get(_CODEC, 0).to_bytes(4, "big") == b"V_MS":
            raise _UnusualError
        return 0x80 | number

    def _facts(self, place: int, end: int) -> list[tuple[int, int]]:
        """What a track says, as numbers; of the longer ones the first four bytes."""
        facts = []
        while place < end:
            kind, place, size = self._element(place)
            facts.append((kind, self._number(place, min(size, 4))))
            place += size
        return facts

    def _take_cluster(self, place: int, end: int) -> None:
        """In one loop, whose every step counts: two hours are half a million blocks."""
        base: int | None = None
        times, mark = self._times, self._mark
        data, at, safe = self._data, self._at, self._safe
        while place < end:
            if not at <= place <= safe:
                self._load(place)
                data, at, safe = self._data, self._at, self._safe
            here = place - at
            if data[here] != _SIMPLE:
                place, base = self._take_other(place, base)
                data, at, safe = self._data, self._at, self._safe
                continue
            size = data[here + 1]
            if size >= 0x80:
                here, size = here + 2, size & 0x7F
            elif size >= 0x40:
                here, size = here + 3, (size & 0x3F) << 8 | data[here + 2]
            elif size >= 0x20:
                here, size = here + 4, (size & 0x1F) << 16 | data[here + 2] << 8 | data[here + 3]
            else:
                _, content, size = self._element(place)
                here = content - at
            if data[here] == mark:
                times.append(_time_of(data, here, size, base))
            place = at + here + size
        if place != end:
            raise _UnusualError

    def _take_other(self, place: int, base: int | None) -> tuple[int, int | None]:
        """What is no simple block. Returns where the next element is, and the cluster's time."""
        kind, place, size = self._element(place)
        if kind == _TIME:
            base = self._number(place, size)
        elif kind == _GROUP:
            inner = place
            while inner < place + size:
                kind, inner, length = self._element(inner)
                here = inner - self._at
                if kind == _BLOCK and self._data[here] == self._mark:
                    self._times.append(_time_of(self._data, here, length, base))
                inner += length
        elif kind not in _BESIDE:
            raise _UnusualError
        return place + size, base


def _time_of(data: bytes, here: int, size: int, base: int | None) -> int:
    """Of the block with this header, in a cluster that begins at `base`."""
    relative = data[here + 1] << 8 | data[here + 2]
    time = -1 if base is None else base + relative - ((relative & 0x8000) << 1)
    if time < 0 or size <= 4 or data[here + 3] & _LACED:
        raise _UnusualError
    return time
