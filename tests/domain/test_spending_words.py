"""Why the guard asks or stops: each reason has its sentence, and a yes counts for the question that was asked."""

from decimal import Decimal

import pytest

from retake_desktop.domain.spending import Decision, Reason, Verdict
from retake_desktop.domain.spending_words import SENTENCES, brief, told


def _asked(press: str | None, reason: Reason = Reason.ABOVE_ASK) -> Decision:
    usd = None if press is None else Decimal(press)
    return Decision(Verdict.ASK, reason, usd, Decimal(0), 0, Decimal(1))


def test_a_question_names_the_price_and_the_limit() -> None:
    assert told(_asked("2.4")) == "This may cost about $2.40, more than the $1.00 you asked to be asked above."
    assert brief(_asked("2.4")) == "about $2.40, and you asked to be asked above $1.00"


def test_a_stop_says_what_was_spent_the_limit_until_when_and_where_to_change_it() -> None:
    stopped = Decision(Verdict.STOP, Reason.ABOVE_DAY, Decimal("0.7"), Decimal("4.60"), 0, Decimal(5))
    assert told(stopped) == (
        "Today $4.60 is spent or on its way; this retake, about $0.70, would pass your limit of $5.00 a day. "
        "The limit holds until midnight. You can change it in Settings, under Money."
    )


@pytest.mark.parametrize("reason", [reason for reason in Reason if reason is not Reason.WITHIN_LIMITS])
def test_every_reason_to_hold_back_has_its_sentence(reason: Reason) -> None:
    unknown = _asked(None, reason)
    assert reason in SENTENCES
    assert "{" not in told(unknown) + brief(unknown)


def test_a_yes_holds_for_the_same_question_at_the_same_or_a_lower_price() -> None:
    assert _asked("2.40").covers(_asked("2.40"))
    assert _asked("2.40").covers(_asked("1.50"))
    assert _asked(None, Reason.PRICE_UNKNOWN).covers(_asked(None, Reason.PRICE_UNKNOWN))


def test_a_yes_holds_for_nothing_dearer_nothing_else_and_never_for_a_stop() -> None:
    stopped = Decision(Verdict.STOP, Reason.ABOVE_ASK, Decimal("2.40"), Decimal(0), 0, Decimal(5))
    assert not _asked("2.40").covers(_asked("2.41"))
    assert not _asked("2.40").covers(_asked(None, Reason.PRICE_UNKNOWN))
    assert not _asked(None).covers(_asked("2.40"))
    assert not _asked("2.40").covers(stopped)
