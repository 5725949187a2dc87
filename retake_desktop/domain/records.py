"""How exact values look in saved and sent records: the hooks that history and the media worker hand to msgspec."""

from fractions import Fraction
from functools import lru_cache
from typing import Any

from retake_desktop.domain.ticks import Ticks


def to_plain(value: object) -> object:
    """Encoding hook: a Fraction becomes "numerator/denominator", ticks what they are held as.

    Raises NotImplementedError for other types.
    """
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, Ticks):
        return value.to_plain()
    raise NotImplementedError(f"no plain form for {type(value).__name__}")


def from_plain(kind: type, value: Any) -> object:
    """Decoding hook, the inverse of `to_plain`.

    Raises ValueError or ZeroDivisionError for text that is no fraction, ValueError or TypeError for what are no ticks.
    """
    if kind is Fraction:
        return _fraction(value)
    if kind is Ticks:
        return Ticks.from_plain(value)
    raise NotImplementedError(f"no {kind.__name__} from plain {type(value).__name__}")


@lru_cache(maxsize=10_000)
def _fraction(text: str) -> Fraction:
    """Far faster than Fraction(text): ten thousand jobs hold a hundred thousand of them, many alike."""
    numerator, _slash, denominator = text.partition("/")
    return Fraction(int(numerator), int(denominator))
