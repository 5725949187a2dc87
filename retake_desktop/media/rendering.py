"""From a decoded frame to a picture: scaled, turned upright, in the screen's RGB."""

from fractions import Fraction

from av.error import FFmpegError
from av.filter import Graph
from av.video.format import VideoFormat
from av.video.frame import VideoFrame
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc, Interpolation, VideoReformatter

from retake_desktop.domain.clip import Clip
from retake_desktop.media.picture import Picture, fitted

_TURNS = {90: ("transpose=clock",), 180: ("hflip", "vflip"), 270: ("transpose=cclock",)}
_MATRICES = {
    1: Colorspace.ITU709,
    4: Colorspace.FCC,
    5: Colorspace.ITU601,
    6: Colorspace.ITU601,
    7: Colorspace.SMPTE240M,
    9: Colorspace.BT2020,
    10: Colorspace.BT2020,
}
"""Swscale's matrices by the numbers of ITU-T H.273, table 4 (MatrixCoefficients)."""
_HDR_TRANSFERS = {ColorTrc.SMPTE2084.value, ColorTrc.ARIB_STD_B67.value}
_SD_HEIGHT = 576
"""Lines. Players take untagged pictures up to this height for BT.601, taller ones for BT.709."""


class Renderer:
    """Makes pictures of one clip's frames. Not thread-safe. Raises what PyAV raises."""

    def __init__(self, clip: Clip) -> None:
        self._clip = clip
        self._scaler = VideoReformatter()
        self._converter = VideoReformatter()
        self._turner: tuple[tuple[int, int], Graph] | None = None

    def render(self, frame: VideoFrame, index: int, box: tuple[int, int]) -> Picture:
        """The picture of frame `index`, scaled down to fit `box` (width, height)."""
        width, height = fitted(self._clip.width, self._clip.height, box)
        coded = (height, width) if self._clip.rotation in (90, 270) else (width, height)
        shown = self._turned(self._in_rgb(self._scaled(frame, coded)))
        plane = shown.planes[0]
        return Picture(
            index=index,
            time=self._clip.frames.start_of(index),
            width=shown.width,
            height=shown.height,
            stride=plane.line_size,
            pixels=bytes(plane),
        )

    def _scaled(self, frame: VideoFrame, size: tuple[int, int]) -> VideoFrame:
        """`frame` in its own format, where that is planar YUV.

        Scaling and converting in one go is as fast, but loses two levels of green: white would turn pinkish.
        """
        if not frame.format.name.startswith("yuv"):
            return frame.reformat(*size, format="bgra", interpolation=Interpolation.BILINEAR)
        return self._scaler.reformat(frame, *size, interpolation=Interpolation.BILINEAR)

    def _in_rgb(self, frame: VideoFrame) -> VideoFrame:
        if frame.format.name == "bgra":
            return frame
        if frame.color_trc in _HDR_TRANSFERS or frame.color_primaries == ColorPrimaries.BT2020.value:
            try:
                return self._converted(frame, ColorTrc.BT709, ColorPrimaries.BT709)
            except FFmpegError:
                pass  # Swscale knows no way between some pairs of tags: then without tone mapping.
        return self._converted(frame, None, None)

    def _converted(self, frame: VideoFrame, transfer: ColorTrc | None, primaries: ColorPrimaries | None) -> VideoFrame:
        return self._converter.reformat(
            frame,
            format="bgra",
            src_colorspace=self._matrix(frame),
            dst_colorspace=Colorspace.ITU709,
            dst_color_range=ColorRange.JPEG,
            dst_color_trc=transfer,
            dst_color_primaries=primaries,
            interpolation=Interpolation.BILINEAR | Interpolation.ACCURATE_RND,
        )

    def _matrix(self, frame: VideoFrame) -> Colorspace:
        untagged = Colorspace.ITU601 if self._clip.coded_height <= _SD_HEIGHT else Colorspace.ITU709
        return _MATRICES.get(frame.colorspace, untagged)

    def _turned(self, frame: VideoFrame) -> VideoFrame:
        if not self._clip.rotation:
            return frame
        size = frame.width, frame.height
        if self._turner is None or self._turner[0] != size:
            self._turner = size, _turning_graph(size, _TURNS[self._clip.rotation])
        graph = self._turner[1]
        frame.pts, frame.time_base = 0, Fraction(1)
        graph.push(frame)
        turned = graph.pull()
        assert isinstance(turned, VideoFrame)  # noqa: S101 - the graph holds a video sink
        return turned


def _turning_graph(size: tuple[int, int], filters: tuple[str, ...]) -> Graph:
    graph = Graph()
    nodes = [graph.add_buffer(width=size[0], height=size[1], format=VideoFormat("bgra"), time_base=Fraction(1))]
    for text in filters:
        name, _, arguments = text.partition("=")
        nodes.append(graph.add(name, arguments))
    nodes.append(graph.add("buffersink"))
    graph.link_nodes(*nodes)
    graph.configure()
    return graph
