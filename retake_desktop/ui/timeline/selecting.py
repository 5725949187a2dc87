"""What a gesture makes of the selection: always on frame boundaries, always inside the clip, at least one frame."""

from fractions import Fraction

from retake_desktop.domain.clip import Clip, FrameTimes
from retake_desktop.domain.span import Span


def with_in_point(span: Span, boundary: int, frames: FrameTimes) -> Span:
    """The in point dragged to a frame boundary; it stops one frame before the out point."""
    out = frames.nearest_boundary(span.end)
    return Span(frames.start_of(max(0, min(boundary, out - 1))), span.end)


def with_out_point(span: Span, boundary: int, frames: FrameTimes) -> Span:
    """The out point dragged to a frame boundary; it stops one frame after the in point."""
    first = frames.nearest_boundary(span.start)
    return Span(span.start, frames.start_of(min(len(frames), max(boundary, first + 1))))


def moved(span: Span, by: Fraction, clip: Clip) -> Span:
    """The whole selection moved by `by` seconds, as long as it was."""
    return span.moved_to(span.start + by, clip.duration).snapped(clip.frames)


def drawn(anchor: Fraction, time: Fraction, frames: FrameTimes) -> Span:
    """A new selection from `anchor` to `time`, in either direction."""
    first, last = sorted((frames.nearest_boundary(anchor), frames.nearest_boundary(time)))
    if first == last:
        first, last = (first, first + 1) if first < len(frames) else (first - 1, first)
    return Span(frames.start_of(first), frames.start_of(last))


def typed_start(span: Span, time: Fraction, clip: Clip) -> Span:
    """A start entered in figures: at or past the end it moves the whole selection."""
    return span.with_start(clip.frames.snap(time), clip.duration).snapped(clip.frames)


def typed_end(span: Span, time: Fraction, clip: Clip) -> Span:
    """An end entered in figures: only the end moves."""
    return span.with_end(clip.frames.snap(time), clip.duration).snapped(clip.frames)


def marked_in(span: Span, index: int, clip: Clip) -> Span:
    """The in point set at frame `index`, as by the key I."""
    return typed_start(span, clip.frames.start_of(index), clip)


def marked_out(span: Span, index: int, clip: Clip) -> Span:
    """The out point set after frame `index`, as by the key O: what is on screen is part of the selection."""
    end = clip.frames.end_of(index)
    if end <= span.start:
        return span.moved_to(end - span.duration, clip.duration).snapped(clip.frames)
    return span.with_end(end, clip.duration).snapped(clip.frames)
