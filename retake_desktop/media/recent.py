"""Decoded frames that may be wanted again in a moment."""

from collections import OrderedDict

from av.video.frame import VideoFrame

from retake_desktop.domain.clip import Clip


class RecentFrames:
    """The frames decoded last, by index, as many as fit into `bound` bytes; always the very last one.

    Another `bound` counts from the next frame on.
    """

    def __init__(self, bound: int) -> None:
        self.bound = bound
        self._frames: OrderedDict[int, VideoFrame] = OrderedDict()
        self._bytes = 0

    def get(self, index: int) -> VideoFrame | None:
        return self._frames.get(index)

    def keep(self, index: int, frame: VideoFrame) -> None:
        if index in self._frames:
            return
        self._frames[index] = frame
        self._bytes += bytes_of(frame)
        while self._bytes > self.bound and len(self._frames) > 1:
            self._bytes -= bytes_of(self._frames.popitem(last=False)[1])

    def clear(self) -> None:
        self._frames.clear()
        self._bytes = 0


def most_kept(clip: Clip, bound: int) -> int:
    """Frames of `clip` that fit into `bound` bytes."""
    return bound // max(1, clip.coded_width * clip.coded_height * (3 if clip.bit_depth > 8 else 2))


def bytes_of(frame: VideoFrame) -> int:
    """What the picture takes in memory."""
    return sum(plane.buffer_size for plane in frame.planes)
