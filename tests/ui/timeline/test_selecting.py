from dataclasses import replace
from fractions import Fraction
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retake_desktop.domain.clip import Clip, Colour, FrameTimes
from retake_desktop.domain.span import Span
from retake_desktop.domain.ticks import Ticks
from retake_desktop.ui.timeline import selecting
from retake_desktop.ui.timeline.scale import Scale

FRAMES = FrameTimes(Ticks(range(250)), Fraction(1, 25), 250)
CLIP = Clip(
    path="/clip.mp4", size_bytes=1, container="mp4", video_index=0, codec="h264", pixel_format="yuv420p", bit_depth=8,
    width=1920, height=1080, coded_width=1920, coded_height=1080, pixel_aspect=Fraction(1), rotation=0,
    colour=Colour(), frame_rate=Fraction(25), is_variable_rate=False, origin=Fraction(0), frames=FRAMES, audio=(),
    fingerprint="clip",
)  # fmt: skip
SPAN = Span(Fraction(2), Fraction(5))
TIMES = st.fractions(min_value=-2, max_value=14, max_denominator=1000)


def is_sound(span: Span) -> bool:
    """On frame boundaries, inside the clip."""
    return span == span.snapped(FRAMES) and span.start >= 0 and span.end <= CLIP.duration


@given(anchor=TIMES, time=TIMES, boundary=st.integers(-10, 300))
def test_whatever_is_dragged_ends_on_frame_boundaries_inside_the_clip(
    anchor: Fraction, time: Fraction, boundary: int
) -> None:
    for span in (
        selecting.drawn(anchor, time, FRAMES),
        selecting.moved(SPAN, time, CLIP),
        selecting.with_in_point(SPAN, boundary, FRAMES),
        selecting.with_out_point(SPAN, boundary, FRAMES),
    ):
        assert is_sound(span)
        assert 2 <= span.duration <= 20


def test_an_edge_stops_two_seconds_before_the_other() -> None:
    assert selecting.with_in_point(SPAN, 200, FRAMES) == Span(Fraction(3), Fraction(5))
    assert selecting.with_out_point(SPAN, 0, FRAMES) == Span(Fraction(2), Fraction(4))


def test_an_edge_stops_twenty_seconds_from_the_other() -> None:
    frames = FrameTimes(Ticks(range(1000)), Fraction(1, 25), 1000)
    assert selecting.with_out_point(SPAN, 900, frames) == Span(Fraction(2), Fraction(22))
    assert selecting.with_in_point(Span(Fraction(30), Fraction(35)), 0, frames) == Span(Fraction(15), Fraction(35))


def _variable(steps: list[int]) -> FrameTimes:
    ticks = tuple(accumulate(steps[:-1], initial=0))
    return FrameTimes(Ticks(ticks), Fraction(1, 600), ticks[-1] + steps[-1])


RATES = ("12", "24000/1001", "24", "25", "30000/1001", "30", "50", "60000/1001", "60", "120")


def _constant(rate: Fraction, count: int) -> FrameTimes:
    step = rate.denominator
    return FrameTimes(Ticks(tuple(index * step for index in range(count))), Fraction(1, rate.numerator), count * step)


CONSTANT = st.builds(_constant, st.sampled_from([Fraction(rate) for rate in RATES]), st.integers(1, 4000))
VARIABLE = st.builds(_variable, st.lists(st.integers(5, 1500), min_size=1, max_size=300))
PIXELS = st.integers(-50, 1400)


@given(frames=CONSTANT | VARIABLE, press=PIXELS, now=PIXELS, span=st.tuples(PIXELS, PIXELS), zoom=st.integers(1, 60))
def test_between_any_two_pixels_lies_a_selection_that_can_be_sent(
    frames: FrameTimes, press: int, now: int, span: tuple[int, int], zoom: int
) -> None:
    """For every rate, constant and variable, and every zoom: on boundaries, inside, as long as the model takes it."""
    clip = replace(CLIP, frames=frames)
    scale = Scale(Span(frames.duration * (zoom - 1) / (2 * zoom), frames.duration * (zoom + 1) / (2 * zoom)), 16, 1280)
    old = selecting.drawn(scale.time_at(span[0]), scale.time_at(span[1]), frames)
    begun, there = scale.time_at(press), scale.time_at(now)
    for made in (
        old,
        selecting.drawn(begun, there, frames),
        selecting.moved(old, there - begun, clip),
        selecting.with_in_point(old, frames.nearest_boundary(there), frames),
        selecting.with_out_point(old, frames.nearest_boundary(there), frames),
        selecting.marked_in(old, frames.index_at(there), clip),
        selecting.marked_out(old, frames.index_at(there), clip),
        selecting.around(frames.index_at(there), 0, len(frames), frames),
    ):
        assert made == made.snapped(frames)
        assert 0 <= made.start < made.end <= frames.duration
        longest_frame = max(frames.end_of(index) - frames.start_of(index) for index in range(min(len(frames), 300)))
        assert made.duration >= min(Fraction(2), frames.duration)
        assert made.duration <= 20 or made.duration <= 2 + longest_frame


