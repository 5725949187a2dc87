"""One pass over a file's packets: what times its frames carry, and what is wrong with them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice, repeat
from typing import cast

from av.container import InputContainer
from av.error import FFmpegError
from av.packet import Packet
from av.stream import Discard, Stream
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from retake_desktop.media.mkv_times import block_times
from retake_desktop.media.nal import Codec, is_idr, is_slice
from retake_desktop.media.parameter_sets import headers_of
from retake_desktop.media.stream_clock import StreamClock

REORDERING_CODECS = frozenset({"h264", "hevc", "vvc"})
"""Their packets' decoding times say nothing about when the frames are shown."""
_DELAYING_CODECS = REORDERING_CODECS | {"mpeg1video", "mpeg2video"}
"""Where these store no presentation time, FFmpeg gives none, or a decoding time that is another one's."""
_JUMPING_CONTAINERS = {"mpegts", "mpeg"}
_TOLD_EVERY = 512
"""Packets between two messages about progress."""
_MAX_UNDECODED = 2000
"""Packets without a picture after which no more are tried: a minute of video, or damage."""

_ENDS_FOUND = "matroska"
"""Containers that state no length for their sounds, and can be asked for any place."""
_TAILS = (3, 60)
"""Seconds before the picture's last frame from which on a sound's end is looked for."""

OnBytes = Callable[[int], None]
"""Called with the place in the file, in bytes, that reading has come to."""


@dataclass(slots=True)
class Reading:
    """What one pass over a file's packets collects, in ticks of each stream.

    `times` holds presentation time and duration of the frames, in the file's order; `first` is the first frame that
    decoding shows; `sounds` first and last instant of the sound streams that were asked for, by stream index.
    `jumps` are places in `times` before which the picture's clock jumped; `untimed` counts frames without a time.
    """

    times: list[tuple[int | None, int]] = field(default_factory=list)
    first: VideoFrame | None = None
    sounds: dict[int, tuple[int, int]] = field(default_factory=dict)
    jumps: list[int] = field(default_factory=list)
    untimed: int = 0
    is_damaged: bool = False
    tried: int = 0


