from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retake_desktop.domain.records import from_plain, to_plain


@given(st.fractions())
def test_a_fraction_comes_back_exactly(value: Fraction) -> None:
    assert from_plain(Fraction, to_plain(value)) == value


def test_the_saved_form_is_numerator_and_denominator() -> None:
    assert to_plain(Fraction(1001, 24_000)) == "1001/24000"
    assert to_plain(Fraction(3)) == "3/1"


def test_other_types_are_left_to_the_caller() -> None:
    with pytest.raises(NotImplementedError, match="complex"):
        to_plain(1j)
    with pytest.raises(NotImplementedError, match="complex"):
        from_plain(complex, "1j")


@pytest.mark.parametrize(("text", "error"), [("x", ValueError), ("1/0", ZeroDivisionError)])
def test_damaged_text_is_refused(text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        from_plain(Fraction, text)
