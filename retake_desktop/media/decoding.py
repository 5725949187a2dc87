"""The frames of a clip in rising order, for work that goes through all of them."""

from collections.abc import Iterable, Iterator
from contextlib import closing

from av.video.frame import VideoFrame

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.media.exact import ExactFrames


def held_frames(clip: Clip, indexes: Iterable[int], *, beside: bool = False) -> Iterator[VideoFrame]:
    """The decoded picture, as coded, for each of `indexes` (never falling, best without gaps).

    `beside` is as in `ExactFrames`. A frame that does not decode shows the one before it, as players do. Raises
    RetakeError(MEDIA_FAILED) when the first one does not decode, and what PyAV raises.
    """
    shown: tuple[int, VideoFrame] | None = None
    with closing(ExactFrames(clip, beside=beside)) as frames:
        for index in indexes:
            if shown is None or shown[0] != index:
                shown = index, _frame_or(frames, index, shown[1] if shown else None)
            yield shown[1]


def _frame_or(frames: ExactFrames, index: int, before: VideoFrame | None) -> VideoFrame:
    try:
        return frames.frame(index)
    except RetakeError as error:
        if before is None or error.kind is not ErrorKind.MEDIA_FAILED:
            raise
        return before
