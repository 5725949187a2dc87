"""Bringing the paid result home: fetch, check that it is the video it should be, put it where it was wanted."""

import asyncio
import os
import shutil
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.job import Job, Stage
from retake_desktop.services.api.wire import RemoteState
from retake_desktop.services.pipeline.finished_film import splice_one
from retake_desktop.services.pipeline.measure_step import measure
from retake_desktop.services.pipeline.runner import PASSING, Runner
from retake_desktop.services.transfer import download, file_error

_TRIES = 5
_WORTH_ANOTHER_TRY = PASSING | {ErrorKind.DOWNLOAD_FAILED}


async def fetch(runner: Runner) -> None:
    """Ends in `ready`, or in `download_failed`, from where it can be tried again without paying."""
    try:
        if runner.job.result_path is None or not Path(runner.job.result_path).exists():
            path = await _brought_home(runner)
            await runner.save(replace(runner.job, result_path=str(path), progress=None, wait=None, problem=None))
        await measure(runner)
        final = await _delivered(runner)
    except RetakeError as error:
        await runner.move(Stage.DOWNLOAD_FAILED, problem=error.problem)
        return
    await runner.move(Stage.READY, final_path=final)


async def _brought_home(runner: Runner) -> Path:
    """The verified result file. Raises RetakeError when it could not be had."""
    target = result_file(runner.job, runner.tools.folders.results)
    failures = 0
    while True:
        try:
            url = runner.job.output_url or await _fresh_url(runner)
            async with runner.turn(runner.lanes.fetching):
                await download(url, target, runner.tools.host_rule(runner.job.service.api_base), runner.progress)
            await _verified(runner, target)
            return target
        except RetakeError as error:
            failures += 1
            if failures >= _TRIES or (error.kind is not ErrorKind.EXPIRED and error.kind not in _WORTH_ANOTHER_TRY):
                raise
            if error.kind in {ErrorKind.EXPIRED, ErrorKind.DOWNLOAD_FAILED}:
                # The address may have moved: the demo service listens on another port after every start.
                runner.took(replace(runner.job, output_url=None))
            await runner.back_off(failures, error)


async def _verified(runner: Runner, target: Path) -> None:
    try:
        # Without the window: a result of an unexpected length is paid for all the same, and review aligns it.
        await runner.tools.worker.verify(str(target), None)
    except RetakeError:
        # Not to be taken for the video at the next start, but what was paid for is never thrown away either.
        with suppress(FileNotFoundError):
            target.replace(target.with_name(f"{target.name}.unverified"))
        raise


async def _fresh_url(runner: Runner) -> str:
    """Asks `/result` for the video's address. Raises RetakeError(NO_OUTPUT) and keeps the raw answer."""
    job = runner.job
    if job.request_id is None:
        raise ValueError(f"job {job.id} is {job.stage} without a request id")
    result = await (await runner.client()).result(job.request_id)
    runner.answered()
    if not result.videos:
        await runner.save(replace(runner.job, raw_result=result.raw))
        detail = "" if result.state is RemoteState.FINISHED else "it does not call the job finished any more"
        raise RetakeError(ErrorKind.NO_OUTPUT, detail)
    url = result.videos[0]
    await runner.save(replace(runner.job, output_url=url, cost_usd=result.cost_usd or runner.job.cost_usd))
    return url


def result_file(job: Job, folder: Path) -> Path:
    """Where a job's result lies: named after its source, for people, and its id, against mix-ups."""
    stem = job.request.source.rsplit("/", 1)[-1].split("?")[0] if job.request.source_is_url else job.request.source
    clean = "".join(letter if letter.isalnum() or letter in " -_" else "_" for letter in Path(stem).stem)[:60].strip()
    return folder / f"{clean or 'video'} take {job.take} {job.id[:8]}.mp4"


async def _delivered(runner: Runner) -> str | None:
    """Does what `-o` and `--splice` asked for; the path of what was made, or None when nothing was asked."""
    job = runner.job
    if job.result_path is None:
        raise ValueError(f"job {job.id} has no result to deliver")
    if job.delivery.splice:
        return await splice_one(runner.tools, job, runner.progress)
    if job.delivery.output is not None:
        await asyncio.to_thread(copy_whole, Path(job.result_path), Path(job.delivery.output))
        return job.delivery.output
    return job.final_path


def copy_whole(source: Path, target: Path) -> None:
    """Copies byte for byte through a temporary name beside `target`. Raises RetakeError(NO_SPACE | FILE_TROUBLE)."""
    part = target.with_name(f".{target.name}.part")
    try:
        with source.open("rb") as reading, part.open("wb") as writing:
            shutil.copyfileobj(reading, writing, 1024 * 1024)
            writing.flush()
            os.fsync(writing.fileno())
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise file_error(error, target) from error
