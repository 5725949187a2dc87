"""Entry points of streams whose frames are told apart by counting, because their container stores no times."""

from collections.abc import Iterator
from itertools import chain

from av.packet import Packet
from av.video.stream import VideoStream

from retake_desktop.media.nal import ANNEX_B, Codec, is_idr, is_slice

_Packets = Iterator["Packet[VideoStream]"]
_START_CODE = b"\x00\x00\x01"


def entry_before(packets: _Packets, index: int, codec: str) -> tuple[int, _Packets]:
    """The last IDR picture of `packets`, read from the beginning, from which frame `index` can be decoded.

    Returns its place and the packets from it on; (0, all packets) where there is none. All that is coded before an IDR
    picture is shown before all that is coded from it on, so its place in the file is that of the first frame that
    decoding from it gives. Nothing is decoded. Source: ITU-T H.264, 3.69 and H.265, 3.67 (IDR picture).
    """
    place = 0
    waiting: list[Packet[VideoStream]] = []
    for number, packet in enumerate(packets):
        if not packet.size:
            waiting.append(packet)
            break
        if number and packet.is_keyframe and _is_idr(bytes(packet), codec):
            place, waiting = number, []
        waiting.append(packet)
        if number >= index:
            break
    return place, chain(waiting, packets)


def _is_idr(payload: bytes, codec: str) -> bool:
    """Whether the first picture in an Annex B packet is an IDR picture. Source: H.264, table 7-1; H.265, table 7-1."""
    if not payload.startswith((_START_CODE, b"\x00" + _START_CODE)):
        return False
    if codec not in ("h264", "hevc"):
        return False
    known: Codec = "h264" if codec == "h264" else "hevc"
    first = next((unit for unit in ANNEX_B.units(payload) if is_slice(known, unit)), None)
    return first is not None and is_idr(known, first)
