"""When each frame of a video stream is shown: from its packets, as decoding would show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from av.container import InputContainer
from av.error import FFmpegError
from av.packet import Packet
from av.stream import Discard, Stream
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from retake_desktop.domain.clip import FrameTimes
from retake_desktop.domain.errors import ErrorKind, RetakeError

_MAX_JUMP_BACK = Fraction(1, 2)
"""Seconds by which a stream's clock may step back before its frames cannot be told apart by their times."""
_ROUNDING = Fraction(1, 1000)
"""Seconds. Matroska rounds times to this."""
_NEAR = Fraction(1, 100)
_DEFAULT_RATE = Fraction(25)
_USUAL_RATES = tuple(Fraction(rate) for rate in (24, 25, 30, 48, 50, 60, 100, 120)) + tuple(
    Fraction(rate * 1000, 1001) for rate in (24, 30, 48, 60, 120)
)
_REORDERING_CODECS = {"h264", "hevc", "vvc"}


@dataclass(frozen=True, slots=True)
class Shown:
    """The frames of a stream: `first` is the first one's time in ticks of the container."""

    first: int
    frames: FrameTimes


def is_counted(container: InputContainer, stream: VideoStream) -> bool:
    """Whether frames must be told apart by counting, because the container stores no presentation times.

    AVI has none; FFmpeg fills in usable ones, except for codecs that reorder in ways it does not follow there
    (measured with FFmpeg 8.1: H.264 with B-frames comes out with times 1, 3, 4, 2).
    """
    return container.format.name == "avi" and stream.codec.canonical_name in _REORDERING_CODECS


@dataclass(slots=True)
class Reading:
    """What one pass over a file's packets collects, in ticks of each stream.

    `times` holds presentation time and duration of the frames, in the file's order; `first` is the first frame that
    decoding shows; `sounds` first and last instant of the sound streams that were asked for, by stream index.
    """

    times: list[tuple[int | None, int]]
    first: VideoFrame | None
    sounds: dict[int, tuple[int, int]]


def read_packets(container: InputContainer, stream: VideoStream, sounds: Sequence[Stream]) -> Reading:
    """Reads all packets of `stream` and `sounds` in a freshly opened file; decodes only up to the first frame.

    Packets outside an edit list are left out; FFmpeg decodes those without showing them.
    Raises RetakeError(UNREADABLE_MEDIA) where the picture's clock jumps back.
    """
    for other in container.streams:
        if other is not stream and other not in sounds:
            other.discard = Discard.all
    reading = Reading([], None, {})
    clock = _Clock(stream.time_base or Fraction(1, 1000))
    for packet in container.demux((stream, *sounds)):
        if packet.stream_index != stream.index:
            _extend(reading.sounds, packet)
            continue
        if reading.first is None:
            reading.first = _decoded(packet)
        if packet.size and not packet.is_discard:
            clock.check(packet.dts)
            time = packet.dts if packet.pts is None else packet.pts
            reading.times.append((time, packet.duration or 0))
    return reading


def _decoded(packet: "Packet[Stream]") -> VideoFrame | None:
    try:
        return next((frame for frame in packet.decode() if isinstance(frame, VideoFrame)), None)
    except FFmpegError:
        return None


def _extend(sounds: dict[int, tuple[int, int]], packet: "Packet[Stream]") -> None:
    if packet.pts is not None:
        end = packet.pts + (packet.duration or 0)
        begin, before = sounds.get(packet.stream_index, (packet.pts, end))
        sounds[packet.stream_index] = min(begin, packet.pts), max(end, before)


@dataclass(slots=True)
class _Clock:
    """Notices a stream whose decoding times go back."""

    tick: Fraction
    furthest: int | None = None

    def check(self, dts: int | None) -> None:
        if dts is None:
            return
        if self.furthest is None or dts > self.furthest:
            self.furthest = dts
        elif (self.furthest - dts) * self.tick > _MAX_JUMP_BACK:
            raise RetakeError(ErrorKind.UNREADABLE_MEDIA, "its clock jumps back; convert it to MP4 first")


def timed_frames(reading: Reading, first_shown: int, stream: VideoStream) -> Shown:
    """The frames from the instant `first_shown` on: what comes before has nothing in the file to be decoded from.

    Times that occur twice are kept once. Raises RetakeError(UNREADABLE_MEDIA) when there are none.
    """
    times = {time: duration for time, duration in reading.times if time is not None and time >= first_shown}
    return _shown(sorted(times.items()), stream)


def counted_frames(reading: Reading, stream: VideoStream) -> Shown:
    """The same for streams whose frames are counted: each is shown for one frame of the stream's rate."""
    tick = stream.time_base or 1 / _DEFAULT_RATE
    step = max(1, round(1 / ((stream.average_rate or _DEFAULT_RATE) * tick)))
    return _shown([(index * step, step) for index in range(len(reading.times))], stream)


def _shown(times: list[tuple[int, int]], stream: VideoStream) -> Shown:
    if not times:
        raise RetakeError(ErrorKind.UNREADABLE_MEDIA, "it holds no frames")
    tick = stream.time_base or Fraction(1, 1000)
    first = times[0][0]
    ticks = tuple(time - first for time, _ in times)
    return Shown(first, FrameTimes(ticks, tick, ticks[-1] + _last_duration(times, stream, tick)))


def _last_duration(times: list[tuple[int, int]], stream: VideoStream, tick: Fraction) -> int:
    """Ticks for which the last frame is shown: as stored, else as the frame before it."""
    duration = times[-1][1]
    step = times[-1][0] - times[-2][0] if len(times) > 1 else 0
    if duration <= 0 or (step and duration > 100 * step):
        duration = step or round(1 / ((stream.average_rate or _DEFAULT_RATE) * tick))
    return max(1, duration)


def frame_rate(frames: FrameTimes, stream: VideoStream) -> tuple[Fraction, bool]:
    """Frames per second and whether the rate varies.

    It is constant when every frame lies where a constant rate puts it, give or take the container's rounding.
    """
    if len(frames) < 2:
        return stream.average_rate or 1 / frames.duration, False
    seconds = frames.ticks[-1] * frames.time_base
    average = (len(frames) - 1) / seconds
    stated = [rate for rate in (stream.average_rate, stream.guessed_rate, stream.base_rate) if rate]
    usual = [rate for rate in _USUAL_RATES if abs(rate / average - 1) < _NEAR]
    for rate in (*stated, *usual, average.limit_denominator(1001)):
        if _fits(frames, rate):
            return rate, False
    return len(frames) / frames.duration, True


def _fits(frames: FrameTimes, rate: Fraction) -> bool:
    """Whether frame i of `frames` lies at i / `rate` seconds, in whole numbers because there may be a million."""
    slack = max(frames.time_base, _ROUNDING)
    # |tick * time_base - i / rate| <= slack, times the common denominator.
    per_tick = frames.time_base.numerator * rate.numerator * slack.denominator
    per_frame = rate.denominator * frames.time_base.denominator * slack.denominator
    allowed = slack.numerator * rate.numerator * frames.time_base.denominator
    return all(abs(tick * per_tick - i * per_frame) <= allowed for i, tick in enumerate(frames.ticks))
