"""Small changes to HEVC NAL units that leave the coded picture as it is: other ids, and CRA pictures as entries.

x265 can only number its parameter sets 0, so its output gets other ids here.

The id of a picture parameter set stands in every slice header as an Exp-Golomb code. Id 0 takes 1 bit, ids 15 to 30
take 9: the rest of the header moves by exactly one byte, so nothing behind it has to be coded again.
Source: ITU-T H.265 7.3.1.2, 7.3.2.1 to 7.3.2.3, 7.3.6.1.
"""

from __future__ import annotations

from dataclasses import dataclass

from retake_desktop.media.nal import Bits, as_bits, as_bytes, escaped, golomb, unescaped
from retake_desktop.media.parameter_sets import HEVC_PPS, HEVC_SPS, HEVC_VPS, UsedIds, hevc_sps_number

_PPS_IDS = range(15, 31)
_SPS_IDS = range(16)
_LAST_SLICE = 31
_IRAP = range(16, 24)
_BLA_N_LP = 18
"""NAL unit type of a broken link access picture without leading pictures. Source: ITU-T H.265, table 7-1."""


@dataclass(frozen=True, slots=True)
class HevcIds:
    vps: int
    sps: int
    pps: int


def free_ids(used: UsedIds) -> HevcIds | None:
    """Ids that the stream does not use; None when it uses all of a kind."""
    vps = next((number for number in _SPS_IDS if number not in used.vps), None)
    sps = next((number for number in _SPS_IDS if number not in used.sps), None)
    pps = next((number for number in _PPS_IDS if number not in used.pps), None)
    return None if vps is None or sps is None or pps is None else HevcIds(vps, sps, pps)


def renumbered(unit: bytes, ids: HevcIds) -> bytes:
    """A NAL unit of an encoder that numbers all its sets 0, with `ids` instead. Raises ValueError for others."""
    kind = unit[0] >> 1 & 63
    if kind <= _LAST_SLICE:
        return _slice(unit, kind, ids.pps)
    if kind == HEVC_VPS:
        raw = unescaped(unit)
        return escaped(raw[:2] + bytes((ids.vps << 4 | raw[2] & 15,)) + raw[3:])
    if kind == HEVC_SPS:
        return _sps(unescaped(unit), ids)
    if kind == HEVC_PPS:
        return _pps(unescaped(unit), ids)
    return unit


def _slice(unit: bytes, kind: int, pps: int) -> bytes:
    raw = unescaped(unit)
    place = 16 + 1 + (kind in _IRAP)
    if Bits(raw, place).ue() != 0:
        raise ValueError("the encoder numbered its picture parameter set otherwise")
    head = as_bits(raw[:3])
    changed = head[:place] + golomb(pps) + head[place + 1 :]
    return escaped(as_bytes(changed) + raw[3:])


def _sps(raw: bytes, ids: HevcIds) -> bytes:
    _, begin, end = hevc_sps_number(raw)
    bits = as_bits(raw)
    return _closed(bits[:16] + f"{ids.vps:04b}" + bits[20:begin] + golomb(ids.sps) + bits[end:])


def _pps(raw: bytes, ids: HevcIds) -> bytes:
    bits = Bits(raw, 16)
    bits.ue()
    bits.ue()
    text = as_bits(raw)
    return _closed(text[:16] + golomb(ids.pps) + golomb(ids.sps) + text[bits.position :])


def _closed(bits: str) -> bytes:
    """With the trailing bits moved to the new end: the last 1 is the stop bit."""
    return escaped(as_bytes(bits.rstrip("0")))


def as_broken_link(unit: bytes) -> bytes:
    """A slice of a CRA picture as one of a BLA picture: the mark for "what came before is not what it was coded
    after", made for joining streams. Nothing else changes; earlier pictures are still shown. Others stay as they are.
    """
    if unit[0] >> 1 & 63 not in _IRAP:
        return unit
    raw = unescaped(unit)
    keeps_earlier = raw[2] & ~0x40
    return escaped(bytes((raw[0] & 0x81 | _BLA_N_LP << 1, raw[1], keeps_earlier)) + raw[3:])
