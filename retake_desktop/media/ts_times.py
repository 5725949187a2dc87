"""When the pictures of an MPEG transport stream are shown, from the headers of their PES packets alone.

FFmpeg copies and parses every picture on the way to the next (measured, two hours: 2.0 s of processor against 0.7 s).
Only what muxers usually write is followed, and nothing is guessed: whoever asks has FFmpeg for the rest. Source:
ISO/IEC 13818-1 2.4.3.2 (packets), 2.4.3.4 (adaptation fields); FFmpeg's mpegts.c for what it makes of them.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import compress
from pathlib import Path
from typing import BinaryIO

from retake_desktop.media.mp4_runs import either
from retake_desktop.media.ts_pictures import GRAMMARS, HEAD, START, Grammar, Stamps, UnusualError

_SYNC, _PACKET, _HEAD = 0x47, 188, 4
_LEADS = (0, 4)
"""Bytes before each packet: none, or the time that cameras and discs note there."""
_AT_ONCE, _MOST_AT_ONCE = 4096, 1 << 18
"""Packets that are read at once; more where those hold no picture's end."""
_FIRST_ID, _PAST_IDS = 0x10, 0x1F00
"""Packets with these ids hold pictures; others have a meaning of their own."""
_WRAP = 1 << 33
"""Ticks after which the clock begins again. FFmpeg gives times that are soon before that as ones below zero."""
_FILLER = b"\xff"
_SOME = (1, 4, 32)
"""Packets within which a picture has begun, whatever comes before it."""

OnBytes = Callable[[int], None]
"""Called with the place in the file that reading has come to."""


def picture_times(path: str, packet_id: int, codec: str, first: int, on_bytes: OnBytes) -> list[int] | None:
    """The presentation times of the pictures in the packets of that id, in the file's order and in 1/90000 s, counted
    as FFmpeg does, for which the first picture's is `first`. None where FFmpeg must tell."""
    grammar = GRAMMARS.get(codec)
    if grammar is None or not _FIRST_ID <= packet_id < _PAST_IDS:
        return None
    try:
        with Path(path).open("rb", buffering=0) as file:
            times = _Walk(file, packet_id, grammar, on_bytes).times()
    except (UnusualError, IndexError, OSError):
        return None
    return [time - _WRAP for time in times] if times[0] - _WRAP == first else times


def _where(is_meant: Callable[[int], object]) -> bytes:
    """For `bytes.translate`: 0xFF for bytes that are meant, 0 for others."""
    return bytes(0xFF if is_meant(byte) else 0 for byte in range(256))


_NOT = _where(lambda byte: not byte)
_BEGINS = _where(lambda byte: byte & 0x40)
_HAS_FIELD = _where(lambda byte: byte & 0x20)
_AND_ITSELF = bytes(min(byte + 1, 0xFF) for byte in range(256))
"""From what an adaptation field's first byte says to the bytes that it takes."""
_LEAVES_LITTLE = _where(lambda byte: byte > _PACKET - _HEAD - HEAD)
_HAS_CONTENT = _where(lambda byte: byte & 0x10)
_FLAGS = bytes(byte for byte in range(0x40) if byte & 0x10)
"""What a packet's fourth byte may be: not scrambled, and with content."""
_COUNTER = bytes(byte & 0x0F for byte in range(256))
_COUNTED = bytes(range(16))


def _both(one: bytes, other: bytes) -> bytes:
    """The bits that are in both."""
    return (int.from_bytes(one, "big") & int.from_bytes(other, "big")).to_bytes(len(one), "big")


@dataclass(slots=True)
class _Part:
    """Packets of `length` bytes, the last 188 of which are the packet itself.

    `own` has 0xFF for those with the picture's content, `begins` for those with which one of its PES packets begins.
    """

    data: bytes
    length: int
    own: bytes
    begins: bytes

    def column(self, place: int) -> bytes:
        """This byte of each packet."""
        return self.data[self.length - _PACKET + place :: self.length]

    def of_own(self, column: bytes) -> bytes:
        """Of a column without 0xFF, what the picture's packets have."""
        return either(column, self.own.translate(_NOT)).translate(None, b"\xff")

    def places(self, marks: bytes) -> Iterable[int]:
        """Where the marked packets begin."""
        return compress(range(self.length - _PACKET, len(self.data), self.length), marks)

    def heads(self, flags: bytes) -> list[bytes]:
        """The first bytes of each PES packet, filled up where a packet holds less."""
        data = self.data
        fields = _both(self.column(_HEAD).translate(_AND_ITSELF), flags.translate(_HAS_FIELD))
        skipped = bytes(compress(fields, self.begins))
        begins = compress(range(self.length - _PACKET + _HEAD, len(data), self.length), self.begins)
        found = [data[at + skip : at + skip + HEAD] for at, skip in zip(begins, skipped, strict=True)]
        for index in compress(range(len(found)), skipped.translate(_LEAVES_LITTLE)):
            found[index] = found[index][: max(0, _PACKET - _HEAD - skipped[index])].ljust(HEAD, _FILLER)
        return found

    def between(self, first: int, end: int) -> bytes:
        """What the picture's packets from number `first` on hold behind their headers and adaptation fields."""
        data, found = self.data, []
        for place in range(first, end):
            if self.own[place]:
                begin = place * self.length + self.length - _PACKET
                skip = 1 + data[begin + _HEAD] if data[begin + 3] & 0x20 else 0
                found.append(data[begin + _HEAD + skip : begin + _PACKET])
        return b"".join(found)


