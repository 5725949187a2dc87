from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given

from retake_desktop.domain.price import Price, estimate
from tests.domain.examples import inside


@pytest.mark.parametrize(
    ("seconds", "dollars"), [(Fraction(6), "0.60"), (Fraction(61, 10), "0.70"), (Fraction(1, 100), "0.10")]
)
def test_every_begun_second_is_counted(seconds: Fraction, dollars: str) -> None:
    assert estimate(Price(Decimal("0.10"), "second"), seconds) == Decimal(dollars)


@given(inside)
def test_an_estimate_by_the_second_is_never_below_what_is_sent(seconds: Fraction) -> None:
    expected = estimate(Price(Decimal("0.1"), "seconds"), seconds)
    assert expected is not None
    assert 0 <= Fraction(expected) - seconds / 10 < Fraction(1, 10)


@pytest.mark.parametrize("unit", ["output", "video", "Video"])
def test_a_price_for_each_output_does_not_depend_on_the_length(unit: str) -> None:
    assert estimate(Price(Decimal("0.4"), unit), Fraction(19)) == Decimal("0.4")


def test_what_is_not_known_is_not_zero() -> None:
    assert estimate(None, Fraction(5)) is None
    assert estimate(Price(Decimal("0.1"), "megapixel"), Fraction(5)) is None
