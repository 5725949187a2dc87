"""NAL units of H.264 and HEVC: taking packets apart, putting them together, and reading bits.

Sources: ITU-T H.264 7.3.1 and annex B, ITU-T H.265 7.3.1 and annex B, ISO/IEC 14496-15 for the length prefixes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Codec = Literal["h264", "hevc"]
START_CODE = b"\x00\x00\x00\x01"


@dataclass(frozen=True, slots=True)
class Form:
    """How a stream's packets hold their NAL units: `length_size` bytes of length before each; 0 is Annex B."""

    length_size: int

    def units(self, payload: bytes) -> Iterator[bytes]:
        """The NAL units of a packet, without prefixes. Raises ValueError where lengths do not add up."""
        return _prefixed(payload, self.length_size) if self.length_size else _annex_b(payload)

    def packed(self, units: Iterable[bytes]) -> bytes:
        """A packet of these units."""
        if not self.length_size:
            return b"".join(START_CODE + unit for unit in units)
        return b"".join(len(unit).to_bytes(self.length_size, "big") + unit for unit in units)


ANNEX_B = Form(0)


def _prefixed(payload: bytes, length_size: int) -> Iterator[bytes]:
    place = 0
    while place < len(payload):
        begin = place + length_size
        end = begin + int.from_bytes(payload[place:begin], "big")
        if end > len(payload):
            raise ValueError("a NAL unit is longer than its packet")
        if end > begin:
            yield payload[begin:end]
        place = end


def _annex_b(payload: bytes) -> Iterator[bytes]:
    begin = payload.find(b"\x00\x00\x01")
    while begin >= 0:
        end = payload.find(b"\x00\x00\x01", begin + 3)
        unit = payload[begin + 3 : end if end >= 0 else len(payload)].rstrip(b"\x00")
        if unit:
            yield unit
        begin = end


def unescaped(unit: bytes) -> bytes:
    """The unit without emulation prevention bytes."""
    if b"\x00\x00\x03" not in unit:
        return unit
    found = bytearray()
    zeros = 0
    for value in unit:
        if zeros >= 2 and value == 3:
            zeros = 0
            continue
        found.append(value)
        zeros = zeros + 1 if value == 0 else 0
    return bytes(found)


def escaped(raw: bytes) -> bytes:
    """The unit with emulation prevention bytes, so that no start code can occur in it."""
    found = bytearray()
    zeros = 0
    for value in raw:
        if zeros >= 2 and value <= 3:
            found.append(3)
            zeros = 0
        found.append(value)
        zeros = zeros + 1 if value == 0 else 0
    return bytes(found)


def is_slice(codec: Codec, unit: bytes) -> bool:
    """Whether a NAL unit holds a part of a picture. Source: H.264, table 7-1; H.265, table 7-1."""
    if codec == "h264":
        return 1 <= unit[0] & 31 <= 5
    return unit[0] >> 1 & 63 <= 31


def is_idr(codec: Codec, unit: bytes) -> bool:
    """Whether a slice belongs to an IDR picture."""
    return unit[0] & 31 == 5 if codec == "h264" else unit[0] >> 1 & 63 in (19, 20)


class Bits:
    """Reads a raw byte sequence bit by bit. Reading past the end raises ValueError."""

    def __init__(self, raw: bytes, position: int = 0) -> None:
        self._value = int.from_bytes(raw, "big")
        self._length = 8 * len(raw)
        self.position = position

    def u(self, count: int) -> int:
        """`count` bits as an unsigned number."""
        left = self._length - self.position - count
        if left < 0:
            raise ValueError("the parameter set ends too early")
        self.position += count
        return self._value >> left & ((1 << count) - 1)

    def ue(self) -> int:
        """An Exp-Golomb code."""
        zeros = 0
        while not self.u(1):
            zeros += 1
            if zeros > 31:
                raise ValueError("no Exp-Golomb code")
        return (1 << zeros) - 1 + self.u(zeros)

    def se(self) -> int:
        code = self.ue()
        return (code + 1) // 2 if code % 2 else -(code // 2)


def golomb(value: int) -> str:
    """The Exp-Golomb code of `value` as a string of 0 and 1."""
    digits = f"{value + 1:b}"
    return "0" * (len(digits) - 1) + digits


def as_bits(raw: bytes) -> str:
    return "".join(f"{value:08b}" for value in raw)


def as_bytes(bits: str) -> bytes:
    """The bytes of whole bits, filled up with zeros."""
    filled = bits + "0" * (-len(bits) % 8)
    return bytes(int(filled[place : place + 8], 2) for place in range(0, len(filled), 8))