@given(frames=CONSTANT | VARIABLE, index=st.integers(0, 3999), width=st.integers(20, 1900))
def test_a_boundary_drawn_at_its_pixel_is_found_there_again(frames: FrameTimes, index: int, width: int) -> None:
    """Where a frame is at least three pixels wide, no rounding to whole pixels makes it another one."""
    index %= len(frames)
    shortest = min(
        frames.end_of(each) - frames.start_of(each) for each in range(max(0, index - 1), min(len(frames), index + 2))
    )
    length = min(frames.duration, shortest * width / 3)
    start = max(Fraction(0), min(frames.duration - length, frames.start_of(index) - length / 2))
    scale = Scale(Span(start, start + length), 16, width)
    assert frames.nearest_boundary(scale.time_at(round(scale.x_of(frames.start_of(index))))) == index


@pytest.mark.parametrize("seconds", [Fraction(1, 25), Fraction(1), Fraction(49, 25)])
def test_a_clip_that_is_too_short_is_selected_whole(seconds: Fraction) -> None:
    count = int(seconds * 25)
    frames = FrameTimes(Ticks(range(count)), Fraction(1, 25), count)
    assert selecting.drawn(Fraction(0), seconds / 2, frames) == Span(Fraction(0), seconds)


def test_a_long_shot_gives_the_twenty_seconds_around_the_frame() -> None:
    frames = FrameTimes(Ticks(range(2500)), Fraction(1, 25), 2500)
    assert selecting.around(1250, 0, 2500, frames) == Span(Fraction(40), Fraction(60))
    assert selecting.around(10, 0, 2500, frames) == Span(Fraction(0), Fraction(20))
    assert selecting.around(60, 50, 150, frames) == Span(Fraction(2), Fraction(6))


def test_marking_keeps_what_was_pointed_at_and_moves_the_other_point() -> None:
    assert selecting.marked_in(SPAN, 110, CLIP) == Span(Fraction(22, 5), Fraction(32, 5))
    assert selecting.marked_out(SPAN, 59, CLIP) == Span(Fraction(2, 5), Fraction(12, 5))


@given(by=TIMES)
def test_moving_keeps_the_length(by: Fraction) -> None:
    assert selecting.moved(SPAN, by, CLIP).duration == SPAN.duration


@pytest.mark.parametrize(
    ("typed", "becomes"),
    [
        (Fraction(3), Span(Fraction(3), Fraction(5))),
        (Fraction(5), Span(Fraction(5), Fraction(8))),
        (Fraction(6), Span(Fraction(6), Fraction(9))),
        (Fraction(99), Span(Fraction(7), Fraction(10))),
    ],
)
def test_a_typed_start_at_or_past_the_end_moves_the_whole_selection(typed: Fraction, becomes: Span) -> None:
    assert selecting.typed_start(SPAN, typed, CLIP) == becomes


@pytest.mark.parametrize(("typed", "end"), [(Fraction(4), 4), (Fraction(99), 10), (Fraction(1), 2)])
def test_a_typed_end_moves_only_the_end(typed: Fraction, end: int) -> None:
    assert selecting.typed_end(SPAN, typed, CLIP) == Span(Fraction(2), Fraction(end))


def test_marking_out_includes_the_frame_on_screen() -> None:
    assert selecting.marked_out(SPAN, 99, CLIP).end == Fraction(4)
    assert selecting.marked_in(SPAN, 75, CLIP).start == Fraction(3)


def test_marking_out_before_the_selection_moves_it() -> None:
    assert selecting.marked_out(Span(Fraction(6), Fraction(8)), 99, CLIP) == Span(Fraction(2), Fraction(4))
