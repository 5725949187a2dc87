"""From the press to a window that can be fetched: cut it, then bring it where the service can see it."""

import asyncio
from pathlib import Path

from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.job import Job, Stage
from retake_desktop.services.hosting import DemoTarget, Hosted, InlineTarget, Target
from retake_desktop.services.pipeline.runner import PASSING, Runner

PASTED = "url"
"""The hosting of a source that is an address already."""
ROOM_FOR_RESULT = 200_000_000
"""Bytes; 20 s of 1080p are some 10 to 50 MB, and a result may be fetched, delivered and spliced."""


async def begin(runner: Runner) -> None:
    if await runner.cancelled_early():
        return
    if runner.job.request.source_is_url:
        await runner.move(Stage.HOSTING)
    else:
        await runner.move(Stage.PREPARING)


async def prepare(runner: Runner, batch_lock: asyncio.Lock, turn: asyncio.Semaphore) -> None:
    """Cuts the window, once for all takes of one press, and one press after another: each cut uses all cores."""
    async with batch_lock, turn:
        if await runner.cancelled_early():
            return
        sibling = await _prepared_sibling(runner)
        if sibling is not None:
            await runner.move(Stage.HOSTING, window=sibling.window, window_path=sibling.window_path)
            return
        job = runner.job
        target = await _target(runner)
        clip = await runner.tools.worker.probe(job.request.source)
        if job.source_fingerprint not in {None, clip.fingerprint}:
            raise RetakeError(ErrorKind.FILE_TROUBLE, "the video has changed since Retake was pressed")
        path = str(runner.tools.folders.windows / f"{job.batch}.mp4")
        prepared = await runner.tools.worker.prepare(clip, job.request, path, target.max_bytes, runner.progress)
        await runner.move(Stage.HOSTING, window=prepared.window, window_path=prepared.path)


async def _prepared_sibling(runner: Runner) -> Job | None:
    """A take of the same press whose window is ready."""
    for job in await asyncio.to_thread(runner.tools.history.batch, runner.job.batch):
        if job.window is not None and job.window_path is not None and Path(job.window_path).exists():
            return job
    return None


async def host(runner: Runner) -> None:
    """Brings the window to where the service can fetch it."""
    if await runner.cancelled_early():
        return
    if runner.job.request.source_is_url:
        await runner.move(Stage.SUBMITTING, hosting=PASTED, video_url=runner.job.request.source)
        return
    if runner.job.window_path is None or not Path(runner.job.window_path).exists():
        raise RetakeError(ErrorKind.FILE_TROUBLE, "the prepared window has vanished")
    await asyncio.to_thread(_check_room_for_result, runner)
    hosted = await _put(runner, Path(runner.job.window_path))
    if not await runner.cancelled_early():
        await runner.move(Stage.SUBMITTING, hosting=hosted.target, video_url=hosted.url)


def _check_room_for_result(runner: Runner) -> None:
    """Raises RetakeError(NO_SPACE) before anything is paid for, when the result would not fit on the disk."""
    folder = runner.tools.folders.results
    if runner.tools.free_space(folder) < ROOM_FOR_RESULT:
        raise RetakeError(ErrorKind.NO_SPACE, f"a result needs {ROOM_FOR_RESULT // 1_000_000} MB in {folder}")


async def _put(runner: Runner, window: Path) -> Hosted:
    failures = 0
    while True:
        try:
            return await (await _target(runner)).put(window, runner.progress)
        except RetakeError as error:
            if error.kind not in PASSING or runner.job.cancel_asked:
                raise
            failures += 1
            await runner.back_off(failures, error)


async def _target(runner: Runner) -> Target:
    """Where this job's window goes: the demo service's own target for demo jobs, otherwise inside the request."""
    if runner.job.service.is_demo:
        return DemoTarget(*await runner.tools.connections.address(runner.job.service))
    return InlineTarget()
