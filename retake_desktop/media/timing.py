"""When each frame of a video stream is shown, as decoding it would show: from what its packets or tables say."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, repeat
from math import gcd
from operator import sub

from av.container import InputContainer
from av.video.stream import VideoStream

from retake_desktop.domain.clip import FrameTimes
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.ticks import Ticks
from retake_desktop.media.reading import REORDERING_CODECS, Reading

_ROUNDING = Fraction(1, 1000)
"""Seconds. Matroska rounds times to this."""
_NEAR = Fraction(1, 100)
_ROUNDED = Fraction(1, 100_000)
_DEFAULT_RATE = Fraction(25)
_USUAL_RATES = tuple(Fraction(rate) for rate in (24, 25, 30, 48, 50, 60, 100, 120)) + tuple(
    Fraction(rate * 1000, 1001) for rate in (24, 30, 48, 60, 120)
)
_MAX_RATE = 1000
_MANY = 1000
"""Frames. When so many lie exactly one step apart, no other rate than that of the step can be meant."""
_FEW = 8
"""Frames for each change of their spacing, from which on looking at the changes alone is quicker."""
_RAW_STREAMS = {"h264", "hevc", "vvc", "obu", "m4v", "mpegvideo"}
"""FFmpeg's names for streams without a container, and so without times."""

Times = list[tuple[int, int]]
"""Time and duration of frames, in ticks."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The frames of a stream: `first` is the first one's time in ticks of the container.

    `turns` are the frames at which their spacing changes, None where nobody has looked.
    """

    first: int
    frames: FrameTimes
    turns: Sequence[int] | None = None


def is_counted(container: InputContainer, stream: VideoStream) -> bool:
    """Whether frames must be told apart by counting, because the container stores no presentation times.

    AVI has none; FFmpeg fills in usable ones, except for codecs that reorder in ways it does not follow there
    (measured with FFmpeg 8.1: H.264 with B-frames comes out with times 1, 3, 4, 2).
    """
    name = container.format.name
    return name in _RAW_STREAMS or (name == "avi" and stream.codec.canonical_name in REORDERING_CODECS)


def timed_frames(reading: Reading, first_shown: int, stream: VideoStream) -> Shown:
    """The frames from the instant `first_shown` on: what comes before has nothing in the file to be decoded from.

    Times that occur twice are kept once. Raises RetakeError(UNREADABLE_MEDIA) when there are none.
    """
    times = sorted({time for time, _ in reading.times if time is not None and time >= first_shown})
    last = next((duration for time, duration in reversed(reading.times) if times and time == times[-1]), 0)
    return _shown_frames(times, last, stream)


def counted_frames(reading: Reading, first_shown: int, stream: VideoStream) -> Shown:
    """The same for streams whose frames are counted: each is shown for one frame of the stream's rate."""
    step = frame_step(stream)
    return _shown_frames([first_shown + index * step for index in range(len(reading.times))], step, stream)


def pieced_frames(reading: Reading, first_shown: int, stream: VideoStream) -> Shown:
    """The same for a clock that jumps: each stretch between two jumps follows the one before without a gap."""
    pieces = [0, *reading.jumps, len(reading.times)]
    joined: Times = []
    step = frame_step(stream)
    for begin, end in pairwise(pieces):
        part = sorted((time, duration) for time, duration in reading.times[begin:end] if time is not None)
        if not begin:
            part = [one for one in part if one[0] >= first_shown]
        if part:
            offset = joined[-1][0] + (max(0, joined[-1][1]) or step) - part[0][0] if joined else 0
            joined += [(time + offset, duration) for time, duration in part]
    return _shown_frames([time for time, _ in joined], joined[-1][1] if joined else 0, stream)


def frame_step(stream: VideoStream) -> int:
    """Ticks of one frame at the rate that the stream states."""
    tick = stream.time_base or 1 / _DEFAULT_RATE
    stated = (stream.codec_context.framerate, stream.guessed_rate, stream.average_rate)
    rate = next((rate for rate in stated if rate and 0 < rate <= _MAX_RATE), _DEFAULT_RATE)
    return max(1, round(1 / (rate * tick)))


