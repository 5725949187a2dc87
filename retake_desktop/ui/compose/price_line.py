"""What will be sent and what that is expected to cost, as one line."""

from decimal import Decimal
from fractions import Fraction

from PySide6.QtCore import QCoreApplication

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.price import Price, estimate
from retake_desktop.domain.retake import RetakeRequest, window_span
from retake_desktop.ui import text


def price_line(request: RetakeRequest, clip: Clip, price: Price | None, *, is_demo: bool) -> str:
    """For example "Sends 6.0 s of 184 s, about $0.60". A price that is not known is said to be unknown."""
    sent = window_span(request, clip.duration).duration
    return f"{_extent(sent, clip.duration)}{_cost(price, sent, request.takes, is_demo=is_demo)}"


def _extent(sent: Fraction, duration: Fraction) -> str:
    if sent == duration:
        return _words("Sends all {duration}").format(duration=text.whole_seconds(duration))
    return _words("Sends {sent} of {duration}").format(sent=text.seconds(sent), duration=text.whole_seconds(duration))


def _cost(price: Price | None, sent: Fraction, takes: int, *, is_demo: bool) -> str:
    if is_demo:
        return _words(". Demo service: free")
    one = estimate(price, sent)
    if one is None:
        return _words("; the price is unknown")
    return _known(one, takes)


def _known(one: Decimal, takes: int) -> str:
    if takes == 1:
        return _words(", about {amount}").format(amount=text.money(one))
    return _words(", about {amount} for {takes} takes").format(amount=text.money(one * takes), takes=takes)


def _words(sentence: str) -> str:
    return QCoreApplication.translate("PriceLine", sentence)
