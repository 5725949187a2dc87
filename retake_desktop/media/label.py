"""Words drawn into frames: PyAV's FFmpeg has no font, so the caller draws them, and this lays them over a picture."""

from dataclasses import dataclass

_BYTES = 4
_MOST = 4096


@dataclass(frozen=True, slots=True)
class Bitmap:
    """A picture to lay over another: `width` x `height` pixels without gaps, each red, green, blue and alpha in a byte.

    Colours are not multiplied by alpha (QImage.Format_RGBA8888). Raises ValueError where the sizes do not agree.
    """

    width: int
    height: int
    pixels: bytes

    def __post_init__(self) -> None:
        fits = 0 < self.width <= _MOST and 0 < self.height <= _MOST
        if not fits or len(self.pixels) != self.width * self.height * _BYTES:
            raise ValueError("the bitmap's size and its pixels do not agree")
