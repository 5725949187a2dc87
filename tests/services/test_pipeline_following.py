"""Following, cancelling and fetching, against a real service on loopback that misbehaves."""

import asyncio
import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from retake_desktop.demo import faults
from retake_desktop.demo.effect import Retake
from retake_desktop.demo.faults import Answer, Call, Cut, Lie, Lying, Patch, When, WorkFails
from retake_desktop.demo.options import DemoOptions
from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind
from retake_desktop.domain.job import Delivery, Job, Stage, Wait
from tests.fakes.remembered import retake
from tests.services.pipeline_bench import Bench, bench, demo_service, request_for


async def _pressed(made: Bench, tmp_path: Path, delivery: Delivery | None = None) -> Job:
    clip = await made.worker.probe(request_for(tmp_path).source)
    (job,) = await made.pipeline.retake(request_for(tmp_path), clip, None, (delivery,) if delivery else ())
    return job


async def _until_passed(made: Bench, seconds: float) -> None:
    async with asyncio.timeout(60):
        while made.clocks.passed < seconds:
            await asyncio.sleep(0.01)


async def _retaken(made: Bench, tmp_path: Path) -> Job:
    return await made.pipeline.finished((await _pressed(made, tmp_path)).id)


@pytest.mark.parametrize(
    "fault",
    [
        Cut(call=Call.STATUS, when=When.BEFORE_READING, times=3),
        Answer(call=Call.STATUS, status=500, times=3),
        faults.html_page(Call.STATUS, times=2),
        faults.rate_limited(Call.STATUS, times=2),
        faults.expired(Call.STATUS, times=2),
        Lying(call=Call.STATUS, lie=Lie.UNKNOWN_STATUS, times=3),
        Lying(call=Call.STATUS, lie=Lie.WRONG_TYPES, times=2),
        Lying(call=Call.STATUS, lie=Lie.TRUNCATED, times=2),
        Lying(call=Call.RESULT, lie=Lie.TRUNCATED),
        Patch(call=Call.RESULT, set={"status": "COMPLETED"}),
        Lying(call=Call.RESULT, lie=Lie.OUTPUT_IN_VIDEOS),
        Cut(call=Call.OUTPUT, when=When.IN_ANSWER, after_bytes=2000),
        Answer(call=Call.OUTPUT, status=503, times=2),
    ],
)
def test_a_passing_trouble_costs_nothing_and_the_result_comes_home(tmp_path: Path, fault: faults.Fault) -> None:
    def retake_in_the_end(wanted: Retake, clip: Clip, output: str, cancelled: Callable[[], bool]) -> None:
        while any(getattr(each, "call", None) is Call.STATUS for each in service.faults.pending()) and not cancelled():
            time.sleep(0.005)
        retake(wanted, clip, output, cancelled)

    service = demo_service(tmp_path, effect=retake_in_the_end)

    async def story() -> None:
        with service:
            service.faults.add(fault)
            async with bench(tmp_path, service) as made:
                job = await _retaken(made, tmp_path)
                assert job.stage is Stage.READY
                assert not service.faults.pending(), "the fault never struck"
                assert service.received.accepted_submissions == 1

    asyncio.run(story())


@pytest.mark.parametrize(
    ("fault", "stage", "kind"),
    [
        (WorkFails(error="The prompt was refused."), Stage.FAILED, ErrorKind.FAILED_AT_SERVICE),
        (Lying(call=Call.RESULT, lie=Lie.NO_OUTPUT, times=None), Stage.DOWNLOAD_FAILED, ErrorKind.NO_OUTPUT),
        (faults.expired(Call.OUTPUT), Stage.DOWNLOAD_FAILED, ErrorKind.EXPIRED),
        (
            Patch(call=Call.RESULT, set={"output": {"video": "https://evil.example/x.mp4"}}, times=None),
            Stage.DOWNLOAD_FAILED,
            ErrorKind.FOREIGN_HOST,
        ),
        (Answer(call=Call.OUTPUT, status=200, text="<html>", times=None), Stage.DOWNLOAD_FAILED, None),
    ],
)
def test_how_a_lasting_trouble_ends(tmp_path: Path, fault: faults.Fault, stage: Stage, kind: ErrorKind | None) -> None:
    async def story() -> None:
        with demo_service(tmp_path) as service:
            service.faults.add(fault)
            async with bench(tmp_path, service) as made:
                job = await _retaken(made, tmp_path)
                assert job.stage is stage
                assert job.problem is not None
                assert job.problem.kind is (kind or ErrorKind.DOWNLOAD_FAILED)

    asyncio.run(story())


