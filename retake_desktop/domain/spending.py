"""What has been spent, and the guard that asks or stops before more is. What is not known is counted, never as zero."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from decimal import Context, Decimal, localcontext
from enum import Enum

from retake_desktop.domain.job import Job, Stage

_EXACT = Context(prec=200)
"""Decimal's usual 28 digits would round a sum of amounts that are finer than that."""


@dataclass(frozen=True, slots=True)
class Amount:
    """What some jobs cost together, in US dollars.

    `billed` sums the costs that the service has named, `estimated` the estimates of jobs without one; `unknown_jobs`
    counts the jobs with neither, which are in no sum: while there are any, `usd` is the least that it can be.
    """

    billed: Decimal = Decimal(0)
    estimated: Decimal = Decimal(0)
    jobs: int = 0
    unknown_jobs: int = 0

    @property
    def usd(self) -> Decimal:
        with localcontext(_EXACT):
            return self.billed + self.estimated


@dataclass(frozen=True, slots=True)
class Spending:
    """`month` and `today` are accepted jobs by the time of their submission, today's within the month's.

    `committed` is what may come on top: open jobs that are still to be submitted, and today's submissions of which
    nobody knows whether they were accepted.
    """

    month: Amount
    today: Amount
    committed: Amount


@dataclass(frozen=True, slots=True)
class Guard:
    """The person's limits in US dollars; None sets none. Both are crossed above the amount, not at it."""

    ask_above: Decimal | None = None
    stop_above_per_day: Decimal | None = None

    @property
    def is_set(self) -> bool:
        return self.ask_above is not None or self.stop_above_per_day is not None


class Verdict(Enum):
    GO = "go"
    ASK = "ask"
    STOP = "stop"


class Reason(Enum):
    WITHIN_LIMITS = "within_limits"
    PRICE_UNKNOWN = "price_unknown"
    ABOVE_ASK = "above_ask"
    ABOVE_DAY = "above_day"
    DAY_UNKNOWN = "day_unknown"
    """Some of today's jobs have no known amount, so nobody can say that the day stays within its limit."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do with a press of Retake, and the figures to say why, in US dollars.

    `press_usd` is the estimate of all its takes, None when the price is not known. `day_usd` is what counts for today
    already: spent and committed. `limit_usd` is the limit that decided; `unknown_jobs` of today are not in `day_usd`.
    """

    verdict: Verdict
    reason: Reason
    press_usd: Decimal | None
    day_usd: Decimal
    unknown_jobs: int
    limit_usd: Decimal | None = None

    def covers(self, later: "Decision") -> bool:
        """Whether a person who said yes to this question has answered `later` too: the same one, at no higher price."""
        if later.verdict is not Verdict.ASK or later.reason is not self.reason:
            return False
        if later.press_usd is None:
            return True
        return self.press_usd is not None and later.press_usd <= self.press_usd


def spending(jobs: Iterable[Job], now: datetime, zone: tzinfo | None = None) -> Spending:
    """What `jobs` have cost in the calendar month and day of `now`, in `zone` (None: the system's own).

    The cost where it is known, else the estimate. Jobs of the demo service cost nothing and are left out.
    """
    today = now.astimezone(zone).date()
    paid = [job for job in jobs if not job.service.is_demo]
    accepted = [(job, _day(job.submitted_at or job.created_at, zone)) for job in paid if job.request_id is not None]
    return Spending(
        month=_sum(job for job, day in accepted if (day.year, day.month) == (today.year, today.month)),
        today=_sum(job for job, day in accepted if day == today),
        committed=_sum(job for job in paid if _is_committed(job, today, zone)),
    )


def decide(
    guard: Guard,
    estimate_per_take: Decimal | None,
    takes: int,
    jobs: Iterable[Job],
    now: datetime,
    zone: tzinfo | None = None,
) -> Decision:
    """Whether a press of Retake for `takes` takes may go out, needs a question first, or is stopped by the day's limit.

    `jobs` are those on record before the press; a press for the demo service needs no decision. `ask_above` is held
    against the whole press: eight cheap takes are asked about like one expensive take.
    """
    so_far = spending(jobs, now, zone)
    with localcontext(_EXACT):
        press = None if estimate_per_take is None else estimate_per_take * takes
        day = so_far.today.usd + so_far.committed.usd
        after = day + (press or 0)
    verdict, reason, limit = _judged(guard, press, after, day_is_known=_unknown(so_far) == 0)
    return Decision(verdict, reason, press, day, _unknown(so_far), limit)


def _judged(
    guard: Guard, press: Decimal | None, after: Decimal, *, day_is_known: bool
) -> tuple[Verdict, Reason, Decimal | None]:
    ask, stop = guard.ask_above, guard.stop_above_per_day
    if stop is not None and after > stop:
        return Verdict.STOP, Reason.ABOVE_DAY, stop
    if press is None and (ask is not None or stop is not None):
        return Verdict.ASK, Reason.PRICE_UNKNOWN, None
    if ask is not None and press is not None and press > ask:
        return Verdict.ASK, Reason.ABOVE_ASK, ask
    if stop is not None and not day_is_known:
        return Verdict.ASK, Reason.DAY_UNKNOWN, stop
    return Verdict.GO, Reason.WITHIN_LIMITS, None


def _unknown(so_far: Spending) -> int:
    return so_far.today.unknown_jobs + so_far.committed.unknown_jobs


def _is_committed(job: Job, today: date, zone: tzinfo | None) -> bool:
    if job.request_id is not None:
        return False
    return job.is_open or (job.stage is Stage.UNKNOWN and _day(job.updated_at, zone) == today)


def _sum(jobs: Iterable[Job]) -> Amount:
    counted = tuple(jobs)
    guessed = [job.estimate_usd for job in counted if job.cost_usd is None]
    with localcontext(_EXACT):
        return Amount(
            billed=sum((job.cost_usd for job in counted if job.cost_usd is not None), Decimal(0)),
            estimated=sum((guess for guess in guessed if guess is not None), Decimal(0)),
            jobs=len(counted),
            unknown_jobs=guessed.count(None),
        )


def _day(time: datetime, zone: tzinfo | None) -> date:
    return time.astimezone(zone).date()
