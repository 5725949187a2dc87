"""The window: the part of the source that is sent, and the exact way between its time and the source's."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from retake_desktop.domain.clip import FrameTimes
from retake_desktop.domain.span import Span


@dataclass(frozen=True, slots=True)
class Rectangle:
    """Pixels from the top left corner."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Cadence:
    """Which frames of the source the window's frames show: from `first` on every `step`-th, each `repeat` times.

    Where it is not regular, a frame of the window shows the one on screen just before its middle.
    """

    first: int
    step: int = 1
    repeat: int = 1
    is_regular: bool = True

    def frame(self, place: int) -> int:
        """The source's frame in the window's frame `place`."""
        return self.first + place // self.repeat * self.step


@dataclass(frozen=True, slots=True)
class Window:
    """How the prepared window relates to its source; saved with the job.

    `source` is the stretch of the source's clip time that was sent. `stretch` is window seconds per source second
    (1000/1001 where 23.976 was restamped to 24). `rate` is the window's whole frame rate, `frame_count` its frames.
    The window's picture is `width` x `height` pixels, in which the source's picture fills `picture`.
    `span` is the selection in window time, as sent in `start_time` and `duration`.
    `result_offset` is the window time of the result's first frame, `result_pace` result seconds per window second
    (24/23 where 24 frames a second came back as 23): 0 and 1 unless they were measured otherwise (`media.alignment`).
    `correction` is what a person added to that: the result is shown so many frames of the window later.
    `cadence` says which frames of the source were sent; None: the source itself, as it is.
    """

    source: Span
    stretch: Fraction
    rate: int
    frame_count: int
    width: int
    height: int
    picture: Rectangle
    span: Span
    result_offset: Fraction = Fraction(0)
    result_pace: Fraction = Fraction(1)
    correction: int = 0
    cadence: Cadence | None = None

    @property
    def duration(self) -> Fraction:
        """Seconds of the window as sent."""
        return Fraction(self.frame_count, self.rate)

    def to_window(self, source_time: Fraction) -> Fraction:
        """Window time of a source time; outside the window's own extent when the source time is."""
        return (source_time - self.source.start) * self.stretch

    def to_source(self, window_time: Fraction) -> Fraction:
        return self.source.start + window_time / self.stretch

    def to_result(self, source_time: Fraction) -> Fraction:
        """Time in the service's result for a source time."""
        return self.window_to_result(self.to_window(source_time))

    def result_to_source(self, result_time: Fraction) -> Fraction:
        return self.to_source(self.result_to_window(result_time))

    def window_to_result(self, window_time: Fraction) -> Fraction:
        return (window_time - self._offset) * self.result_pace

    def result_to_window(self, result_time: Fraction) -> Fraction:
        return result_time / self.result_pace + self._offset

    @property
    def result_stretch(self) -> Fraction:
        """Result seconds per source second, which sound must be stretched by on its way back."""
        return self.stretch * self.result_pace

    @property
    def _offset(self) -> Fraction:
        return self.result_offset - Fraction(self.correction, self.rate)


def paired_frame(window: Window, before: FrameTimes, after: FrameTimes, index: int) -> int | None:
    """The frame of the result that shows the same instant as the source's frame `index`.

    It is the one whose interval contains the mapped midpoint of the source frame (frame starts are no place to
    compare: MKV rounds them). None where the result has nothing to show: outside the window, or past a short result.
    """
    time = window.to_result(before.midpoint_of(index))
    if time < 0 or time >= after.duration:
        return None
    return after.index_at(time)


def source_frame(window: Window, before: FrameTimes, after: FrameTimes, index: int) -> int | None:
    """The frame of the source that the result's frame `index` shows: the way back of `paired_frame`.

    It is the one that was sent as the window's frame on screen just before the mapped midpoint. None where the result
    shows nothing of the source: outside the window, or a last frame that was held to make the window long enough.
    """
    time = window.result_to_window(after.midpoint_of(index))
    if window.cadence is None:
        return _shown_at(window, before, time)
    # By what was sent: there, no rounding of times can make one frame the next.
    return _sent_frame(window, window.cadence, before, ceil(time * window.rate) - 1)


def _sent_frame(window: Window, cadence: Cadence, before: FrameTimes, place: int) -> int | None:
    if not 0 <= place < window.frame_count:
        return None
    if not cadence.is_regular:
        return _shown_at(window, before, (place + Fraction(1, 2)) / window.rate)
    index, last = cadence.frame(place), before.nearest_boundary(window.source.end) - 1
    if index <= last:
        return index
    return last if index - last < cadence.step else None


def _shown_at(window: Window, before: FrameTimes, time: Fraction) -> int | None:
    at = window.to_source(time)
    if at <= window.source.start or at > min(before.duration, window.source.end):
        return None
    return shown_before(before, at)


def shown_before(frames: FrameTimes, time: Fraction) -> int:
    """The frame on screen just before `time` seconds: where one frame gives way to the next, the one that goes."""
    return max(0, frames.ticks.before(ceil(time / frames.time_base)) - 1)


def picture_in_result(window: Window, width: int, height: int) -> Rectangle:
    """Where the source's picture lies in a result of `width` x `height` pixels, which may not be the window's size."""
    across, down = Fraction(width, window.width), Fraction(height, window.height)
    picture = window.picture
    left, top = round(picture.x * across), round(picture.y * down)
    right = min(width, round((picture.x + picture.width) * across))
    bottom = min(height, round((picture.y + picture.height) * down))
    return Rectangle(left, top, right - left, bottom - top)


def window_for_whole_file(span: Span, duration: Fraction, width: int, height: int, rate: Fraction) -> Window:
    """The mapping of a file that was sent as it is: time and picture are the source's own."""
    whole_rate = max(1, round(rate))
    return Window(
        source=Span(Fraction(0), duration),
        stretch=Fraction(1),
        rate=whole_rate,
        frame_count=max(1, round(duration * whole_rate)),
        width=width,
        height=height,
        picture=Rectangle(0, 0, width, height),
        span=span,
    )
