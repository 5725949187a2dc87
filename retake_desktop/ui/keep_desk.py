"""Keep and everything around it, on the job thread."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from retake_desktop.domain.errors import ErrorKind, Problem, RetakeError
from retake_desktop.domain.film import SeamChoice
from retake_desktop.domain.job import Progress
from retake_desktop.services.pipeline import Pipeline
from retake_desktop.services.pipeline.keeping import KeepPlan
from retake_desktop.ui.job_answers import KeepAnswers


class KeepDesk:
    """One plan and one film at a time for each take; a newer plan, or Keep itself, ends an older plan."""

    def __init__(self, pipeline: Pipeline, answers: KeepAnswers) -> None:
        self._keeping = pipeline.keeping
        self._answers = answers
        self._recording = asyncio.Lock()
        self._planning: asyncio.Task[None] | None = None
        self._building: dict[str, asyncio.Task[None]] = {}

    async def plan(self, job_id: str, seams: SeamChoice | None = None) -> None:
        """Tells what Keep would do, with other `seams` where some are given: they are put on record."""
        try:
            if seams is not None:
                # Before anything can end this plan: what the person chose is on record when Keep begins.
                async with self._recording:
                    await self._keeping.set_seams(job_id, seams)
            self._end_planning()
            self._planning = asyncio.current_task()
            self._tell_plan(await self._keeping.plan(job_id))
        except RetakeError as error:
            self._answers.keep_planned.emit(job_id, error.problem)

    async def keep(self, job_id: str, output: str | None = None) -> None:
        async with self._recording:
            self._end_planning()

        async def build() -> None:
            progress = self._progress_of(job_id)
            report = await self._keeping.keep(job_id, progress, on_plan=self._tell_plan, output=output)
            self._answers.kept.emit(job_id, report)

        await self._built(job_id, build())

    async def take_out(self, job_id: str) -> None:
        async def build() -> None:
            self._answers.taken_out.emit(job_id, await self._keeping.take_out(job_id, self._progress_of(job_id)))

        await self._built(job_id, build())

    async def stop(self, job_id: str) -> None:
        """Ends the building of a film; what was there before stays."""
        task = self._building.get(job_id)
        if task is not None:
            task.cancel()

    async def open_film(self, job_id: str) -> None:
        try:
            self._answers.film_opened.emit(job_id, await self._keeping.film(job_id))
        except RetakeError as error:
            self._answers.command_failed.emit(job_id, error.problem)

    async def find_original(self, job_id: str) -> None:
        await self._tell_original(job_id, self._keeping.find_original(job_id))

    async def adopt_original(self, job_id: str, path: str, *, despite_change: bool) -> None:
        adopted = self._keeping.adopt_original(job_id, path, despite_change=despite_change)
        await self._tell_original(job_id, adopted)

    async def _tell_original(self, job_id: str, work: Coroutine[Any, Any, object]) -> None:
        try:
            await work
        except RetakeError as error:
            self._answers.original_told.emit(job_id, error.problem)
        else:
            self._answers.original_told.emit(job_id, None)

    async def _built(self, job_id: str, work: Coroutine[Any, Any, None]) -> None:
        if job_id in self._building:
            work.close()
            return
        task = asyncio.ensure_future(work)
        self._building[job_id] = task
        try:
            await task
        except RetakeError as error:
            self._answers.command_failed.emit(job_id, error.problem)
        except asyncio.CancelledError:
            task.cancel()
            await asyncio.wait({task})
            self._answers.keep_stopped.emit(job_id)
            if (current := asyncio.current_task()) is not None and current.cancelling():
                raise
        except ValueError:
            # The job went on between the click and now, and its own snapshot shows where it stands.
            self._answers.command_failed.emit(job_id, Problem(ErrorKind.INVALID_REQUEST, "the take has changed"))
        finally:
            del self._building[job_id]

    def _end_planning(self) -> None:
        if self._planning is not None:
            self._planning.cancel()
            self._planning = None

    def _tell_plan(self, plan: KeepPlan) -> None:
        self._answers.keep_planned.emit(plan.job_id, plan)

    def _progress_of(self, job_id: str) -> Callable[[Progress], None]:
        return lambda progress: self._answers.keep_progress.emit(job_id, progress)
