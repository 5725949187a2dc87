"""What will be sent and what that is expected to cost, as one line."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil

from PySide6.QtCore import QCoreApplication

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.price import Price, estimate, is_by_the_second
from retake_desktop.domain.retake import RetakeRequest
from retake_desktop.media.plan import seconds_sent
from retake_desktop.ui import text


@dataclass(frozen=True, slots=True)
class Cost:
    """`sent` is the seconds of the clip as it will be sent, `one` the estimate for one take; None where not known."""

    sent: Fraction | None
    one: Decimal | None


class Costing:
    """What retakes of a clip cost. A window is planned once for all that does not change it, such as each letter."""

    def __init__(self) -> None:
        self._planned: tuple[Clip, tuple[object, ...], Fraction] | None = None

    def cost_of(self, request: RetakeRequest, clip: Clip, price: Price | None) -> Cost:
        """By the window's real frames: three seconds at 24 frames a second need 73, and begin a fourth second."""
        wanted = request.span, request.whole, request.context
        if self._planned is None or self._planned[0] is not clip or self._planned[1] != wanted:
            self._planned = clip, wanted, seconds_sent(clip, request)
        sent = self._planned[2]
        return Cost(sent, estimate(price, sent))


def price_line(cost: Cost, clip: Clip, takes: int, *, is_demo: bool) -> str:
    """For example "Sends 6.0 s of 184 s, about $0.60". A price that is not known is said to be unknown."""
    return f"{_extent(cost.sent or Fraction(0), clip.duration)}{_words_for(cost.one, takes, is_demo=is_demo)}"


def why_that_much(request: RetakeRequest, clip: Clip, cost: Cost) -> str:
    """Why this much of the video is sent and no more."""
    if request.whole:
        return _words("All of it, because you asked for that.")
    if cost.sent is None or cost.sent >= clip.duration:
        return _words("The selection and what surrounds it are the whole video.")
    if request.context == 0:
        return _words("The selection alone; the rest stays on this computer.")
    return _words(
        "The selection and up to {seconds} on each side, so that new and old fit. The rest stays here."
    ).format(seconds=text.seconds(request.context))


def how_it_is_billed(cost: Cost, price: Price | None) -> str:
    """Why the estimate is what it is; empty where nothing is known of it."""
    if cost.sent is None or cost.one is None or price is None:
        return ""
    if not is_by_the_second(price):
        return _words("An estimate: {amount} for each take.").format(amount=text.money(cost.one))
    return _words("An estimate: each begun second of what is sent is billed, here {seconds} at {amount}.").format(
        seconds=text.whole_seconds(Fraction(ceil(cost.sent))), amount=text.money(price.base_usd)
    )


def _extent(sent: Fraction, duration: Fraction) -> str:
    # A second digit where one digit would hide that a further second is begun.
    digits = 1 if ceil(sent) == ceil(round(sent, 1)) else 2
    if sent == duration:
        return _words("Sends all {duration}").format(duration=text.whole_seconds(duration))
    if sent > duration:
        # The model wants a frame more than the video has: its last one is held.
        return _words("Sends all {duration}, held to {sent}").format(
            duration=text.whole_seconds(duration), sent=text.seconds(sent, digits)
        )
    return _words("Sends {sent} of {duration}").format(
        sent=text.seconds(sent, digits), duration=text.whole_seconds(duration)
    )


def _words_for(one: Decimal | None, takes: int, *, is_demo: bool) -> str:
    if is_demo:
        return _words(". Demo service: free")
    if one is None:
        return _words("; the price is unknown")
    if takes == 1:
        return _words(", about {amount}").format(amount=text.money(one))
    return _words(", about {amount} for {takes} takes").format(amount=text.money(one * takes), takes=takes)


def _words(sentence: str) -> str:
    return QCoreApplication.translate("PriceLine", sentence)
