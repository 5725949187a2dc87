"""What came back is measured before anyone looks at it; what is looked at before paying is what is sent."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from fractions import Fraction
from functools import wraps
from pathlib import Path

import pytest

from retake_desktop.demo.faults import FramesShort, OtherLevels, OtherRate
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.job import Job, Stage
from retake_desktop.domain.retake import RetakeRequest
from retake_desktop.media.changes_store import changes_file
from retake_desktop.media.probe import probe
from tests.services.pipeline_bench import Bench, bench, demo_service, request_for

pytestmark = pytest.mark.full


def run(story: Callable[[Path], Coroutine[None, None, None]]) -> Callable[[Path], None]:
    @wraps(story)
    def test(tmp_path: Path) -> None:
        asyncio.run(story(tmp_path))

    return test


async def finished(bench: Bench, request: RetakeRequest) -> Job:
    (job,) = await bench.pipeline.retake(request, probe(request.source))
    return await bench.pipeline.finished(job.id)


@run
async def test_the_measured_mapping_is_saved_with_the_job(tmp_path: Path) -> None:
    with demo_service(tmp_path) as service:
        service.faults.add(OtherRate(rate=23), FramesShort(frames=2, at_start=True), OtherLevels(brighter=6))
        async with bench(tmp_path, service) as app:
            job = await finished(app, request_for(tmp_path))
            saved = app.tools.history.job(job.id)
    assert saved is not None
    assert job.stage is Stage.READY
    assert saved.alignment == job.alignment
    assert saved.window == job.window
    assert job.alignment is not None
    assert job.window is not None
    assert (job.alignment.is_certain, job.alignment.rate) == (True, Fraction(23))
    assert (job.window.result_offset, job.window.result_pace) == (Fraction(2, 25), Fraction(1))
    assert job.alignment.luma_shift == pytest.approx(6, abs=1)


@run
async def test_another_take_of_the_same_press_starts_without_what_was_measured_or_corrected(tmp_path: Path) -> None:
    with demo_service(tmp_path) as service:
        async with bench(tmp_path, service) as app:
            one = await finished(app, request_for(tmp_path))
            await app.pipeline.review.correct(one.id, 1)
            fresh = Job(
                id="other",
                batch=one.batch,
                take=2,
                stage=Stage.DRAFT,
                request=one.request,
                service=one.service,
                created_at=one.created_at,
                updated_at=one.updated_at,
                source_fingerprint=one.source_fingerprint,
            )
            app.tools.history.add((fresh,))
            await app.pipeline.resume()
            other = await app.pipeline.finished("other")
    assert app.worker.prepared == 1
    assert other.stage is Stage.READY
    assert other.window is not None
    assert other.window.correction == 0


@run
async def test_what_cannot_be_measured_costs_nobody_the_result(tmp_path: Path) -> None:
    with demo_service(tmp_path) as service:
        async with bench(tmp_path, service) as app:

            async def broken(*_arguments: object) -> None:
                raise RetakeError(ErrorKind.MEDIA_FAILED, "broken")

            app.worker.align = broken  # type: ignore[method-assign,assignment] # a worker that breaks down
            job = await finished(app, request_for(tmp_path))
    assert job.stage is Stage.READY
    assert job.alignment is None
    assert job.window is not None


@run
async def test_a_correction_is_saved_and_told(tmp_path: Path) -> None:
    with demo_service(tmp_path) as service:
        async with bench(tmp_path, service) as app:
            job = await finished(app, request_for(tmp_path))
            await app.pipeline.review.correct(job.id, 2)
            moved = await app.pipeline.review.correct(job.id, -1)
            saved = app.tools.history.job(job.id)
            assert app.seen[-1] == moved
            with pytest.raises(RetakeError) as caught:
                await app.pipeline.review.correct(job.id, 100)
            with pytest.raises(RetakeError) as unknown:
                await app.pipeline.review.correct("nobody", 1)
    assert saved is not None
    assert saved.window is not None
    assert saved.window == moved.window
    assert saved.window.correction == 1
    assert {caught.value.kind, unknown.value.kind} == {ErrorKind.INVALID_REQUEST}


@run
async def test_the_changes_of_a_take_are_measured_and_kept_beside_its_result(tmp_path: Path) -> None:
    with demo_service(tmp_path) as service:
        async with bench(tmp_path, service) as app:
            job = await finished(app, request_for(tmp_path))
            curve = await app.pipeline.review.changes(job.id, lambda _progress: None)
            assert (curve.bleed_before, curve.bleed_after, curve.seams) == (3, 3, (22, 78))
            assert job.result_path is not None
            assert changes_file(job.result_path).exists()
            with Path(job.request.source).open("ab") as file:
                file.write(b"changed")
            with pytest.raises(RetakeError) as caught:
                await app.pipeline.review.changes(job.id, lambda _progress: None)
    assert caught.value.kind is ErrorKind.FILE_TROUBLE


@run
async def test_what_was_looked_at_is_the_very_file_that_is_sent(tmp_path: Path) -> None:
    with demo_service(tmp_path) as service:
        async with bench(tmp_path, service) as app:
            request = request_for(tmp_path)
            looked = await app.pipeline.review.look(request, lambda _progress: None)
            again = await app.pipeline.review.look(replace(request, prompt="other"), lambda _progress: None)
            assert (looked.path, app.worker.prepared) == (again.path, 1)
            assert app.tools.history.jobs() == ()
            sent = Path(looked.path).read_bytes()
            job = await finished(app, request)
            assert app.worker.prepared == 1
            assert job.window_path is not None
            assert Path(job.window_path).read_bytes() == sent
            Path(looked.path).unlink()
            assert Path(job.window_path).exists()
            assert job.alignment is not None


@pytest.mark.full
@run
async def test_another_selection_or_a_damaged_file_is_cut_anew(tmp_path: Path) -> None:
    with demo_service(tmp_path) as service:
        async with bench(tmp_path, service) as app:
            request = request_for(tmp_path)
            looked = await app.pipeline.review.look(request, lambda _progress: None)
            other = await app.pipeline.review.look(replace(request, context=Fraction(1)), lambda _progress: None)
            assert (other.path == looked.path, app.worker.prepared) == (False, 2)
            Path(looked.path).write_bytes(b"half")
            await finished(app, request)
    assert app.worker.prepared == 3


@pytest.mark.full
@run
async def test_only_the_latest_few_looks_are_kept(tmp_path: Path) -> None:
    with demo_service(tmp_path) as service:
        async with bench(tmp_path, service) as app:
            request = request_for(tmp_path)
            for tenths in range(5, 13):
                await app.pipeline.review.look(replace(request, context=Fraction(tenths, 10)), lambda _progress: None)
            folder = app.tools.folders.cache / "windows"
            assert len(list(folder.glob("*.mp4"))) == 6
            assert len(list(folder.iterdir())) == 12


@run
async def test_an_address_cannot_be_looked_at(tmp_path: Path) -> None:
    with demo_service(tmp_path) as service:
        async with bench(tmp_path, service) as app:
            request = request_for(tmp_path, source="https://films.example/clip.mp4")
            with pytest.raises(RetakeError) as caught:
                await app.pipeline.review.look(request, lambda _progress: None)
    assert caught.value.kind is ErrorKind.INVALID_REQUEST
