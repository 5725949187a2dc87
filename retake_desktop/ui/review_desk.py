"""What a review asks for, on the job thread: how much a take changed, its correction, and the person's judgement."""

import asyncio

from PySide6.QtCore import SignalInstance

from retake_desktop.domain.errors import RetakeError
from retake_desktop.domain.job import Progress
from retake_desktop.services.pipeline.review import Review


class ReviewDesk:
    """`known` brings (job id, Changes or Problem), `failed` (job id, Problem)."""

    def __init__(self, review: Review, known: SignalInstance, failed: SignalInstance) -> None:
        self._review = review
        self._known = known
        self._failed = failed
        self._measuring: asyncio.Task[None] | None = None

    async def measure(self, job_id: str) -> None:
        """In the media worker; one that nobody waits for any more is given up."""
        if self._measuring is not None:
            self._measuring.cancel()
        own = self._measuring = asyncio.current_task()
        try:
            self._known.emit(job_id, await self._review.changes(job_id, _unheard))
        except RetakeError as error:
            self._known.emit(job_id, error.problem)
        finally:
            if self._measuring is own:
                self._measuring = None

    async def correct(self, job_id: str, frames: int) -> None:
        try:
            await self._review.correct(job_id, frames)
        except RetakeError as error:
            self._failed.emit(job_id, error.problem)

    async def judge(self, job_id: str, rating: int, note: str) -> None:
        try:
            await self._review.judge(job_id, rating, note)
        except RetakeError as error:
            self._failed.emit(job_id, error.problem)


def _unheard(_progress: Progress) -> None:
    """The map fills in when it is there; until then the timeline is as usable as ever."""
