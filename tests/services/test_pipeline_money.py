"""The money rules, against a real service on loopback: what is sent, how often, and what is never guessed."""

import asyncio
from pathlib import Path

import pytest

from retake_desktop.demo import faults
from retake_desktop.demo.faults import Answer, Call, Cut, Lie, Lying, When
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.job import AttemptState, Job, Stage, Wait
from retake_desktop.services.api.client import ApiClient
from tests.services.pipeline_bench import Bench, bench, demo_service, request_for


async def _retaken(made: Bench, tmp_path: Path, **changes: object) -> Job:
    """One take, from press to rest."""
    clip = await made.worker.probe(request_for(tmp_path).source)
    (job, *_more) = await made.pipeline.retake(request_for(tmp_path, **changes), clip)
    return await made.pipeline.finished(job.id)


def _attempts(made: Bench, job: Job) -> list[AttemptState]:
    return [attempt.state for attempt in made.tools.history.attempts(job.id)]


def test_a_retake_passes_every_stage_and_ends_with_its_file_on_disk(tmp_path: Path) -> None:
    async def story() -> None:
        with demo_service(tmp_path) as service:
            async with bench(tmp_path, service) as made:
                job = await _retaken(made, tmp_path)
                assert job.stage is Stage.READY
                assert job.result_path is not None
                output = service.url + f"/demo/outputs/{job.request_id}.mp4"
                assert output == job.output_url
                assert Path(job.result_path).read_bytes().startswith(b"\x00\x00\x00")
                assert job.cost_usd is not None
                stages = made.stages(job.id)
                assert stages[:4] == [Stage.DRAFT, Stage.PREPARING, Stage.HOSTING, Stage.SUBMITTING]
                assert stages[4] is Stage.QUEUED
                assert stages[-2:] == [Stage.DOWNLOADING, Stage.READY]
                assert service.received.accepted_submissions == 1

    asyncio.run(story())


@pytest.mark.parametrize(
    ("fault", "stage", "attempts", "accepted"),
    [
        (Cut(call=Call.SUBMIT, when=When.BEFORE_ANSWERING), Stage.UNKNOWN, [AttemptState.UNKNOWN], 1),
        (Cut(call=Call.SUBMIT, when=When.AFTER_READING), Stage.UNKNOWN, [AttemptState.UNKNOWN], 0),
        (Cut(call=Call.SUBMIT, when=When.IN_ANSWER), Stage.UNKNOWN, [AttemptState.UNKNOWN], 1),
        (Answer(call=Call.SUBMIT, status=500), Stage.UNKNOWN, [AttemptState.UNKNOWN], 0),
        (Answer(call=Call.SUBMIT, status=503, headers={"Retry-After": "1"}), Stage.UNKNOWN, [AttemptState.UNKNOWN], 0),
        (faults.html_page(Call.SUBMIT), Stage.UNKNOWN, [AttemptState.UNKNOWN], 0),
        (faults.html_page(Call.SUBMIT, status=200), Stage.UNKNOWN, [AttemptState.UNKNOWN], 0),
        (Lying(call=Call.SUBMIT, lie=Lie.NO_REQUEST_ID), Stage.UNKNOWN, [AttemptState.UNKNOWN], 1),
        (Lying(call=Call.SUBMIT, lie=Lie.TRUNCATED), Stage.UNKNOWN, [AttemptState.UNKNOWN], 1),
        (Answer(call=Call.SUBMIT, status=401), Stage.FAILED, [AttemptState.REFUSED], 0),
        (Answer(call=Call.SUBMIT, status=422), Stage.FAILED, [AttemptState.REFUSED], 0),
        (
            Answer(call=Call.SUBMIT, status=200, body={"error_code": 400002, "error_message": "no balance"}),
            Stage.FAILED,
            [AttemptState.REFUSED],
            0,
        ),
        (faults.rate_limited(Call.SUBMIT), Stage.READY, [AttemptState.REFUSED, AttemptState.ACCEPTED], 1),
    ],
)
def test_what_a_troubled_submission_becomes(
    tmp_path: Path, fault: faults.Fault, stage: Stage, attempts: list[AttemptState], accepted: int
) -> None:
    async def story() -> None:
        with demo_service(tmp_path) as service:
            service.faults.add(fault)
            async with bench(tmp_path, service) as made:
                job = await _retaken(made, tmp_path)
                assert (job.stage, _attempts(made, job)) == (stage, attempts)
                assert service.received.accepted_submissions == accepted

    asyncio.run(story())


