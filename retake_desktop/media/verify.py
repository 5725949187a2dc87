"""Looks at what came back before anyone calls it a result."""

from contextlib import closing
from fractions import Fraction

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.window import Window
from retake_desktop.media.exact import ExactFrames
from retake_desktop.media.probe import probe
from retake_desktop.media.source import media_errors, open_source

_TOLERANCE = Fraction(1)
_TOLERANCE_SHARE = Fraction(15, 100)
_HIDDEN = 12
"""Frames that an edit list may hide: the index lists them, nobody sees them."""
_TAIL = Fraction(1, 2)
"""Seconds before the end at which a picture must still decode: a download that broke off fails there."""


def verify(path: str, window: Window | None) -> Clip:
    """The result at `path` as a clip, after its head and a frame near its end were decoded.

    With `window`, its duration must be within 1 s or 15 % of the window's. Raises RetakeError(DOWNLOAD_FAILED).
    """
    try:
        clip = probe(path)
        trouble = media_errors(ErrorKind.DOWNLOAD_FAILED, "the result does not decode")
        with trouble, closing(ExactFrames(clip)) as frames:
            frames.frame(0)
            frames.frame(clip.frames.index_at(clip.duration - _TAIL))
            missing = _declared_frames(clip) - len(clip.frames)
    except RetakeError as error:
        raise RetakeError(ErrorKind.DOWNLOAD_FAILED, error.detail or "the result is not a video") from error
    if missing > _HIDDEN:
        raise RetakeError(ErrorKind.DOWNLOAD_FAILED, f"the result breaks off {missing} frames before its end")
    if window:
        _check_duration(clip, window)
    return clip


def _declared_frames(clip: Clip) -> int:
    """How many frames an MP4's index lists, whether or not the file holds them; 0 for containers without an index."""
    with open_source(clip.path) as container:
        return next(stream.frames for stream in container.streams.video if stream.index == clip.video_index)


def _check_duration(clip: Clip, window: Window) -> None:
    tolerance = max(_TOLERANCE, window.duration * _TOLERANCE_SHARE)
    if abs(clip.duration - window.duration) > tolerance:
        raise RetakeError(
            ErrorKind.DOWNLOAD_FAILED,
            f"the result lasts {float(clip.duration):.1f} s where {float(window.duration):.1f} s were sent",
        )
