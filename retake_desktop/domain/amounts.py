"""Amounts of money as people write them: read without guessing, and written in plain English for the command line."""

import re
from decimal import Decimal

LARGEST = Decimal(1_000_000)
"""US dollars. A higher limit is no limit, and more likely a slip."""
_WRITTEN = re.compile(r"\$?\s*(\d{1,7})(?:[.,](\d{1,2}))?\s*\$?", re.ASCII)


def is_amount(usd: Decimal) -> bool:
    """Whether `usd` can be a limit: a number, from nothing to a million."""
    return usd.is_finite() and 0 <= usd <= LARGEST


def read_amount(text: str) -> Decimal | None:
    """US dollars from `2`, `2.5`, `2,50` or `$2.50`; None for an empty text.

    Raises ValueError for anything else, also for `1,000`, which means a thousand to some and one to others.
    """
    if not text.strip():
        return None
    found = _WRITTEN.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    usd = Decimal(f"{found[1]}.{found[2] or 0}")
    if not is_amount(usd):
        raise ValueError(text)
    return usd.quantize(Decimal("0.01"))


def dollars(usd: Decimal) -> str:
    """Cents, or as many further digits as there are, up to six."""
    digits = -int(usd.normalize().as_tuple().exponent)
    return f"${usd:.{min(6, max(2, digits))}f}"
