from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from retake_desktop.domain.span import Span
from retake_desktop.ui.timeline.scale import Scale

SECONDS = st.fractions(min_value=0, max_value=7200, max_denominator=90000)


@given(
    start=SECONDS,
    length=st.fractions(min_value=Fraction(1, 10), max_value=7200, max_denominator=1001),
    x=st.integers(10, 1290),
)
def test_a_pixel_goes_to_its_time_and_back(start: Fraction, length: Fraction, x: int) -> None:
    scale = Scale(Span(start, start + length), 10, 1280)
    assert abs(scale.x_of(scale.time_at(x)) - x) < 1e-6


def test_times_outside_the_view_are_drawn_outside_but_never_pointed_at() -> None:
    scale = Scale(Span(Fraction(2), Fraction(4)), 0, 100)
    assert scale.x_of(Fraction(1)) == -50
    assert scale.time_at(-50) == 2
    assert scale.time_at(500) == 4


def test_time_under_a_pixel_is_exact() -> None:
    scale = Scale(Span(Fraction(0), Fraction(1001, 30)), 0, 1001)
    assert scale.time_at(7) == Fraction(7, 30)


@given(x=st.integers(0, 1000), factor=st.sampled_from([Fraction(1, 3), Fraction(4, 5), Fraction(5, 4)]))
def test_zooming_keeps_what_is_under_the_mouse_unless_the_edge_is_reached(x: int, factor: Fraction) -> None:
    whole = Span(Fraction(0), Fraction(60))
    scale = Scale(Span(Fraction(20), Fraction(40)), 0, 1000)
    about = scale.time_at(x)
    zoomed = scale.zoomed(about, factor, whole, Fraction(1))
    assert zoomed.view.duration == 20 * factor
    assert abs(zoomed.x_of(about) - x) < 1e-6


def test_zooming_and_panning_stay_inside_the_clip() -> None:
    whole = Span(Fraction(0), Fraction(60))
    scale = Scale(whole, 0, 1000)
    assert scale.zoomed(Fraction(30), Fraction(5), whole, Fraction(1)).view == whole
    close = scale.zoomed(Fraction(0), Fraction(1, 1000), whole, Fraction(1))
    assert close.view == Span(Fraction(0), Fraction(1))
    assert close.panned(Fraction(-5), whole).view.start == 0
    assert close.panned(Fraction(500), whole).view == Span(Fraction(59), Fraction(60))