class PacketReader:
    """Reads `stream` and `sounds` of a freshly opened file; everything else in it is left out."""

    def __init__(
        self, container: InputContainer, stream: VideoStream, sounds: Sequence[Stream], *, is_whole: bool = True
    ) -> None:
        """`is_whole`: nothing of the file is missing, so that it can be read from any place."""
        for other in container.streams:
            if other is not stream and other not in sounds:
                other.discard = Discard.all
        self.reading = Reading()
        self._container = container
        self._stream = stream
        self._sounds = {sound.index: sound for sound in sounds}
        self._looks_at_ends = is_whole and container.format.name.startswith(_ENDS_FOUND)
        self._may_walk = self._looks_at_ends
        self._awaited = set(self._sounds)
        self._packets = container.demux((stream, *sounds))
        self._is_mp4 = container.format.name.startswith("mov")
        self._delays = stream.codec.canonical_name in _DELAYING_CODECS
        self._clock = StreamClock(stream.time_base or Fraction(1, 1000), container.format.name in _JUMPING_CONTAINERS)

    def read_first(self) -> Reading:
        """Reads up to the first frame that can be decoded."""
        while self.reading.first is None and self.reading.tried < _MAX_UNDECODED:
            packet = self._next()
            if packet is None:
                break
            self._take(packet)
        return self.reading

    def read_rest(self, on_bytes: OnBytes) -> Reading:
        """Reads to the end, or to where reading breaks off.

        Of sounds whose ends can be found by a seek only those are read: they are most of a film's packets.
        """
        has_walked = False
        while not has_walked and (place := self._take_some()) is not None:
            on_bytes(place)
            has_walked = self._has_walked(on_bytes)
        if self._looks_at_ends and (self.reading.sounds or has_walked):
            self._read_ends(has_walked=has_walked)
        return self.reading

    def _take_some(self) -> int | None:
        """Takes a number of packets. Returns the place in the file that it has come to, None at the end."""
        if self.reading.first is not None and not self._is_mp4 and not self._awaited:
            return self._take_pictures()
        place = None
        try:
            for packet in islice(self._packets, _TOLD_EVERY):
                self._take(packet)
                place = packet.pos or place or 0
        except (FFmpegError, OSError):
            self.reading.is_damaged = True
            return None
        return place

    def _take_pictures(self) -> int | None:
        """The same where nothing else is wanted: in as few steps as possible for each of many."""
        place = None
        taken: list[tuple[int | None, int | None, int | None]] = []
        index = self._stream.index
        try:
            for packet in islice(self._packets, _TOLD_EVERY):
                place = 0
                # Of a sound that is left out from now on some packets may be on their way.
                if packet.stream_index == index and packet.size and not packet.is_discard:
                    taken.append((packet.pts, packet.dts, packet.duration))
            if place is not None:
                place = packet.pos or 0
        except (FFmpegError, OSError):
            self.reading.is_damaged = True
            place = None
        self._note_all(taken)
        return place

    def _has_walked(self, on_bytes: OnBytes) -> bool:
        """Whether the times of all frames are there without their packets; then those of the last ones are still to be
        held against them."""
        if not self._may_walk or self._sounds.keys() - self.reading.sounds.keys():
            return False
        self._may_walk = False
        known = [time for time, _ in self.reading.times]
        times = block_times(self._container.name, on_bytes)
        if times is None or times[: len(known)] != known or self._clock.steps_back(times):
            return False
        self.reading.times += zip(times[len(known) :], repeat(0))
        return True

    def _read_ends(self, *, has_walked: bool) -> None:
        """The last packets of the sounds: in the last seconds, else further back, else by reading all of them."""
        for other in self._container.streams:
            is_wanted = other is self._stream or other.index in self._sounds
            other.discard = Discard.default if is_wanted else Discard.all
        tick = self._stream.time_base or Fraction(1, 1000)
        last = max((time for time, _ in self.reading.times if time is not None), default=0)
        for seconds in (None,) if self.reading.is_damaged else (*_TAILS, None):
            begin = 0 if seconds is None else max(0, last - round(seconds / tick))
            tail: list[tuple[int | None, int]] = []
            is_whole = self._has_read_from(begin, last, tail)
            if has_walked and seconds is None:
                self.reading.times = tail  # The packets have the last word.
            if is_whole and (not has_walked or self._is_as_walked(tail)):
                return

    def _has_read_from(self, begin: int, last: int, pictures: list[tuple[int | None, int]]) -> bool:
        """Reads from tick `begin` to the end; whether each sound was met, and the picture's packet of tick `last`.

        What `pictures` gets is as in `Reading.times`.
        """
        missing = {*self.reading.sounds, self._stream.index}
        try:
            self._container.seek(begin, stream=self._stream)
            for packet in self._container.demux((self._stream, *self._sounds.values())):
                if packet.stream_index != self._stream.index:
                    _extend(self.reading.sounds, packet)
                    missing.discard(packet.stream_index if packet.size else -1)
                    continue
                if packet.size and not packet.is_discard:
                    pictures.append((packet.pts, packet.duration or 0))
                if packet.pts == last:
                    missing.discard(packet.stream_index)
        except (FFmpegError, OSError):
            # From the beginning on it is what reading all of them would have met.
            self.reading.is_damaged |= not begin
            return False
        return not missing

    def _is_as_walked(self, tail: Sequence[tuple[int | None, int]]) -> bool:
        """Whether the last packets have the times that were found without them; then theirs, with what they last."""
        begin = len(self.reading.times) - len(tail)
        if [time for time, _ in tail] != [time for time, _ in self.reading.times[begin:]]:
            return False
        self.reading.times[begin:] = tail
        return True

    def _next(self) -> "Packet[Stream] | None":
        try:
            return next(self._packets, None)
        except (FFmpegError, OSError):
            self.reading.is_damaged = True
            return None

    def _take(self, packet: "Packet[Stream]") -> None:
        if packet.stream_index != self._stream.index:
            _extend(self.reading.sounds, packet)
            if self._looks_at_ends and packet.pts is not None:
                packet.stream.discard = Discard.all
                self._awaited.discard(packet.stream_index)
            return
        if self.reading.first is None and self.reading.tried < _MAX_UNDECODED:
            self.reading.tried += 1
            is_entry = self.reading.tried == 1 and self._is_closed_entry(packet)
            self.reading.first = (_decoded_alone if is_entry else _decoded)(packet)
        # What an MP4's index lists beyond the end of the file cannot be decoded.
        is_cut = self._is_mp4 and packet.is_corrupt
        if packet.size and not packet.is_discard and not is_cut:
            self._note(packet.pts, packet.dts, packet.duration)

    def _is_closed_entry(self, packet: "Packet[Stream]") -> bool:
        """Whether nothing after the packet is shown before it: then its frame need not wait for others."""
        name = self._stream.codec.canonical_name
        if not self._is_mp4 or name not in ("h264", "hevc") or packet.is_discard:
            return False
        codec: Codec = "h264" if name == "h264" else "hevc"
        try:
            form = headers_of(codec, bytes(self._stream.codec_context.extradata or b"")).form
            slices = (unit for unit in form.units(bytes(packet)) if is_slice(codec, unit))
            return any(is_idr(codec, unit) for unit in islice(slices, 1))
        except (ValueError, IndexError):
            return False

    def _note_all(self, taken: Sequence[tuple[int | None, int | None, int | None]]) -> None:
        if not taken:
            return
        times, clocks, lengths = zip(*taken, strict=True)
        if None not in times and None not in lengths and self._clock.runs_through(clocks):
            self.reading.times += zip(times, lengths, strict=True)
            return
        for one in taken:
            self._note(*one)

    def _note(self, pts: int | None, dts: int | None, duration: int | None) -> None:
        """Packets outside an edit list are left out before: FFmpeg decodes those without showing them."""
        reading = self.reading
        if self._clock.jumps_at(dts):
            reading.jumps.append(len(reading.times))
        time = pts if pts is not None or self._delays else dts
        reading.untimed += time is None
        reading.times.append((time, duration or 0))


def _decoded(packet: "Packet[Stream]") -> VideoFrame | None:
    try:
        return next((frame for frame in packet.decode() if isinstance(frame, VideoFrame)), None)
    except FFmpegError:
        return None


def _decoded_alone(packet: "Packet[Stream]") -> VideoFrame | None:
    """The packet's frame without the next ones, for which a decoder waits where frames are out of order."""
    frame = _decoded(packet)
    context = cast("VideoStream", packet.stream).codec_context
    try:
        drained = context.decode(None) if frame is None else []
    except FFmpegError:
        drained = []
    context.flush_buffers()
    return frame or next(iter(drained), None)


def _extend(sounds: dict[int, tuple[int, int]], packet: "Packet[Stream]") -> None:
    if packet.pts is not None:
        end = packet.pts + (packet.duration or 0)
        begin, before = sounds.get(packet.stream_index, (packet.pts, end))
        sounds[packet.stream_index] = min(begin, packet.pts), max(end, before)
