"""What every step of one job shares: saving snapshots, asking the service with patience, resting."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import timedelta
from typing import Any

from retake_desktop.domain.errors import ErrorKind, Problem, RetakeError
from retake_desktop.domain.job import Job, Progress, Stage, Wait
from retake_desktop.services.api.client import ApiClient
from retake_desktop.services.api.retry import pause_after
from retake_desktop.services.pipeline.connections import Rest
from retake_desktop.services.pipeline.tools import Tools
from retake_desktop.services.pipeline.turns import Lanes, Turns

_PROGRESS_EVERY = 0.1
_LONGEST_TRY = 120.0
"""Seconds. A try that seems to have taken longer was one of a process or a machine that stood still."""
PASSING = frozenset({ErrorKind.OFFLINE, ErrorKind.SERVICE_TROUBLE, ErrorKind.RATE_LIMITED})
"""Kinds that pass by themselves: back off and ask again."""


class Runner:
    """One job while this process works on it. `publish` hands each snapshot on."""

    def __init__(self, job: Job, tools: Tools, publish: Callable[[Job], None], lanes: Lanes) -> None:
        self.job = job
        self.tools = tools
        self.lanes = lanes
        self.may_bill_twice = False
        """The person has said "send again" of an unknown submission, in this session."""
        self.in_flight = False
        """A submission is on its way: stopping now would leave it unknown."""
        self.is_closing = False
        self._publish = publish
        self._cancel_wished = False
        self._wake = asyncio.Event()
        self._silence = 0.0
        """Seconds spent in vain since the last sign of life of the other side."""
        self._silent_since = tools.clocks.monotonic()
        self._last_progress = float("-inf")

    async def move(self, stage: Stage, **changes: Any) -> None:
        """Saves and publishes the job in `stage`."""
        await self.save(self.job.moved(stage, self.tools.clocks.now(), **changes))

    async def save(self, job: Job) -> None:
        await asyncio.to_thread(self.tools.history.save, job)
        self.took(job)

    def took(self, job: Job) -> None:
        """Publishes a snapshot that is already on record."""
        # A wish to cancel that came while the snapshot was being saved is not in it.
        self.job = replace(job, cancel_asked=True) if self._cancel_wished else job
        self._publish(self.job)

    def progress(self, progress: Progress) -> None:
        """Publishes how far the stage is, at most ten times a second; not worth a disk write."""
        now = self.tools.clocks.monotonic()
        self._heard(now)
        if now - self._last_progress >= _PROGRESS_EVERY or progress.done == progress.total:
            self._last_progress = now
            self.took(replace(self.job, progress=progress))

    def ask_cancel(self) -> None:
        """Notes the wish; the step at work sees it at its next turn, at once when it is only waiting."""
        self._cancel_wished = True
        self.took(self.job)
        self._wake.set()

    async def client(self) -> ApiClient:
        return await self.tools.connections.client(self.job.service)

    def answered(self) -> None:
        """The service gave a usable answer: patience starts anew, and a note about the network goes away."""
        self._heard(self.tools.clocks.monotonic())
        if self.job.wait is Wait.NETWORK:
            self.took(replace(self.job, wait=None, problem=None))

    def _heard(self, now: float) -> None:
        self._silence, self._silent_since = 0.0, now

    async def back_off(self, failures: int, error: RetakeError) -> None:
        """Waits before another try. Raises Rest(NETWORK) when patience is at its end.

        Time in which the machine slept, or the process was stopped, is no time in which the service was silent.
        """
        pause = pause_after(failures, self.tools.clocks.chance(), error.retry_after)
        self._silence += min(self.tools.clocks.monotonic() - self._silent_since, _LONGEST_TRY)
        self.took(replace(self.job, wait=Wait.NETWORK, problem=error.problem))
        patience = self.tools.patience
        if patience is not None and self._silence + pause.total_seconds() > patience:
            raise Rest(Wait.NETWORK)
        await self.wait(pause)
        self._silence += pause.total_seconds()
        self._silent_since = self.tools.clocks.monotonic()

    def turn(self, turns: Turns) -> AbstractAsyncContextManager[None]:
        """A with-statement that waits for this job's turn, but not past a wish to cancel: look for one inside."""
        return turns.held(self.job.source_fingerprint or self.job.request.source, unless=self._wake)

    async def wait(self, pause: timedelta) -> None:
        """Sleeps, but not past a wish to cancel. Raises Rest(NETWORK) when the app is closing."""
        if self.is_closing:
            raise Rest(Wait.NETWORK)
        self._wake.clear()
        sleeping = asyncio.ensure_future(self.tools.clocks.sleep(pause.total_seconds()))
        waking = asyncio.ensure_future(self._wake.wait())
        try:
            await asyncio.wait({sleeping, waking}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            sleeping.cancel()
            waking.cancel()

    async def fail(self, error: RetakeError) -> None:
        await self.move(Stage.FAILED, problem=error.problem)

    async def cancelled_early(self) -> bool:
        """Ends the job here when the person has cancelled it before anything was sent."""
        if self.job.cancel_asked:
            await self.move(Stage.CANCELLED, problem=Problem(ErrorKind.CANCELLED))
        return self.job.stage is Stage.CANCELLED
