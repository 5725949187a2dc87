from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from retake_desktop.domain.clip import Colour, FrameTimes
from retake_desktop.domain.ticks import Ticks
from tests.domain.examples import a_clip, frame_times, steady, times


@given(frame_times(), st.data())
def test_a_frame_is_on_screen_from_its_start_until_the_next_one_starts(frames: FrameTimes, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(frames) - 1))
    tiny = frames.time_base / 1000
    assert frames.index_at(frames.start_of(index)) == index
    assert frames.index_at(frames.end_of(index) - tiny) == index
    assert frames.index_at(frames.midpoint_of(index)) == index


@given(frame_times(), times)
def test_any_time_has_a_frame_even_outside_the_clip(frames: FrameTimes, time: Fraction) -> None:
    index = frames.index_at(time)
    assert 0 <= index < len(frames)
    if time < 0:
        assert index == 0
    if time >= frames.duration:
        assert index == len(frames) - 1


@given(frame_times(), times)
def test_no_frame_boundary_is_nearer_than_the_snapped_time(frames: FrameTimes, time: Fraction) -> None:
    boundaries = [frames.start_of(index) for index in range(len(frames) + 1)]
    assert frames.snap(time) in boundaries
    assert abs(frames.snap(time) - time) == min(abs(boundary - time) for boundary in boundaries)


@given(frame_times(), times)
def test_snapping_twice_is_snapping_once(frames: FrameTimes, time: Fraction) -> None:
    assert frames.snap(frames.snap(time)) == frames.snap(time)


def test_a_midpoint_is_half_way_through_what_the_frame_is_shown() -> None:
    frames = FrameTimes(Ticks((0, 40, 80)), Fraction(1, 1000), 200)
    assert frames.midpoint_of(0) == Fraction(20, 1000)
    assert frames.midpoint_of(2) == Fraction(140, 1000)


def test_between_two_boundaries_the_earlier_one_wins() -> None:
    assert steady(10).nearest_boundary(Fraction(3, 50)) == 1


def test_the_end_of_the_last_frame_is_a_boundary_too() -> None:
    frames = FrameTimes(Ticks((0, 40, 80)), Fraction(1, 1000), 200)
    assert frames.nearest_boundary(Fraction(190, 1000)) == 3
    assert frames.snap(Fraction(5)) == Fraction(1, 5)


def test_a_clip_lasts_until_its_last_frame_ends() -> None:
    assert a_clip(frames=FrameTimes(Ticks((0, 40, 80)), Fraction(1, 1000), 200)).duration == Fraction(1, 5)
    assert len(a_clip(seconds=2).frames) == 50


def test_only_the_two_hdr_transfers_are_hdr() -> None:
    assert Colour(transfer="smpte2084").is_hdr
    assert Colour(transfer="arib-std-b67").is_hdr
    assert not Colour(transfer="bt709").is_hdr
    assert not Colour().is_hdr
