from fractions import Fraction

import pytest

from retake_desktop.domain.changes import Changes, Levels, bleed_reach, seams_for
from retake_desktop.domain.span import Span
from tests.domain.examples import steady

QUIET: Levels = (0.0,) * 4


@pytest.mark.parametrize(
    ("before", "after", "seams"),
    [
        (QUIET, QUIET, (14, 20)),
        ((0.0, 0.0, 0.0, 5.0), (5.0, 0.0, 0.0, 0.0), (13, 21)),
        ((0.0, 0.0, 3.0, 5.0), (5.0, 4.0, 3.0, 0.0), (12, 23)),
        ((9.0, 2.0, 3.0, 5.0), (5.0, 4.0, 1.0, 9.0), (12, 22)),
        ((0.0, 5.0, 0.0, 5.0), (5.0, 0.0, 5.0, 0.0), (13, 21)),
        ((9.0, 0.0, 5.0, None), (None, None, None, None), (14, 20)),
    ],
    ids=["no bleed", "one", "more", "no rest within reach", "the nearest", "missing frames"],
)
def test_seams_lie_where_before_and_after_differ_least_in_the_bleed_zone(
    before: Levels, after: Levels, seams: tuple[int, int]
) -> None:
    levels = (*before, *((30.0,) * 6), *after)
    assert seams_for(10, levels, (14, 20), (10, 24)) == seams


def test_seams_never_leave_the_zone_nor_enter_the_selection() -> None:
    levels = (0.0, 9.0, 9.0, 9.0, 0.0, 0.0, 9.0, 9.0, 9.0, 0.0)
    begin, end = seams_for(0, levels, (4, 6), (3, 7))
    assert 3 <= begin <= 4
    assert 6 <= end <= 7


def test_a_selection_at_the_ends_of_the_window_is_joined_there() -> None:
    assert seams_for(0, (30.0,) * 10, (0, 10), (0, 10)) == (0, 10)


def test_bleed_is_what_changed_without_a_gap_beside_the_selection() -> None:
    levels: Levels = (7.0, 0.0, 1.0, 2.0, 30.0, 30.0, 3.0, 0.0, None, 4.0)
    curve = Changes(10, levels, 1.0, (14, 16), (12, 17))
    assert (curve.bleed_before, curve.bleed_after, curve.strongest_outside) == (2, 1, 7.0)
    assert curve.between(9, 12) == (None, 7.0, 0.0)
    assert curve.seam_span(steady(40)) == Span(Fraction(12, 25), Fraction(17, 25))


def test_the_reach_of_the_seams_ends_with_the_clip() -> None:
    frames = steady(40)
    assert bleed_reach(Span(Fraction(6, 25), Fraction(30, 25)), frames, Fraction(1, 2)) == (0, 40)
    assert bleed_reach(Span(Fraction(20, 25), Fraction(25, 25)), frames, Fraction(1, 5)) == (15, 30)
