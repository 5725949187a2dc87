"""The jobs that this process works on: one task each, from where a job stands to where it rests."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace

from retake_desktop.domain.errors import ErrorKind, Problem, RetakeError
from retake_desktop.domain.job import Job, Stage, Wait
from retake_desktop.services.pipeline import fetch_step, follow_step, prepare_step, submit_step
from retake_desktop.services.pipeline.connections import Rest
from retake_desktop.services.pipeline.runner import Runner
from retake_desktop.services.pipeline.tools import Tools
from retake_desktop.services.pipeline.turns import Lanes

_log = logging.getLogger(__name__)
_BEFORE_SUBMISSION = frozenset({Stage.DRAFT, Stage.PREPARING, Stage.HOSTING})
_QUIT_PATIENCE = 90.0
"""Seconds that quitting waits for the answer to a submission that is on its way."""


class Work:
    """Owns the running tasks. `publish` gets every snapshot, in order for each job."""

    def __init__(self, tools: Tools, publish: Callable[[Job], None]) -> None:
        self._tools = tools
        self._publish = publish
        self._runners: dict[str, Runner] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._batch_locks: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._lanes = Lanes(tools.at_once)

    def limit_to(self, at_once: int) -> None:
        """From now on so many clips travel at a time, and so many results."""
        self._lanes.limit_to(at_once)

    def __contains__(self, job_id: str) -> bool:
        return job_id in self._tasks

    def start(self, job: Job, *, may_bill_twice: bool = False) -> bool:
        """Begins or goes on with a job. False when it is at work already, here or in another process."""
        if job.id in self._tasks:
            return False
        if not self._tools.locks.own(job.id):
            self._publish(replace(job, wait=Wait.OTHER_PROCESS))
            return False
        # What was read before the lock was ours may be old by now.
        runner = Runner(self._tools.history.job(job.id) or job, self._tools, self._publish, self._lanes)
        runner.may_bill_twice = may_bill_twice
        self._runners[job.id] = runner
        task = asyncio.create_task(self._run(runner), name=f"job {job.id}")
        # Not in a `finally` of the task: one that is cancelled before its first turn never gets there.
        task.add_done_callback(lambda _task: self._ended(job.id))
        self._tasks[job.id] = task
        return True

    def _ended(self, job_id: str) -> None:
        self._tools.locks.release(job_id)
        self._tasks.pop(job_id, None)
        self._runners.pop(job_id, None)

    async def finished(self, job_id: str) -> Job | None:
        """Waits until a job at work rests or has ended; how it stands then, or None when it is not at work here."""
        task, runner = self._tasks.get(job_id), self._runners.get(job_id)
        if task is None or runner is None:
            return None
        await asyncio.wait({task})
        return runner.job

    async def stop_early(self, job_id: str) -> bool:
        """Stops a job at once that has not been submitted, or tells a submitted one that it should be cancelled.

        True when the job rests now and its record is the caller's to change.
        """
        runner, task = self._runners.get(job_id), self._tasks.get(job_id)
        if runner is None or task is None:
            return True
        if runner.job.stage not in _BEFORE_SUBMISSION:
            runner.ask_cancel()
            return False
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return True

    async def close(self) -> None:
        """Stops all work at once, but for submissions on their way: their answers are waited for, up to 90 s."""
        sending = [self._tasks[key] for key, runner in self._runners.items() if runner.in_flight]
        for runner in self._runners.values():
            runner.is_closing = True
        for task in tuple(self._tasks.values()):
            if task not in sending:
                task.cancel()
        if sending:
            _done, late = await asyncio.wait(sending, timeout=_QUIT_PATIENCE)
            for task in late:
                task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
        self._tools.locks.release_all()

    @property
    def is_sending(self) -> bool:
        """Whether a submission is on its way, so that closing has to wait for its answer."""
        return any(runner.in_flight for runner in self._runners.values())

    async def _run(self, runner: Runner) -> None:
        try:
            if runner.job.stage is Stage.DOWNLOAD_FAILED:
                await runner.move(Stage.DOWNLOADING)
            elif runner.job.stage is Stage.EXPIRED:
                await runner.move(Stage.QUEUED)
            await self._work(runner)
        except Rest as rest:
            await runner.save(replace(runner.job, wait=rest.wait))
        except RetakeError as error:
            # The record of jobs itself is in trouble: this snapshot can only be shown.
            runner.took(replace(runner.job, problem=error.problem))
        except Exception as error:  # noqa: BLE001 - the boundary of one job
            # A bug in one job must not stop the others; the job stays as it was last saved.
            _log.exception("job %s", runner.job.id)
            runner.took(replace(runner.job, problem=Problem(ErrorKind.APP_FAULT, repr(error))))

    async def _work(self, runner: Runner) -> None:
        while runner.job.is_open and not runner.is_closing:
            try:
                await self._step(runner)
            except RetakeError as error:
                await self._troubled(runner, error)
            if runner.job.stage is Stage.DOWNLOAD_FAILED:
                return

    async def _step(self, runner: Runner) -> None:
        match runner.job.stage:
            case Stage.DRAFT:
                await prepare_step.begin(runner)
            case Stage.PREPARING:
                await prepare_step.prepare(runner, self._batch_locks[runner.job.batch])
            case Stage.HOSTING:
                await prepare_step.host(runner)
            case Stage.SUBMITTING:
                await submit_step.submit(runner)
            case Stage.DOWNLOADING:
                await fetch_step.fetch(runner)
            case _:
                await follow_step.follow(runner)

    async def _troubled(self, runner: Runner, error: RetakeError) -> None:
        """An expected trouble that no step could deal with. Before anything was sent it ends the job."""
        _log.info("job %s stopped in %s: %s", runner.job.id, runner.job.stage, error)
        if error.kind is ErrorKind.HISTORY_TROUBLE:
            raise error
        if runner.job.cancel_asked and runner.job.request_id is None:
            await runner.move(Stage.CANCELLED, problem=Problem(ErrorKind.CANCELLED))
        elif runner.job.request_id is None:
            await runner.fail(error)
        else:
            raise Rest(Wait.NETWORK)
