from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retake_desktop.domain.timecode import parse, to_frames_text, to_text
from tests.domain.examples import inside

milliseconds = st.integers(0, 359_999_999)


@pytest.mark.parametrize(
    ("time", "text"),
    [
        (Fraction(0), "00:00:00.000"),
        (Fraction(6, 5), "00:00:01.200"),
        (Fraction(3_725_004, 1000), "01:02:05.004"),
        (Fraction(59_999_6, 10_000), "00:01:00.000"),
        (Fraction(-6, 5), "-00:00:01.200"),
        (Fraction(-1, 10_000), "00:00:00.000"),
        (Fraction(100 * 3600), "100:00:00.000"),
    ],
)
def test_a_time_is_written_to_the_nearest_millisecond(time: Fraction, text: str) -> None:
    assert to_text(time) == text


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("00:00:01.200", Fraction(6, 5)),
        (" 1:02:03 ", Fraction(3723)),
        ("12.5", Fraction(25, 2)),
        ("12,5", Fraction(25, 2)),
        ("90", Fraction(90)),
        ("2:30", Fraction(150)),
        ("0.000000001", Fraction(1, 10**9)),
        ("٣", Fraction(3)),
    ],
)
def test_times_are_read_as_people_write_them(text: str, time: Fraction) -> None:
    assert parse(text) == time


@pytest.mark.parametrize("text", ["", " ", "abc", "1:2:3:4:5", "1.2.3", "-1", "1e3", ":30", "1:"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="time"):
        parse(text, Fraction(25))


def test_frames_count_at_the_clips_own_rate() -> None:
    assert parse("00:00:01:12", Fraction(25)) == Fraction(37, 25)
    assert parse("00:00:01;12", Fraction(24_000, 1001)) == 1 + Fraction(12 * 1001, 24_000)


def test_frames_need_a_rate() -> None:
    with pytest.raises(ValueError, match="not a time"):
        parse("00:00:01:12")


@given(milliseconds)
def test_what_is_written_in_milliseconds_reads_back_exactly(count: int) -> None:
    assert parse(to_text(Fraction(count, 1000))) == Fraction(count, 1000)


@given(inside)
def test_writing_is_never_off_by_more_than_half_a_millisecond(time: Fraction) -> None:
    assert abs(parse(to_text(time)) - time) <= Fraction(1, 2000)


@given(st.integers(0, 10_000), st.sampled_from([24, 25, 30, 50, 60]))
def test_the_frame_form_reads_back_as_the_same_frame(frame: int, rate: int) -> None:
    time = Fraction(frame, rate)
    assert parse(to_frames_text(time, Fraction(rate)), Fraction(rate)) == time


def test_the_frame_form_counts_at_the_rounded_rate() -> None:
    assert to_frames_text(Fraction(3, 2), Fraction(24_000, 1001)) == "00:00:01:12"
    assert to_frames_text(Fraction(-1), Fraction(25)) == "00:00:00:00"
