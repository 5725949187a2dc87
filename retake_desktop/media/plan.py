"""Which frames of a source make the window, at which rate and in which picture: arithmetic only, nothing is read."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.retake import (
    MAX_WINDOW_FRAMES,
    MIN_SPAN,
    MIN_WINDOW,
    MIN_WINDOW_FRAMES,
    RetakeRequest,
    window_span,
)
from retake_desktop.domain.span import Span
from retake_desktop.domain.window import Cadence, Rectangle, Window

MIN_RATE = 24
MAX_RATE = 60
LONG_SIDE, SHORT_SIDE = 1920, 1080
"""Pixels: the model answers in this size, so more would be thrown away. Source: LTX API reference, `resolution`."""
_RESTAMP = Fraction(1, 200)
"""A rate this near to a whole one is sent as that one, frame for frame, a little faster or slower."""
_SAME_SHAPE = Fraction(1, 100)
"""A picture this near to 16:9 fills the frame instead of getting bars a few pixels wide."""


@dataclass(frozen=True, slots=True)
class WindowPlan:
    """`indexes[k]` is the source frame that the window's frame k shows."""

    window: Window
    indexes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Cadence:
    """Window frames for source frames `first` (inclusive) to `last` (exclusive)."""

    first: int
    last: int
    rate: int
    stretch: Fraction
    indexes: tuple[int, ...]
    sent: Cadence

    @property
    def duration(self) -> Fraction:
        return Fraction(len(self.indexes), self.rate)


def plan_window(clip: Clip, request: RetakeRequest) -> WindowPlan:
    """The window for `request`. Raises RetakeError(INVALID_REQUEST) when the clip is too short for the model.

    The model wants 3 s and 73 frames. A clip that has less, but the 2 s that can be made anew, is sent with its last
    frame held for the rest; what comes back for that rest shows no frame of the source and is left out by the mapping.
    """
    if clip.duration < MIN_SPAN:
        raise RetakeError(ErrorKind.INVALID_REQUEST, "The video is shorter than 2 seconds, the least the model takes.")
    cadence = _held(_fitted(clip, request))
    width, height, picture = frame_geometry(clip.width, clip.height)
    source = Span(clip.frames.start_of(cadence.first), clip.frames.start_of(cadence.last))
    window = Window(
        source=source,
        stretch=cadence.stretch,
        rate=cadence.rate,
        frame_count=len(cadence.indexes),
        width=width,
        height=height,
        picture=picture,
        span=_span_in_window(request.span, source, cadence),
        cadence=cadence.sent,
    )
    return WindowPlan(window, cadence.indexes)


def is_sendable_as_it_is(clip: Clip, request: RetakeRequest) -> bool:
    """Whether the file itself is what the window for `request` would be: all of it, in the form that the model takes.

    Then the mapping of `plan_window` holds for the file too.
    """
    plain = clip.codec == "h264" and clip.pixel_format == "yuv420p" and "mp4" in clip.container.split(",")
    upright = clip.rotation == 0 and (clip.coded_width, clip.coded_height) == (clip.width, clip.height)
    steady = not clip.is_variable_rate and not clip.field_order.is_interlaced and not clip.is_counted
    heard = not clip.audio or (len(clip.audio) == 1 and clip.audio[0].codec == "aac")
    if not (request.whole and plain and upright and steady and heard) or clip.findings or clip.colour.is_hdr:
        return False
    try:
        plan = plan_window(clip, request)
    except RetakeError:
        return False
    window = plan.window
    same_picture = window.picture == Rectangle(0, 0, clip.width, clip.height)
    return same_picture and window.stretch == 1 and plan.indexes == tuple(range(len(clip.frames)))


def seconds_sent(clip: Clip, request: RetakeRequest) -> Fraction:
    """Seconds of the clip that is sent for `request`, which is what is billed.

    They are the window's real frames: three seconds at 24 frames a second need 73 frames, and a fourth second is begun.
    """
    try:
        return plan_window(clip, request).window.duration
    except RetakeError:
        # Too short to be sent: there is nothing to bill, and the form says so.
        return window_span(request, clip.duration).duration


