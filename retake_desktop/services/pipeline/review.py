"""What review asks of the pipeline: how much a take changed, a correction by a frame, a look at what would be sent."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

from retake_desktop.domain.alignment import corrected
from retake_desktop.domain.changes import Changes
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.hosting import choose
from retake_desktop.domain.job import REVIEWABLE_STAGES, Job, Progress
from retake_desktop.domain.retake import RetakeRequest
from retake_desktop.media.prepare import Prepared
from retake_desktop.services.pipeline.looking import looked_at
from retake_desktop.services.pipeline.prepare_step import largest_for
from retake_desktop.services.pipeline.tools import Tools

MOST_STARS = 5
MOST_NOTED = 2000
"""Characters."""
OnProgress = Callable[[Progress], None]
_MOST_CORRECTED = 48
"""Frames of the window by which a result may be moved by hand; two seconds at 24."""


class Review:
    """On the pipeline's loop. `publish` gets the snapshots of jobs that changed."""

    def __init__(self, tools: Tools, publish: Callable[[Job], None]) -> None:
        self._tools = tools
        self._publish = publish

    async def changes(self, job_id: str, on_progress: OnProgress) -> Changes:
        """How much each frame of a take differs from the original. Cancelling the call ends the work.

        Measured once for a mapping, then read back. Raises RetakeError: INVALID_REQUEST for a take without a result or
        with an original on the web, FILE_TROUBLE for an original that has changed, MEDIA_FAILED.
        """
        job = await self._reviewable(job_id)
        if job.result_path is None or job.window is None or job.request.source_is_url:
            raise RetakeError(ErrorKind.INVALID_REQUEST, "there is no original on this computer to compare with")
        original = await self._tools.worker.probe(job.request.source)
        if job.source_fingerprint not in {None, original.fingerprint}:
            raise RetakeError(ErrorKind.FILE_TROUBLE, "the original has changed since the retake was made")
        result = await self._tools.worker.probe(job.result_path)
        request = job.request
        return await self._tools.worker.changes(original, result, job.window, request.span, request.mode, on_progress)

    async def correct(self, job_id: str, frames: int) -> Job:
        """Moves a take's result by `frames` more frames of the window (positive: a later frame of it is shown).

        Saved with the job, so that review, the seams and the finished film all follow. Raises
        RetakeError(INVALID_REQUEST) for a take without a result, or past two seconds.
        """
        job = await self._reviewable(job_id)
        if job.window is None:
            raise RetakeError(ErrorKind.INVALID_REQUEST, "this take has no window to correct")
        window = corrected(job.window, frames)
        if abs(window.correction) > _MOST_CORRECTED:
            raise RetakeError(ErrorKind.INVALID_REQUEST, f"at most {_MOST_CORRECTED} frames can be corrected")
        changed = replace(job, window=window, updated_at=self._tools.clocks.now())
        await asyncio.to_thread(self._tools.history.save, changed)
        self._publish(changed)
        return changed

    async def judge(self, job_id: str, rating: int, note: str) -> Job:
        """Keeps the person's rating (0 to 5 stars) and note with a take. Raises RetakeError(INVALID_REQUEST)."""
        job = await self._reviewable(job_id)
        if not 0 <= rating <= MOST_STARS or len(note) > MOST_NOTED:
            raise RetakeError(ErrorKind.INVALID_REQUEST, "the rating or the note is too long")
        changed = replace(job, rating=rating, note=note, updated_at=self._tools.clocks.now())
        await asyncio.to_thread(self._tools.history.save, changed)
        self._publish(changed)
        return changed

    async def look(self, request: RetakeRequest, on_progress: OnProgress) -> Prepared:
        """Cuts what a press of Retake would send, and sends nothing; the press then sends this very file.

        Raises RetakeError: INVALID_REQUEST for an address, and what `media.prepare` raises.
        """
        if request.source_is_url:
            raise RetakeError(ErrorKind.INVALID_REQUEST, "the whole file is sent, from its address")
        tools = self._tools
        is_demo = tools.connections.service_for_new_jobs().is_demo
        choice = choose(await tools.hosts.settings(), is_demo=is_demo, inline_refused=False)
        clip = await tools.worker.probe(request.source)
        return await looked_at(tools, clip, request, largest_for(choice), on_progress)

    async def _reviewable(self, job_id: str) -> Job:
        job = await asyncio.to_thread(self._tools.history.job, job_id)
        if job is None or job.stage not in REVIEWABLE_STAGES:
            raise RetakeError(ErrorKind.INVALID_REQUEST, f"there is no finished take {job_id}")
        return job
