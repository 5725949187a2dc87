"""A press of Retake within the person's spending limits: decided and put on record in one go, for both faces."""

import asyncio
from dataclasses import dataclass

from filelock import AsyncFileLock

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.job import Delivery, Job
from retake_desktop.domain.price import Price, estimate
from retake_desktop.domain.retake import RetakeRequest
from retake_desktop.domain.spending import Decision, Guard, Verdict, decide
from retake_desktop.domain.spending_words import brief
from retake_desktop.media.plan import seconds_sent
from retake_desktop.services.pipeline.pipeline import Pipeline
from retake_desktop.services.pipeline.tools import Tools

_PATIENCE = 30.0
"""Seconds that another process may take for a decision of its own."""


@dataclass(frozen=True, slots=True)
class Press:
    """What is to be retaken. `clip` is None for an address that the service fetches itself: its price is unknown."""

    request: RetakeRequest
    clip: Clip | None
    price: Price | None
    deliveries: tuple[Delivery, ...] = ()


async def retake_within(
    guard: Guard, press: Press, pipeline: Pipeline, tools: Tools, agreed: Decision | None = None
) -> tuple[Job, ...] | Decision:
    """The jobs, on record and begun; or what holds them back, and then nothing has happened.

    `agreed` is an earlier answer of this function that the person has said yes to. Raises
    RetakeError(HISTORY_TROUBLE).
    """
    if tools.connections.is_demo or not guard.is_set:
        return await _begun(pipeline, press)
    try:
        # Two processes that decide at once would each see the day before the other's press.
        async with AsyncFileLock(str(tools.folders.locks / "spending.lock"), timeout=_PATIENCE):
            found = await decision_on(guard, press, tools)
            if found.verdict is Verdict.GO or (agreed is not None and agreed.covers(found)):
                return await _begun(pipeline, press)
            return found
    except OSError as error:
        # Also the lock's own Timeout.
        raise RetakeError(ErrorKind.HISTORY_TROUBLE, "the record of spending is held by another process") from error


async def decision_on(guard: Guard, press: Press, tools: Tools) -> Decision:
    """What the guard says of a press, by what is on record now."""
    jobs = await asyncio.to_thread(tools.history.jobs)
    sent = None if press.clip is None else await asyncio.to_thread(seconds_sent, press.clip, press.request)
    one = None if sent is None else estimate(press.price, sent)
    return decide(guard, one, press.request.takes, jobs, tools.clocks.now())


async def check_day(guard: Guard, job: Job, tools: Tools) -> None:
    """Raises RetakeError(OVER_LIMIT) when sending `job` anew would pass the day's limit."""
    if job.service.is_demo or guard.stop_above_per_day is None:
        return
    only_stop = Guard(stop_above_per_day=guard.stop_above_per_day)
    jobs = await asyncio.to_thread(tools.history.jobs)
    found = decide(only_stop, job.estimate_usd, 1, jobs, tools.clocks.now())
    if found.verdict is Verdict.STOP:
        raise RetakeError(ErrorKind.OVER_LIMIT, brief(found))


async def _begun(pipeline: Pipeline, press: Press) -> tuple[Job, ...]:
    return await pipeline.retake(press.request, press.clip, press.price, press.deliveries)
