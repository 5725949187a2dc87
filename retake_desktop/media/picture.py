"""One frame, ready to be drawn."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Picture:
    """Frame `index` of a clip, shown at `time` seconds of clip time: upright, with square pixels, in SDR.

    `pixels` holds `height` rows of `stride` bytes; each pixel is four bytes, blue, green, red and 255
    (QImage.Format_RGB32 on little endian machines).
    """

    index: int
    time: Fraction
    width: int
    height: int
    stride: int
    pixels: bytes


def fitted(width: int, height: int, box: tuple[int, int]) -> tuple[int, int]:
    """The size of a `width` x `height` picture scaled down, never up, to fit `box` pixels; at least 1 x 1."""
    limit_width, limit_height = max(1, box[0]), max(1, box[1])
    scale = min(Fraction(1), Fraction(limit_width, width), Fraction(limit_height, height))
    return max(1, min(limit_width, round(width * scale))), max(1, min(limit_height, round(height * scale)))
