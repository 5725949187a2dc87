"""Watching jobs until each rests, and the exit code that they earn together."""

import asyncio
from collections.abc import Sequence

from retake_desktop.cli.exit_codes import Exit, for_job
from retake_desktop.cli.interrupt import interruptible
from retake_desktop.cli.report import Reporter
from retake_desktop.domain.job import Job
from retake_desktop.services.pipeline import Pipeline


async def follow(pipeline: Pipeline, jobs: Sequence[Job], reporter: Reporter) -> Exit:
    """Prints `done` for each job as it comes to rest; the highest code, or 130 when interrupted."""
    watching = {asyncio.create_task(pipeline.finished(job.id)): job.id for job in jobs}
    codes: list[Exit] = []
    async with interruptible() as asked:
        interrupt = asyncio.create_task(asked.wait())
        pending: set[asyncio.Task[Job]] = set(watching)
        while pending and not asked.is_set():
            done, _rest = await asyncio.wait({*pending, interrupt}, return_when=asyncio.FIRST_COMPLETED)
            codes += [_closed(task.result(), reporter) for task in watching if task in pending & done]
            pending -= done
        interrupt.cancel()
        if not pending:
            return max(codes, default=Exit.READY)
        if pipeline.is_sending:
            reporter.notice("A submission is on its way; waiting for its answer (up to 90 s) so that it is not lost.")
        await pipeline.close()
        for job in await asyncio.gather(*pending):
            reporter.done(job, Exit.INTERRUPTED, interrupted=True)
    return Exit.INTERRUPTED


def _closed(job: Job, reporter: Reporter) -> Exit:
    code = for_job(job)
    reporter.done(job, code)
    return code
