"""The list of takes and a look at what would be sent, on the job thread."""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from PySide6.QtCore import SignalInstance

from retake_desktop.domain.errors import RetakeError
from retake_desktop.domain.job import Job, Progress
from retake_desktop.domain.retake import RetakeRequest
from retake_desktop.services.pipeline import Pipeline, Tools

_PAGE = 500
_AT_ONCE = 2
"""Pages that are told together after the first: each time the list is put in order anew."""


class TakesDesk:
    """`loaded` takes a tuple of Job, `marked` a dict of TakeMark by job id, `looked` a RetakeRequest and what came of
    it (Prepared or Problem), `failed` a job id and a Problem."""

    def __init__(
        self,
        tools: Tools,
        pipeline: Pipeline,
        loaded: SignalInstance,
        marked: SignalInstance,
        looked: SignalInstance,
        failed: SignalInstance,
    ) -> None:
        self._tools = tools
        self._pipeline = pipeline
        self._loaded = loaded
        self._marked = marked
        self._looked = looked
        self._failed = failed
        self._looking: asyncio.Task[None] | None = None

    async def load(self) -> None:
        """Tells everything on record, page by page: what is open comes with the first ones. Raises RetakeError."""
        history = self._tools.history
        self._marked.emit(await asyncio.to_thread(history.marks))
        pages = history.pages(_PAGE)
        self._loaded.emit(await asyncio.to_thread(next, pages, ()))
        while more := await asyncio.to_thread(_some, pages):
            self._loaded.emit(more)

    async def rename(self, job_id: str, name: str) -> None:
        await self._mark(job_id, lambda: self._tools.history.rename(job_id, name))

    async def remove(self, job_ids: Iterable[str], *, is_removed: bool) -> None:
        """Takes takes off the list, or puts them back. Their records, receipts and files stay."""
        ids = tuple(job_ids)
        await self._mark(ids[0], lambda: self._tools.history.set_removed(ids, is_removed=is_removed))

    async def look(self, request: RetakeRequest) -> None:
        """Cuts what would be sent; a newer wish ends an older one."""
        if self._looking is not None:
            self._looking.cancel()
        self._looking = asyncio.current_task()
        try:
            found = await self._pipeline.review.look(request, _unwatched)
        except RetakeError as error:
            self._looked.emit(request, error.problem)
        else:
            self._looked.emit(request, found)
        finally:
            if self._looking is asyncio.current_task():
                self._looking = None

    async def _mark(self, job_id: str, mark: Callable[[], None]) -> None:
        try:
            await asyncio.to_thread(mark)
        except RetakeError as error:
            self._failed.emit(job_id, error.problem)
        self._marked.emit(await asyncio.to_thread(self._tools.history.marks))


def _unwatched(_progress: Progress) -> None:
    """A window is cut in a second or two."""


def _some(pages: Iterator[tuple[Job, ...]]) -> tuple[Job, ...]:
    return tuple(job for page in islice(pages, _AT_ONCE) for job in page)
