"""The last steps of a picture, through libavfilter: HDR to SDR, and upright."""

import io
from fractions import Fraction
from functools import lru_cache
from importlib.resources import files

import av
from av.filter import Graph
from av.filter.context import FilterContext
from av.video.format import VideoFormat
from av.video.frame import VideoFrame

WIDE = "rgb48le"
"""What HDR pictures are mapped in: 8 bits would show bands. (The filter mixes up the colours of planar RGB.)"""
SCREEN = "bgra"
_TURNS = {0: (), 90: (("transpose", "clock"),), 180: (("hflip", ""), ("vflip", "")), 270: (("transpose", "cclock"),)}
_UNSPECIFIED = 2
"""For transfer and primaries: what is mapped must not be mapped once more by a scaler that reads the tags."""


class Finisher:
    """Turns RGB pictures of one size into what is drawn: `transfer` names the HDR curve to undo, "" for SDR."""

    def __init__(self, size: tuple[int, int], rotation: int, transfer: str) -> None:
        self.key = size, rotation, transfer
        self._graph = Graph()
        pixels = VideoFormat(WIDE if transfer else SCREEN)
        self._entry = self._graph.add_buffer(width=size[0], height=size[1], format=pixels, time_base=Fraction(1))
        last = self._mapped(self._entry, transfer) if transfer else self._entry
        for name, arguments in (("format", SCREEN), *_TURNS[rotation]):
            following = self._graph.add(name, arguments)
            last.link_to(following)
            last = following
        self._exit = self._graph.add("buffersink")
        last.link_to(self._exit)
        self._graph.configure()
        if transfer:
            self._clut.push(_colour_table(transfer))
            self._clut.push(None)
        self._count = 0

    def finish(self, frame: VideoFrame) -> VideoFrame:
        """`frame`, in `WIDE` for HDR and in `SCREEN` otherwise, mapped and upright in `SCREEN`."""
        frame.pts, frame.time_base = self._count, Fraction(1)
        frame.color_trc = frame.color_primaries = _UNSPECIFIED
        self._count += 1
        self._entry.push(frame)
        finished = self._exit.pull()
        assert isinstance(finished, VideoFrame)  # noqa: S101 - the graph ends in a video sink
        return finished

    def _mapped(self, source: FilterContext, transfer: str) -> FilterContext:
        table = _colour_table(transfer)
        self._clut = self._graph.add_buffer(
            width=table.width, height=table.height, format=VideoFormat(WIDE), time_base=Fraction(1)
        )
        mapping = self._graph.add("haldclut", "clut=first")
        source.link_to(mapping, 0, 0)
        self._clut.link_to(mapping, 0, 1)
        return mapping


@lru_cache(maxsize=2)
def _table_bytes(transfer: str) -> bytes:
    return (files("retake_desktop.media") / "hdr" / f"{transfer}.png").read_bytes()


def _colour_table(transfer: str) -> VideoFrame:
    """A Hald colour table from BT.2020 in this transfer to BT.709, as FFmpeg's scaler maps it with intent=perceptual.

    The scaler itself needs seconds to set this mapping up, for each size anew, so it was asked once and the answer
    saved; `tests/media/test_hdr.py` makes the tables and compares. The sent window is mapped by the scaler: the stage
    shows the colours that are sent.
    """
    with av.open(io.BytesIO(_table_bytes(transfer)), "r", format="png_pipe") as container:
        table = next(container.decode(video=0)).reformat(format=WIDE)
    table.pts, table.time_base = 0, Fraction(1)
    table.color_trc = table.color_primaries = _UNSPECIFIED
    return table
