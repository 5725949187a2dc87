"""Exports and the room that everything takes, on the job thread."""

import asyncio
from collections.abc import Awaitable, Callable
from fractions import Fraction
from pathlib import Path

from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.job import Progress
from retake_desktop.services import facts, room
from retake_desktop.services.pipeline import Tools
from retake_desktop.services.pipeline.fetch_step import copy_whole
from retake_desktop.services.pipeline.sharing import Wish, must_stay, share_still, share_video, write_whole
from retake_desktop.ui.job_answers import ShareAnswers


class ShareDesk:
    """Every export ends in `exported`, `export_refused` or `command_failed`, or in nothing when it was stopped."""

    def __init__(self, tools: Tools, answers: ShareAnswers) -> None:
        self._tools = tools
        self._answers = answers
        self._sharing: asyncio.Task[None] | None = None

    async def copy(self, job_id: str, source: str, target: str) -> None:
        await self._told(job_id, target, lambda: asyncio.to_thread(copy_whole, Path(source), Path(target)))

    async def video(self, job_id: str, wish: Wish, target: str) -> None:
        """A newer one ends an older one."""
        await self.stop()
        self._sharing = asyncio.current_task()

        def on_progress(progress: Progress) -> None:
            self._answers.share_progress.emit(job_id, progress)

        try:
            await self._told(job_id, target, lambda: share_video(self._tools, job_id, wish, target, on_progress))
        finally:
            self._answers.share_progress.emit(job_id, None)
            self._sharing = None

    async def stop(self) -> None:
        if self._sharing is not None:
            self._sharing.cancel()

    async def still(self, job_id: str, wish: Wish, time: Fraction, target: str) -> None:
        await self._told(job_id, target, lambda: share_still(self._tools, job_id, wish, time, target))

    async def facts(self, job_id: str, target: str) -> None:
        """As JSON for a name that ends so, otherwise as text."""
        await self._told(job_id, target, lambda: self._write_facts(job_id, Path(target)))

    async def measure_room(self) -> None:
        history, folders = self._tools.history, self._tools.folders
        self._answers.room_known.emit(await asyncio.to_thread(lambda: room.measure(folders, history.jobs())))

    async def clear_cache(self) -> None:
        history, folders = self._tools.history, self._tools.folders
        await asyncio.to_thread(lambda: room.clear_cache(folders, history.jobs()))
        await self.measure_room()

    async def _write_facts(self, job_id: str, target: Path) -> None:
        job = await asyncio.to_thread(self._tools.history.job, job_id)
        if job is None:
            raise RetakeError(ErrorKind.INVALID_REQUEST, f"there is no job {job_id}")
        content = facts.as_json(job) if target.suffix.lower() == ".json" else facts.as_text(job)
        await asyncio.to_thread(write_whole, target, content)

    async def _told(self, job_id: str, target: str, work: Callable[[], Awaitable[None]]) -> None:
        if await must_stay(self._tools, job_id, target):
            self._answers.export_refused.emit(job_id, target)
            return
        try:
            await work()
        except RetakeError as error:
            self._answers.command_failed.emit(job_id, error.problem)
        else:
            self._answers.exported.emit(job_id, target)
