"""Whole pictures from a source that stores every other line at a time: the model knows no fields."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from fractions import Fraction
from itertools import groupby

import av
from av.filter import Graph
from av.video.frame import VideoFrame

from retake_desktop.domain.clip import Clip
from retake_desktop.media.decoding import held_frames

_TICK = Fraction(1, 25)


def whole_frames(clip: Clip, indexes: Sequence[int], *, beside: bool = False) -> Iterator[VideoFrame]:
    """The whole picture for each of `indexes`, which never fall; `beside` and errors are those of `held_frames`."""
    pictures = deinterlaced(held_frames(clip, dict.fromkeys(indexes), beside=beside))
    for _, run in groupby(indexes):
        picture = next(pictures)
        yield from (picture for _ in run)


def deinterlaced(frames: Iterator[VideoFrame]) -> Iterator[VideoFrame]:
    """One whole picture for each frame, in order; frames that are not marked as interlaced pass as they are.

    The frames must follow each other in the source: a field's missing lines come from its neighbours too.
    """
    weaver: _Weaver | None = None
    for frame in frames:
        if weaver is None and not frame.interlaced_frame:
            yield frame
            continue
        if weaver is not None and not weaver.fits(frame):
            yield from weaver.finish()
            weaver = None
        weaver = weaver or _Weaver(frame)
        yield from weaver.push(frame)
    if weaver is not None:
        yield from weaver.finish()


class _Weaver:
    """FFmpeg's bwdif for frames of one shape; it answers a frame late."""

    def __init__(self, first: VideoFrame) -> None:
        self._shape = _shape(first)
        self._count = 0
        width, height, pixel_format, matrix, value_range = self._shape
        source = (
            f"video_size={width}x{height}:pix_fmt={pixel_format}:time_base=1/25:pixel_aspect=1/1"
            f":colorspace={matrix}:range={value_range}"
        )
        self._graph = Graph()
        nodes = [self._graph.add("buffer", source), self._graph.add("bwdif", "mode=send_frame:deint=interlaced")]
        self._graph.link_nodes(*nodes, self._graph.add("buffersink")).configure()

    def fits(self, frame: VideoFrame) -> bool:
        return _shape(frame) == self._shape

    def push(self, frame: VideoFrame) -> Iterator[VideoFrame]:
        # By number: the decoder's own times may be missing, and the filter drops what seems to repeat.
        frame.pts, frame.time_base = self._count, _TICK
        self._count += 1
        self._graph.vpush(frame)
        yield from self._ready()

    def finish(self) -> Iterator[VideoFrame]:
        with suppress(av.EOFError):
            self._graph.vpush(None)
        yield from self._ready()

    def _ready(self) -> Iterator[VideoFrame]:
        while True:
            try:
                yield self._graph.vpull()
            except (av.BlockingIOError, av.EOFError):
                return


def _shape(frame: VideoFrame) -> tuple[int, int, str, int, int]:
    return frame.width, frame.height, frame.format.name, int(frame.colorspace), int(frame.color_range)
