"""The exact frame for an index, as a picture."""

from collections import OrderedDict
from collections.abc import Callable
from types import TracebackType
from typing import Self

from av.video.frame import VideoFrame

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.media.deinterlace import deinterlaced
from retake_desktop.media.picture import Picture
from retake_desktop.media.rendering import Renderer
from retake_desktop.media.screen_frames import ScreenFrames
from retake_desktop.media.source import media_errors

_KEPT_PICTURES = 4
_KEPT_BYTES = 24 << 20
"""Beyond which no more than one picture is kept."""


class FrameReader:
    """Frames of a probed clip. Not thread-safe: one for each thread. Use it in a with-statement or close it.

    Raises RetakeError(FILE_TROUBLE) when the file has vanished, RetakeError(MEDIA_FAILED) when it has changed.
    """

    def __init__(self, clip: Clip, cancelled: Callable[[], bool] = lambda: False, *, beside: bool = False) -> None:
        """`cancelled` is asked after each packet; when it says so, `picture` raises RetakeError(CANCELLED).

        `beside` is as in `ExactFrames`.
        """
        with media_errors(ErrorKind.MEDIA_FAILED, "the video cannot be opened any more"):
            self._frames = ScreenFrames(clip, cancelled, beside=beside)
        self._renderer = Renderer(clip)
        self._count = len(clip.frames)
        self._kept: OrderedDict[tuple[int, tuple[int, int]], Picture] = OrderedDict()

    def picture(self, index: int, box: tuple[int, int]) -> Picture:
        """Frame `index`, scaled down (never up) to fit `box`, width and height in pixels.

        Frames in or near ascending order are decoded onwards; others cost a seek and decoding from the keyframe
        before. Raises IndexError outside the clip, RetakeError(MEDIA_FAILED) for a frame that cannot be decoded.
        """
        if not 0 <= index < self._count:
            raise IndexError(f"frame {index} of {self._count}")
        key = index, box
        picture = self._kept.get(key)
        if picture is None:
            with media_errors(ErrorKind.MEDIA_FAILED, f"frame {index} cannot be decoded"):
                picture = self._renderer.render(self._whole(index, box), index, box)
            self._kept[key] = picture
            while len(self._kept) > max(1, min(_KEPT_PICTURES, _KEPT_BYTES // len(picture.pixels))):
                self._kept.popitem(last=False)
        return picture

    def _whole(self, index: int, box: tuple[int, int]) -> VideoFrame:
        """The frame with both fields at one time. Small pictures blend them anyway."""
        frame = self._frames.frame(index)
        if not frame.interlaced_frame or box[1] <= frame.height // 2:
            return frame
        near = [frame if place == index else self._neighbour(place) for place in (index - 1, index, index + 1)]
        whole = list(deinterlaced(one for one in near if one is not None))
        return whole[0 if near[0] is None else 1]

    def _neighbour(self, index: int) -> VideoFrame | None:
        """A frame that lends its fields to the one beside it; None at the ends, and where it is damaged."""
        if not 0 <= index < self._count:
            return None
        try:
            return self._frames.frame(index)
        except RetakeError as error:
            if error.kind is not ErrorKind.MEDIA_FAILED:
                raise
            return None

    def close(self) -> None:
        self._kept.clear()
        self._frames.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()