@pytest.mark.parametrize(
    "output",
    [
        {"image": "https://playgrounds-storage-public.runcomfy.net/a.png"},
        {"images": ["https://playgrounds-storage-public.runcomfy.net/a.png"]},
        {"video": {"url": 5}},
        {"something": "new"},
        "a word",
        None,
    ],
)
def test_an_output_without_a_usable_video_is_said_and_the_raw_answer_is_kept(tmp_path: Path, output: object) -> None:
    async def story() -> None:
        with demo_service(tmp_path) as service:
            service.faults.add(Patch(call=Call.RESULT, set={"output": output}, times=None))
            async with bench(tmp_path, service) as made:
                job = await _retaken(made, tmp_path)
                assert (job.stage, job.problem and job.problem.kind) == (Stage.DOWNLOAD_FAILED, ErrorKind.NO_OUTPUT)
                on_record = made.tools.history.job(job.id)
                assert on_record is not None
                assert json.loads(on_record.raw_result or "")["output"] == output

    asyncio.run(story())


def test_of_several_videos_the_first_comes_home_and_the_answer_that_names_the_others_is_kept(tmp_path: Path) -> None:
    async def story() -> None:
        with demo_service(tmp_path) as service:
            async with bench(tmp_path, service) as made:
                first = await _retaken(made, tmp_path)
                assert first.raw_result is None
                output = {"videos": [first.output_url, "https://playgrounds-storage-public.runcomfy.net/b.mp4"]}
                service.faults.add(Patch(call=Call.RESULT, set={"output": output}, times=None))
                job = await _retaken(made, tmp_path)
                assert (job.stage, job.output_url) == (Stage.READY, first.output_url)
                assert json.loads(job.raw_result or "")["output"] == output

    asyncio.run(story())


def test_what_does_not_look_like_a_video_is_set_aside_and_not_thrown_away(tmp_path: Path) -> None:
    async def story() -> None:
        with demo_service(tmp_path) as service:
            service.faults.add(Answer(call=Call.OUTPUT, status=200, text="no video", times=None))
            async with bench(tmp_path, service) as made:
                job = await _retaken(made, tmp_path)
                assert (job.stage, job.result_path) == (Stage.DOWNLOAD_FAILED, None)
                (aside,) = made.tools.folders.results.iterdir()
                assert (aside.suffix, aside.read_text()) == (".unverified", "no video")

    asyncio.run(story())


def test_a_failed_download_is_fetched_again_without_paying(tmp_path: Path) -> None:
    async def story() -> None:
        with demo_service(tmp_path) as service:
            service.faults.add(Answer(call=Call.OUTPUT, status=500, times=5))
            async with bench(tmp_path, service) as made:
                job = await _retaken(made, tmp_path)
                assert job.stage is Stage.DOWNLOAD_FAILED
                await made.pipeline.fetch_again(job.id)
                assert (await made.pipeline.finished(job.id)).stage is Stage.READY
                assert service.received.accepted_submissions == 1

    asyncio.run(story())


def test_a_request_that_the_service_no_longer_knows_is_expired_after_it_has_settled(tmp_path: Path) -> None:
    async def story() -> None:
        with demo_service(tmp_path) as service:
            service.faults.add(faults.expired(Call.STATUS), faults.expired(Call.RESULT))
            async with bench(tmp_path, service) as made:
                job = await _retaken(made, tmp_path)
                assert job.stage is Stage.EXPIRED
                assert made.clocks.passed > 30

    asyncio.run(story())


@pytest.mark.parametrize(
    ("answer", "believed_after"),
    [
        (faults.expired, 30),
        (lambda call, times: Answer(call=call, status=404, body={"message": "no Route matched"}, times=times), 300),
        pytest.param(lambda call, times: faults.html_page(call, 404, times), None, marks=pytest.mark.full),
    ],
    ids=["the service's code", "a gateway's JSON", "a page"],
)
def test_the_less_a_miss_says_whose_word_it_is_the_longer_it_must_last(
    tmp_path: Path, answer: Callable[[Call, None], Answer], believed_after: int | None
) -> None:
    async def story() -> None:
        with demo_service(tmp_path) as service:
            service.faults.add(answer(Call.STATUS, None), answer(Call.RESULT, None))
            async with bench(tmp_path, service, patience=None) as made:
                job = await _pressed(made, tmp_path)
                if believed_after is None:
                    await _until_passed(made, 6 * 3600)
                    assert (made.seen[-1].stage, made.seen[-1].wait) == (Stage.QUEUED, Wait.NETWORK)
                    service.faults.replace([])
                    assert (await made.pipeline.finished(job.id)).stage is Stage.READY
                    return
                assert (await made.pipeline.finished(job.id)).stage is Stage.EXPIRED
                assert believed_after < made.clocks.passed < believed_after + 100

    asyncio.run(story())


