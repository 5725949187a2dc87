from fractions import Fraction
from itertools import pairwise

import pytest

from retake_desktop.domain.span import Span
from retake_desktop.ui.timeline.ruler import label, step, ticks
from retake_desktop.ui.timeline.scale import Scale


@pytest.mark.parametrize("seconds", [Fraction(1, 2), 1, 4, 60, 184, 600, 7200, 36000])
def test_labels_have_room_and_are_not_sparse(seconds: Fraction) -> None:
    scale = Scale(Span(Fraction(0), Fraction(seconds)), 16, 1200)
    labelled = [tick.x for tick in ticks(scale) if tick.label]
    gaps = [later - earlier for earlier, later in pairwise(labelled)]
    assert min(gaps) >= 80
    assert max(gaps) <= 300


def test_ticks_stand_on_round_times() -> None:
    scale = Scale(Span(Fraction(3), Fraction(63)), 0, 600)
    assert step(scale) == 10
    assert [tick.label for tick in ticks(scale) if tick.label] == ["00:10", "00:20", "00:30", "00:40", "00:50", "01:00"]


def test_labels_read_as_time() -> None:
    assert label(Fraction(3725), Fraction(5)) == "1:02:05"
    assert label(Fraction(5, 2), Fraction(1, 2)) == "00:02.50"


def test_an_empty_timeline_has_no_ticks() -> None:
    assert list(ticks(Scale(Span(Fraction(0), Fraction(0)), 0, 100))) == []
