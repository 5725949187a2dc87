"""Clocks that jump, machines that sleep, networks that stay away: no job ends or is sent again because of them."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from retake_desktop.demo import faults
from retake_desktop.demo.faults import Answer, Call, Cut, When
from retake_desktop.demo.options import DemoOptions
from retake_desktop.demo.service import DemoService
from retake_desktop.domain.job import Job, Stage, Wait
from tests.fakes.byte_server import ByteServer, Visit, http_answer
from tests.fakes.clocks import PatientClocks
from tests.services.pipeline_bench import Bench, bench, demo_service, request_for

_PROJECT = Path(__file__).parents[2]
_DAY = timedelta(days=1)


async def _pressed(made: Bench, tmp_path: Path) -> Job:
    clip = await made.worker.probe(request_for(tmp_path).source)
    (job,) = await made.pipeline.retake(request_for(tmp_path), clip)
    return job


def _away(service: DemoService) -> None:
    """From now on every look at a job fails."""
    for call in (Call.STATUS, Call.RESULT):
        service.faults.add(Cut(call=call, when=When.BEFORE_READING, times=None))


async def _until_passed(clocks: PatientClocks, seconds: float) -> None:
    async with asyncio.timeout(60):
        while clocks.passed < seconds:
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("jump", [_DAY, pytest.param(-_DAY, marks=pytest.mark.full)], ids=["forward", "back"])
def test_a_request_that_the_service_does_not_know_yet_is_not_expired_by_a_clock_that_jumps(
    tmp_path: Path, jump: timedelta
) -> None:
    async def story() -> None:
        with demo_service(tmp_path) as service:
            service.faults.add(faults.expired(Call.STATUS, times=2), faults.expired(Call.RESULT, times=2))
            async with bench(tmp_path, service) as made:
                job = await _pressed(made, tmp_path)
                await made.until(lambda seen: seen.stage is Stage.QUEUED)
                made.clocks.started += jump
                assert (await made.pipeline.finished(job.id)).stage is Stage.READY
                assert not service.faults.pending()
                assert service.received.accepted_submissions == 1

    asyncio.run(story())


@pytest.mark.parametrize("jump", [_DAY, pytest.param(-_DAY, marks=pytest.mark.full)], ids=["forward", "back"])
def test_looks_at_a_job_come_neither_sooner_nor_later_when_the_wall_clock_jumps(
    tmp_path: Path, jump: timedelta
) -> None:
    async def story() -> None:
        with demo_service(tmp_path, DemoOptions(queue_seconds=1, run_seconds=0, answer_size=None)) as service:
            async with bench(tmp_path, service) as made:
                job = await _pressed(made, tmp_path)
                await made.until(lambda seen: seen.stage is Stage.QUEUED and seen.queue_position is not None)
                before, slept = made.clocks.passed, made.clocks.sleeps
                made.clocks.started += jump
                assert (await made.pipeline.finished(job.id)).stage is Stage.READY
                pauses = made.clocks.sleeps - slept
                assert pauses > 10
                assert 2 * (pauses - 2) <= made.clocks.passed - before <= 5 * (pauses + 1)

    asyncio.run(story())


def test_hours_in_which_the_process_stood_still_are_no_hours_without_an_answer(tmp_path: Path) -> None:
    async def story() -> None:
        with demo_service(tmp_path, DemoOptions(queue_seconds=2, run_seconds=0, answer_size=None)) as service:
            async with bench(tmp_path, service, patience=600) as made:
                job = await _pressed(made, tmp_path)
                await made.until(lambda seen: seen.stage is Stage.QUEUED and seen.queue_position is not None)
                for _suspend in range(3):
                    service.faults.add(Answer(call=Call.STATUS, status=503))
                    service.faults.add(Answer(call=Call.RESULT, status=503))
                    made.clocks.passed += 8 * 3600
                    while service.faults.pending() and job.id in made.pipeline._work:
                        await asyncio.sleep(0.005)
                ended = await made.pipeline.finished(job.id)
                assert (ended.stage, ended.wait) == (Stage.READY, None)

    asyncio.run(story())


def test_a_service_that_stays_away_past_patience_lets_the_job_rest_open(tmp_path: Path) -> None:
    async def story() -> None:
        with demo_service(tmp_path) as service:
            _away(service)
            async with bench(tmp_path, service, patience=600) as made:
                job = await _pressed(made, tmp_path)
                rested = await made.pipeline.finished(job.id)
                assert (rested.stage, rested.wait) == (Stage.QUEUED, Wait.NETWORK)
                assert 500 < made.clocks.passed < 700

    asyncio.run(story())


def test_a_network_that_is_gone_for_six_hours_costs_nothing_and_the_result_comes_home(tmp_path: Path) -> None:
    async def story() -> None:
        with demo_service(tmp_path) as service:
            _away(service)
            async with bench(tmp_path, service, patience=None) as made:
                made.clocks.pause = 0
                job = await _pressed(made, tmp_path)
                await _until_passed(made.clocks, 6 * 3600)
                asked = len(service.received.log().entries)
                assert asked < 420, "more than about once a minute"
                service.faults.replace([])
                assert (await made.pipeline.finished(job.id)).stage is Stage.READY
                assert service.received.accepted_submissions == 1

    asyncio.run(story())


_SUBMITS = """
import asyncio, sys
import httpx
from retake_desktop.services.api import client
from tests.services.test_client_submit import LARGE, Sending, submit, a_submission

client._SUBMISSION_TIMEOUT = httpx.Timeout(1)
client._POST_DEADLINE = 1.5
print("ready", flush=True)
print(submit(sys.argv[1], Sending()).verdict, flush=True)
"""


def test_an_answer_that_came_while_the_process_was_stopped_is_heard_although_its_time_was_up() -> None:
    def script(visit: Visit) -> None:
        visit.body()
        os.kill(process.pid, signal.SIGSTOP)
        visit.send(http_answer(200, {"request_id": "r"}))
        time.sleep(3)
        os.kill(process.pid, signal.SIGCONT)

    with ByteServer(script) as server:
        process = subprocess.Popen(
            [sys.executable, "-c", _SUBMITS, server.url], cwd=_PROJECT, stdout=subprocess.PIPE, text=True
        )
        out, _none = process.communicate(timeout=30)
    assert out == "ready\nVerdict.ACCEPTED\n"
