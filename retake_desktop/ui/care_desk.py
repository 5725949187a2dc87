"""A report for whoever helps, and what of a person's lies where, on the job thread."""

import asyncio
from collections.abc import Mapping
from pathlib import Path

from retake_desktop.domain.errors import RetakeError
from retake_desktop.domain.job import Stage
from retake_desktop.domain.privacy import Held
from retake_desktop.services.pipeline import Tools
from retake_desktop.services.pipeline.forgetting import delete
from retake_desktop.services.pipeline.privacy import looked_at
from retake_desktop.services.pipeline.report import Report, gathered, save
from retake_desktop.ui.job_answers import CareAnswers


class CareDesk:
    """Every command ends in its own signal, with a Problem where it came to nothing."""

    def __init__(self, tools: Tools, answers: CareAnswers) -> None:
        self._tools = tools
        self._answers = answers

    async def gather_report(self, window: Mapping[str, str], *, with_names: bool) -> None:
        tools = self._tools
        try:
            account = tools.connections.account
            found = await gathered(tools.folders, tools.history, account, window, with_names=with_names)
        except RetakeError as error:
            self._answers.report_gathered.emit(error.problem)
        else:
            self._answers.report_gathered.emit(found)

    async def save_report(self, path: str, report: Report) -> None:
        try:
            await asyncio.to_thread(save, Path(path), report)
        except RetakeError as error:
            self._answers.report_saved.emit(path, error.problem)
        else:
            self._answers.report_saved.emit(path, None)

    async def look_at_privacy(self) -> None:
        try:
            self._answers.privacy_known.emit(await asyncio.to_thread(looked_at, self._tools))
        except RetakeError as error:
            self._answers.privacy_known.emit(error.problem)

    async def delete_now(self, what: Held) -> None:
        try:
            await delete(self._tools, what)
        except RetakeError as error:
            await self.look_at_privacy()
            self._answers.privacy_known.emit(error.problem)
            return
        if what is Held.DISCARDED:
            for job in await asyncio.to_thread(self._tools.history.jobs):
                if job.stage is Stage.DISCARDED:
                    self._answers.job_changed.emit(job)
        await self.look_at_privacy()
