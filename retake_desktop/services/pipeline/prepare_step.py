"""From the press to a window that can be fetched: cut it, then bring it where the service can see it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

from retake_desktop.domain.alignment import as_sent
from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, Problem, RetakeError
from retake_desktop.domain.hosting import REFUSE_BYTES, Choice, Route
from retake_desktop.domain.job import Job, Stage, Wait
from retake_desktop.media.plan import is_sendable_as_it_is, plan_window
from retake_desktop.media.prepare import Prepared
from retake_desktop.services.hosting import DemoTarget, Hosted, InlineTarget
from retake_desktop.services.hosting.inline import LARGEST_BYTES, PREFERRED_BYTES
from retake_desktop.services.hosting.verify import check_pasted, check_same, size_note
from retake_desktop.services.pipeline.connections import Rest
from retake_desktop.services.pipeline.looking import cut_window, linked
from retake_desktop.services.pipeline.runner import PASSING, Runner
from retake_desktop.services.pipeline.tools import Tools
from retake_desktop.services.pipeline.web_source import address_of, lies_at

_T = TypeVar("_T")
PASTED = "url"
"""The hosting of a source that is an address already."""
_GIVEN = "from the address that you gave"
ROOM_FOR_RESULT = 200_000_000
"""Bytes; 20 s of 1080p are some 10 to 50 MB, and a result may be fetched, delivered and spliced."""

_LEAST_TIME_LEFT = timedelta(days=2)
"""What an address must still be good for when a job is submitted; queues are counted in hours."""


async def begin(runner: Runner) -> None:
    if await runner.cancelled_early():
        return
    if runner.job.request.source_is_url:
        await runner.move(Stage.HOSTING)
    else:
        await runner.move(Stage.PREPARING)


async def prepare(runner: Runner, batch_lock: asyncio.Lock) -> None:
    """Cuts the window, once for all takes of one press, and one press after another: each cut uses all cores."""
    async with batch_lock:
        if await runner.cancelled_early():
            return
        sibling = await _prepared_sibling(runner)
        if sibling is not None and sibling.window is not None:
            await runner.move(Stage.HOSTING, window=as_sent(sibling.window), window_path=sibling.window_path)
            return
        async with runner.turn(runner.lanes.cutting):
            await _cut(runner)


async def _cut(runner: Runner) -> None:
    if not await runner.cancelled_early():
        job = runner.job
        clip = await runner.tools.worker.probe(job.request.source)
        if job.source_fingerprint not in {None, clip.fingerprint}:
            raise RetakeError(ErrorKind.FILE_TROUBLE, "the video has changed since Retake was pressed")
        path = str(runner.tools.folders.windows / f"{job.batch}.mp4")
        prepared = await _as_it_is(runner, clip, path) or await cut_window(
            runner.tools, clip, job.request, path, await _largest(runner), runner.progress
        )
        await runner.move(Stage.HOSTING, window=prepared.window, window_path=prepared.path)


async def _as_it_is(runner: Runner, clip: Clip, path: str) -> Prepared | None:
    """The file itself for a window, where it lies on the web and the service could fetch just that."""
    request, tools = runner.job.request, runner.tools
    if not is_sendable_as_it_is(clip, request) or clip.size_bytes > REFUSE_BYTES:
        return None
    if await asyncio.to_thread(address_of, tools.folders, clip.path) is None:
        return None
    if (await tools.hosts.choice(runner.job, has_address=True)).route is not Route.ADDRESS:
        return None
    try:
        await asyncio.to_thread(linked, Path(clip.path), Path(path))
    except OSError:
        return None
    return Prepared(plan_window(clip, request).window, path, clip.size_bytes)


async def _prepared_sibling(runner: Runner) -> Job | None:
    """A take of the same press whose window is ready."""
    for job in await asyncio.to_thread(runner.tools.history.batch, runner.job.batch):
        if job.window is not None and job.window_path is not None and Path(job.window_path).exists():
            return job
    return None


async def host(runner: Runner) -> None:
    """Brings the window to where the service can fetch it, and looks that it can.

    A job that needs the person for that rests with `Wait.HOSTING`: nothing was sent, and nothing is lost.
    """
    if await runner.cancelled_early():
        return
    if runner.job.request.source_is_url:
        await _use_source_address(runner)
        return
    if runner.job.window_path is None or not Path(runner.job.window_path).exists():
        raise RetakeError(ErrorKind.FILE_TROUBLE, "the prepared window has vanished")
    window = Path(runner.job.window_path)
    await asyncio.to_thread(_check_room_for_result, runner)
    address = await _own_address(runner, window)
    choice = await runner.tools.hosts.choice(runner.job, has_address=address is not None)
    size = window.stat().st_size
    if choice.route is Route.ADDRESS and address is not None:
        await _use_address(runner, address, f"from the address that the video has on the web, because {choice.because}")
        return
    if choice.route is Route.BLOCKED:
        raise _waiting(runner, runner.job.problem or Problem(ErrorKind.INLINE_REFUSED))
    if choice.route is Route.INLINE and size > LARGEST_BYTES:
        detail = f"{size / 1e6:.0f} MB are too much for the way inside the request"
        raise _waiting(runner, Problem(ErrorKind.HOSTING_TROUBLE, detail))
    hosted = await _patiently(runner, partial(_put_once, runner, window, choice))
    note = "; ".join(filter(None, (await _way(runner, choice), size_note(size))))
    if not await runner.cancelled_early():
        await runner.move(
            Stage.SUBMITTING,
            hosting=hosted.target,
            hosting_note=note,
            hosting_key=hosted.key,
            video_url=hosted.url,
            video_url_expires=hosted.expires,
        )


async def renew(runner: Runner) -> bool:
    """Before a submission: a fresh address where the old one would not outlast the queue.

    False when the window has to be brought there anew; the job is back at hosting then.
    """
    expires, now = runner.job.video_url_expires, runner.tools.clocks.now()
    if expires is None or expires - now > _LEAST_TIME_LEFT or runner.job.window_path is None:
        return True
    fresh = await _patiently(runner, partial(_fresh, runner, Path(runner.job.window_path)))
    if fresh is None:
        await runner.move(Stage.HOSTING)
        return False
    await runner.save(replace(runner.job, video_url=fresh.url, video_url_expires=fresh.expires))
    return True


async def _fresh(runner: Runner, window: Path) -> Hosted | None:
    return await runner.tools.hosts.fresh_address(runner.job, window, is_local=_is_local(runner))


async def _own_address(runner: Runner, window: Path) -> str | None:
    """Where on the web this very window lies already: the source, when it was fetched from there and is sent whole."""
    source = runner.job.request.source
    address = await asyncio.to_thread(address_of, runner.tools.folders, source)
    if address is None or not await asyncio.to_thread(_are_of_one_size, Path(source), window):
        return None
    return address if await lies_at(address, window, is_local=_is_local(runner)) else None


def _are_of_one_size(one: Path, other: Path) -> bool:
    try:
        return one.stat().st_size == other.stat().st_size
    except OSError:
        return False


async def _use_source_address(runner: Runner) -> None:
    await _use_address(runner, runner.job.request.source, _GIVEN)


async def _use_address(runner: Runner, url: str, words: str) -> None:
    size = await _patiently(runner, partial(check_pasted, url, is_local=_is_local(runner)))
    if not await runner.cancelled_early():
        note = "; ".join(filter(None, (words, size_note(size))))
        await runner.move(Stage.SUBMITTING, hosting=PASTED, video_url=url, hosting_note=note)


async def _patiently(runner: Runner, deed: Callable[[], Awaitable[_T]]) -> _T:
    """Does it again while the trouble is one that passes; rests when the person has to see to the storage."""
    failures = 0
    while True:
        try:
            return await deed()
        except RetakeError as error:
            if error.kind in {ErrorKind.HOSTING_TROUBLE, ErrorKind.KEYRING_TROUBLE}:
                raise _waiting(runner, error.problem) from error
            if error.kind not in PASSING or runner.job.cancel_asked:
                raise
            failures += 1
            await runner.back_off(failures, error)


async def given(job: Job, url: str, tools: Tools) -> Job:
    """`job`, ready to be sent with an address where its window lies. Raises RetakeError: INVALID_REQUEST, OFFLINE."""
    if job.stage is not Stage.HOSTING or job.window_path is None:
        raise RetakeError(ErrorKind.INVALID_REQUEST, "this retake does not wait for an address")
    size = await check_pasted(url, is_local=tools.connections.is_local(job.service.api_base))
    await check_same(url, Path(job.window_path))
    return job.moved(
        Stage.SUBMITTING,
        tools.clocks.now(),
        hosting=PASTED,
        video_url=url,
        video_url_expires=None,
        hosting_key=None,
        hosting_note="; ".join(filter(None, (_GIVEN, size_note(size)))),
    )


def _waiting(runner: Runner, problem: Problem) -> Rest:
    """The job rests until the person has seen to the way; the next start, or new settings, take it up again."""
    runner.took(replace(runner.job, problem=problem))
    return Rest(Wait.HOSTING)


def _is_local(runner: Runner) -> bool:
    return runner.tools.connections.is_local(runner.job.service.api_base)


async def _way(runner: Runner, choice: Choice) -> str:
    place = (await runner.tools.hosts.settings()).place
    through = {
        Route.DEMO: "through the demo service",
        Route.INLINE: "inside the request (not documented for this model)",
        Route.STORAGE: f"through your storage, {place.title if place else ''}",
    }
    return f"{through[choice.route]}, because {choice.because}"


def _check_room_for_result(runner: Runner) -> None:
    """Raises RetakeError(NO_SPACE) before anything is paid for, when the result would not fit on the disk."""
    folder = runner.tools.folders.results
    if runner.tools.free_space(folder) < ROOM_FOR_RESULT:
        raise RetakeError(ErrorKind.NO_SPACE, f"a result needs {ROOM_FOR_RESULT // 1_000_000} MB in {folder}")


async def _put_once(runner: Runner, window: Path, choice: Choice) -> Hosted:
    tools, job = runner.tools, runner.job
    if choice.route is Route.DEMO:
        return await DemoTarget(*await tools.connections.address(job.service)).put(window, runner.progress)
    place = (await tools.hosts.settings()).place
    if choice.route is Route.STORAGE and place is not None:
        return await tools.hosts.bring(job, place, window, runner.progress, is_local=_is_local(runner))
    return await InlineTarget().put(window, runner.progress)


async def _largest(runner: Runner) -> int:
    """Bytes that the window may have on the way that it will go."""
    return largest_for(await runner.tools.hosts.choice(runner.job))


def largest_for(choice: Choice) -> int:
    """Bytes that a window may have on this way."""
    return PREFERRED_BYTES if choice.route in {Route.INLINE, Route.BLOCKED} else REFUSE_BYTES