class _Walk:
    def __init__(self, file: BinaryIO, packet_id: int, grammar: Grammar, on_bytes: OnBytes) -> None:
        self._file = file
        self._grammar = grammar
        self._on_bytes = on_bytes
        self._is_high = _where(lambda byte: byte & 0x1F == packet_id >> 8)
        self._is_low = _where(lambda byte: byte == packet_id & 0xFF)
        self._firsts = bytes(packet_id >> 8 | flags for flags in (0, 0x20, 0x40, 0x60))
        self._length = _PACKET
        self._counter: int | None = None
        self._stamps = Stamps()
        self._latest: Callable[[], bytes] = bytes

    def times(self) -> list[int]:
        size = self._file.seek(0, 2)
        self._file.seek(0)
        head = self._file.read(_LEADS[-1] + 1)
        self._length += next(lead for lead in _LEADS if head[lead] == _SYNC or lead == _LEADS[-1])
        place, count = 0, _AT_ONCE
        while place < size:
            self._on_bytes(place)
            self._file.seek(place)
            data = self._file.read(count * self._length)
            is_last = place + len(data) == size
            if len(data) % self._length or (len(data) < count * self._length and not is_last):
                raise UnusualError
            taken = self._take(data, is_first=not place, is_last=is_last)
            if not taken and (is_last or count >= _MOST_AT_ONCE):
                raise UnusualError
            count = _AT_ONCE if taken else 2 * count
            place += taken
        return self._stamps.times

    def _take(self, data: bytes, *, is_first: bool, is_last: bool) -> int:
        """Takes PES packets that are whole. Returns how many bytes need not be looked at again."""
        sync, high, low, flags = (data[self._length - _PACKET + place :: self._length] for place in range(_HEAD))
        own = _both(_both(high.translate(self._is_high), low.translate(self._is_low)), flags.translate(_HAS_CONTENT))
        begins = _both(own, high.translate(_BEGINS))
        first, end = begins.find(0xFF), len(own) if is_last else begins.rfind(0xFF)
        if sync.count(_SYNC) < len(sync) or (first and not is_first):
            raise UnusualError
        if first < 0 or end <= first:
            return 0
        cut = slice(first, end)
        whole = data[first * self._length : end * self._length]
        part = _Part(whole, self._length, own[cut], begins[cut])
        self._check(part, high[cut], flags[cut])
        self._take_pictures(part, flags[cut])
        return end * self._length

    def _check(self, part: _Part, high: bytes, flags: bytes) -> None:
        """That no packet is missing, damaged or scrambled."""
        own_flags = part.of_own(flags)
        if part.of_own(high).translate(None, self._firsts) or own_flags.translate(None, _FLAGS):
            raise UnusualError
        counters = own_flags.translate(_COUNTER)
        count = part.own.count(0xFF)
        begin = counters[0] if self._counter is None else self._counter
        if counters != (_COUNTED * (count // len(_COUNTED) + 2))[begin : begin + count]:
            raise UnusualError
        self._counter = (begin + count) % len(_COUNTED)

    def _take_pictures(self, part: _Part, flags: bytes) -> None:
        heads = b"".join(part.heads(flags))
        if not self._grammar.heads.fullmatch(heads):
            raise UnusualError
        rests, longer = self._stamps.take(heads), set(_places(heads, self._grammar.marks))
        places = [*compress(range(len(part.own)), part.begins), len(part.own)] if rests or longer else []
        for number in rests:
            # The PES packet before it could hold more than one picture.
            content = part.between(places[number - 1], places[number]) if number else self._latest()
            if not self._grammar.is_one_picture(content.split(START)[1:]):
                raise UnusualError
        for number in longer:
            begin, end = places[number : number + 2]
            if not any(self._grammar.is_begun(part.between(begin, min(begin + some, end))) for some in _SOME):
                raise UnusualError
        latest = part.begins.rfind(0xFF)
        self._latest = lambda: part.between(latest, len(part.own))


def _places(heads: bytes, marks: Iterable[bytes]) -> Iterator[int]:
    """Which of these have one of the marks in them."""
    for mark in marks:
        place = heads.find(mark)
        while place >= 0:
            yield place // HEAD
            place = heads.find(mark, place + 1)
