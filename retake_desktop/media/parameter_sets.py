"""Parameter sets: which ids a stream uses, and adding another encoder's sets beside them without a clash.

Sources: ITU-T H.264 7.3.2, ITU-T H.265 7.3.2, ISO/IEC 14496-15 5.3.3.1 (avcC) and 8.3.3.1 (hvcC).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from retake_desktop.media.nal import ANNEX_B, Bits, Codec, Form, unescaped

AVC_SPS, AVC_PPS = 7, 8
HEVC_VPS, HEVC_SPS, HEVC_PPS = 32, 33, 34
_HIGH_PROFILES = {100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135}


@dataclass(slots=True)
class UsedIds:
    """The ids of the parameter sets that were met in a stream, and what else they say of it.

    `interlaced` (H.264 only): pictures may be fields. `layered` (HEVC only): there is more than the base layer.
    """

    vps: set[int] = field(default_factory=set)
    sps: set[int] = field(default_factory=set)
    pps: set[int] = field(default_factory=set)
    interlaced: bool = False
    layered: bool = False
    profile: int = 0
    level: int = 0

    def take(self, codec: Codec, unit: bytes) -> bool:
        """Notes a NAL unit; False when it is no parameter set. Raises ValueError for one that cannot be read."""
        return self._take_avc(unit) if codec == "h264" else self._take_hevc(unit)

    def _take_avc(self, unit: bytes) -> bool:
        kind = unit[0] & 31
        if kind == AVC_PPS:
            self.pps.add(Bits(unescaped(unit), 8).ue())
        elif kind == AVC_SPS:
            sps = read_avc_sps(unit)
            self.sps.add(sps.number)
            self.interlaced |= sps.interlaced
            self.profile, self.level = sps.profile, max(self.level, sps.level)
        return kind in (AVC_SPS, AVC_PPS)

    def _take_hevc(self, unit: bytes) -> bool:
        kind = unit[0] >> 1 & 63
        if (unit[0] & 1) << 5 | unit[1] >> 3:
            self.layered = True
        elif kind == HEVC_VPS:
            self.vps.add(Bits(unescaped(unit), 16).u(4))
        elif kind == HEVC_SPS:
            self.sps.add(hevc_sps_number(unescaped(unit))[0])
        elif kind == HEVC_PPS:
            self.pps.add(Bits(unescaped(unit), 16).ue())
        return kind in (HEVC_VPS, HEVC_SPS, HEVC_PPS)


@dataclass(frozen=True, slots=True)
class AvcSps:
    number: int
    profile: int
    level: int
    interlaced: bool


def read_avc_sps(unit: bytes) -> AvcSps:
    """What matters of an H.264 sequence parameter set. Raises ValueError."""
    raw = unescaped(unit)
    profile, level = raw[1], raw[3]
    bits = Bits(raw, 32)
    number = bits.ue()
    if profile in _HIGH_PROFILES:
        _skip_high_fields(bits)
    bits.ue()
    order_type = bits.ue()
    if order_type == 0:
        bits.ue()
    elif order_type == 1:
        bits.u(1)
        bits.se()
        bits.se()
        for _ in range(bits.ue()):
            bits.se()
    bits.ue()
    bits.u(1)
    bits.ue()
    bits.ue()
    return AvcSps(number, profile, level, interlaced=not bits.u(1))


def _skip_high_fields(bits: Bits) -> None:
    chroma = bits.ue()
    if chroma == 3:
        bits.u(1)
    bits.ue()
    bits.ue()
    bits.u(1)
    if bits.u(1):
        for number in range(12 if chroma == 3 else 8):
            if bits.u(1):
                _skip_scaling_list(bits, 16 if number < 6 else 64)


def _skip_scaling_list(bits: Bits, size: int) -> None:
    last = following = 8
    for _ in range(size):
        if following:
            following = (last + bits.se()) % 256
        last = following or last


def hevc_sps_number(raw: bytes) -> tuple[int, int, int]:
    """Id of an unescaped HEVC SPS and the bits at which its code begins and ends. Raises ValueError."""
    bits = Bits(raw, 16)
    bits.u(4)
    layers = bits.u(3)
    bits.u(1)
    bits.u(88)
    bits.u(8)
    flags = [(bits.u(1), bits.u(1)) for _ in range(layers)]
    if layers:
        bits.u(2 * (8 - layers))
    for has_profile, has_level in flags:
        bits.u(88 * has_profile + 8 * has_level)
    begin = bits.position
    return bits.ue(), begin, bits.position


@dataclass(frozen=True, slots=True)
class Headers:
    """A stream's `extradata` taken apart: how packets are formed and the parameter sets in it."""

    form: Form
    units: tuple[bytes, ...]


