"""Which units the pictures of a transport stream are made of, and the times in the headers before them.

Pictures that FFmpeg's parsers might take for another number of pictures are not let through. Sources: ISO/IEC 13818-1
2.4.3.7 (headers), ITU-T H.264 7.4.1.2, H.265 7.4.2.4, ISO/IEC 13818-2 6.2; FFmpeg's h264_parser.c, hevc/parser.c and
mpegvideo_parser.c for where a picture ends.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import compress, islice, pairwise
from operator import itemgetter, sub
from struct import unpack

from retake_desktop.media.mp4_runs import either
from retake_desktop.media.parameter_sets import read_avc_sps

START = b"\x00\x00\x01"
"""What each unit follows, and each PES header."""
_MOST_APART = 45_000
"""Ticks between two decoding times, and from decoding to showing: half a second. More is left to FFmpeg."""
HEAD = 40
"""Bytes that are looked at of each PES packet."""
_STAMP_BEGIN, _STAMP_SIZE = 9, 5
_FLAGS_AT, _TWO_TIMES = 7, 0xC0
_LANE = 8
_CUT = bytes((0x11,)) * 4
"""Put in where a packet ends, so that a unit that begins just before has the bytes that are looked at: meaningless ones
in H.264 and HEVC, a slice in MPEG-2."""
_STAMP_PARTS = ((3, 7 << 30), (2, 0x7FFF << 15), (1, 0x7FFF))
"""By how much the bits of a stored time are to be shifted, and which they are then."""
_ODD = b"[" + b"".join(b"\\x%02x" % odd for odd in range(1, 256, 2)) + b"]"
_SHOWN = rb"[\x21\x23\x25\x27\x29\x2b\x2d\x2f\x31\x33\x35\x37\x39\x3b\x3d\x3f]." + _ODD + b"." + _ODD
_DECODED = rb"[\x11\x13\x15\x17\x19\x1b\x1d\x1f]." + _ODD + b"." + _ODD


class UnusualError(Exception):
    """Nothing that is followed here."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """`letters` names units, `whole` are those of one picture, `begun` what it begins with, `heads` the first
    `HEAD` bytes of each of several, and `marks` what they hold where more than a picture begins.

    P is a PES header, A a delimiter, H what else comes before a picture, S how it begins, s how it goes on, F what may
    follow. In MPEG-2 Q is a sequence's header, G a group's, I a picture's, C how it is coded, c what else may be said.
    """

    letters: Callable[[Sequence[bytes]], bytes]
    whole: "re.Pattern[bytes]"
    begun: "re.Pattern[bytes]"
    marks: tuple[bytes, ...]
    heads: "re.Pattern[bytes]"
    has_numbers: bool = False

    def is_one_picture(self, units: Sequence[bytes]) -> bool:
        """Whether a PES packet of these units holds one picture. Raises as `letters` does."""
        letters = self.letters(units)
        if self.has_numbers and b"s" in letters:
            places = list(map(_first_block, compress(units, letters.translate(_OF_SLICES))))
            if any(place <= before for before, place in pairwise(places)):
                return False
        return bool(self.whole.fullmatch(letters))

    def is_begun(self, content: bytes) -> bool:
        """Whether a picture, and nothing else, begins with the first packets of a PES packet, which hold `content`.

        Raises as `letters` does, and where pictures of H.264 may be fields, each of which FFmpeg takes for a picture.
        """
        units = content.split(START)[1:]
        if self.has_numbers and any(_has_fields(unit.rstrip(b"\0")) for unit in units[:-1] if unit[0] & 0x1F == 7):
            raise UnusualError
        return bool(self.begun.fullmatch(self.letters([*units[:-1], units[-1] + _CUT])))


def _table(kinds: Mapping[bytes, Sequence[int]]) -> bytes:
    """From the first byte of a unit to its letter."""
    table = bytearray(b"?" * 0xE0 + b"P" * 0x10 + b"?" * 0x10)
    for letter, those in kinds.items():
        for kind in those:
            table[kind] = letter[0]
    return bytes(table)


def _all_upper_but(letter: bytes) -> bytes:
    return bytes(byte if byte == letter[0] else bytes((byte,)).upper()[0] for byte in range(256))


def _marking(letters: bytes) -> bytes:
    return bytes(letter in letters for letter in range(256))


_H264 = _table(
    {
        b"A": (9,),
        b"H": (0x27, 0x47, 0x67, 0x28, 0x48, 0x68, 6),
        b"S": (1, 0x21, 0x41, 0x61, 0x25, 0x45, 0x65),
        b"F": (12,),
    }
)
_HEVC_SLICES = (*range(10), *range(16, 22))
_HEVC = _table({b"A": (70,), b"H": (64, 66, 68, 78), b"S": [2 * kind for kind in _HEVC_SLICES], b"F": (76, 80)})
_MPEG2_KINDS = _table({b"Q": (0xB3,), b"G": (0xB8,), b"I": (0,), b"C": (0xB5,), b"c": (0xB2,), b"S": range(1, 0xB0)})
_LOWER = 0x20
_UNLESS_HIGH = bytes(0 if byte >= 0x80 else _LOWER for byte in range(256))
_UNLESS_8 = bytes(0 if byte >> 4 == 8 else _LOWER for byte in range(256))
_OTHER_LAYER = bytes(not 1 <= byte <= 7 for byte in range(256))
_UPPER_BUT_S, _UPPER_BUT_C = _all_upper_but(b"s"), _all_upper_but(b"c")
_OF_HEADERS, _OF_UNITS, _OF_SLICES, _OF_CODING = _marking(b"P"), _marking(b"AHSsF"), _marking(b"Ss"), _marking(b"C")


def _h264_letters(units: Sequence[bytes]) -> bytes:
    continued = _column(units, 1).translate(_UNLESS_HIGH)
    return either(_column(units, 0).translate(_H264), continued).translate(_UPPER_BUT_S)


@cache
def _has_fields(parameters: bytes) -> bool:
    """Whether pictures by a sequence parameter set of H.264 may be fields."""
    try:
        return read_avc_sps(parameters).interlaced
    except (ValueError, IndexError):
        return True


def _first_block(unit: bytes) -> int:
    """The number of the block that a slice of H.264 begins with: an Exp-Golomb code."""
    bits = int.from_bytes(unit[1:5], "big")
    zeros = 32 - bits.bit_length()
    if zeros > 15 or len(unit) < 5:
        raise UnusualError
    return (bits >> (31 - 2 * zeros)) - 1


def _hevc_letters(units: Sequence[bytes]) -> bytes:
    continued = _column(units, 2).translate(_UNLESS_HIGH)
    letters = either(_column(units, 0).translate(_HEVC), continued).translate(_UPPER_BUT_S)
    if any(compress(_column(units, 1).translate(_OTHER_LAYER), letters.translate(_OF_UNITS))):
        raise UnusualError
    return letters


def _mpeg2_letters(units: Sequence[bytes]) -> bytes:
    other = _column(units, 1).translate(_UNLESS_8)
    letters = either(_column(units, 0).translate(_MPEG2_KINDS), other).translate(_UPPER_BUT_C)
    # FFmpeg joins two fields that are coded as a picture each.
    if any(unit[3] & 3 != 3 for unit in compress(units, letters.translate(_OF_CODING))):
        raise UnusualError
    return letters


def _column(units: Sequence[bytes], place: int) -> bytes:
    """Raises IndexError where a unit is too short."""
    return bytes(map(itemgetter(place), units))


def _heads(*beginnings: bytes) -> "re.Pattern[bytes]":
    """Headers of PES packets of unknown length, with one time or two, and one of these beginnings behind each."""
    begin = rb"\x00\x00\x01[\xe0-\xef]\x00\x00[\x80-\x8f]"
    times = rb"(?:\x80\x05%s|\xc0\x0a%s%s)" % (_SHOWN, _SHOWN, _DECODED)
    first = rb"\x00?(?:%s)" % b"|".join(beginnings)
    return re.compile(rb"(?s:(?=%s%s%s).{%d})++" % (begin, times, first, HEAD))


def _marks(kinds: Sequence[int]) -> tuple[bytes, ...]:
    return tuple(START + bytes((kind,)) for kind in kinds)


_WHOLE, _BEGUN = re.compile(rb"PAH*+Ss*+F*+"), re.compile(rb"PAH*+S[sF?]*+")
_H264_HEAD = (
    rb"\x00\x00\x01\x09.\x00?\x00\x00\x01"
    rb"(?:[\x01\x21\x41\x61\x25\x45\x65][\x80-\xff]|[\x27\x47\x67\x28\x48\x68\x06])"
)
_HEVC_HEAD = (
    rb"\x00\x00\x01\x46[\x01-\x07].\x00?\x00\x00\x01"
    rb"(?:[\x00-\x2a][\x01-\x07][\x80-\xff]|[\x40\x42\x44\x4e][\x01-\x07])"
)
_NO_FIELD = b"[" + b"".join(b"\\x%02x" % byte for byte in range(3, 256, 4)) + b"]"
_MPEG2_HEADS = (
    rb"\x00\x00\x01[\xb3\xb8]",
    rb"\x00\x00\x01\x00.{4,5}\x00\x00\x01\xb5[\x80-\x8f]." + _NO_FIELD,
)
_MPEG2 = rb"P(?:Qc++)?+(?:Gc*+)?+ICc*+S++"
GRAMMARS = {
    "h264": Grammar(
        _h264_letters,
        _WHOLE,
        _BEGUN,
        _marks((0x27, 0x47, 0x67, 0x28, 0x48, 0x68, 0x06)),
        _heads(_H264_HEAD),
        has_numbers=True,
    ),
    "hevc": Grammar(_hevc_letters, _WHOLE, _BEGUN, _marks((0x40, 0x42, 0x44, 0x4E)), _heads(_HEVC_HEAD)),
    "mpeg2video": Grammar(
        _mpeg2_letters, re.compile(_MPEG2), re.compile(_MPEG2 + rb"\??"), _marks((0xB3, 0xB8)), _heads(*_MPEG2_HEADS)
    ),
}
"""By FFmpeg's names of the codecs that are followed."""


