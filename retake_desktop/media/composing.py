"""Two pictures in one: beside each other, or one over the other up to a divider, with labels in the corners."""

from dataclasses import dataclass
from fractions import Fraction

from av.filter import Graph
from av.filter.context import FilterContext
from av.video.format import VideoFormat
from av.video.frame import VideoFrame

from retake_desktop.domain.clip import Clip
from retake_desktop.media.label import Bitmap
from retake_desktop.media.picture import fitted

_GAP = 4
_DIVIDER = 4
"""Pixels, even so that colours, which have half the resolution, fall on them."""
_LIGHT, _NEUTRAL, _DARK = 235, 128, 24
_MARGIN = 16


@dataclass(frozen=True, slots=True)
class Canvas:
    """Even sizes in pixels: the whole, and the part that each picture fills; `is_wide` when they lie side by side."""

    width: int
    height: int
    part_width: int
    is_wide: bool

    @classmethod
    def of(cls, clip: Clip, is_wide: bool, most_height: int) -> "Canvas":
        """The shape of `clip` at most `most_height` pixels high and, side by side, no more than 3840 wide."""
        box = (1918 if is_wide else 3840, most_height)
        width, height = (max(16, size // 2 * 2) for size in fitted(clip.width, clip.height, box))
        return cls(2 * width + _GAP if is_wide else width, height, width, is_wide)


class Composer:
    """Draws pairs of yuv420p pictures of `canvas.part_width` x `canvas.height`. Raises what PyAV raises."""

    def __init__(self, canvas: Canvas, before: Bitmap | None, after: Bitmap | None) -> None:
        self._canvas = canvas
        self._labels = [_Label(bitmap, canvas) for bitmap in (before, after) if bitmap is not None]
        self._sides = [side for side, bitmap in (("left", before), ("right", after)) if bitmap is not None]

    def compose(self, before: VideoFrame, after: VideoFrame, divider: Fraction) -> VideoFrame:
        """One frame; in a wipe `before` fills the part left of `divider`, 0 to 1 of the width."""
        canvas = self._canvas
        whole = VideoFrame(canvas.width, canvas.height, "yuv420p")
        split = canvas.part_width if canvas.is_wide else round(divider * canvas.width / 2) * 2
        for plane in range(3):
            self._fill(whole, plane, before, after, split)
        for side, label in zip(self._sides, self._labels, strict=True):
            whole = label.laid_over(whole, side)
        return whole

    def _fill(self, whole: VideoFrame, plane: int, before: VideoFrame, after: VideoFrame, split: int) -> None:
        shift = 0 if plane == 0 else 1
        width, left = self._canvas.width >> shift, split >> shift
        line = whole.planes[plane].line_size
        one, other = before.planes[plane], after.planes[plane]
        ones, others = bytes(one), bytes(other)
        if self._canvas.is_wide:
            bar, skip = bytes([_DARK if plane == 0 else _NEUTRAL]) * (_GAP >> shift), 0
        else:
            bar, skip = _divider_of(plane, left, width)
        rows = []
        for row in range(self._canvas.height >> shift):
            begin, start = row * one.line_size, row * other.line_size
            first = ones[begin : begin + left]
            second = others[start + skip : start + (self._canvas.part_width >> shift)]
            rows.append((first + bar + second)[:width].ljust(line, b"\0"))
        whole.planes[plane].update(b"".join(rows))


def _divider_of(plane: int, left: int, width: int) -> tuple[bytes, int]:
    """The divider's pixels in a row, and where the second picture goes on behind it."""
    thickness = min(_DIVIDER >> (0 if plane == 0 else 1), width - left)
    return bytes([_LIGHT if plane == 0 else _NEUTRAL]) * thickness, left + thickness


class _Label:
    """A bitmap laid over frames by FFmpeg's overlay filter."""

    def __init__(self, bitmap: Bitmap, canvas: Canvas) -> None:
        self._bitmap = bitmap
        self._canvas = canvas
        self._chains: dict[str, tuple[Graph, FilterContext, FilterContext]] = {}
        self._count = 0

    def laid_over(self, frame: VideoFrame, side: str) -> VideoFrame:
        if side not in self._chains:
            self._chains[side] = self._chain(side)
        _, entry, leaving = self._chains[side]
        frame.pts, frame.time_base = self._count, Fraction(1, 25)
        self._count += 1
        entry.push(frame)
        laid = leaving.pull()
        assert isinstance(laid, VideoFrame)  # noqa: S101 - the graph ends in a video sink
        return laid

    def _chain(self, side: str) -> tuple[Graph, FilterContext, FilterContext]:
        canvas, bitmap = self._canvas, self._bitmap
        graph = Graph()
        entry = graph.add_buffer(
            width=canvas.width, height=canvas.height, format=VideoFormat("yuv420p"), time_base=Fraction(1, 25)
        )
        words = graph.add_buffer(
            width=bitmap.width, height=bitmap.height, format=VideoFormat("rgba"), time_base=Fraction(1, 25)
        )
        x = _MARGIN if side == "left" else max(0, canvas.width - bitmap.width - _MARGIN)
        overlay = graph.add("overlay", f"x={x}:y={_MARGIN}:eof_action=repeat:format=yuv420")
        leaving = graph.add("buffersink")
        entry.link_to(overlay, 0, 0)
        words.link_to(overlay, 0, 1)
        overlay.link_to(leaving)
        graph.configure()
        picture = VideoFrame.from_bytes(bitmap.pixels, bitmap.width, bitmap.height, "rgba")
        picture.pts, picture.time_base = 0, Fraction(1, 25)
        words.push(picture)
        words.push(None)
        return graph, entry, leaving
