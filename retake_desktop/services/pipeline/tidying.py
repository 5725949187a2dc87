"""What was brought to the person's storage goes away as soon as no job needs it."""

import asyncio
import logging
from collections.abc import Callable

from retake_desktop.domain.errors import RetakeError
from retake_desktop.domain.job import Job, Stage
from retake_desktop.services.pipeline.tools import Tools

_log = logging.getLogger(__name__)
_DONE_WITH_IT = frozenset(
    {Stage.DOWNLOADING, Stage.READY, Stage.CANCELLED, Stage.EXPIRED, Stage.FAILED, Stage.DOWNLOAD_FAILED}
)
_LAST_WORDS = 10.0
"""Seconds that a deletion gets when the app closes; what is left is deleted at the next start."""


class Tidying:
    """Sweeps at the start, and whenever a job that used the storage is done with it."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._tasks: set[asyncio.Task[None]] = set()

    def watching(self, publish: Callable[[Job], None]) -> Callable[[Job], None]:
        """`publish`, and a look at each snapshot that passes; they are all on record."""

        def publish_and_look(job: Job) -> None:
            publish(job)
            self._look(job)

        return publish_and_look

    def _look(self, job: Job) -> None:
        if job.hosting_key is not None and job.stage in _DONE_WITH_IT and job.progress is None:
            self.begin()
        elif job.stage is Stage.CANCELLED:
            # Stopped in the middle of the upload: the job itself does not know its key yet.
            self.begin()

    def begin(self) -> None:
        task = asyncio.create_task(self._sweep())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_LAST_WORDS)
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _sweep(self) -> None:
        try:
            await self._tools.hosts.sweep(self._tools.history)
        except RetakeError as error:
            _log.info("the storage could not be tidied: %s", error)
