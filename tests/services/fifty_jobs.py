"""Fifty takes pressed at once on a light service, for one test or measure."""

import asyncio
from itertools import pairwise
from pathlib import Path

from retake_desktop.domain.alignment import Alignment
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.job import Job, Stage
from retake_desktop.services.pipeline import Clocks
from tests.fakes.light_service import LightService
from tests.fakes.worker import InProcessWorker
from tests.services.pipeline_bench import Bench, bench, request_for

JOBS = 50
_FIRST_PAUSE = 2.0
"""Seconds between two looks at a job in its first half minute."""
_LOOKS = 4
"""At each job, before the service has finished them."""
_PATIENCE = 60


class QuickWorker(InProcessWorker):
    """Measuring fifty results would take all the time; what cannot be measured comes home all the same."""

    async def align(self, *_what: object) -> Alignment:
        raise RetakeError(ErrorKind.MEDIA_FAILED, "not measured here")


async def pressed(made: Bench, folder: Path) -> list[Job]:
    """Presses Retake until there are `JOBS` takes of one selection on their way."""
    made.tools.worker = QuickWorker()
    request = request_for(folder)
    clip = await made.worker.probe(request.source)
    jobs: list[Job] = []
    while len(jobs) < JOBS:
        takes = min(8, JOBS - len(jobs))
        jobs += await made.pipeline.retake(request_for(folder, takes=takes), clip)
    return jobs


async def lateness(folder: Path) -> list[float]:
    """Seconds that each look at a job came after it was due, in real time; all jobs end with a file of their own.

    Raises AssertionError when not every job was submitted exactly once and came home.
    """
    with LightService(Path(request_for(folder).source)) as service:
        async with bench(folder, service.url) as made:
            made.tools.clocks = Clocks(chance=lambda: 0.0)
            jobs = await pressed(made, folder)
            async with asyncio.timeout(_PATIENCE):
                while len(service.polls) < JOBS or min(map(len, service.polls.values())) < _LOOKS:
                    await asyncio.sleep(0.05)
            service.finished.set()
            ended = [await made.pipeline.finished(job.id) for job in jobs]
            assert {job.stage for job in ended} == {Stage.READY}
            assert len({job.result_path for job in ended}) == JOBS
        assert (len(service.submitted), len(service.prompts)) == (JOBS, JOBS)
        first = [times[0] - service.submitted[request] for request, times in service.polls.items()]
        later = [after - before - _FIRST_PAUSE for times in service.polls.values() for before, after in pairwise(times)]
        return first + later