@pytest.mark.full
def test_a_gateway_that_loses_the_way_for_minutes_in_a_long_job_ends_nothing(tmp_path: Path) -> None:
    async def story() -> None:
        with demo_service(tmp_path, DemoOptions(queue_seconds=3600)) as service:
            async with bench(tmp_path, service, patience=None) as made:
                job = await _pressed(made, tmp_path)
                await _until_passed(made, 3600)
                for call in (Call.STATUS, Call.RESULT):
                    service.faults.add(Answer(call=call, status=404, body={"message": "no Route matched"}, times=None))
                await _until_passed(made, made.clocks.passed + 120)
                service.faults.replace([])
                await made.pipeline.cancel(job.id)
                assert (await made.pipeline.finished(job.id)).stage is Stage.CANCELLED

    asyncio.run(story())


def test_an_expired_job_is_looked_at_again_without_paying(tmp_path: Path) -> None:
    async def story() -> None:
        with demo_service(tmp_path) as service:
            service.faults.add(faults.expired(Call.STATUS), faults.expired(Call.RESULT))
            async with bench(tmp_path, service) as made:
                job = await _retaken(made, tmp_path)
                assert job.stage is Stage.EXPIRED
                await made.pipeline.fetch_again(job.id)
                assert (await made.pipeline.finished(job.id)).stage is Stage.EXPIRED
                service.faults.replace([])
                await made.pipeline.fetch_again(job.id)
                assert (await made.pipeline.finished(job.id)).stage is Stage.READY
                assert service.received.accepted_submissions == 1

    asyncio.run(story())


def test_a_revoked_token_lets_the_job_rest_and_a_new_one_of_the_account_goes_on(tmp_path: Path) -> None:
    async def story() -> None:
        with demo_service(tmp_path) as service:
            service.faults.add(Answer(call=Call.STATUS, status=401))
            async with bench(tmp_path, service) as made:
                job = await _retaken(made, tmp_path)
                assert (job.stage, job.wait) == (Stage.QUEUED, Wait.TOKEN)
                await made.pipeline.resume()
                assert (await made.pipeline.finished(job.id)).stage is Stage.READY

    asyncio.run(story())


def test_a_queued_job_is_cancelled_at_the_service(tmp_path: Path) -> None:
    async def story() -> None:
        with demo_service(tmp_path, DemoOptions(queue_seconds=60)) as service:
            async with bench(tmp_path, service) as made:
                job = await _pressed(made, tmp_path)
                await made.until(lambda seen: seen.stage is Stage.QUEUED and seen.queue_position is not None)
                await made.pipeline.cancel(job.id)
                assert (await made.pipeline.finished(job.id)).stage is Stage.CANCELLED

    asyncio.run(story())


def test_a_running_job_cannot_be_cancelled_and_its_result_still_comes(tmp_path: Path) -> None:
    async def story() -> None:
        with demo_service(tmp_path, DemoOptions(queue_seconds=0, run_seconds=1.5, answer_size=None)) as service:
            async with bench(tmp_path, service) as made:
                job = await _pressed(made, tmp_path)
                await made.until(lambda seen: seen.stage is Stage.RUNNING)
                await made.pipeline.cancel(job.id)
                ended = await made.pipeline.finished(job.id)
                assert (ended.stage, ended.cancel_asked) == (Stage.READY, True)
                assert Stage.CANCELLING in made.stages(job.id)

    asyncio.run(story())


