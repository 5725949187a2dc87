"""HDR10's levels as a decoded frame carries them, in the words of x265."""

from __future__ import annotations

import struct
from fractions import Fraction
from typing import Any, cast

from av.video.frame import VideoFrame

_MASTERING = struct.Struct("=20i2i")
"""FFmpeg's AVMasteringDisplayMetadata: x and y of red, green, blue and white, least and most light; what is known."""
_LIGHT = struct.Struct("=2I")
"""FFmpeg's AVContentLightMetadata: the brightest pixel and the brightest frame, cd/m2."""
_CHROMATICITY, _LUMINANCE = 50_000, 10_000
"""Steps of a chromaticity and of a cd/m2 in x265's parameters."""


def x265_levels(frame: VideoFrame) -> str:
    """Parameters that make x265 write the levels of `frame`, each with a colon before it; "" where it has none."""
    return _mastering(frame) + _light(frame)


def _mastering(frame: VideoFrame) -> str:
    data = _side_data(frame, "MASTERING_DISPLAY_METADATA")
    if len(data) < _MASTERING.size:
        return ""
    *numbers, has_primaries, has_light = _MASTERING.unpack_from(data)
    pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
    if not (has_primaries and has_light and all(below for _, below in pairs)):
        return ""
    values = [Fraction(above, below) for above, below in pairs]
    red, green, blue, white = (
        "({},{})".format(*(round(value * _CHROMATICITY) for value in values[place : place + 2]))
        for place in (0, 2, 4, 6)
    )
    least, most = (round(value * _LUMINANCE) for value in values[8:])
    return f":master-display=G{green}B{blue}R{red}WP{white}L({most},{least})"


def _light(frame: VideoFrame) -> str:
    data = _side_data(frame, "CONTENT_LIGHT_LEVEL")
    if len(data) < _LIGHT.size:
        return ""
    return ":max-cll={},{}".format(*_LIGHT.unpack_from(data))


def _side_data(frame: VideoFrame, name: str) -> bytes:
    found = cast("Any", frame.side_data.get(name))
    return bytes(found) if found is not None else b""
