"""Decoding exactly the frame that was asked for, by its place in the clip's frame times."""

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Literal

from av.container import InputContainer
from av.error import FFmpegError
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.media import timing
from retake_desktop.media.counted import entry_before
from retake_desktop.media.hardware import Device, decoded, opened
from retake_desktop.media.large import is_large, return_what_is_free, threads_for
from retake_desktop.media.recent import RecentFrames, most_kept
from retake_desktop.media.source import video_stream

Skip = Literal["DEFAULT", "NONREF", "NONKEY"]

_STEPS_BACK = (0, 1, 4, 16)
"""Seconds before the wanted frame at which entry points are looked for, one after the other; then the beginning."""
_ALWAYS_ONWARD = 12
"""Frames ahead that are reached by decoding on, without asking where the keyframes are."""
_MAX_ONWARD = 300
"""Frames ahead beyond which a seek is tried even where the container's index shows no keyframe in between."""
_KEPT_BYTES = 48 << 20
"""Decoded frames kept behind the last one, so that stepping back does not decode the GOP again each time."""
_STEPPING_BACK = 24
"""Frames back from the last one asked for that are taken for stepping: then all that can be kept is decoded."""
_KEPT_ON_JUMPS = 2
"""Frames before the wanted one that are decoded, and kept, after a jump; others only if something refers to them."""

Passing = Callable[[int, VideoFrame], None]
_Decoded = tuple[int | None, VideoFrame | None]


