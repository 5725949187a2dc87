"""The exact frame for an index, as a picture."""

from collections import OrderedDict
from types import TracebackType
from typing import Self

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind
from retake_desktop.media.exact import ExactFrames
from retake_desktop.media.picture import Picture
from retake_desktop.media.rendering import Renderer
from retake_desktop.media.source import media_errors

_KEPT_PICTURES = 4


class FrameReader:
    """Frames of a probed clip. Not thread-safe: one for each thread. Use it in a with-statement or close it.

    Raises RetakeError(FILE_TROUBLE) when the file has vanished, RetakeError(MEDIA_FAILED) when it has changed.
    """

    def __init__(self, clip: Clip) -> None:
        with media_errors(ErrorKind.MEDIA_FAILED, "the video cannot be opened any more"):
            self._frames = ExactFrames(clip)
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
                picture = self._renderer.render(self._frames.frame(index), index, box)
            self._kept[key] = picture
            if len(self._kept) > _KEPT_PICTURES:
                self._kept.popitem(last=False)
        return picture

    def close(self) -> None:
        self._kept.clear()
        self._frames.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()
