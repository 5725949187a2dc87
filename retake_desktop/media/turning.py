"""How a decoded frame must be turned to be seen upright, from its display matrix."""

import struct
from dataclasses import dataclass
from math import atan2, degrees
from typing import cast

from av.sidedata.sidedata import SideData, Type
from av.video.frame import VideoFrame

_MATRIX = struct.Struct("=9i")


@dataclass(frozen=True, slots=True)
class Turning:
    """First a mirroring from left to right, if any; then a turn by `rotation` degrees clockwise (0, 90, 180, 270)."""

    rotation: int
    is_mirrored: bool

    @property
    def is_on_its_side(self) -> bool:
        return self.rotation in (90, 270)


def turning_of(frame: VideoFrame) -> Turning:
    """The turn nearest to the frame's display matrix. Source of its layout: libavutil/display.h."""
    # PyAV types its container as a mapping of names, but it gives the data themselves.
    all_data = cast("list[SideData]", list(frame.side_data))
    found = (bytes(data) for data in all_data if data.type is Type.DISPLAYMATRIX)
    content = next(found, b"")
    if len(content) < _MATRIX.size:
        return Turning(0, False)
    a, b, _, c, d, *_ = _MATRIX.unpack(content[: _MATRIX.size])
    is_mirrored = a * d - b * c < 0
    if is_mirrored:
        a, b = -a, -b
    return Turning(round(degrees(atan2(b, a)) / 90) % 4 * 90, is_mirrored)
