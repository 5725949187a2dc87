"""The pipeline as the window and the command line use it: press, cancel, resume, send again, adopt, keep."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, Problem, RetakeError
from retake_desktop.domain.job import MAY_HAVE_BEEN_ACCEPTED, AttemptState, Delivery, Job, Stage
from retake_desktop.domain.price import Price, estimate
from retake_desktop.domain.retake import RetakeRequest
from retake_desktop.media.plan import seconds_sent
from retake_desktop.services.api.wire import checked_request_id, sendable
from retake_desktop.services.pipeline import prepare_step
from retake_desktop.services.pipeline.keeping import Keeping
from retake_desktop.services.pipeline.review import Review
from retake_desktop.services.pipeline.tidying import Tidying
from retake_desktop.services.pipeline.tools import Tools
from retake_desktop.services.pipeline.unfinished import sweep
from retake_desktop.services.pipeline.work import Work

_NOT_LET_IN = frozenset({ErrorKind.BAD_TOKEN, ErrorKind.NO_TOKEN, ErrorKind.OTHER_ACCOUNT})
"""A job that was turned away for its token goes on with the one that the person has entered since."""


class Pipeline:
    """All jobs of this process, on one asyncio loop. `publish` gets every snapshot, in order for each job."""

    def __init__(self, tools: Tools, publish: Callable[[Job], None]) -> None:
        self._tools = tools
        self._tidying = Tidying(tools)
        self._publish = self._tidying.watching(publish)
        self._work = Work(tools, self._publish)
        self.review = Review(tools, self._publish)
        self.keeping = Keeping(tools, self._publish)

    async def resume(self) -> tuple[Job, ...]:
        """Goes on with every open job that no other process has. Returns those that are now worked on."""
        self._tidying.begin()
        await asyncio.to_thread(sweep, self._tools.folders, self._tools.locks)
        jobs = await asyncio.to_thread(self._tools.history.open_jobs)
        return tuple(job for job in jobs if self._work.start(job))

    async def retake(
        self,
        request: RetakeRequest,
        clip: Clip | None,
        price: Price | None = None,
        deliveries: tuple[Delivery, ...] = (),
    ) -> tuple[Job, ...]:
        """Puts one press of Retake on record, a job for each take, and begins.

        Raises RetakeError: INVALID_REQUEST for a prompt that cannot be sent, HISTORY_TROUBLE.
        """
        sendable(request.prompt, "the prompt")
        lineage = await self.keeping.lineage_of(clip) if clip is not None else None
        jobs = tuple(replace(job, lineage=lineage) for job in _drafts(self._tools, request, clip, price, deliveries))
        for job in jobs:
            self._tools.locks.own(job.id)
        try:
            await asyncio.to_thread(self._tools.history.add, jobs)
        except RetakeError:
            for job in jobs:
                self._tools.locks.release(job.id)
            raise
        for job in jobs:
            self._publish(job)
            self._work.start(job)
        return jobs

    async def finished(self, job_id: str) -> Job:
        """Waits until the job rests or has ended, and returns how it stands then."""
        return await self._work.finished(job_id) or await self._known(job_id)

    def limit_to(self, at_once: int) -> None:
        """From now on so many clips travel at a time, and so many results."""
        self._work.limit_to(at_once)

    async def close(self) -> None:
        """Stops all work at once, but for submissions on their way: their answers are waited for, up to 90 s."""
        await self._work.close()
        await self._tidying.close()

    @property
    def is_sending(self) -> bool:
        """Whether a submission is on its way, so that closing has to wait for its answer."""
        return self._work.is_sending

    async def cancel(self, job_id: str) -> None:
        """Cancels at once what has not been submitted; asks the service for the rest, and polling tells the outcome."""
        if await self._work.stop_early(job_id):
            await self._cancel_resting(job_id)

    async def _cancel_resting(self, job_id: str) -> None:
        async with self._owned(job_id) as job:
            if not job.can_cancel:
                return
            if job.request_id is None:
                now = self._tools.clocks.now()
                await self._save(job.moved(Stage.CANCELLED, now, problem=Problem(ErrorKind.CANCELLED)))
            else:
                await self._save(replace(job, cancel_asked=True))

    async def try_again(self, job_id: str) -> None:
        """Runs a job anew that failed before anything was accepted. Raises RetakeError(INVALID_REQUEST) otherwise."""
        async with self._owned(job_id) as job:
            attempts = await asyncio.to_thread(self._tools.history.attempts, job_id)
            refused = all(attempt.state not in MAY_HAVE_BEEN_ACCEPTED for attempt in attempts)
            if job.stage is not Stage.FAILED or job.request_id is not None or not refused:
                raise RetakeError(ErrorKind.INVALID_REQUEST, "this job cannot be run again without paying anew")
            is_anew = not attempts or (job.problem is not None and job.problem.kind in _NOT_LET_IN)
            service = self._tools.connections.service_for_new_jobs() if is_anew else job.service
            again = replace(job.moved(Stage.DRAFT, self._tools.clocks.now()), service=service, cancel_asked=False)
            await self._save(again)
        self._work.start(again)

    async def fetch_again(self, job_id: str) -> None:
        """Fetches a result that is paid for, or looks again for a request that was not known; costs nothing."""
        self._work.start(await self._known(job_id))

    async def send_again(self, job_id: str) -> None:
        """Sends an unknown submission again, after the person was told that it may bill twice."""
        async with self._owned(job_id) as job:
            again = job.moved(Stage.SUBMITTING, self._tools.clocks.now(), cancel_asked=False)
            await self._save(again)
        self._work.start(again, may_bill_twice=True)

    async def adopt(self, job_id: str, request_id: str) -> None:
        """Follows the request that the person found on RunComfy's page instead of sending again.

        Raises RetakeError: INVALID_REQUEST when the id cannot be one or belongs to another job here, or what the
        service says of it.
        """
        clean = checked_request_id(request_id.strip())
        async with self._owned(job_id) as job:
            other = await asyncio.to_thread(self._tools.history.job_with_request, job.service.api_base, clean)
            if other is not None:
                raise RetakeError(ErrorKind.INVALID_REQUEST, "another retake here already has this request id")
            await (await self._tools.connections.client(job.service)).result(clean)
            now = self._tools.clocks.now()
            attempts = await asyncio.to_thread(self._tools.history.attempts, job_id)
            adopted = job.moved(Stage.QUEUED, now, request_id=clean, submitted_at=now)
            await asyncio.to_thread(self._tools.history.mark, attempts[-1], AttemptState.ACCEPTED, adopted)
            self._publish(adopted)
        self._work.start(adopted)

    async def use_address(self, job_id: str, address: str) -> None:
        """Sends a job that waits for another way with an address at which the person has put its window.

        Raises RetakeError(INVALID_REQUEST) when something else lies there, or the service could not fetch it; OFFLINE.
        """
        async with self._owned(job_id) as job:
            given = await prepare_step.given(job, address, self._tools)
            await self._save(given)
        self._work.start(given)

    async def discard(self, job_id: str) -> None:
        """Puts a take aside; its result stays on disk."""
        job = await self._known(job_id)
        await self._save(job.moved(Stage.DISCARDED, self._tools.clocks.now()))

    async def undiscard(self, job_id: str) -> None:
        """Raises RetakeError(INVALID_REQUEST) where the person has deleted the result since."""
        job = await self._known(job_id)
        if job.result_path is None:
            raise RetakeError(ErrorKind.INVALID_REQUEST, "the result of this take was deleted")
        await self._save(job.moved(Stage.READY, self._tools.clocks.now()))

    async def _known(self, job_id: str) -> Job:
        job = await asyncio.to_thread(self._tools.history.job, job_id)
        if job is None:
            raise RetakeError(ErrorKind.INVALID_REQUEST, f"there is no job {job_id}")
        return job

    async def _save(self, job: Job) -> None:
        await asyncio.to_thread(self._tools.history.save, job)
        self._publish(job)

    @asynccontextmanager
    async def _owned(self, job_id: str) -> AsyncIterator[Job]:
        """The job as recorded, while no other process works on it. Raises RetakeError(INVALID_REQUEST)."""
        if job_id in self._work or not self._tools.locks.own(job_id):
            raise RetakeError(ErrorKind.INVALID_REQUEST, "this retake is being worked on just now")
        try:
            yield await self._known(job_id)
        finally:
            self._tools.locks.release(job_id)


def _drafts(
    tools: Tools, request: RetakeRequest, clip: Clip | None, price: Price | None, deliveries: tuple[Delivery, ...]
) -> tuple[Job, ...]:
    now, batch = tools.clocks.now(), tools.new_id()
    sent = seconds_sent(clip, request) if clip is not None else None
    return tuple(
        Job(
            id=tools.new_id(),
            batch=batch,
            take=take,
            stage=Stage.DRAFT,
            request=request,
            service=tools.connections.service_for_new_jobs(),
            created_at=now,
            updated_at=now,
            delivery=deliveries[take - 1] if deliveries else Delivery(),
            source_fingerprint=clip.fingerprint if clip is not None else None,
            source_bytes=clip.size_bytes if clip is not None else None,
            estimate_usd=estimate(price, sent) if sent is not None else None,
        )
        for take in range(1, request.takes + 1)
    )