def frame_geometry(width: int, height: int) -> tuple[int, int, Rectangle]:
    """Width and height of the sent frame (16:9 or 9:16, even) and where a picture of `width` x `height` lies in it."""
    if height > width:
        frame_height, frame_width, turned = frame_geometry(height, width)
        return frame_width, frame_height, Rectangle(turned.y, turned.x, turned.height, turned.width)
    scale = min(Fraction(1), Fraction(LONG_SIDE, width), Fraction(SHORT_SIDE, height))
    shown_width, shown_height = _even(width * scale), _even(height * scale)
    unit = max(ceil(Fraction(shown_width, 32)), ceil(Fraction(shown_height, 18)))
    frame_width, frame_height = 32 * unit, 18 * unit
    if abs(Fraction(width * 9, height * 16) - 1) <= _SAME_SHAPE:
        return frame_width, frame_height, Rectangle(0, 0, frame_width, frame_height)
    x, y = (frame_width - shown_width) // 4 * 2, (frame_height - shown_height) // 4 * 2
    return frame_width, frame_height, Rectangle(x, y, shown_width, shown_height)


def _even(length: Fraction) -> int:
    return max(2, round(length / 2) * 2)


def _fitted(clip: Clip, request: RetakeRequest) -> _Cadence:
    """The stretch around the selection on frame boundaries, made longer or shorter until the model takes it."""
    wanted = window_span(request, clip.duration)
    first = min(clip.frames.nearest_boundary(wanted.start), len(clip.frames) - 1)
    last = max(first + 1, clip.frames.nearest_boundary(wanted.end))
    cadence = _cadence(clip, first, last)
    if _too_short(cadence):
        return _grown(clip, cadence)
    return _shrunk(clip, request, cadence, ceil(wanted.duration))


def _cadence(clip: Clip, first: int, last: int) -> _Cadence:
    return _frame_for_frame(clip, first, last) or _resampled(clip, first, last)


def _grown(clip: Clip, cadence: _Cadence) -> _Cadence:
    """More context, after the window first, for as long as the model wants more and the clip has it."""
    while _too_short(cadence) and (cadence.first > 0 or cadence.last < len(clip.frames)):
        at_end = cadence.last == len(clip.frames)
        cadence = _cadence(clip, cadence.first - at_end, cadence.last + (not at_end))
    return cadence


def _shrunk(clip: Clip, request: RetakeRequest, cadence: _Cadence, paid_seconds: int) -> _Cadence:
    """Less context where that avoids a further second on the bill or keeps every frame within the model's 505."""
    stretches = [(cadence.first, cadence.last), *_context_trimmed(clip, request, cadence)]

    def fits(stretch: tuple[int, int]) -> bool:
        made = _cadence(clip, *stretch)
        return len(made.indexes) <= MAX_WINDOW_FRAMES and ceil(made.duration) <= paid_seconds

    place = bisect_left(stretches, True, key=fits)
    shorter = _cadence(clip, *stretches[min(place, len(stretches) - 1)])
    if len(shorter.indexes) > MAX_WINDOW_FRAMES:
        return _resampled(clip, cadence.first, cadence.last)
    return cadence if _too_short(shorter) else shorter


def _too_short(cadence: _Cadence) -> bool:
    return len(cadence.indexes) < MIN_WINDOW_FRAMES or cadence.duration < MIN_WINDOW


def _context_trimmed(clip: Clip, request: RetakeRequest, cadence: _Cadence) -> Iterator[tuple[int, int]]:
    """Ever shorter stretches, down to the bare selection: context goes frame by frame, the longer side first."""
    if request.whole:
        return
    inner_first, end = (clip.frames.nearest_boundary(t) for t in (request.span.start, request.span.end))
    inner_last = max(end, inner_first + 1)
    first, last = cadence.first, cadence.last
    while first < inner_first or last > inner_last:
        if last - inner_last >= inner_first - first:
            last -= 1
        else:
            first += 1
        yield first, last


def _frame_for_frame(clip: Clip, first: int, last: int) -> _Cadence | None:
    """Every frame once (or equally often), restamped to a whole rate; None when the times are too uneven for that."""
    count = last - first
    average = count / (clip.frames.start_of(last) - clip.frames.start_of(first))
    for rate in (clip.frame_rate, average):
        repeat = _repeats(rate)
        if repeat is None:
            continue
        whole = round(rate * repeat)
        stretch = rate * repeat / whole
        if _is_even(clip, first, last, stretch * whole / repeat):
            each = range(first, last)
            indexes = tuple(each) if repeat == 1 else tuple(index for index in each for _ in range(repeat))
            if repeat > 1 and len(indexes) > MAX_WINDOW_FRAMES:
                return None
            return _decimated(_Cadence(first, last, whole, stretch, indexes, Cadence(first, repeat=repeat)))
    return None


