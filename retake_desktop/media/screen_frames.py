"""Exact frames for the screen: from the graphics card where it has shown that it can be trusted, else the processor."""

from collections.abc import Callable

from av.video.frame import VideoFrame

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.media.card_use import CARD_USE
from retake_desktop.media.exact import ExactFrames
from retake_desktop.media.hardware import PERMITS, Device, DeviceLostError


class ScreenFrames:
    """`ExactFrames` that outlive their device: what it cannot give any more, the processor gives. Close it."""

    def __init__(self, clip: Clip, cancelled: Callable[[], bool], *, beside: bool) -> None:
        """`beside` is as in `ExactFrames`; what is decoded there leaves the card to the picture on screen."""
        self._clip = clip
        self._cancelled = cancelled
        self._beside = beside
        self._card: Device | None = None
        frames = None if beside else self._on_card()
        self._frames = frames or ExactFrames(clip, cancelled=cancelled, beside=beside)

    def frame(self, index: int) -> VideoFrame:
        """As `ExactFrames.frame`. Whatever goes wrong on the card, the processor tries before it counts."""
        if self._card is None:
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
        self.close()
        self._frames = ExactFrames(self._clip, cancelled=self._cancelled, beside=self._beside)
        return self._frames.frame(index)

    def close(self) -> None:
        self._frames.close()
        self._let_go()

    def _on_card(self) -> ExactFrames | None:
        """None where no card may, or can."""
        self._card = card = PERMITS.device_for(self._clip)
        if card is None:
            return None
        CARD_USE.begin(card.name)
        frames = None
        try:
            frames = ExactFrames(self._clip, cancelled=self._cancelled, device=card)
        except DeviceLostError:
            PERMITS.withdraw(self._clip)
        finally:
            if frames is None:
                self._let_go()
        return frames

    def _let_go(self) -> None:
        card, self._card = self._card, None
        if card is not None:
            CARD_USE.end(card.name)
