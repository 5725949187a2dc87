"""Turns decoded frames into another picture: upright, other size, other colours, with bars or without."""

from collections.abc import Sequence
from dataclasses import dataclass

from av.filter import Graph
from av.video.frame import VideoFrame

from retake_desktop.domain.clip import Colour
from retake_desktop.domain.window import Rectangle

Filter = tuple[str, str]
"""A libavfilter filter's name and arguments."""

BT709 = Colour(range="tv", matrix="bt709", transfer="bt709", primaries="bt709")
_SD_HEIGHT = 576
_TURNS: dict[int, tuple[Filter, ...]] = {
    0: (),
    90: (("transpose", "clock"),),
    180: (("hflip", ""), ("vflip", "")),
    270: (("transpose", "cclock"),),
}
_MATRICES = {"bt709", "fcc", "bt470bg", "smpte170m", "smpte240m", "bt2020nc"}
_PRIMARIES = {"bt709", "bt470m", "bt470bg", "smpte170m", "smpte240m", "film", "bt2020", "smpte431", "smpte432"}
_TRANSFERS = {
    "bt709", "gamma22", "gamma28", "smpte170m", "smpte240m", "linear", "iec61966-2-1", "bt2020-10", "bt2020-12",
    "smpte2084", "arib-std-b67",
}  # fmt: skip
"""What the scale filter knows, by FFmpeg's names."""


def upright(rotation: int) -> tuple[Filter, ...]:
    """Turns a decoded frame by `rotation` degrees clockwise."""
    return _TURNS[rotation]


def matrix_of(colour: Colour, height: int) -> str:
    """The YUV matrix, guessed from the height as players do where the file does not say."""
    if colour.matrix in _MATRICES:
        return colour.matrix
    return "bt709" if height > _SD_HEIGHT else "smpte170m"


def scaled(
    width: int,
    height: int,
    source: Colour,
    source_height: int,
    target: Colour,
    *,
    kernel: str = "bicubic+accurate_rnd",
) -> tuple[Filter, ...]:
    """Scales to exactly `width` x `height` (whatever the shape) and brings the colours from `source` to `target`.

    Transfer and primaries are converted only where one side is HDR or wide gamut: between the kinds of SDR that
    would change pictures by less than displays differ, at several times the cost.
    """
    options = {
        "w": str(width),
        "h": str(height),
        "flags": kernel,
        "in_color_matrix": matrix_of(source, source_height),
        "out_color_matrix": matrix_of(target, height),
        "in_range": "pc" if source.range == "pc" else "tv",
        "out_range": "pc" if target.range == "pc" else "tv",
    }
    if _is_wide(source) != _is_wide(target):
        options |= {
            "in_primaries": _known(source.primaries, _PRIMARIES),
            "in_transfer": _known(source.transfer, _TRANSFERS),
            "out_primaries": _known(target.primaries, _PRIMARIES),
            "out_transfer": _known(target.transfer, _TRANSFERS),
            "intent": "perceptual",
        }
    return (("scale", ":".join(f"{name}={value}" for name, value in options.items())), ("setsar", "1"))


def _is_wide(colour: Colour) -> bool:
    return colour.is_hdr or colour.primaries == "bt2020"


def _known(name: str, names: set[str]) -> str:
    return name if name in names else "bt709"


def padded(width: int, height: int, picture: Rectangle) -> tuple[Filter, ...]:
    """Black bars around the picture, which lands on `picture`."""
    if (picture.width, picture.height) == (width, height):
        return ()
    return (("pad", f"w={width}:h={height}:x={picture.x}:y={picture.y}:color=black"),)


def cropped(picture: Rectangle) -> tuple[Filter, ...]:
    return (("crop", f"w={picture.width}:h={picture.height}:x={picture.x}:y={picture.y}:exact=1"),)


@dataclass(frozen=True, slots=True)
class _Shape:
    width: int
    height: int
    pixel_format: str
    colorspace: int
    color_range: int


class Conformer:
    """A chain of filters that gives one frame for each frame. Follows a source that changes its size midway."""

    def __init__(self, filters: Sequence[Filter], pixel_format: str) -> None:
        self._filters = (*filters, ("format", f"pix_fmts={pixel_format}"))
        self._shape: _Shape | None = None
        self._graph = Graph()

    def convert(self, frame: VideoFrame) -> VideoFrame:
        shape = _Shape(frame.width, frame.height, frame.format.name, frame.colorspace, frame.color_range)
        if shape != self._shape:
            self._graph, self._shape = self._built(shape), shape
        self._graph.vpush(frame)
        return self._graph.vpull()

    def _built(self, shape: _Shape) -> Graph:
        graph = Graph()
        source = (
            f"video_size={shape.width}x{shape.height}:pix_fmt={shape.pixel_format}:time_base=1/1000000:pixel_aspect=1/1"
            f":colorspace={shape.colorspace}:range={shape.color_range}"
        )
        nodes = [graph.add(name, arguments or None) for name, arguments in (("buffer", source), *self._filters)]
        graph.link_nodes(*nodes, graph.add("buffersink")).configure()
        return graph
