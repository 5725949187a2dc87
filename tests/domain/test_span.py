from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from retake_desktop.domain.clip import FrameTimes
from retake_desktop.domain.span import Span
from tests.domain.examples import frame_times, spans, times

limits = st.fractions(min_value=1, max_value=100, max_denominator=1000)


def test_a_span_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="before it starts"):
        Span(Fraction(2), Fraction(1))


def test_the_out_point_is_no_longer_part_of_the_span() -> None:
    span = Span(Fraction(1), Fraction(3))
    assert span.contains(Fraction(1))
    assert not span.contains(Fraction(3))
    assert span.duration == 2


@given(spans(), frame_times())
def test_a_snapped_span_lies_on_boundaries_within_the_clip(span: Span, frames: FrameTimes) -> None:
    snapped = span.snapped(frames)
    assert snapped == snapped.snapped(frames)
    assert 0 <= snapped.start <= snapped.end <= frames.duration


@given(spans(), times, limits)
def test_a_moved_span_keeps_its_length_and_stays_inside(span: Span, start: Fraction, limit: Fraction) -> None:
    moved = span.moved_to(start, limit)
    assert moved.duration == min(span.duration, limit)
    assert moved.start >= 0
    assert moved.end <= limit


@given(spans(), times, limits)
def test_a_start_before_the_end_moves_only_the_start(span: Span, start: Fraction, limit: Fraction) -> None:
    assume(start < span.end)
    assert span.with_start(start, limit) == Span(max(start, Fraction(0)), span.end)


@given(spans(), times, limits)
def test_a_start_at_or_past_the_end_moves_the_whole_span(span: Span, start: Fraction, limit: Fraction) -> None:
    assume(start >= span.end)
    assert span.with_start(start, limit) == span.moved_to(start, limit)


@given(spans(), times, limits)
def test_a_new_end_moves_only_the_end_and_never_before_the_start(span: Span, end: Fraction, limit: Fraction) -> None:
    assume(span.start <= limit)
    changed = span.with_end(end, limit)
    assert changed.start == span.start
    assert changed.end == max(span.start, min(end, limit))
