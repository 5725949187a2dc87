"""Sums that people pay by: exact, by the person's own calendar, with nothing unknown passed off as zero."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retake_desktop.domain.job import Job, Service, Stage
from retake_desktop.domain.spending import Amount, Guard, Reason, Verdict, decide, spending
from tests.domain.examples import NOON, a_job

amounts = st.decimals(0, 1000, places=2) | st.decimals(0, 10, places=40)


def _paid(cost: str | None = None, guess: str | None = None, at: datetime = NOON, **changes: object) -> Job:
    given = {
        "request_id": "r-1",
        "submitted_at": at,
        "cost_usd": None if cost is None else Decimal(cost),
        "estimate_usd": None if guess is None else Decimal(guess),
    } | changes
    return replace(a_job(Stage.READY), **given)  # type: ignore[arg-type] # each test names fields by their own types


def _waiting(guess: str | None, stage: Stage = Stage.PREPARING, at: datetime = NOON) -> Job:
    return replace(a_job(stage), estimate_usd=None if guess is None else Decimal(guess), created_at=at, updated_at=at)


_DEMO = Service("demo", "account", is_demo=True)


@st.composite
def jobs(draw: st.DrawFn) -> Job:
    """Any job of the days around NOON: accepted or not, with cost, estimate, both or neither, demo or not."""
    at = NOON + timedelta(hours=draw(st.integers(-1000, 1000)))
    return replace(
        a_job(draw(st.sampled_from(Stage))),
        service=draw(st.sampled_from([_DEMO, a_job().service])),
        request_id=draw(st.none() | st.just("r")),
        created_at=at,
        updated_at=at,
        submitted_at=draw(st.none() | st.just(at)),
        cost_usd=draw(st.none() | amounts),
        estimate_usd=draw(st.none() | amounts),
    )


def test_the_cost_counts_where_it_is_known_and_the_estimate_where_it_is_not() -> None:
    found = spending([_paid("0.55", "0.60"), _paid(None, "0.70"), _paid("0", "0.80")], NOON, UTC)
    assert found.today == Amount(Decimal("0.55"), Decimal("0.70"), jobs=3)
    assert found.today.usd == Decimal("1.25")
    assert found.month == found.today
    assert found.committed == Amount()


def test_a_job_without_cost_and_estimate_is_counted_beside_the_sum() -> None:
    assert spending([_paid(), _paid("0.10")], NOON, UTC).month == Amount(Decimal("0.10"), jobs=2, unknown_jobs=1)


def test_what_was_not_accepted_and_what_the_demo_made_costs_nothing() -> None:
    refused = replace(_waiting("0.60", Stage.FAILED), cost_usd=None)
    nothing = spending([refused, _waiting("1", Stage.CANCELLED), _paid("5", service=_DEMO)], NOON, UTC)
    assert (nothing.month, nothing.today, nothing.committed) == (Amount(), Amount(), Amount())


def test_failed_and_cancelled_jobs_that_were_accepted_count_until_the_service_names_a_cost() -> None:
    ended = [_paid(None, "0.60", stage=stage) for stage in (Stage.FAILED, Stage.CANCELLED, Stage.EXPIRED)]
    assert spending(ended, NOON, UTC).today.estimated == Decimal("1.80")


def test_open_jobs_are_committed_until_they_are_submitted() -> None:
    found = spending([_waiting("0.60"), _waiting(None), _paid(None, "0.10", stage=Stage.QUEUED)], NOON, UTC)
    assert found.committed == Amount(estimated=Decimal("0.60"), jobs=2, unknown_jobs=1)
    assert found.today.usd == Decimal("0.10")


def test_a_submission_that_may_have_been_accepted_weighs_on_its_own_day_only() -> None:
    unclear = _waiting("0.60", Stage.UNKNOWN)
    assert spending([unclear], NOON, UTC).committed.usd == Decimal("0.60")
    assert spending([unclear], NOON + timedelta(days=1), UTC).committed == Amount()


def test_day_and_month_are_those_of_the_persons_own_clock() -> None:
    late = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)
    job = _paid("1", at=late)
    assert spending([job], late + timedelta(hours=1), UTC).month == Amount()
    zurich = ZoneInfo("Europe/Zurich")
    assert spending([job], late + timedelta(hours=1), zurich).today.usd == 1
    assert spending([job], late - timedelta(hours=1), zurich).month == Amount()


def test_the_same_day_of_another_month_or_year_is_not_today() -> None:
    others = [_paid("1", at=NOON.replace(month=10)), _paid("1", at=NOON.replace(year=2025))]
    assert spending(others, NOON, UTC).month == Amount()
    assert spending(others, NOON, UTC).today == Amount()
    assert spending([_paid("1", at=NOON.replace(day=1))], NOON, UTC).month.usd == 1


def test_an_adopted_job_counts_by_the_day_it_was_asked_for_when_no_submission_is_on_record() -> None:
    assert spending([_paid("1", submitted_at=None)], NOON, UTC).today.usd == 1


@given(st.lists(jobs(), max_size=12), st.integers(-14, 14))
def test_sums_are_exact_whatever_the_order_and_today_lies_within_the_month(made: list[Job], hours: int) -> None:
    zone = timezone(timedelta(hours=hours))
    found = spending(made, NOON, zone)
    assert spending(made[::-1], NOON, zone) == found
    mine = [job for job in made if not job.service.is_demo and job.request_id is not None]
    month = [job for job in mine if f"{(job.submitted_at or job.created_at).astimezone(zone):%Y-%m}" == "2026-11"]
    known = [job.cost_usd if job.cost_usd is not None else job.estimate_usd for job in month]
    assert Fraction(found.month.usd) == sum(Fraction(amount) for amount in known if amount is not None)
    assert found.month.unknown_jobs == known.count(None)
    assert found.month.jobs == len(month)
    assert found.today.usd <= found.month.usd
    assert found.today.jobs <= found.month.jobs


@given(st.lists(jobs(), max_size=8), jobs())
def test_another_job_never_makes_it_less(made: list[Job], one: Job) -> None:
    before, after = spending(made, NOON, UTC), spending([*made, one], NOON, UTC)
    for old, new in ((before.month, after.month), (before.committed, after.committed)):
        assert new.usd >= old.usd
        assert new.unknown_jobs >= old.unknown_jobs
    assert after.month.jobs + after.committed.jobs - before.month.jobs - before.committed.jobs in {0, 1}


@pytest.mark.parametrize(
    ("ask", "stop", "each", "takes", "verdict", "reason"),
    [
        (None, None, "99", 8, Verdict.GO, Reason.WITHIN_LIMITS),
        (None, None, None, 8, Verdict.GO, Reason.WITHIN_LIMITS),
        ("0.60", None, "0.60", 1, Verdict.GO, Reason.WITHIN_LIMITS),
        ("0.60", None, "0.61", 1, Verdict.ASK, Reason.ABOVE_ASK),
        ("0.60", None, "0.30", 3, Verdict.ASK, Reason.ABOVE_ASK),
        ("0.60", None, None, 1, Verdict.ASK, Reason.PRICE_UNKNOWN),
        (None, "5.00", None, 1, Verdict.ASK, Reason.PRICE_UNKNOWN),
        (None, "3.00", "1.00", 1, Verdict.GO, Reason.WITHIN_LIMITS),
        (None, "2.99", "1.00", 1, Verdict.STOP, Reason.ABOVE_DAY),
        ("0.10", "2.99", "1.00", 1, Verdict.STOP, Reason.ABOVE_DAY),
        (None, "1.99", None, 1, Verdict.STOP, Reason.ABOVE_DAY),
    ],
)
def test_the_guard_goes_asks_or_stops(
    ask: str | None, stop: str | None, each: str | None, takes: int, verdict: Verdict, reason: Reason
) -> None:
    guard = Guard(Decimal(ask) if ask else None, Decimal(stop) if stop else None)
    record = [_paid("1.50", "1"), _waiting("0.50"), _paid("9", at=NOON - timedelta(days=1))]
    decision = decide(guard, Decimal(each) if each else None, takes, record, NOON, UTC)
    assert (decision.verdict, decision.reason) == (verdict, reason)
    assert decision.day_usd == Decimal("2.00")
    assert decision.press_usd == (Decimal(each) * takes if each else None)


def test_the_decision_names_the_limit_that_decided() -> None:
    guard = Guard(Decimal("0.50"), Decimal(2))
    assert decide(guard, Decimal("0.60"), 1, [], NOON, UTC).limit_usd == Decimal("0.50")
    assert decide(guard, Decimal("0.60"), 4, [], NOON, UTC).limit_usd == Decimal(2)
    assert decide(guard, Decimal("0.10"), 1, [], NOON, UTC).limit_usd is None


@pytest.mark.parametrize("job", [_paid(), _waiting(None)], ids=["accepted", "waiting"])
def test_a_day_with_an_unknown_amount_cannot_be_said_to_stay_within_its_limit(job: Job) -> None:
    decision = decide(Guard(stop_above_per_day=Decimal(5)), Decimal("0.60"), 1, [job], NOON, UTC)
    assert (decision.verdict, decision.reason, decision.unknown_jobs) == (Verdict.ASK, Reason.DAY_UNKNOWN, 1)
    assert decide(Guard(ask_above=Decimal(5)), Decimal("0.60"), 1, [job], NOON, UTC).verdict is Verdict.GO


@given(st.lists(jobs(), max_size=6), amounts, amounts, st.integers(1, 8))
def test_no_press_that_goes_takes_the_day_above_its_limit(
    made: list[Job], limit: Decimal, each: Decimal, takes: int
) -> None:
    decision = decide(Guard(stop_above_per_day=limit), each, takes, made, NOON, UTC)
    so_far = spending(made, NOON, UTC)
    total = Fraction(so_far.today.usd) + Fraction(so_far.committed.usd) + Fraction(each) * takes
    assert (decision.verdict is Verdict.STOP) == (total > limit)
