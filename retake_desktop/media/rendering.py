"""From a decoded frame to a picture: scaled, turned upright, in the screen's RGB."""

from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace, ColorTrc, Interpolation, VideoReformatter

from retake_desktop.domain.clip import Clip
from retake_desktop.media.finishing import SCREEN, WIDE, Finisher
from retake_desktop.media.picture import Picture, fitted

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
_HDR = {ColorTrc.SMPTE2084.value: "smpte2084", ColorTrc.ARIB_STD_B67.value: "arib-std-b67"}
_SMALLER = dict.fromkeys(("yuv422p", "yuv444p"), "yuv420p") | {
    f"yuv{sampling}p{bits}le": "yuv420p" for sampling in ("420", "422", "444") for bits in (10, 12)
}
"""What small pictures are kept as: finer colour would not be seen."""
_GROUP = 16
"""Pixels that swscale writes at once. Where a row does not end with a group, the last row of one thread's slice runs
over the first pixels of the next slice: seen, four wrong pixels at a third of the height, in one picture of ten."""
_SD_HEIGHT = 576
"""Lines. Players take untagged pictures up to this height for BT.601, taller ones for BT.709."""


class Renderer:
    """Makes pictures of one clip's frames. Not thread-safe. Raises what PyAV raises."""

    def __init__(self, clip: Clip) -> None:
        self._clip = clip
        self._scaler = VideoReformatter()
        self._converter = VideoReformatter()
        self._finisher: Finisher | None = None

    def render(self, frame: VideoFrame, index: int, box: tuple[int, int]) -> Picture:
        """The picture of frame `index`, scaled down to fit `box` (width, height)."""
        shown = self._finished(self._scaled(frame, self._coded_size(box)))
        plane = shown.planes[0]
        return Picture(
            index=index,
            time=self._clip.frames.start_of(index),
            width=shown.width,
            height=shown.height,
            stride=plane.line_size,
            pixels=bytes(plane),
        )

    def shrunk(self, frame: VideoFrame, box: tuple[int, int]) -> VideoFrame:
        """`frame` small enough to be kept by the hundred, to be rendered with the same `box` when it is wanted.

        Takes a tenth of `render`'s time: for small pictures of large ones the area scaler is as good.
        """
        width, height = self._coded_size(box)
        pixels = None if frame.color_trc in _HDR else _SMALLER.get(frame.format.name)
        return self._scaler.reformat(frame, width, height, format=pixels, interpolation=Interpolation.AREA, threads=1)

    def _coded_size(self, box: tuple[int, int]) -> tuple[int, int]:
        width, height = fitted(self._clip.width, self._clip.height, box)
        return (height, width) if self._clip.rotation in (90, 270) else (width, height)

    def _scaled(self, frame: VideoFrame, size: tuple[int, int]) -> VideoFrame:
        """`frame` in its own format, where that is planar YUV.

        Scaling and converting in one go is as fast, but loses two levels of green: white would turn pinkish.
        """
        pixels = None if frame.format.name.startswith("yuv") else SCREEN
        return self._scaler.reformat(frame, *size, format=pixels, interpolation=Interpolation.BILINEAR)

    def _finished(self, frame: VideoFrame) -> VideoFrame:
        transfer = _HDR.get(frame.color_trc, "")
        rgb = self._in_rgb(frame, WIDE if transfer else SCREEN)
        if not transfer and not self._clip.rotation:
            return rgb
        key = (rgb.width, rgb.height), self._clip.rotation, transfer
        if self._finisher is None or self._finisher.key != key:
            self._finisher = Finisher(*key)
        return self._finisher.finish(rgb)

    def _in_rgb(self, frame: VideoFrame, pixels: str) -> VideoFrame:
        return self._converter.reformat(
            frame,
            format=pixels,
            src_colorspace=self._matrix(frame),
            dst_colorspace=Colorspace.ITU709,
            dst_color_range=ColorRange.JPEG,
            interpolation=Interpolation.BILINEAR | Interpolation.ACCURATE_RND,
            threads=None if frame.width % _GROUP == 0 else 1,
        )

    def _matrix(self, frame: VideoFrame) -> Colorspace:
        untagged = Colorspace.ITU601 if self._clip.coded_height <= _SD_HEIGHT else Colorspace.ITU709
        return _MATRICES.get(frame.colorspace, untagged)