def test_a_service_that_cannot_cancel_does_not_keep_the_result_from_coming_home(tmp_path: Path) -> None:
    async def story() -> None:
        with demo_service(tmp_path, DemoOptions(queue_seconds=0.8, run_seconds=0, answer_size=None)) as service:
            service.faults.add(Answer(call=Call.CANCEL, status=500, times=None))
            async with bench(tmp_path, service) as made:
                job = await _pressed(made, tmp_path)
                await made.until(lambda seen: seen.stage is Stage.QUEUED)
                await made.pipeline.cancel(job.id)
                ended = await made.pipeline.finished(job.id)
                assert (ended.stage, ended.cancel_asked) == (Stage.READY, True)
                assert Stage.CANCELLING in made.stages(job.id)

    asyncio.run(story())


def test_a_wish_to_cancel_that_comes_while_a_step_is_being_saved_is_not_lost(tmp_path: Path) -> None:
    async def story() -> None:
        with demo_service(tmp_path, DemoOptions(queue_seconds=60)) as service:
            async with bench(tmp_path, service) as made:
                job = await _pressed(made, tmp_path)
                await made.until(lambda seen: seen.stage is Stage.QUEUED)
                runner = made.pipeline._work._runners[job.id]
                saving = asyncio.create_task(runner.move(Stage.QUEUED, queue_position=99))
                await asyncio.sleep(0)
                await made.pipeline.cancel(job.id)
                await saving
                assert (await made.pipeline.finished(job.id)).stage is Stage.CANCELLED

    asyncio.run(story())


def test_cancelling_before_submission_sends_nothing(tmp_path: Path) -> None:
    async def story() -> None:
        with demo_service(tmp_path) as service:
            async with bench(tmp_path, service) as made:
                job = await _pressed(made, tmp_path)
                await made.pipeline.cancel(job.id)
                assert (await made.pipeline.finished(job.id)).stage is Stage.CANCELLED
                assert service.received.accepted_submissions == 0

    asyncio.run(story())


def test_quitting_in_the_middle_and_starting_again_ends_with_one_submission(tmp_path: Path) -> None:
    async def story() -> None:
        with demo_service(tmp_path, DemoOptions(queue_seconds=0.5, run_seconds=0, answer_size=None)) as service:
            async with bench(tmp_path, service) as made:
                job = await _pressed(made, tmp_path)
                await made.until(lambda seen: seen.stage is Stage.QUEUED)
            async with bench(tmp_path, service) as again:
                (resumed,) = await again.pipeline.resume()
                assert resumed.id == job.id
                assert (await again.pipeline.finished(job.id)).stage is Stage.READY
            assert service.received.accepted_submissions == 1

    asyncio.run(story())


def test_the_result_is_delivered_byte_for_byte_where_it_was_wanted(tmp_path: Path) -> None:
    async def story() -> None:
        with demo_service(tmp_path) as service:
            async with bench(tmp_path, service) as made:
                wanted = tmp_path / "out here.mp4"
                job = await made.pipeline.finished((await _pressed(made, tmp_path, Delivery(str(wanted)))).id)
                assert job.stage is Stage.READY
                assert job.final_path == str(wanted)
                assert job.result_path is not None
                assert wanted.read_bytes() == Path(job.result_path).read_bytes()

    asyncio.run(story())


def test_a_folder_that_vanished_keeps_the_result_and_a_later_try_delivers_it(tmp_path: Path) -> None:
    async def story() -> None:
        with demo_service(tmp_path) as service:
            async with bench(tmp_path, service) as made:
                folder = tmp_path / "gone"
                job = await _pressed(made, tmp_path, Delivery(str(folder / "out.mp4")))
                failed = await made.pipeline.finished(job.id)
                assert failed.stage is Stage.DOWNLOAD_FAILED
                assert failed.result_path is not None
                assert Path(failed.result_path).exists()
                folder.mkdir()
                await made.pipeline.fetch_again(job.id)
                assert (await made.pipeline.finished(job.id)).final_path == str(folder / "out.mp4")

    asyncio.run(story())


def test_a_source_that_changed_after_the_press_is_not_sent(tmp_path: Path) -> None:
    async def story() -> None:
        with demo_service(tmp_path) as service:
            async with bench(tmp_path, service) as made:
                clip = await made.worker.probe(request_for(tmp_path).source)
                path = Path(clip.path)
                path.write_bytes(path.read_bytes() + b"more")
                (job,) = await made.pipeline.retake(request_for(tmp_path), clip)
                ended = await made.pipeline.finished(job.id)
                assert (ended.stage, ended.problem and ended.problem.kind) == (Stage.FAILED, ErrorKind.FILE_TROUBLE)
                assert service.received.accepted_submissions == 0

    asyncio.run(story())