def test_a_service_that_is_not_there_leaves_the_job_unsent_and_it_goes_out_once_later(tmp_path: Path) -> None:
    async def story() -> None:
        with demo_service(tmp_path) as service:
            away = service.url
        async with bench(tmp_path, away, patience=30) as made:
            job = await _retaken(made, tmp_path)
            assert (job.stage, job.wait) == (Stage.SUBMITTING, Wait.NETWORK)
            assert set(_attempts(made, job)) == {AttemptState.REFUSED}
        with demo_service(tmp_path) as service:
            async with bench(tmp_path, service) as again:
                again.tools.connections.base = away
                again.tools.connections._clients[away, "test-token-1"] = ApiClient(service.url, "test-token-1")
                (resumed,) = await again.pipeline.resume()
                assert (await again.pipeline.finished(resumed.id)).stage is Stage.READY
                assert service.received.accepted_submissions == 1

    asyncio.run(story())


def test_a_restart_that_finds_a_submission_on_its_way_sends_nothing(tmp_path: Path) -> None:
    async def story() -> None:
        with demo_service(tmp_path) as service:
            async with bench(tmp_path, service) as made:
                service.faults.add(faults.Delay(call=Call.SUBMIT, seconds=30, when=When.BEFORE_READING))
                clip = await made.worker.probe(request_for(tmp_path).source)
                (job,) = await made.pipeline.retake(request_for(tmp_path), clip)
                await made.until(lambda seen: seen.stage is Stage.SUBMITTING)
                async with asyncio.timeout(10):
                    while AttemptState.SENDING not in _attempts(made, job):
                        await asyncio.sleep(0.01)
                # As a power cut leaves it: the task is gone, the record says that it was on its way.
                made.pipeline._work._tasks[job.id].cancel()
            async with bench(tmp_path, service) as again:
                (resumed,) = await again.pipeline.resume()
                rested = await again.pipeline.finished(resumed.id)
                assert rested.stage is Stage.UNKNOWN
                assert rested.problem is not None
                assert rested.problem.kind is ErrorKind.UNKNOWN_SUBMISSION
                assert _attempts(again, job) == [AttemptState.UNKNOWN]
                assert service.received.accepted_submissions == 0

    asyncio.run(story())


def test_only_the_person_sends_an_unknown_submission_again(tmp_path: Path) -> None:
    async def story() -> None:
        with demo_service(tmp_path) as service:
            service.faults.add(Cut(call=Call.SUBMIT, when=When.BEFORE_ANSWERING))
            async with bench(tmp_path, service) as made:
                job = await _retaken(made, tmp_path)
                assert job.stage is Stage.UNKNOWN
                assert await made.pipeline.resume() == ()
                await made.pipeline.send_again(job.id)
                assert (await made.pipeline.finished(job.id)).stage is Stage.READY
                assert _attempts(made, job) == [AttemptState.UNKNOWN, AttemptState.ACCEPTED]
                assert service.received.accepted_submissions == 2

    asyncio.run(story())


def test_an_unknown_submission_is_adopted_by_its_request_id_without_sending_again(tmp_path: Path) -> None:
    async def story() -> None:
        with demo_service(tmp_path) as service:
            service.faults.add(Cut(call=Call.SUBMIT, when=When.BEFORE_ANSWERING))
            async with bench(tmp_path, service) as made:
                job = await _retaken(made, tmp_path)
                (request_id,) = [entry.accepted for entry in service.received.log().entries if entry.accepted]
                assert request_id is not None
                await made.pipeline.adopt(job.id, request_id)
                adopted = await made.pipeline.finished(job.id)
                assert (adopted.stage, adopted.request_id) == (Stage.READY, request_id)
                assert service.received.accepted_submissions == 1
                service.faults.add(Cut(call=Call.SUBMIT, when=When.BEFORE_ANSWERING))
                other = await _retaken(made, tmp_path)
                with pytest.raises(RetakeError) as refused:
                    await made.pipeline.adopt(other.id, request_id)
                assert refused.value.kind is ErrorKind.INVALID_REQUEST

    asyncio.run(story())


def test_a_refused_submission_may_be_tried_again_and_is_sent_once_more(tmp_path: Path) -> None:
    async def story() -> None:
        with demo_service(tmp_path) as service:
            service.faults.add(Answer(call=Call.SUBMIT, status=402))
            async with bench(tmp_path, service) as made:
                job = await _retaken(made, tmp_path)
                assert job.problem is not None
                assert job.problem.kind is ErrorKind.NO_BALANCE
                await made.pipeline.try_again(job.id)
                assert (await made.pipeline.finished(job.id)).stage is Stage.READY
                assert service.received.accepted_submissions == 1

    asyncio.run(story())


