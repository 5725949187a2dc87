"""Exact frames for the screen: from the graphics card where it has shown that it can be trusted, else the processor."""

from collections.abc import Callable

from av.video.frame import VideoFrame

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.media.exact import ExactFrames
from retake_desktop.media.hardware import PERMITS, DeviceLostError


class ScreenFrames:
    """`ExactFrames` that outlive their device: what it cannot give any more, the processor gives. Close it."""

    def __init__(self, clip: Clip, cancelled: Callable[[], bool], *, beside: bool) -> None:
        """`beside` is as in `ExactFrames`; what is decoded there leaves the card to the picture on screen."""
        self._clip = clip
        self._cancelled = cancelled
        self._beside = beside
        self._is_on_card = False
        device = None if beside else PERMITS.device_for(clip)
        if device is not None:
            try:
                self._frames = ExactFrames(clip, cancelled=cancelled, device=device)
                self._is_on_card = True
            except DeviceLostError:
                PERMITS.withdraw(clip)
        if not self._is_on_card:
            self._frames = ExactFrames(clip, cancelled=cancelled, beside=beside)

    def frame(self, index: int) -> VideoFrame:
        """As `ExactFrames.frame`. Whatever goes wrong on the card, the processor tries before it counts."""
        if not self._is_on_card:
            return self._frames.frame(index)
        try:
            return self._frames.frame(index)
        except DeviceLostError:
            pass
        except RetakeError as error:
            if error.kind is not ErrorKind.MEDIA_FAILED:
                raise
        # With it goes all that it gave before: a device that fails may have failed some frames ago.
        PERMITS.withdraw(self._clip)
        self._is_on_card = False
        self._frames.close()
        self._frames = ExactFrames(self._clip, cancelled=self._cancelled, beside=self._beside)
        return self._frames.frame(index)

    def close(self) -> None:
        self._frames.close()
