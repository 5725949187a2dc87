from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retake_desktop.domain.clip import AudioTrack, Finding, FrameTimes
from retake_desktop.domain.retake import (
    MAX_PROMPT,
    MAX_WINDOW,
    MIN_WINDOW,
    Mode,
    Obstacle,
    default_span,
    obstacles,
    window_span,
)
from retake_desktop.domain.span import Span
from tests.domain.examples import a_clip, a_request, frame_times

URL = "https://files.example/sea.mp4"


def test_a_sound_request_meets_no_obstacle() -> None:
    assert obstacles(a_request(), a_clip()) == ()


@pytest.mark.parametrize(
    ("changes", "obstacle"),
    [
        ({"prompt": " \n"}, Obstacle.NO_PROMPT),
        ({"prompt": "a" * (MAX_PROMPT + 1)}, Obstacle.PROMPT_TOO_LONG),
        ({"takes": 0}, Obstacle.TOO_MANY_TAKES),
        ({"takes": 9}, Obstacle.TOO_MANY_TAKES),
        ({"span": Span(Fraction(1), Fraction(299, 100))}, Obstacle.SPAN_TOO_SHORT),
        ({"span": Span(Fraction(1), Fraction(2101, 100))}, Obstacle.SPAN_TOO_LONG),
        ({"span": Span(Fraction(-1), Fraction(3))}, Obstacle.SPAN_OUTSIDE_CLIP),
        ({"span": Span(Fraction(20), Fraction(31))}, Obstacle.SPAN_OUTSIDE_CLIP),
        ({"whole": True}, Obstacle.WHOLE_CLIP_TOO_LONG),
    ],
)
def test_each_obstacle_is_found_alone(changes: dict[str, object], obstacle: Obstacle) -> None:
    assert obstacles(a_request(**changes), a_clip(seconds=30)) == (obstacle,)  # type: ignore[arg-type] # by name


@pytest.mark.parametrize(
    "changes",
    [
        {"prompt": "a" * MAX_PROMPT},
        {"takes": 8},
        {"span": Span(Fraction(0), Fraction(2))},
        {"span": Span(Fraction(0), Fraction(20))},
        {"whole": True},
    ],
    ids=["prompt", "takes", "short", "long", "whole"],
)
def test_the_limits_themselves_are_allowed(changes: dict[str, object]) -> None:
    assert obstacles(a_request(**changes), a_clip(seconds=20)) == ()  # type: ignore[arg-type] # by name


def test_without_a_clip_there_is_nothing_to_retake() -> None:
    assert obstacles(a_request(), None) == (Obstacle.NO_CLIP,)


def test_a_clip_under_two_seconds_is_too_short_for_the_model() -> None:
    found = obstacles(a_request(Fraction(0), Fraction(2)), a_clip(seconds=1))
    assert found == (Obstacle.CLIP_TOO_SHORT, Obstacle.SPAN_OUTSIDE_CLIP)
    assert obstacles(a_request(Fraction(0), Fraction(2)), a_clip(seconds=2)) == ()


def test_a_recording_whose_clock_jumps_is_not_sent_with_sound_that_cannot_be_placed() -> None:
    silent = replace(a_clip(), findings=(Finding.CLOCK_JUMPS,), audio=())
    assert obstacles(a_request(), silent) == ()
    track = AudioTrack(1, "aac", 48000, 2, "stereo", Fraction(0), Fraction(30))
    assert obstacles(a_request(), replace(silent, audio=(track,))) == (Obstacle.CLOCK_JUMPS,)
    assert obstacles(a_request(), replace(silent, audio=(track,), findings=(Finding.DAMAGED,))) == ()


def test_a_url_needs_no_clip_but_must_start_within_the_models_reach() -> None:
    assert obstacles(a_request(source=URL), None) == ()
    assert obstacles(a_request(Fraction(21), Fraction(24), source=URL), None) == (Obstacle.SPAN_OUTSIDE_CLIP,)


def test_all_obstacles_are_named_at_once() -> None:
    found = obstacles(a_request(Fraction(0), Fraction(1), prompt="", takes=0), None)
    assert set(found) == {Obstacle.NO_CLIP, Obstacle.NO_PROMPT, Obstacle.TOO_MANY_TAKES, Obstacle.SPAN_TOO_SHORT}


def test_modes_say_what_they_replace() -> None:
    assert [(mode.replaces_picture, mode.replaces_sound) for mode in Mode] == [
        (False, True),
        (True, False),
        (True, True),
    ]


@given(frame_times())
def test_a_fresh_selection_is_at_most_the_first_five_seconds_on_boundaries(frames: FrameTimes) -> None:
    span = default_span(a_clip(frames=frames))
    assert span.start == 0
    assert span == span.snapped(frames)
    assert span.end <= frames.duration


@st.composite
def selections(draw: st.DrawFn) -> tuple[Span, Fraction]:
    """A selection of 2 to 20 seconds in a source that holds it; with the source's length in seconds."""
    duration = draw(st.fractions(min_value=3, max_value=200, max_denominator=1000))
    length = min(duration, draw(st.fractions(min_value=2, max_value=20, max_denominator=1000)))
    start = (duration - length) * draw(st.fractions(min_value=0, max_value=1, max_denominator=1000))
    return Span(start, start + length), duration


@given(selections())
def test_a_window_holds_the_selection_and_stays_within_source_and_limits(selection: tuple[Span, Fraction]) -> None:
    span, duration = selection
    window = window_span(a_request(span=span), duration)
    assert 0 <= window.start <= span.start
    assert span.end <= window.end <= duration
    assert MIN_WINDOW <= window.duration <= MAX_WINDOW


def test_a_window_has_context_on_both_sides() -> None:
    assert window_span(a_request(Fraction(10), Fraction(14)), Fraction(60)) == Span(Fraction(17, 2), Fraction(31, 2))


def test_context_that_does_not_fit_is_not_paid_for_on_the_other_side() -> None:
    assert window_span(a_request(Fraction(0), Fraction(4)), Fraction(60)) == Span(Fraction(0), Fraction(11, 2))


def test_a_long_selection_shares_what_is_left_evenly() -> None:
    assert window_span(a_request(Fraction(10), Fraction(29)), Fraction(60)) == Span(Fraction(19, 2), Fraction(59, 2))


def test_without_context_the_window_still_has_three_seconds() -> None:
    request = a_request(Fraction(58), Fraction(60), context=Fraction(0))
    assert window_span(request, Fraction(60)) == Span(Fraction(57), Fraction(60))


def test_the_whole_clip_is_the_whole_clip() -> None:
    assert window_span(a_request(whole=True), Fraction(12)) == Span(Fraction(0), Fraction(12))
