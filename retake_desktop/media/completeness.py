"""Whether a file is all there, or is still being written or was cut off."""

import re
from pathlib import Path

from retake_desktop.domain.errors import RetakeError
from retake_desktop.media.mp4_boxes import Outline, outline_of
from retake_desktop.media.source import file_trouble

_TS_PACKETS = {0: 188, 4: 192}
"""Bytes of a transport stream's packets, by where in the first one its sync byte lies."""
_SYNC = 0x47
_HEAD = 4096
_SEGMENT = re.compile(rb"\x18\x53\x80\x67")
"""Matroska's segment element. Source: RFC 9559, 5.1."""


def mp4_outline(path: str) -> Outline:
    """The boxes of an MP4 or MOV. Raises RetakeError(FILE_TROUBLE)."""
    try:
        return outline_of(path)
    except OSError as error:
        raise file_trouble(error) from error


def has_lost_its_index(path: str) -> bool:
    """Whether this is an MP4 or MOV whose index, which recorders write last, is not there."""
    try:
        outline = mp4_outline(path)
    except RetakeError:
        return False
    return (
        bool(outline.kinds & {b"ftyp", b"mdat", b"wide"}) and b"moov" not in outline.kinds and b"mdat" in outline.kinds
    )


def is_cut_short(path: str, container: str, size: int) -> bool:
    """Whether the file ends before the place that its own headers name. Raises RetakeError(FILE_TROUBLE)."""
    try:
        if container.startswith("mov"):
            return not mp4_outline(path).is_whole
        with Path(path).open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise file_trouble(error) from error
    if container == "mpegts":
        return _breaks_a_packet(head, size)
    if container.startswith("matroska"):
        return _segment_end(head) > size
    if container == "avi" and head[:4] == b"RIFF":
        return int.from_bytes(head[4:8], "little") + 8 > size
    return False


def _breaks_a_packet(head: bytes, size: int) -> bool:
    length = next((length for at, length in _TS_PACKETS.items() if head[at : at + 1] == bytes([_SYNC])), 0)
    return bool(length) and size % length != 0


def _segment_end(head: bytes) -> int:
    """Where the segment ends; 0 where its length is unknown, which recorders that cannot go back leave so."""
    found = _SEGMENT.search(head)
    if found is None or found.end() >= len(head) or not head[found.end()]:
        return 0
    width = 9 - head[found.end()].bit_length()
    number = head[found.end() : found.end() + width]
    length = int.from_bytes(number, "big") & ((1 << 7 * width) - 1)
    is_unknown = length == (1 << 7 * width) - 1
    return 0 if is_unknown else found.end() + width + length
