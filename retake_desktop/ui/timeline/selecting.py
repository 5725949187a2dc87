"""What a gesture makes of the selection: on frame boundaries, inside the clip, and as long as the model takes it.

Dragging and marking keep to `MIN_SPAN` and `MAX_SPAN`, as far as the clip is long enough: what was pointed at stands,
and the other point gives way. Figures that are typed stand as they are written; the form says what is wrong with them.
"""

from fractions import Fraction

from retake_desktop.domain.clip import Clip, FrameTimes
from retake_desktop.domain.retake import MAX_SPAN, MIN_SPAN
from retake_desktop.domain.span import Span


def in_limits(end: Fraction, frames: FrameTimes) -> tuple[int, int]:
    """First and last frame boundary at which the in point may stand while the out point is at `end`."""
    first = _at_or_after(end - MAX_SPAN, frames)
    return first, max(first, _at_or_before(end - MIN_SPAN, frames))


def out_limits(start: Fraction, frames: FrameTimes) -> tuple[int, int]:
    """First and last frame boundary at which the out point may stand while the in point is at `start`."""
    first = _at_or_after(start + MIN_SPAN, frames)
    return first, max(first, _at_or_before(start + MAX_SPAN, frames))


def with_in_point(span: Span, boundary: int, frames: FrameTimes) -> Span:
    """The in point dragged to a frame boundary; it stops where the selection would be too short or too long."""
    return Span(frames.start_of(_held(boundary, in_limits(span.end, frames))), span.end)


def with_out_point(span: Span, boundary: int, frames: FrameTimes) -> Span:
    """The out point dragged to a frame boundary; it stops where the selection would be too short or too long."""
    return Span(span.start, frames.start_of(_held(boundary, out_limits(span.start, frames))))


def moved(span: Span, by: Fraction, clip: Clip) -> Span:
    """The whole selection moved by `by` seconds, as long as it was, to the frame."""
    there = span.moved_to(span.start + by, clip.duration)
    frames = clip.frames
    if not MIN_SPAN <= span.duration <= MAX_SPAN:
        return there.snapped(frames)
    return _from_in(frames.nearest_boundary(there.start), frames.nearest_boundary(there.end), frames)


def drawn(anchor: Fraction, time: Fraction, frames: FrameTimes) -> Span:
    """A new selection from `anchor` to `time`, in either direction."""
    first, last = frames.nearest_boundary(anchor), frames.nearest_boundary(time)
    return _from_in(first, last, frames) if last >= first else _to_out(last, first, frames)


def around(index: int, first: int, end: int, frames: FrameTimes) -> Span:
    """Frames `first` to before `end`, a shot; of one that is too long the part around frame `index`."""
    if frames.start_of(end) - frames.start_of(first) > MAX_SPAN:
        middle = frames.start_of(index)
        start = max(frames.start_of(first), min(middle - MAX_SPAN / 2, frames.start_of(end) - MAX_SPAN))
        first = _at_or_after(start, frames)
    return _from_in(first, end, frames)


def typed_start(span: Span, time: Fraction, clip: Clip) -> Span:
    """A start entered in figures: at or past the end it moves the whole selection."""
    return span.with_start(clip.frames.snap(time), clip.duration).snapped(clip.frames)


def typed_end(span: Span, time: Fraction, clip: Clip) -> Span:
    """An end entered in figures: only the end moves."""
    return span.with_end(clip.frames.snap(time), clip.duration).snapped(clip.frames)


def marked_in(span: Span, index: int, clip: Clip) -> Span:
    """The in point set at frame `index`, as by the key I."""
    frames = clip.frames
    start = frames.start_of(index)
    end = span.end if start < span.end else start + span.duration
    return _from_in(index, frames.nearest_boundary(end), frames)


def marked_out(span: Span, index: int, clip: Clip) -> Span:
    """The out point set after frame `index`, as by the key O: what is on screen is part of the selection."""
    frames = clip.frames
    end = frames.end_of(index)
    start = span.start if end > span.start else end - span.duration
    return _to_out(frames.nearest_boundary(start), index + 1, frames)


def _from_in(first: int, last: int, frames: FrameTimes) -> Span:
    """From `first`, unless the clip ends too soon after it, to `last` or as near to it as may be."""
    latest = in_limits(frames.duration, frames)[1]
    start = frames.start_of(min(first, latest))
    return Span(start, frames.start_of(_held(last, out_limits(start, frames))))


def _to_out(first: int, last: int, frames: FrameTimes) -> Span:
    end = frames.start_of(max(last, out_limits(Fraction(0), frames)[0]))
    return Span(frames.start_of(_held(first, in_limits(end, frames))), end)


def _held(boundary: int, limits: tuple[int, int]) -> int:
    return max(limits[0], min(limits[1], boundary))


def _at_or_before(time: Fraction, frames: FrameTimes) -> int:
    return len(frames) if time >= frames.duration else frames.index_at(time)


def _at_or_after(time: Fraction, frames: FrameTimes) -> int:
    boundary = _at_or_before(time, frames)
    return boundary if frames.start_of(boundary) >= time else min(len(frames), boundary + 1)