class ExactFrames:
    """Decodes single frames of a probed clip. Not thread-safe; close it.

    A frame is right by construction: it carries the presentation time that the clip lists for its index, and it was
    decoded from a keyframe at or before it in presentation order, so that nothing it refers to was missing (the
    pictures that lead a keyframe in an open GOP are never taken from there).
    """

    def __init__(
        self,
        clip: Clip,
        skip: Skip = "DEFAULT",
        cancelled: Callable[[], bool] = lambda: False,
        passing: Passing | None = None,
        *,
        beside: bool = False,
        device: Device | None = None,
    ) -> None:
        """`skip` names frames that need not be decoded, in libavcodec's words.

        `cancelled` is asked after each packet; when it says so, the call under way raises RetakeError(CANCELLED).
        `passing` is given every frame that is decoded on the way, with its index; then none is kept here, and the
        loop filter is left out for frames that nothing refers to. What is decoded `beside` the picture on screen, or
        in step with another clip, has fewer threads where the pictures are large. With a `device`, any trouble of it
        raises DeviceLostError.
        """
        self._clip = clip
        self._skip: Skip = skip
        self._cancelled = cancelled
        self._passing = passing
        self._device = device
        self._asked = 0
        self._whole_from: int | None = None
        self._entry_tick: int | None = None
        self._threads: Literal["AUTO", "SLICE"] = "AUTO"
        self._thread_count = threads_for(clip, beside=beside)
        self._is_large = is_large(clip)
        self._recent = RecentFrames(0 if self._is_large else _KEPT_BYTES)
        if self._is_large:
            return_what_is_free()
        self._open()
        tick = self._stream.time_base or clip.frames.time_base
        self._origin_tick = round(clip.origin / tick)

    def close(self) -> None:
        self._recent.clear()
        self._decoded: Iterator[_Decoded] = iter(())  # the one before holds this object, and with it a decoder
        if hasattr(self, "_stream"):
            self._container.close()
            # Now, and not when this object goes: with them goes the memory of all that was decoded.
            del self._stream, self._container

    def frame(self, index: int, whole_from: int | None = None) -> VideoFrame:
        """Frame `index` as coded. On the way to it, frames before `whole_from` are passed over if nothing needs them.

        Raises RetakeError(MEDIA_FAILED) and what PyAV raises.
        """
        kept = self._recent.get(index)
        before, self._asked = self._asked, index
        if kept is not None:
            return kept
        if self._skip != "DEFAULT" or self._counted:
            return _found(self._sought(index), index)
        is_back = 0 < before - index <= _STEPPING_BACK
        self._recent.bound = _KEPT_BYTES if is_back or not self._is_large else 0
        if not self._recent.bound:
            self._recent.clear()  # Before the next is decoded: it takes 12 MB.
        behind = most_kept(self._clip, _KEPT_BYTES) if is_back else _KEPT_ON_JUMPS
        self._whole_from = self._tick_of(max(0, index - behind if whole_from is None else min(whole_from, index)))
        frame = self._sought(index)
        self._whole_from = None
        return _found(frame or self._sought(index) or self._sought_one_by_one(index), index)

    def nearby(self, index: int) -> tuple[int, VideoFrame]:
        """The first frame at or after frame `index` that this decoder gives, with its index; the last one at the end.

        With `skip` it may lie a few frames late. Raises as `frame` does.
        """
        for _ in self._ways(index):
            found = self._read_past(index)
            if found is not None:
                return found
        raise RetakeError(ErrorKind.MEDIA_FAILED, f"nothing can be decoded from frame {index} on")

    def _sought(self, index: int) -> VideoFrame | None:
        for _ in self._ways(index):
            frame, passed = self._read_on_to(index)
            if frame is not None or passed:
                return frame
        return None

    def _sought_one_by_one(self, index: int) -> VideoFrame | None:
        """With one frame in the decoder at a time: among several, a broken last one takes its neighbours along."""
        if self._threads == "SLICE":
            return None
        self._threads = "SLICE"
        self._container.close()
        self._open()
        return self._sought(index)

    def _open(self) -> None:
        self._entry_tick = None
        self._container: InputContainer = opened(self._clip.path, self._device)
        self._stream = video_stream(self._container, self._clip)
        self._stream.thread_type = self._threads
        self._stream.codec_context.thread_count = 1 if self._device else self._thread_count
        if self._passing is not None:
            self._stream.codec_context.options = {"skip_loop_filter": "noref"}
        self._counted = self._clip.is_counted or timing.is_counted(self._container, self._stream)
        self._stream.codec_context.skip_frame = "DEFAULT" if self._counted else self._skip
        self._decoded = self._from_packets(iter(()))
        self._position: int | None = None

    def _ways(self, index: int) -> Iterator[None]:
        """Puts the decoder before frame `index` in one way after the other, the quickest first."""
        if self._reaches(index):
            yield
        yield from self._entries(index)

    def _entries(self, index: int) -> Iterator[None]:
        """Puts the decoder at keyframes at or before frame `index`, ever earlier, and finally at the beginning."""
        if not self._counted:
            for seconds in _STEPS_BACK:
                if self._enter(index, seconds):
                    yield
        for near in (index, 0) if self._counted else (0,):
            self._container.close()
            self._open()
            start, packets = entry_before(self._container.demux(self._stream), near, self._clip.codec)
            self._decoded = self._from_packets(packets, start)
            yield

    def _enter(self, index: int, seconds_back: int) -> bool:
        """Seeks for frame `index`; False when what follows starts with a later keyframe or cannot be reached."""
        target = self._tick_of(index)
        wanted = target - round(seconds_back / self._clip.frames.time_base)
        if seconds_back and wanted < self._origin_tick:
            return False
        self._position = None
        self._entry_tick = None
        try:
            self._container.seek(wanted, stream=self._stream)
        except FFmpegError:
            return False
        packets = self._container.demux(self._stream)
        for packet in packets:
            if packet.is_keyframe and packet.pts is not None:
                if packet.pts > target:
                    return False
                self._entry_tick = packet.pts - self._origin_tick
                self._decoded = self._from_packets(chain((packet,), packets))
                if packet.pts == target and self._passing is None and self._device is None:
                    self._decode_alone(packet, index)
                return True
        return False

    def _decode_alone(self, packet: "Packet[VideoStream]", index: int) -> None:
        """Decodes keyframe `index` without the frames after it, for which the decoder would wait before giving it."""
        context = self._stream.codec_context
        try:
            for frame in (*packet.decode(), *context.decode(None)):
                if self._place_of(frame) == index:
                    self._keep(index, frame)
                    self._position = index
        except FFmpegError:
            pass  # Another try follows, in step with its neighbours.
        context.flush_buffers()

    def _reaches(self, index: int) -> bool:
        """Whether decoding on is the quickest way to frame `index`."""
        if self._position is None or not 0 < index - self._position <= _MAX_ONWARD:
            return False
        if self._counted or index - self._position <= _ALWAYS_ONWARD:
            return True
        entries = self._stream.index_entries
        nearest = entries.search_timestamp(self._tick_of(index))
        return nearest < 0 or entries[nearest].timestamp <= self._tick_of(self._position)

    def _read_on_to(self, index: int) -> tuple[VideoFrame | None, bool]:
        """Frame `index`, or None and whether frames on both sides of it came, so that it is missing for good."""
        before = self._position is not None
        alone = self._recent.get(index)
        if alone is not None:
            return alone, True
        for place, frame in self._decoded:
            if place is not None and frame is not None:
                self._position = place
                self._keep(place, frame)
                if place == index:
                    return frame, True
                if place > index:
                    return None, before
                before = True
            self._heed()
        self._position = None
        return None, False

    def _read_past(self, index: int) -> tuple[int, VideoFrame] | None:
        last: tuple[int, VideoFrame] | None = None
        for place, frame in self._decoded:
            if place is not None and frame is not None:
                self._position = place
                last = place, frame
                if place >= index:
                    return last
            self._heed()
        self._position = None
        return last

    def _heed(self) -> None:
        """Stops between two packets when told to; the next call goes on from there."""
        if self._cancelled():
            raise RetakeError(ErrorKind.CANCELLED)

    def _from_packets(self, packets: "Iterator[Packet[VideoStream]]", count: int = 0) -> Iterator[_Decoded]:
        """Frames with their places, counted from `count`; nothing and nowhere for each packet that gave none."""
        for packet in packets:
            self._skip_before(packet)
            frames = decoded(packet, self._device, self._clip.pixel_format)
            if not frames:
                yield None, None
            while frames:  # None is held here while the next is decoded.
                yield (count if self._counted else self._place_of(frames[0])), frames.pop(0)
                count += 1

    def _skip_before(self, packet: "Packet[VideoStream]") -> None:
        if self._counted:
            return
        whole = self._whole_from is None or packet.pts is None or packet.pts >= self._whole_from
        wanted = self._skip if whole else "NONREF"
        if self._stream.codec_context.skip_frame != wanted:
            self._stream.codec_context.skip_frame = wanted

    def _place_of(self, frame: VideoFrame) -> int | None:
        """The index of a decoded frame, None for one that the clip does not list."""
        tick = frame.dts if frame.pts is None else frame.pts
        if tick is None:
            return None
        tick -= self._origin_tick
        if self._entry_tick is not None and tick < self._entry_tick:
            return None  # It leads the keyframe of an open GOP: what it refers to was not read.
        return self._clip.frames.ticks.place_of(tick)

    def _tick_of(self, index: int) -> int:
        return self._clip.frames.ticks[index] + self._origin_tick

    def _keep(self, index: int, frame: VideoFrame) -> None:
        (self._passing or self._recent.keep)(index, frame)


def _found(frame: VideoFrame | None, index: int) -> VideoFrame:
    if frame is None:
        raise RetakeError(ErrorKind.MEDIA_FAILED, f"frame {index} cannot be decoded")
    return frame
