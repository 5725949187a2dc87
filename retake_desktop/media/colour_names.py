"""Colour descriptions by FFmpeg's names, from the numbers of ITU-T H.273, tables 2, 3 and 4."""

from av.video.frame import VideoFrame

from retake_desktop.domain.clip import Colour

_RANGES = {1: "tv", 2: "pc"}
_PRIMARIES = {
    1: "bt709",
    4: "bt470m",
    5: "bt470bg",
    6: "smpte170m",
    7: "smpte240m",
    8: "film",
    9: "bt2020",
    10: "smpte428",
    11: "smpte431",
    12: "smpte432",
    22: "ebu3213",
}
_TRANSFERS = {
    1: "bt709",
    4: "gamma22",
    5: "gamma28",
    6: "smpte170m",
    7: "smpte240m",
    8: "linear",
    9: "log100",
    10: "log316",
    11: "iec61966-2-4",
    12: "bt1361e",
    13: "iec61966-2-1",
    14: "bt2020-10",
    15: "bt2020-12",
    16: "smpte2084",
    17: "smpte428",
    18: "arib-std-b67",
}
_MATRICES = {
    0: "gbr",
    1: "bt709",
    4: "fcc",
    5: "bt470bg",
    6: "smpte170m",
    7: "smpte240m",
    8: "ycgco",
    9: "bt2020nc",
    10: "bt2020c",
    14: "ictcp",
}


def colour_of(frame: VideoFrame) -> Colour:
    """How a decoded frame's colours are meant."""
    return Colour(
        range=_RANGES.get(frame.color_range, "unknown"),
        matrix=_MATRICES.get(frame.colorspace, "unknown"),
        transfer=_TRANSFERS.get(frame.color_trc, "unknown"),
        primaries=_PRIMARIES.get(frame.color_primaries, "unknown"),
    )
