from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retake_desktop.domain.clip import Clip, Colour, FrameTimes
from retake_desktop.domain.span import Span
from retake_desktop.ui.timeline import selecting

FRAMES = FrameTimes(tuple(range(250)), Fraction(1, 25), 250)
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
        assert span.duration >= Fraction(1, 25)


def test_an_edge_stops_a_frame_before_the_other() -> None:
    assert selecting.with_in_point(SPAN, 200, FRAMES) == Span(Fraction(124, 25), Fraction(5))
    assert selecting.with_out_point(SPAN, 0, FRAMES) == Span(Fraction(2), Fraction(51, 25))


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
