"""Measuring in the worker's child: with progress, and gone at once when nobody wants it any more."""

import asyncio
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from time import monotonic

import pytest

from retake_desktop.domain.job import Progress
from retake_desktop.domain.retake import Mode, RetakeRequest
from retake_desktop.domain.span import Span
from retake_desktop.media.alignment import align
from retake_desktop.media.changes import changes
from retake_desktop.media.probe import probe
from retake_desktop.media.worker import MediaWorker
from tests.fakes.footage import make_clip
from tests.media.trips import cut, retaken


@pytest.mark.full
def test_measuring_works_in_the_child_and_ends_at_once_when_it_is_not_wanted(tmp_path: Path) -> None:
    source = make_clip(tmp_path / "film.mp4", frames=200, size=(160, 90))
    request = RetakeRequest(str(source), Span(Fraction(3), Fraction(5)), "x", Mode.PICTURE)
    original, prepared = cut(tmp_path, source, request)
    done = retaken(tmp_path, original, prepared, request)
    result, window = done.result, prepared.window

    async def story() -> None:
        worker = MediaWorker()
        seen: list[Progress] = []
        try:
            found = await worker.align(prepared.path, result, window, request.mode, seen.append)
            assert found == align(probe(prepared.path), result, window, request.mode)
            assert seen[-1] == Progress(250, 250)
            curve = await worker.changes(original, result, done.window, request.span, request.mode, seen.append)
            assert curve == changes(original, result, done.window, request.span, request.mode)
            assert seen[-1] == Progress(125, 125)
            began = asyncio.Event()
            task = asyncio.create_task(
                worker.align(prepared.path, result, window, request.mode, lambda _progress: began.set())
            )
            await began.wait()
            start = monotonic()
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            assert monotonic() - start < 1
        finally:
            await worker.close()

    asyncio.run(story())
