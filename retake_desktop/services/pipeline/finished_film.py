"""The original with its kept takes: what is spliced, and where the finished film goes."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.job import Job, Progress
from retake_desktop.domain.span import Span
from retake_desktop.media.kept_take import KeptTake
from retake_desktop.services.pipeline.tools import Tools

if TYPE_CHECKING:
    from retake_desktop.media.splice import SpliceReport

_CONTAINERS = (".mp4", ".mov", ".mkv")


async def splice_takes(
    tools: Tools, jobs: Sequence[Job], output: Path, on_progress: Callable[[Progress], None]
) -> "SpliceReport":
    """Puts the results of `jobs`, takes of one original, into that original; the first of two that overlap wins.

    Raises RetakeError, FILE_TROUBLE when the original has vanished or changed.
    """
    original = await _original(tools, jobs[0])
    takes = []
    taken: list[Span] = []
    for job in jobs:
        if any(job.request.span.start < span.end and span.start < job.request.span.end for span in taken):
            continue
        takes.append(await _kept_take(tools, job))
        taken.append(job.request.span)
    return await tools.worker.splice(original, takes, str(output), on_progress)


async def _original(tools: Tools, job: Job) -> Clip:
    if job.request.source_is_url:
        raise RetakeError(ErrorKind.INVALID_REQUEST, "the original lies on the web; download it to splice into it")
    clip = await tools.worker.probe(job.request.source)
    if job.source_fingerprint not in {None, clip.fingerprint}:
        raise RetakeError(ErrorKind.FILE_TROUBLE, "the original has changed since the retake was made")
    return clip


async def _kept_take(tools: Tools, job: Job) -> KeptTake:
    from retake_desktop.media.splice import KeptTake

    if job.result_path is None or job.window is None:
        raise RetakeError(ErrorKind.FILE_TROUBLE, "the take has no result")
    result = await tools.worker.probe(job.result_path)
    return KeptTake(result=result, window=job.window, span=job.request.span, mode=job.request.mode)


async def splice_one(tools: Tools, job: Job, on_progress: Callable[[Progress], None]) -> str:
    """The finished film of a single take, where the command line wants it. Returns its path."""
    wanted = job.delivery.output
    output = Path(wanted) if wanted else film_path(Path(job.request.source), tools.folders.results)
    await splice_takes(tools, [job], output, on_progress)
    return str(output)


def film_path(original: Path, fallback: Path) -> Path:
    """A free name beside the original ("holiday-retake.mp4"), or in `fallback` when nothing can be written there."""
    suffix = original.suffix.lower() if original.suffix.lower() in _CONTAINERS else ".mp4"
    folder = original.parent if _writable(original.parent) else fallback
    number = 1
    while True:
        tail = "" if number == 1 else f"-{number}"
        path = folder / f"{original.stem}-retake{tail}{suffix}"
        if not path.exists():
            return path
        number += 1


def _writable(folder: Path) -> bool:
    probe = folder / ".retake-desktop-probe"
    try:
        probe.touch()
        probe.unlink()
    except OSError:
        return False
    return True
