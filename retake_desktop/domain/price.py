"""What a retake is expected to cost. An estimate is called an estimate; what is not known is None, never zero."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil


@dataclass(frozen=True, slots=True)
class Price:
    """The service's live price: US dollars for one `unit` (the service's word: "second", "output", "video", ...)."""

    base_usd: Decimal
    unit: str


def estimate(price: Price | None, seconds_sent: Fraction) -> Decimal | None:
    """US dollars for one take of a window of `seconds_sent`, or None when the price or its unit is not known.

    LTX bills each begun second of the clip that is sent.
    """
    if price is None:
        return None
    if is_by_the_second(price):
        return price.base_usd * ceil(seconds_sent)
    return price.base_usd if price.unit.lower() in {"output", "video"} else None


def is_by_the_second(price: Price) -> bool:
    return price.unit.lower() in {"second", "seconds"}
