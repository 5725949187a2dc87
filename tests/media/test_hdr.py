"""The saved HDR colour tables are what FFmpeg's scaler makes of HDR colours."""

from array import array
from fractions import Fraction

import pytest
from av.filter import Graph
from av.video.frame import VideoFrame

from retake_desktop.media.finishing import Finisher

LEVEL = 6
"""A Hald table of level n holds n ** 2 steps of each primary in a picture n ** 3 pixels wide."""


def scaled_to_sdr(frame: VideoFrame, transfer: str) -> VideoFrame:
    """What `media.conform` does to HDR, for full-range RGB: this made `media/hdr/*.png` from `identity(6)`."""
    graph = Graph()
    nodes = [
        graph.add_buffer(width=frame.width, height=frame.height, format=frame.format, time_base=Fraction(1)),
        graph.add(
            "scale",
            f"in_transfer={transfer}:in_primaries=bt2020:out_transfer=bt709:out_primaries=bt709:intent=perceptual",
        ),
        graph.add("format", "rgb24"),
        graph.add("buffersink"),
    ]
    graph.link_nodes(*nodes)
    graph.configure()
    frame.pts, frame.time_base = 0, Fraction(1)
    graph.push(frame)
    made = graph.pull()
    assert isinstance(made, VideoFrame)
    return made


def identity(level: int) -> VideoFrame:
    """The Hald picture of unchanged colours, 16 bits each; red changes fastest, blue slowest."""
    steps = level * level
    levels = [round(step * 65535 / (steps - 1)) for step in range(steps)]
    colours = array("H")
    for blue in levels:
        for green in levels:
            for red in levels:
                colours.extend((red, green, blue))
    return picture_of(colours, level**3)


def picture_of(colours: "array[int]", width: int) -> VideoFrame:
    height = len(colours) // (3 * width)
    frame = VideoFrame(width, height, "rgb48le")
    plane = frame.planes[0]
    rows = (colours[row * 3 * width : (row + 1) * 3 * width].tobytes() for row in range(height))
    plane.update(b"".join(row.ljust(plane.line_size, b"\0") for row in rows))
    frame.color_range, frame.colorspace = 2, 0
    return frame


def pixels(frame: VideoFrame) -> list[tuple[int, int, int]]:
    rgb = frame.reformat(format="rgb24")
    plane = rgb.planes[0]
    content = bytes(plane)
    starts = (row * plane.line_size + 3 * column for row in range(rgb.height) for column in range(rgb.width))
    return [(content[at], content[at + 1], content[at + 2]) for at in starts]


@pytest.mark.full
@pytest.mark.parametrize("transfer", ["smpte2084", "arib-std-b67"])
def test_the_tables_map_as_the_scaler_does(transfer: str) -> None:
    colours = array("H", ((i * 40_503 + i // 3 * 977) % 65_536 for i in range(3 * 64 * 32)))
    shown = pixels(Finisher((64, 32), 0, transfer).finish(picture_of(colours, 64)))
    expected = pixels(scaled_to_sdr(picture_of(colours, 64), transfer))
    off = [max(abs(a - b) for a, b in zip(one, other, strict=True)) for one, other in zip(shown, expected, strict=True)]
    assert sum(off) / len(off) < 1.5
    assert max(off) < 16
