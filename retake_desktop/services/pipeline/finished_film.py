"""The original with its kept takes: what is spliced, and where the finished film goes."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.film import SeamRule
from retake_desktop.domain.job import Job, Progress
from retake_desktop.media.kept_take import KeptTake, Seams
from retake_desktop.services.pipeline.originals import original_of
from retake_desktop.services.pipeline.tools import Tools

if TYPE_CHECKING:
    from retake_desktop.media.splice import SplicePlan, SpliceReport


@dataclass(frozen=True, slots=True)
class Parts:
    """What a film is made of: takes on an original, later ones over earlier ones."""

    original: Clip
    takes: tuple[KeptTake, ...]


async def splice_takes(
    tools: Tools,
    jobs: Sequence[Job],
    output: Path | None,
    on_progress: Callable[[Progress], None],
    *,
    moves_seams: bool = True,
) -> "SpliceReport":
    """Puts the results of `jobs`, takes of one original, into that original; the first of two that overlap wins.

    Without `output` the film gets a free name beside the original. With `moves_seams`, pictures change over where each
    job's `seams` say; otherwise exactly at the ends of its selection. Raises RetakeError: ORIGINAL_MISSING,
    ORIGINAL_CHANGED, and what splicing raises.
    """
    parts = await parts_of(tools, jobs, moves_seams=moves_seams)
    path = output or film_path(parts.original, tools.folders.results)
    return await tools.worker.splice(parts.original, parts.takes, str(path), on_progress)


async def plan_takes(tools: Tools, jobs: Sequence[Job]) -> "SplicePlan":
    """Which frames `splice_takes` would encode anew, and why; nothing is written. Raises RetakeError."""
    parts = await parts_of(tools, jobs)
    return await tools.worker.plan_splice(parts.original, parts.takes)


async def parts_of(
    tools: Tools,
    jobs: Sequence[Job],
    beneath: Sequence[Job] = (),
    *,
    original: Clip | None = None,
    moves_seams: bool = True,
) -> Parts:
    """`jobs` on `beneath` on their original; of `jobs` that clash, the first wins, while `beneath` always stays.

    The first job's own take comes last in `takes`. Raises RetakeError.
    """
    if original is None:
        original, _moved = await original_of(tools, jobs[0])
    chosen: list[Job] = []
    for job in jobs:
        if not any(clashes(job, other) for other in chosen):
            chosen.append(job)
    takes = []
    for job in (*beneath, *reversed(chosen)):
        take = await _kept_take(tools, job)
        takes.append(await _with_seams(tools, original, job, take) if moves_seams else take)
    return Parts(original, tuple(takes))


def clashes(one: Job, other: Job) -> bool:
    """Whether two takes replace the same moment: its picture or its sound."""
    ours, theirs = one.request.span, other.request.span
    if ours.end <= theirs.start or theirs.end <= ours.start:
        return False
    mode, another = one.request.mode, other.request.mode
    same_picture = mode.replaces_picture and another.replaces_picture
    return same_picture or (mode.replaces_sound and another.replaces_sound)


async def _with_seams(tools: Tools, original: Clip, job: Job, take: KeptTake) -> KeptTake:
    """The take with the seams that the person chose, by default those that show least.

    At the selection's ends where that cannot be measured.
    """
    choice = job.seams
    if not take.mode.replaces_picture:
        return take
    if choice.rule is SeamRule.CHOSEN and choice.first < choice.end:
        return replace(take, seams=Seams(choice.first, choice.end, choice.crossfade))
    take = replace(take, crossfade=choice.crossfade)
    if choice.rule is not SeamRule.AUTOMATIC:
        return take
    try:
        source = original if job.lineage is None else await _own_source(tools, job)
        found = await tools.worker.changes(source, take.result, take.window, take.span, take.mode, _unwatched)
    except RetakeError:
        return take
    return replace(take, seams=Seams(*found.seams, choice.crossfade))


async def _own_source(tools: Tools, job: Job) -> Clip:
    """The finished film that a take was made from, frame for frame as long as its original."""
    clip = await tools.worker.probe(job.request.source)
    if clip.fingerprint != job.source_fingerprint:
        raise RetakeError(ErrorKind.ORIGINAL_CHANGED, "the film that the take was made from")
    return clip


def _unwatched(_progress: Progress) -> None:
    """Measured once and remembered; what takes its time is the splice."""


async def _kept_take(tools: Tools, job: Job) -> KeptTake:
    if job.result_path is None or job.window is None:
        raise RetakeError(ErrorKind.FILE_TROUBLE, "the take has no result")
    result = await tools.worker.probe(job.result_path)
    return KeptTake(result=result, window=job.window, span=job.request.span, mode=job.request.mode)


async def splice_one(tools: Tools, job: Job, on_progress: Callable[[Progress], None]) -> str:
    """The finished film of a single take, where the command line wants it, with exact seams. Returns its path."""
    wanted = job.delivery.output
    output = Path(wanted) if wanted else None
    parts = await parts_of(tools, [job], await beneath(tools, job), moves_seams=False)
    path = output or film_path(parts.original, tools.folders.results)
    return (await tools.worker.splice(parts.original, parts.takes, str(path), on_progress)).output


async def beneath(tools: Tools, job: Job) -> tuple[Job, ...]:
    """The takes that are in the finished film which `job` was made from; none for an original."""
    if job.lineage is None:
        return ()
    found = [await asyncio.to_thread(tools.history.job, job_id) for job_id in job.lineage.takes]
    return tuple(one for one in found if one is not None)


def film_path(original: Clip, fallback: Path) -> Path:
    """A free name beside the original ("holiday-retake.mp4"), or in `fallback` when nothing can be written there."""
    from retake_desktop.media.splice import suffix_for

    suffix = suffix_for(original)
    source = Path(original.path)
    folder = source.parent if _writable(source.parent) else fallback
    number = 1
    while True:
        tail = "" if number == 1 else f"-{number}"
        path = folder / f"{source.stem}-retake{tail}{suffix}"
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
