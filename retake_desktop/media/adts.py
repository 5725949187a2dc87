"""ADTS: the header that AAC packets carry in MPEG-TS. Source: ISO/IEC 14496-3, table 1.A.5."""

_SYNC = 0xFFF
_HEADER = 7


def is_adts(payload: bytes) -> bool:
    return len(payload) > _HEADER and int.from_bytes(payload[:2], "big") >> 4 == _SYNC


def adts_header(sample: bytes, length: int) -> bytes:
    """A header without checksum for `length` bytes of AAC of the same kind as the packet `sample`."""
    total = length + _HEADER
    head = bytearray(sample[:_HEADER])
    head[1] |= 1
    head[3] = head[3] & 0xFC | total >> 11
    head[4] = total >> 3 & 0xFF
    head[5] = (total & 7) << 5 | 0x1F
    head[6] = 0xFC
    return bytes(head)
