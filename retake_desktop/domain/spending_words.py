"""Why the spending guard asks or stops, in sentences to be translated; the window and the command line say the same."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from retake_desktop.domain.amounts import dollars
from retake_desktop.domain.problems import QT_TRANSLATE_NOOP
from retake_desktop.domain.spending import Decision, Reason

SENTENCES: Mapping[Reason, str] = {
    Reason.ABOVE_ASK: QT_TRANSLATE_NOOP(
        "Spending", "This may cost about {press}, more than the {limit} you asked to be asked above."
    ),
    Reason.PRICE_UNKNOWN: QT_TRANSLATE_NOOP(
        "Spending", "The price of this is not known, so it cannot be held against your limits."
    ),
    Reason.DAY_UNKNOWN: QT_TRANSLATE_NOOP(
        "Spending",
        "The cost of {count} of today's retakes is not known, so this one may pass your limit of {limit} a day.",
    ),
    Reason.ABOVE_DAY: QT_TRANSLATE_NOOP(
        "Spending",
        "Today {day} is spent or on its way; this retake, {press}, would pass your limit of {limit} a day. "
        "The limit holds until midnight. You can change it in Settings, under Money.",
    ),
}
_BRIEF: Mapping[Reason, str] = {
    Reason.ABOVE_ASK: "{press}, and you asked to be asked above {limit}",
    Reason.PRICE_UNKNOWN: "its price is not known",
    Reason.DAY_UNKNOWN: "the cost of {count} of today's retakes is not known, and your limit is {limit} a day",
    Reason.ABOVE_DAY: "today {day} is spent or on its way, this one is {press}, your limit is {limit} a day; "
    "it holds until midnight",
}
PRESS = QT_TRANSLATE_NOOP("Spending", "about {amount}")
UNKNOWN_PRESS = QT_TRANSLATE_NOOP("Spending", "of unknown price")


Money = Callable[[Decimal], str]
Translated = Callable[[str], str]


def told(decision: Decision, money: Money = dollars, translated: Translated = str) -> str:
    """The sentence for a decision that asks or stops; `money` writes amounts, `translated` knows the language."""
    press = "" if decision.press_usd is None else money(decision.press_usd)
    if decision.reason is Reason.ABOVE_DAY:
        press = _about(decision, money, translated)
    return translated(SENTENCES[decision.reason]).format(press=press, **_figures(decision, money))


def brief(decision: Decision) -> str:
    """The same as the detail of an error: short, in English, without a full stop."""
    return _BRIEF[decision.reason].format(press=_about(decision, dollars, str), **_figures(decision, dollars))


def _about(decision: Decision, money: Money, translated: Translated) -> str:
    if decision.press_usd is None:
        return translated(UNKNOWN_PRESS)
    return translated(PRESS).format(amount=money(decision.press_usd))


def _figures(decision: Decision, money: Money) -> dict[str, object]:
    return {
        "limit": "" if decision.limit_usd is None else money(decision.limit_usd),
        "day": money(decision.day_usd),
        "count": decision.unknown_jobs,
    }
