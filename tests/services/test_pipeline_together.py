"""Many jobs at once: each is submitted once, each is asked for on time, and one in trouble disturbs no other."""

import asyncio
import heapq
import random
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from retake_desktop.demo.faults import Answer, Call
from retake_desktop.domain.job import Stage
from retake_desktop.services.pipeline import Clocks, Pipeline
from tests.fakes.light_service import LightService
from tests.services.fifty_jobs import JOBS, QuickWorker, lateness, pressed
from tests.services.pipeline_bench import bench, demo_service, request_for

pytestmark = pytest.mark.full


class _IdleClock:
    """Time that passes only when every job sleeps: then it is the earliest one's turn."""

    def __init__(self) -> None:
        self.now = 0.0
        self.jobs = 0
        self.due: list[float] = []
        self._sleeping: list[tuple[float, int, asyncio.Future[None]]] = []
        self._chance = random.Random(7)  # noqa: S311 - chance that can be repeated, no secret

    def as_clocks(self) -> Clocks:
        start = datetime(2026, 11, 22, tzinfo=UTC)
        return Clocks(
            now=lambda: start + timedelta(seconds=self.now),
            monotonic=lambda: self.now,
            sleep=self.sleep,
            chance=self._chance.random,
        )

    async def sleep(self, seconds: float) -> None:
        waking = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleeping, (self.now + seconds, len(self.due), waking))
        self.due.append(self.now + seconds)
        await waking

    async def run_until(self, end: float) -> None:
        while self.now < end:
            while len(self._sleeping) < self.jobs:
                await asyncio.sleep(0.001)
            due, _number, waking = heapq.heappop(self._sleeping)
            self.now = due
            waking.set_result(None)


def test_fifty_jobs_are_submitted_once_each_and_asked_for_when_they_are_due(tmp_path: Path) -> None:
    clock = _IdleClock()

    async def story() -> None:
        with LightService(Path(request_for(tmp_path).source), clock=lambda: clock.now) as service:
            async with bench(tmp_path, service.url) as made:
                made.tools.clocks = clock.as_clocks()
                clock.jobs = JOBS
                jobs = await pressed(made, tmp_path)
                await clock.run_until(40)
                assert len(service.submitted) == JOBS
                # Each poll but a job's first is one sleep that has ended; those that still sleep are not due.
                expected = sorted(due for due in clock.due if due <= clock.now)
                polled = sorted(when for times in service.polls.values() for when in times[1:])
                assert len(polled) >= 15 * JOBS
                late = max(when - due for when, due in zip(polled, expected, strict=False))
                assert abs(len(polled) - len(expected)) <= 1
                assert late <= 1
                clock.jobs = 0
                service.finished.set()
                driving = asyncio.create_task(clock.run_until(80))
                ended = [await made.pipeline.finished(job.id) for job in jobs]
                driving.cancel()
                assert {job.stage for job in ended} == {Stage.READY}
                assert len(service.submitted) == JOBS

    asyncio.run(story())


def test_fifty_jobs_in_real_time_are_each_asked_for_within_a_second_of_their_time(tmp_path: Path) -> None:
    late = asyncio.run(lateness(tmp_path))
    figures = f"50 jobs, {len(late)} polls: latest {max(late):.2f} s after its time"
    print(figures)  # noqa: T201 - the figures are the proof
    assert max(late) <= 1, figures


def test_only_so_many_clips_travel_at_a_time_and_all_arrive(tmp_path: Path) -> None:
    async def story() -> None:
        with LightService(Path(request_for(tmp_path).source), receiving=0.1) as service:
            async with bench(tmp_path, service.url) as made:
                made.tools.at_once, made.tools.worker = 3, QuickWorker()
                made.pipeline = Pipeline(made.tools, made.seen.append)
                service.finished.set()
                clip = await made.worker.probe(request_for(tmp_path).source)
                jobs = await made.pipeline.retake(request_for(tmp_path, takes=8), clip)
                ended = [await made.pipeline.finished(job.id) for job in jobs]
                assert {job.stage for job in ended} == {Stage.READY}
            assert (len(service.submitted), service.at_once) == (8, 3)

    asyncio.run(story())


def test_a_job_is_cancelled_at_once_while_it_waits_for_its_turn_to_travel(tmp_path: Path) -> None:
    async def story() -> None:
        with LightService(Path(request_for(tmp_path).source), receiving=2) as service:
            async with bench(tmp_path, service.url) as made:
                made.tools.at_once, made.tools.worker = 1, QuickWorker()
                made.pipeline = Pipeline(made.tools, made.seen.append)
                service.finished.set()
                clip = await made.worker.probe(request_for(tmp_path).source)
                first, second = await made.pipeline.retake(request_for(tmp_path, takes=2), clip)
                for job in (first, second):
                    await made.until(lambda seen, job=job: (seen.id, seen.stage) == (job.id, Stage.SUBMITTING))  # type: ignore[misc]  # bound early
                await asyncio.sleep(0.3)
                waiting = next(job for job in (first, second) if not made.pipeline._work._runners[job.id].in_flight)
                began = time.monotonic()
                await made.pipeline.cancel(waiting.id)
                assert (await made.pipeline.finished(waiting.id)).stage is Stage.CANCELLED
                assert time.monotonic() - began < 1
                other = first if waiting is second else second
                assert (await made.pipeline.finished(other.id)).stage is Stage.READY
            assert len(service.submitted) == 1

    asyncio.run(story())


@pytest.mark.parametrize("trouble", [Answer(call=Call.SUBMIT, status=429, headers={"Retry-After": "600"}, times=1)])
def test_a_job_that_must_wait_long_holds_no_other_up(tmp_path: Path, trouble: Answer) -> None:
    """The one that was told to wait ten minutes gives its place away meanwhile."""

    async def story() -> None:
        with demo_service(tmp_path) as service:
            service.faults.add(trouble)
            async with bench(tmp_path, service) as made:
                made.tools.at_once, made.tools.worker = 1, QuickWorker()
                made.tools.clocks = Clocks()
                made.pipeline = Pipeline(made.tools, made.seen.append)
                clip = await made.worker.probe(request_for(tmp_path).source)
                jobs = await made.pipeline.retake(request_for(tmp_path, takes=3), clip)
                async with asyncio.timeout(30):
                    while len({job.id for job in made.seen if job.stage is Stage.READY}) < 2:
                        await asyncio.sleep(0.02)
                (late,) = [job for job in jobs if Stage.READY not in made.stages(job.id)]
                assert made.stages(late.id)[-1] is Stage.SUBMITTING
                assert service.received.accepted_submissions == 2

    asyncio.run(story())
