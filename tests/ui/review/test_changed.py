"""What a curve of changes means to a person."""

from fractions import Fraction

from retake_desktop.domain.changes import Changes
from retake_desktop.domain.clip import FrameTimes
from retake_desktop.domain.ticks import Ticks
from retake_desktop.ui.review.changed import is_outside, next_stretch, strength, stretches, words

FRAMES = FrameTimes(Ticks(range(100)), Fraction(1, 25), 100)
QUIET = (0.0,)


def curve(*levels: float) -> Changes:
    """From frame 20 on; frames 25 to 30 are selected."""
    return Changes(20, tuple(levels), 1.0, (25, 30), (25, 30))


BLEEDING = curve(*QUIET * 3, 9.0, 9.0, *(30.0,) * 5, *QUIET * 4, 12.0)


def test_runs_of_changed_frames_are_cut_at_the_selection() -> None:
    assert stretches(BLEEDING) == [(23, 25), (25, 30), (34, 35)]
    assert [is_outside(BLEEDING, first) for first, _ in stretches(BLEEDING)] == [True, False, True]


def test_the_next_and_the_previous_change_are_found_from_anywhere() -> None:
    assert [next_stretch(BLEEDING, index, 1) for index in (0, 23, 26, 34)] == [23, 25, 34, None]
    assert [next_stretch(BLEEDING, index, -1) for index in (99, 34, 25, 23)] == [34, 25, 23, None]


def test_it_is_told_what_changed_outside_the_selection_and_where() -> None:
    assert words(BLEEDING, FRAMES) == (
        "The selection has changed. Outside it 3 frames have changed, at 00:00:00.920, 00:00:01.360."
    )
    assert words(curve(*QUIET * 5, *(30.0,) * 5, *QUIET), FRAMES) == (
        "The selection has changed. Nothing has changed outside it."
    )
    assert words(curve(*QUIET * 11), FRAMES).startswith("Nothing has changed in the selection.")


def test_frames_that_the_take_lacks_are_no_change() -> None:
    assert stretches(Changes(20, (None, 5.0, None), 1.0, (20, 23), (20, 23))) == [(21, 22)]


def test_small_changes_are_raised_and_great_ones_fill_the_map() -> None:
    assert 0.2 < strength(3.0) < strength(20.0) < strength(100.0) == 1.0
