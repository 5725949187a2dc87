"""Limits as people write them: read without guessing."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retake_desktop.domain.amounts import LARGEST, dollars, is_amount, read_amount


@pytest.mark.parametrize(
    ("text", "usd"),
    [("2", "2.00"), ("2.5", "2.50"), ("2,50", "2.50"), ("$2.50", "2.50"), (" 0 ", "0.00"), ("1000000", "1000000.00")],
)
def test_an_amount_is_read_as_it_is_written(text: str, usd: str) -> None:
    assert read_amount(text) == Decimal(usd)


@pytest.mark.parametrize("text", ["1,000", "1.000", "-1", "nan", "inf", "1e3", "1000001", "2.50.1", "two", "٣", "$"])
def test_what_could_mean_two_things_or_nothing_is_no_amount(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_amount(text)


@pytest.mark.parametrize("text", ["", "  ", "\t"])
def test_nothing_written_is_no_limit(text: str) -> None:
    assert read_amount(text) is None


@given(st.decimals(0, LARGEST, places=2))
def test_what_is_written_reads_as_the_same_amount(usd: Decimal) -> None:
    assert read_amount(dollars(usd)) == usd


@pytest.mark.parametrize("text", ["NaN", "sNaN", "Infinity", "-0.01", "1000000.01"])
def test_a_limit_is_a_number_from_nothing_to_a_million(text: str) -> None:
    assert not is_amount(Decimal(text))
    assert is_amount(LARGEST)
    assert is_amount(Decimal(0))
