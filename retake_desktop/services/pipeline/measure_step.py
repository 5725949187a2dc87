"""Measuring what came back, before anyone looks at it: the mapping to it is found, not assumed."""

import logging
from dataclasses import replace
from pathlib import Path

from retake_desktop.domain.errors import RetakeError
from retake_desktop.domain.job import Progress
from retake_desktop.services.pipeline.runner import Runner

_log = logging.getLogger(__name__)


async def measure(runner: Runner) -> None:
    """Saves the measured mapping with the job. What cannot be measured costs nobody a result that is paid for."""
    job = runner.job
    if job.alignment is not None or job.window is None or job.window_path is None or job.result_path is None:
        return
    if not Path(job.window_path).exists():
        return
    try:
        async with runner.turn(runner.lanes.cutting):
            result = await runner.tools.worker.probe(job.result_path)
            alignment = await runner.tools.worker.align(job.window_path, result, job.window, job.request.mode, _unseen)
    except RetakeError as error:
        _log.warning("job %s: what came back could not be measured: %s", job.id, error)
        return
    await runner.save(replace(runner.job, alignment=alignment, window=alignment.applied(job.window)))


def _unseen(_progress: Progress) -> None:
    """The stage's progress is the download's."""