def test_takes_share_one_window_and_each_is_submitted_once(tmp_path: Path) -> None:
    async def story() -> None:
        with demo_service(tmp_path) as service:
            async with bench(tmp_path, service) as made:
                clip = await made.worker.probe(request_for(tmp_path).source)
                jobs = await made.pipeline.retake(request_for(tmp_path, takes=3), clip)
                ended = [await made.pipeline.finished(job.id) for job in jobs]
                assert [job.stage for job in ended] == [Stage.READY] * 3
                assert made.worker.prepared == 1
                assert len({job.request_id for job in ended}) == 3
                assert len({job.result_path for job in ended}) == 3
                assert service.received.accepted_submissions == 3

    asyncio.run(story())


def test_a_job_of_another_account_or_address_rests_and_nothing_is_asked(tmp_path: Path) -> None:
    async def story() -> None:
        with demo_service(tmp_path) as service:
            async with bench(tmp_path, service) as made:
                service.faults.add(Cut(call=Call.STATUS, when=When.BEFORE_READING, times=None))
                clip = await made.worker.probe(request_for(tmp_path).source)
                (job,) = await made.pipeline.retake(request_for(tmp_path), clip)
                await made.until(lambda seen: seen.stage is Stage.QUEUED)
            asked = len(service.received.log().entries)
            async with bench(tmp_path, service, token="another-token") as other:
                await other.pipeline.resume()
                assert (await other.pipeline.finished(job.id)).wait is Wait.OTHER_ACCOUNT
            async with bench(tmp_path, "http://127.0.0.1:9") as elsewhere:
                await elsewhere.pipeline.resume()
                assert (await elsewhere.pipeline.finished(job.id)).wait is Wait.OTHER_SERVICE
            assert len(service.received.log().entries) == asked

    asyncio.run(story())


def test_a_demo_job_goes_to_the_demo_service_only_wherever_that_listens(tmp_path: Path) -> None:
    async def story() -> None:
        with demo_service(tmp_path) as first, demo_service(tmp_path) as second, demo_service(tmp_path) as real:
            async with bench(tmp_path, first, demo=True) as made:
                first.faults.add(Cut(call=Call.STATUS, when=When.BEFORE_READING, times=None))
                first.faults.add(Cut(call=Call.RESULT, when=When.BEFORE_READING, times=None))
                clip = await made.worker.probe(request_for(tmp_path).source)
                (job,) = await made.pipeline.retake(request_for(tmp_path), clip)
                await made.until(lambda seen: seen.stage is Stage.QUEUED)
            async with bench(tmp_path, second) as again:
                again.tools.connections.base = real.url
                await again.pipeline.resume()
                assert (await again.pipeline.finished(job.id)).stage is Stage.READY
            assert first.received.accepted_submissions == 1
            assert second.received.accepted_submissions == 0
            assert real.received.log().entries == []

    asyncio.run(story())


def test_a_full_disk_is_told_before_anything_is_paid_and_tried_again_later(tmp_path: Path) -> None:
    async def story() -> None:
        with demo_service(tmp_path) as service:
            async with bench(tmp_path, service) as made:
                made.tools.free_space = lambda _folder: 1_000_000
                job = await _retaken(made, tmp_path)
                assert (job.stage, job.problem and job.problem.kind) == (Stage.FAILED, ErrorKind.NO_SPACE)
                assert service.received.accepted_submissions == 0
                made.tools.free_space = lambda _folder: 10_000_000_000
                await made.pipeline.try_again(job.id)
                assert (await made.pipeline.finished(job.id)).stage is Stage.READY
                assert service.received.accepted_submissions == 1

    asyncio.run(story())


def test_a_job_that_another_process_has_finished_meanwhile_is_not_sent_from_an_old_snapshot(tmp_path: Path) -> None:
    async def story() -> None:
        with demo_service(tmp_path) as service:
            async with bench(tmp_path, service) as made:
                job = await _retaken(made, tmp_path)
                draft = next(seen for seen in made.seen if seen.stage is Stage.DRAFT)
                made.pipeline._work.start(draft)
                assert (await made.pipeline.finished(job.id)).stage is Stage.READY
                assert service.received.accepted_submissions == 1
                assert _attempts(made, job) == [AttemptState.ACCEPTED]
                assert made.worker.prepared == 1

    asyncio.run(story())
