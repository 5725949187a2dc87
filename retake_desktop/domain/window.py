"""The window: the part of the source that is sent, and the exact way between its time and the source's."""

from dataclasses import dataclass
from fractions import Fraction

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
class Window:
    """How the prepared window relates to its source; saved with the job.

    `source` is the stretch of the source's clip time that was sent. `stretch` is window seconds per source second
    (1000/1001 where 23.976 was restamped to 24). `rate` is the window's whole frame rate, `frame_count` its frames.
    The window's picture is `width` x `height` pixels, in which the source's picture fills `picture`.
    `span` is the selection in window time, as sent in `start_time` and `duration`.
    `result_offset` is the window time of the result's first frame (0 unless it was measured otherwise).
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
        return self.to_window(source_time) - self.result_offset

    def result_to_source(self, result_time: Fraction) -> Fraction:
        return self.to_source(result_time + self.result_offset)


def paired_frame(window: Window, before: FrameTimes, after: FrameTimes, index: int) -> int | None:
    """The frame of the result that shows the same instant as the source's frame `index`.

    It is the one whose interval contains the mapped midpoint of the source frame (frame starts are no place to
    compare: MKV rounds them). None where the result has nothing to show: outside the window, or past a short result.
    """
    time = window.to_result(before.midpoint_of(index))
    if time < 0 or time >= after.duration:
        return None
    return after.index_at(time)


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
