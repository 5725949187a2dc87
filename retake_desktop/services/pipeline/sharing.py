"""What can be shown to others: before and after in one video or one picture."""

import asyncio
import os
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.job import REVIEWABLE_STAGES, Job, Progress
from retake_desktop.domain.span import Span
from retake_desktop.media.comparison import Comparison, Layout, SoundFrom
from retake_desktop.media.label import Bitmap
from retake_desktop.services.pipeline.tools import Tools
from retake_desktop.services.pipeline.unfinished import noted
from retake_desktop.services.transfer import file_error


@dataclass(frozen=True, slots=True)
class Wish:
    """How before and after are shown; the labels are drawn by whoever has fonts."""

    layout: Layout
    before_label: Bitmap | None = None
    after_label: Bitmap | None = None


async def share_video(
    tools: Tools, job_id: str, wish: Wish, target: str, on_progress: Callable[[Progress], None]
) -> None:
    """Writes a before/after video of all that was sent around the moment, whole or not at all. Raises RetakeError."""
    comparison = await _comparison(tools, job_id, wish)
    with noted(tools.folders, f"{job_id}-shared", Path(target)):
        await tools.worker.side_by_side(comparison, target, on_progress)


async def share_still(tools: Tools, job_id: str, wish: Wish, time: Fraction, target: str) -> None:
    """Writes before and after at `time`, seconds of the source, as a PNG. Raises RetakeError."""
    picture = await tools.worker.still(await _comparison(tools, job_id, wish), time)
    await asyncio.to_thread(write_whole, Path(target), picture)


async def must_stay(tools: Tools, job_id: str, target: str) -> bool:
    """Whether `target` is what no export may replace: the take's original, or any result of it, which was paid for."""
    job = await asyncio.to_thread(tools.history.job, job_id)
    return job is not None and await asyncio.to_thread(_is_precious, tools, job, Path(target))


def _is_precious(tools: Tools, job: Job, target: Path) -> bool:
    if not target.exists():
        return False
    beside = tools.history.of_source(job.source_fingerprint) if job.source_fingerprint is not None else ()
    originals = {one.lineage.original for one in (job, *beside) if one.lineage is not None}
    results = {one.result_path for one in (job, *beside) if one.result_path is not None}
    paths = map(Path, {job.request.source} | originals | results)
    return any(path.exists() and path.samefile(target) for path in paths)


def write_whole(path: Path, content: bytes) -> None:
    """Writes a file whole or not at all. Raises RetakeError(FILE_TROUBLE | NO_SPACE)."""
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise file_error(error, path) from error


async def _comparison(tools: Tools, job_id: str, wish: Wish) -> Comparison:
    job = await asyncio.to_thread(tools.history.job, job_id)
    if job is None or job.stage not in REVIEWABLE_STAGES or job.result_path is None or job.window is None:
        raise RetakeError(ErrorKind.INVALID_REQUEST, "there is no finished take to show")
    before = await _source(tools, job)
    after = await tools.worker.probe(job.result_path)
    sent = job.window.source
    span = Span(max(Fraction(0), sent.start), min(sent.end, before.duration))
    sound = SoundFrom.IN_TURN if job.request.mode.replaces_sound else SoundFrom.BEFORE
    return Comparison(
        before,
        after,
        job.window,
        span,
        layout=wish.layout,
        sound=sound,
        before_label=wish.before_label,
        after_label=wish.after_label,
    )


async def _source(tools: Tools, job: Job) -> Clip:
    if job.request.source_is_url:
        raise RetakeError(ErrorKind.INVALID_REQUEST, "the original lies on the web; download it to compare with it")
    if not await asyncio.to_thread(Path(job.request.source).is_file):
        raise RetakeError(ErrorKind.ORIGINAL_MISSING, Path(job.request.source).name)
    clip = await tools.worker.probe(job.request.source)
    if job.source_fingerprint not in {None, clip.fingerprint}:
        raise RetakeError(ErrorKind.ORIGINAL_CHANGED, Path(job.request.source).name)
    return clip
