"""Small pictures by which frames of two videos are told apart: the same instant gives nearly the same bytes."""

from collections.abc import Iterator, Sequence

from av.video.frame import VideoFrame

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.window import Rectangle
from retake_desktop.media.conform import BT709, Conformer, cropped, scaled, upright
from retake_desktop.media.deinterlace import whole_frames

ACROSS, DOWN = 64, 36
"""Cells. Of 1080p, each is the mean of 30 x 30 pixels: what an encoder does to single pixels averages out."""
LUMA = slice(0, ACROSS * DOWN)
BLUE = slice(LUMA.stop, LUMA.stop + LUMA.stop // 4)
RED = slice(BLUE.stop, BLUE.stop + LUMA.stop // 4)
"""Where the planes (Y, Cb, Cr; limited range, BT.709) lie in a signature."""
PLANES = (LUMA, BLUE, RED)


def signatures(clip: Clip, indexes: Sequence[int], picture: Rectangle | None = None) -> Iterator[bytes]:
    """A signature for each frame of `indexes`, which never fall; of the upright frame's part `picture` only.

    Raises RetakeError(MEDIA_FAILED) and what PyAV raises.
    """
    size = (
        (clip.coded_height, clip.coded_width) if clip.rotation in (90, 270) else (clip.coded_width, clip.coded_height)
    )
    is_part = picture is not None and (picture.width, picture.height) != size
    conformer = Conformer(
        (
            *upright(clip.rotation),
            *(cropped(picture) if picture is not None and is_part else ()),
            *scaled(ACROSS, DOWN, clip.colour, clip.coded_height, BT709, kernel="area"),
        ),
        "yuv420p",
    )
    last: tuple[int, bytes] | None = None
    for index, frame in zip(indexes, whole_frames(clip, indexes, beside=True), strict=True):
        if last is None or last[0] != index:
            last = index, _packed(conformer.convert(frame))
        yield last[1]


def _packed(frame: VideoFrame) -> bytes:
    parts = []
    for plane in frame.planes:
        rows, stride = bytes(plane), plane.line_size
        parts += [rows[row * stride : row * stride + plane.width] for row in range(plane.height)]
    return b"".join(parts)
