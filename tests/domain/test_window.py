from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retake_desktop.domain.clip import FrameTimes
from retake_desktop.domain.span import Span
from retake_desktop.domain.ticks import Ticks
from retake_desktop.domain.window import Rectangle, Window, paired_frame, window_for_whole_file
from tests.domain.examples import frame_times, steady, times

stretches = st.sampled_from([Fraction(1), Fraction(1000, 1001)])
offsets = st.fractions(min_value=-1, max_value=1, max_denominator=1000)


def a_window(
    start: Fraction = Fraction(4),
    seconds: int = 8,
    stretch: Fraction = Fraction(1),
    offset: Fraction = Fraction(0),
) -> Window:
    return Window(
        source=Span(start, start + seconds),
        stretch=stretch,
        rate=25,
        frame_count=25 * seconds,
        width=1920,
        height=1080,
        picture=Rectangle(0, 0, 1920, 1080),
        span=Span(Fraction(1), Fraction(3)),
        result_offset=offset,
    )


@given(times, times, stretches, offsets)
def test_the_way_to_the_result_and_back_is_exact(
    time: Fraction, start: Fraction, stretch: Fraction, offset: Fraction
) -> None:
    window = a_window(start=start, stretch=stretch, offset=offset)
    assert window.to_source(window.to_window(time)) == time
    assert window.result_to_source(window.to_result(time)) == time


def test_a_window_begins_at_its_own_zero_and_lasts_as_long_as_its_frames() -> None:
    window = a_window(start=Fraction(4))
    assert window.to_window(Fraction(4)) == 0
    assert window.to_source(Fraction(1)) == 5
    assert window.duration == 8


def test_restamped_film_runs_a_thousandth_faster_in_the_window() -> None:
    assert a_window(stretch=Fraction(1000, 1001)).to_window(Fraction(4) + Fraction(1001, 1000)) == 1


@given(st.integers(0, 199))
def test_at_equal_rates_every_frame_of_the_window_has_its_own_partner(index: int) -> None:
    window = a_window(start=Fraction(4))
    assert paired_frame(window, steady(500), steady(200), 100 + index) == index


def test_outside_the_window_there_is_no_partner() -> None:
    window = a_window(start=Fraction(4))
    assert paired_frame(window, steady(500), steady(200), 99) is None
    assert paired_frame(window, steady(500), steady(200), 300) is None


def test_past_a_short_result_there_is_no_partner() -> None:
    window = a_window(start=Fraction(4))
    assert paired_frame(window, steady(500), steady(150), 249) == 149
    assert paired_frame(window, steady(500), steady(150), 250) is None


def test_times_rounded_to_milliseconds_do_not_change_the_partner() -> None:
    source = FrameTimes(Ticks(tuple(round(index * 1001 / 24) for index in range(240))), Fraction(1, 1000), 10_010)
    result = steady(240, Fraction(24_000, 1001))
    window = a_window(start=Fraction(0), seconds=10)
    assert [paired_frame(window, source, result, index) for index in range(239)] == list(range(239))


@given(frame_times(), frame_times(), st.data())
def test_a_partner_is_on_screen_at_the_source_frames_midpoint(
    before: FrameTimes, after: FrameTimes, data: st.DataObject
) -> None:
    window = a_window(start=Fraction(0))
    index = data.draw(st.integers(0, len(before) - 1))
    partner, middle = paired_frame(window, before, after, index), before.midpoint_of(index)
    if partner is None:
        assert middle >= after.duration
    else:
        assert after.start_of(partner) <= middle < after.end_of(partner)


@pytest.mark.parametrize(("rate", "whole"), [(Fraction(24_000, 1001), 24), (Fraction(25), 25), (Fraction(1, 4), 1)])
def test_a_whole_file_maps_onto_itself(rate: Fraction, whole: int) -> None:
    window = window_for_whole_file(Span(Fraction(1), Fraction(4)), Fraction(12), 1280, 720, rate)
    assert window.rate == whole
    assert window.frame_count == 12 * whole
    assert window.to_result(Fraction(7)) == 7
    assert window.picture == Rectangle(0, 0, 1280, 720)
    assert window.span == Span(Fraction(1), Fraction(4))