def _shown_frames(times: list[int], last_duration: int, stream: VideoStream) -> Shown:
    """Frames with these times, which ascend. Raises RetakeError(UNREADABLE_MEDIA) when there are none."""
    if not times:
        raise RetakeError(ErrorKind.UNREADABLE_MEDIA, "it holds no frames")
    return shown_at(times[0], ticks_of(times), last_duration, stream)


def ticks_of(times: Sequence[int]) -> Ticks:
    """Ascending times, counted from the first of them."""
    if isinstance(times, range):
        return Ticks(range(0, times.stop - times.start, times.step))
    return Ticks(list(map(sub, times, repeat(times[0]))) if times[0] else times)


def shown_at(
    first: int, ticks: Ticks, last_duration: int, stream: VideoStream, turns: Sequence[int] | None = None
) -> Shown:
    """Frames at `ticks` after `first`; `last_duration` is what the file says of the last one, 0 where nothing."""
    tick = stream.time_base or Fraction(1, 1000)
    return Shown(first, FrameTimes(ticks, tick, ticks[-1] + _plausible(last_duration, ticks, stream, tick)), turns)


def _plausible(duration: int, ticks: Ticks, stream: VideoStream, tick: Fraction) -> int:
    """Ticks for which the last frame is shown: as stored, else as the frame before it."""
    step = ticks[-1] - ticks[-2] if len(ticks) > 1 else 0
    if duration <= 0 or (step and duration > 100 * step):
        duration = step or round(1 / ((stream.average_rate or _DEFAULT_RATE) * tick))
    return max(1, duration)


def frame_rate(shown: Shown, stream: VideoStream) -> tuple[Fraction, bool]:
    """Frames per second and whether the rate varies.

    It is constant when every frame lies where a constant rate puts it, give or take the container's rounding.
    """
    frames = shown.frames
    if len(frames) < 2:
        return stream.average_rate or 1 / frames.duration, False
    seconds = frames.ticks[-1] * frames.time_base
    average = (len(frames) - 1) / seconds
    if len(frames) > _MANY and frames.ticks.step:
        return 1 / (frames.ticks.step * frames.time_base), False
    said = [rate for rate in (stream.average_rate, stream.guessed_rate, stream.base_rate) if rate]
    usual = [rate for rate in _USUAL_RATES if abs(rate / average - 1) < _NEAR]
    for rate in (*map(_usual, said), *said, *usual, average.limit_denominator(1001)):
        if _fits(shown, rate):
            return rate, False
    return len(frames) / frames.duration, True


def _usual(rate: Fraction) -> Fraction:
    """The usual rate that a container which stores whole nanoseconds a frame means by `rate`."""
    return next((usual for usual in _USUAL_RATES if abs(rate / usual - 1) < _ROUNDED), rate)


def _fits(shown: Shown, rate: Fraction) -> bool:
    """Whether frame i lies at i / `rate` seconds, in whole numbers because there may be a million."""
    frames = shown.frames
    slack = max(frames.time_base, _ROUNDING)
    # |tick * time_base - i / rate| <= slack, times the common denominator.
    per_tick = frames.time_base.numerator * rate.numerator * slack.denominator
    per_frame = rate.denominator * frames.time_base.denominator * slack.denominator
    allowed = slack.numerator * rate.numerator * frames.time_base.denominator
    # Smaller numbers are quicker, and what is compared are multiples of this.
    common = gcd(per_tick, per_frame)
    per_tick, per_frame, allowed = per_tick // common, per_frame // common, allowed // common
    ticks = frames.ticks
    if any(abs(ticks[i] * per_tick - i * per_frame) > allowed for i in range(len(ticks) - 1, 0, -1 - len(ticks) // 64)):
        return False
    if shown.turns is not None and len(shown.turns) < len(ticks) // _FEW:
        # Between two turns nothing is further off than at one of them.
        places = (0, *shown.turns, len(ticks) - 1)
        return all(abs(ticks[i] * per_tick - i * per_frame) <= allowed for i in places)
    apart = map(sub, map(per_tick.__mul__, ticks), range(0, per_frame * len(ticks), per_frame))
    return bool(max(map(abs, apart)) <= allowed)
