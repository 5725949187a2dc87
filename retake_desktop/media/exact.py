"""Decoding exactly the frame that was asked for, by its place in the clip's frame times."""

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterator
from typing import Literal

from av.container import InputContainer
from av.error import FFmpegError
from av.packet import Packet
from av.stream import Discard
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.media import timing
from retake_desktop.media.source import open_source

Skip = Literal["DEFAULT", "NONREF", "NONKEY"]

_STEPS_BACK = (0, 1, 4, 16)
"""Seconds before the wanted frame at which entry points are looked for, one after the other; then the beginning."""
_ALWAYS_ONWARD = 12
"""Frames ahead that are reached by decoding on, without asking where the keyframes are."""
_MAX_ONWARD = 300
"""Frames ahead beyond which a seek is tried even where the container's index shows no keyframe in between."""
_KEPT_BYTES = 48 << 20
"""Decoded frames kept behind the last one, so that stepping back does not decode the GOP again each time."""


class ExactFrames:
    """Decodes single frames of a probed clip. Not thread-safe; close it.

    A frame is right by construction: it carries the presentation time that the clip lists for its index, and it was
    decoded from a keyframe at or before it in presentation order, so that nothing it refers to was missing (the
    pictures that lead a keyframe in an open GOP are never taken from there).
    """

    def __init__(self, clip: Clip, skip: Skip = "DEFAULT") -> None:
        """`skip` names frames that need not be decoded, in libavcodec's words."""
        self._clip = clip
        self._skip = skip
        self._recent: OrderedDict[int, VideoFrame] = OrderedDict()
        self._recent_bytes = 0
        self._open()
        tick = self._stream.time_base or clip.frames.time_base
        self._origin_tick = round(clip.origin / tick)

    def close(self) -> None:
        self._recent.clear()
        self._container.close()

    def frame(self, index: int) -> VideoFrame:
        """Frame `index` as coded. Raises RetakeError(MEDIA_FAILED) and what PyAV raises."""
        kept = self._recent.get(index)
        if kept is not None:
            return kept
        if self._reaches(index):
            frame, passed = self._read_on_to(index)
            if frame is not None or passed:
                return _found(frame, index)
        for _ in self._entries(index):
            frame, passed = self._read_on_to(index)
            if frame is not None or passed:
                return _found(frame, index)
        return _found(None, index)

    def nearby(self, index: int) -> tuple[int, VideoFrame]:
        """The first frame at or after frame `index` that this decoder gives, with its index; the last one at the end.

        With `skip` it may lie a few frames late. Raises as `frame` does.
        """
        if self._reaches(index):
            found = self._read_past(index)
            if found is not None:
                return found
        for _ in self._entries(index):
            found = self._read_past(index)
            if found is not None:
                return found
        raise RetakeError(ErrorKind.MEDIA_FAILED, f"nothing can be decoded from frame {index} on")

    def _open(self) -> None:
        self._container: InputContainer = open_source(self._clip.path)
        self._stream = video_stream(self._container, self._clip)
        self._stream.thread_type = "AUTO"
        self._counted = timing.is_counted(self._container, self._stream)
        self._stream.codec_context.skip_frame = "DEFAULT" if self._counted else self._skip
        self._decoded: Iterator[tuple[int | None, VideoFrame]] = self._from_packets(iter(()))
        self._position: int | None = None

    # Getting to a place before the frame

    def _entries(self, index: int) -> Iterator[None]:
        """Puts the decoder at keyframes at or before frame `index`, ever earlier, and finally at the beginning."""
        if not self._counted:
            for seconds in _STEPS_BACK:
                if self._enter(index, seconds):
                    yield
        self._container.close()
        self._open()
        self._decoded = self._from_packets(self._container.demux(self._stream))
        yield

    def _enter(self, index: int, seconds_back: int) -> bool:
        """Seeks for frame `index`; False when what follows starts with a later keyframe or cannot be reached."""
        target = self._tick_of(index)
        wanted = target - round(seconds_back / self._clip.frames.time_base)
        if seconds_back and wanted < self._origin_tick:
            return False
        self._position = None
        try:
            self._container.seek(wanted, stream=self._stream)
        except FFmpegError:
            return False
        packets = self._container.demux(self._stream)
        for packet in packets:
            if packet.is_keyframe and packet.pts is not None:
                if packet.pts > target:
                    return False
                self._decoded = self._from_packets(_with_first(packet, packets))
                return True
        return False

    def _reaches(self, index: int) -> bool:
        """Whether decoding on is the quickest way to frame `index`."""
        if self._position is None or not 0 < index - self._position <= _MAX_ONWARD:
            return False
        if self._counted or index - self._position <= _ALWAYS_ONWARD:
            return True
        entries = self._stream.index_entries
        nearest = entries.search_timestamp(self._tick_of(index))
        return nearest < 0 or entries[nearest].timestamp <= self._tick_of(self._position)

    # Decoding onwards

    def _read_on_to(self, index: int) -> tuple[VideoFrame | None, bool]:
        """Frame `index`, or None and whether frames on both sides of it came, so that it is missing for good."""
        before = self._position is not None
        for place, frame in self._decoded:
            if place is None:
                continue
            self._position = place
            self._keep(place, frame)
            if place == index:
                return frame, True
            if place > index:
                return None, before
            before = True
        self._position = None
        return None, False

    def _read_past(self, index: int) -> tuple[int, VideoFrame] | None:
        last: tuple[int, VideoFrame] | None = None
        for place, frame in self._decoded:
            if place is not None:
                self._position = place
                last = place, frame
                if place >= index:
                    return last
        self._position = None
        return last

    def _from_packets(self, packets: "Iterator[Packet[VideoStream]]") -> Iterator[tuple[int | None, VideoFrame]]:
        count = 0
        for packet in packets:
            try:
                frames = packet.decode()
            except FFmpegError:
                continue  # A damaged packet costs its frame, not the ones after it.
            for frame in frames:
                yield (count if self._counted else self._place_of(frame)), frame
                count += 1

    def _place_of(self, frame: VideoFrame) -> int | None:
        """The index of a decoded frame, None for one that the clip does not list."""
        tick = frame.dts if frame.pts is None else frame.pts
        if tick is None:
            return None
        tick -= self._origin_tick
        ticks = self._clip.frames.ticks
        place = bisect_left(ticks, tick)
        return place if place < len(ticks) and ticks[place] == tick else None

    def _tick_of(self, index: int) -> int:
        return self._clip.frames.ticks[index] + self._origin_tick

    def _keep(self, index: int, frame: VideoFrame) -> None:
        if index in self._recent:
            return
        self._recent[index] = frame
        self._recent_bytes += _bytes_of(frame)
        while self._recent_bytes > _KEPT_BYTES and len(self._recent) > 1:
            self._recent_bytes -= _bytes_of(self._recent.popitem(last=False)[1])


def video_stream(container: InputContainer, clip: Clip) -> VideoStream:
    """The clip's video stream in a newly opened file, of which nothing else will be read.

    Raises RetakeError(MEDIA_FAILED) when the file has changed.
    """
    for other in container.streams:
        if other.index != clip.video_index:
            other.discard = Discard.all
    for stream in container.streams.video:
        if stream.index == clip.video_index and stream.time_base == clip.frames.time_base:
            return stream
    container.close()
    raise RetakeError(ErrorKind.MEDIA_FAILED, "the file has changed since it was opened")


def _with_first(first: "Packet[VideoStream]", rest: "Iterator[Packet[VideoStream]]") -> "Iterator[Packet[VideoStream]]":
    yield first
    yield from rest


def _bytes_of(frame: VideoFrame) -> int:
    return sum(plane.buffer_size for plane in frame.planes)


def _found(frame: VideoFrame | None, index: int) -> VideoFrame:
    if frame is None:
        raise RetakeError(ErrorKind.MEDIA_FAILED, f"frame {index} cannot be decoded")
    return frame