def _repeats(rate: Fraction) -> int | None:
    """How often each frame must be shown to reach at least 24 in a second at a rate that is nearly whole."""
    for repeat in range(1, MIN_RATE + 1):
        whole = round(rate * repeat)
        near = whole > 0 and abs(rate * repeat / whole - 1) <= _RESTAMP
        if near and whole >= MIN_RATE and (whole <= MAX_RATE or repeat == 1):
            return repeat
    return None


def _is_even(clip: Clip, first: int, last: int, rate: Fraction) -> bool:
    """Whether, counting `rate` frames a second from `first`, the middle of every frame falls into its own slot."""
    numerator, denominator = (clip.frames.time_base * rate / 2).as_integer_ratio()
    ticks = _ticks(clip, first, last)
    places: Iterable[int] = range(len(ticks) - 1)
    if clip.frames.ticks.step is not None:
        # Evenly spaced, they drift one way only, but the last may be shown for longer than the others.
        places = {0, max(0, len(ticks) - 3), len(ticks) - 2}
    # In whole numbers: a window is planned anew for every step of a drag, and fractions took 20 times as long.
    return all((ticks[place] + ticks[place + 1] - 2 * ticks[0]) * numerator // denominator == place for place in places)


def _ticks(clip: Clip, first: int, last: int) -> tuple[int, ...]:
    """The ticks at which the frames from `first` on appear, and the one at which frame `last` would."""
    times = clip.frames
    return (*times.ticks[first:last], times.end if last == len(times) else times.ticks[last])


def _decimated(cadence: _Cadence) -> _Cadence | None:
    """Every second frame goes while there are too many and at least 24 a second remain."""
    rate, step = cadence.rate, 1
    while (
        (rate > MAX_RATE or len(cadence.indexes) > MAX_WINDOW_FRAMES * step) and rate % 2 == 0 and rate >= 2 * MIN_RATE
    ):
        rate, step = rate // 2, step * 2
    if rate > MAX_RATE:
        return None
    if step == 1:
        return cadence
    # Of each step's frames the last one before their middle.
    sent = Cadence(cadence.first + (step - 1) // 2, step)
    count = ceil(Fraction(len(cadence.indexes), step))
    indexes = tuple(min(frame, cadence.last - 1) for frame in range(sent.first, sent.first + count * step, step))
    return replace(cadence, rate=rate, indexes=indexes, sent=sent)


def _resampled(clip: Clip, first: int, last: int) -> _Cadence:
    """A constant rate that shows every frame at least once, as far as 60 a second and 505 frames allow."""
    times = clip.frames
    start, end = times.start_of(first), times.start_of(last)
    ticks = _ticks(clip, first, last)
    shortest = min(following - one for one, following in pairwise(ticks)) * times.time_base
    rate = min(MAX_RATE, max(MIN_RATE, ceil(1 / shortest)), floor(MAX_WINDOW_FRAMES / (end - start)))
    indexes = _shown(clip, first, last, Fraction(rate), max(1, round((end - start) * rate)))
    return _Cadence(first, last, rate, Fraction(1), indexes, Cadence(first, is_regular=False))


def _shown(clip: Clip, first: int, last: int, rate: Fraction, count: int) -> tuple[int, ...]:
    """The frame on screen just before the middle of each of `count` slots, `rate` a second: see `source_frame`."""
    times = clip.frames
    per_slot, unit = (times.time_base * rate * 2).as_integer_ratio()
    begin = times.ticks[first]
    # Rounded up, so that a frame that appears exactly in the middle is not the one before it.
    middles = (begin - (-(2 * slot + 1) * unit // per_slot) for slot in range(count))
    return tuple(min(max(first, times.ticks.before(tick) - 1), last - 1) for tick in middles)


def _held(cadence: _Cadence) -> _Cadence:
    """The last frame held where the whole clip has less than the model wants."""
    indexes = cadence.indexes
    wanted = max(MIN_WINDOW_FRAMES, ceil(MIN_WINDOW * cadence.rate))
    missing = max(0, wanted - len(indexes))
    return replace(cadence, indexes=indexes + (indexes[-1],) * missing)


def _span_in_window(span: Span, source: Span, cadence: _Cadence) -> Span:
    """The selection in window time, never outside the window, and at least 2 s long when it was that before."""
    limit = cadence.duration
    start, end = (
        min(max((time - source.start) * cadence.stretch, Fraction(0)), limit) for time in (span.start, span.end)
    )
    if end - start < MIN_SPAN <= span.duration:
        end = min(limit, start + MIN_SPAN)
        start = max(Fraction(0), end - MIN_SPAN)
    return Span(start, end)