def headers_of(codec: Codec, extradata: bytes) -> Headers:
    """Raises ValueError for what is neither avcC, hvcC nor Annex B."""
    if not extradata or extradata[:3] == b"\x00\x00\x01" or extradata[:4] == b"\x00\x00\x00\x01":
        return Headers(ANNEX_B, tuple(ANNEX_B.units(extradata)))
    if codec == "h264":
        length, arrays, _ = _read_avcc(extradata)
        return Headers(Form(length), (*arrays[0], *arrays[1]))
    head, groups = _read_hvcc(extradata)
    return Headers(Form((head[21] & 3) + 1), tuple(unit for _, units in groups for unit in units))


def with_sets(codec: Codec, extradata: bytes, added: Iterable[bytes]) -> bytes:
    """`extradata` in its own form, with the parameter sets of `added` beside its own.

    Raises ValueError where the form has no room for them.
    """
    units = [unit for unit in added if unit]
    if headers_of(codec, extradata).form == ANNEX_B:
        return extradata + ANNEX_B.packed(units)
    return _more_avcc(extradata, units) if codec == "h264" else _more_hvcc(extradata, units)


def _read_avcc(extradata: bytes) -> tuple[int, tuple[list[bytes], list[bytes]], bytes]:
    if len(extradata) < 7 or extradata[0] != 1:
        raise ValueError("its avcC header cannot be read")
    place = 6
    sps, place = _listed(extradata, place, extradata[5] & 31)
    pps, place = _listed(extradata, place + 1, extradata[place] if place < len(extradata) else 0)
    return (extradata[4] & 3) + 1, (sps, pps), extradata[place:]


def _listed(data: bytes, place: int, count: int) -> tuple[list[bytes], int]:
    units = []
    for _ in range(count):
        length = int.from_bytes(data[place : place + 2], "big")
        units.append(data[place + 2 : place + 2 + length])
        place += 2 + length
    if place > len(data):
        raise ValueError("its header ends too early")
    return units, place


def _list(units: Iterable[bytes]) -> bytes:
    return b"".join(len(unit).to_bytes(2, "big") + unit for unit in units)


def _more_avcc(extradata: bytes, added: list[bytes]) -> bytes:
    _, (sps, pps), rest = _read_avcc(extradata)
    sps = sps + [unit for unit in added if unit[0] & 31 == AVC_SPS]
    pps = pps + [unit for unit in added if unit[0] & 31 == AVC_PPS]
    if len(sps) > 31 or len(pps) > 255:
        raise ValueError("its avcC header has no room for another parameter set")
    level = max(unit[3] for unit in sps)
    head = extradata[:3] + bytes((level, extradata[4], 0xE0 | len(sps)))
    return head + _list(sps) + bytes((len(pps),)) + _list(pps) + rest


def _read_hvcc(extradata: bytes) -> tuple[bytes, list[tuple[int, list[bytes]]]]:
    if len(extradata) < 23 or extradata[0] != 1:
        raise ValueError("its hvcC header cannot be read")
    groups = []
    place = 23
    for _ in range(extradata[22]):
        if place + 3 > len(extradata):
            raise ValueError("its header ends too early")
        kind = extradata[place]
        units, place = _listed(extradata, place + 3, int.from_bytes(extradata[place + 1 : place + 3], "big"))
        groups.append((kind, units))
    return extradata[:22], groups


def _more_hvcc(extradata: bytes, added: list[bytes]) -> bytes:
    head, groups = _read_hvcc(extradata)
    for unit in added:
        kind = unit[0] >> 1 & 63
        group = next((units for number, units in groups if number & 63 == kind), None)
        if group is None:
            # The top bit says that no further ones stand in the packets; leave it out, since we cannot know.
            groups.append((kind, [unit]))
        else:
            group.append(unit)
    body = b"".join(bytes((kind,)) + len(units).to_bytes(2, "big") + _list(units) for kind, units in groups)
    return head + bytes((len(groups),)) + body