@dataclass(slots=True)
class Stamps:
    """The times in the PES headers of a stream; `times` are presentation times in the file's order."""

    times: list[int] = field(default_factory=list)
    _clock: int | None = None
    _step: int | None = None

    def take(self, heads: bytes) -> list[int]:
        """Of PES packets by their first `HEAD` bytes. Returns those before which decoding rests.

        Raises UnusualError where times do not run on.
        """
        shown = _ticks(heads, _STAMP_BEGIN)
        clocks = _ticks(heads, _STAMP_BEGIN + _STAMP_SIZE)
        if (flags := heads[_FLAGS_AT::HEAD]).count(_TWO_TIMES) < len(flags):
            # With one time only, pictures are decoded when they are shown.
            clocks = [two if flag == _TWO_TIMES else one for flag, one, two in zip(flags, shown, clocks, strict=True)]
        waits = set(map(sub, shown, clocks))
        before = clocks if self._clock is None else [self._clock, *clocks]
        steps = list(map(sub, islice(before, 1, None), before))
        least, most = min(steps, default=1), max(steps, default=1)
        if min(waits) < 0 or least <= 0 or max(*waits, most) > _MOST_APART:
            raise UnusualError
        if self._step is None and steps:
            self._step = least
        usual = 1 + (self._step or most)
        if least < usual - 2:
            raise UnusualError
        self._clock = clocks[-1]
        self.times += shown
        skipped = len(clocks) - len(steps)
        return [index + skipped for index, step in enumerate(steps) if step > usual] if most > usual else []


def _ticks(heads: bytes, place: int) -> Sequence[int]:
    """The times that begin at byte `place` of each head: all of them at once, in lanes of one number."""
    count = len(heads) // HEAD
    stored = bytearray(_LANE * count)
    for byte in range(_STAMP_SIZE):
        stored[_LANE - _STAMP_SIZE + byte :: _LANE] = heads[place + byte :: HEAD]
    lanes = int.from_bytes(stored, "big")
    parts = (
        lanes >> shift & int.from_bytes(mask.to_bytes(_LANE, "big") * count, "big") for shift, mask in _STAMP_PARTS
    )
    return unpack(f">{count}Q", sum(parts).to_bytes(_LANE * count, "big"))
