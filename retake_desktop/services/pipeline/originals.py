"""The video that a take was made from: where it is now if it was moved or renamed, and whether it is the same."""

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.job import Job
from retake_desktop.media.fingerprint import fingerprint_of
from retake_desktop.services import settings
from retake_desktop.services.pipeline.tools import Tools

_MOST_LOOKED_AT = 5000
"""Directory entries that a search looks at; they are told by their size, so hardly any of them is read."""
_MOST_READ = 40
"""Files whose content is read, where that many have the right size or the size is not on record."""


async def original_of(tools: Tools, job: Job) -> tuple[Clip, Job]:
    """The original that `job` goes back into, wherever it lies now, and the job as it then is on record.

    That of a take of a finished film is the first original. Raises RetakeError: INVALID_REQUEST for an address,
    ORIGINAL_MISSING, ORIGINAL_CHANGED, and what reading it raises.
    """
    if job.request.source_is_url:
        raise RetakeError(ErrorKind.INVALID_REQUEST, "the original lies on the web; download it to splice into it")
    path = job.request.source if job.lineage is None else job.lineage.original
    wanted = job.source_fingerprint if job.lineage is None else job.lineage.fingerprint
    is_there = await asyncio.to_thread(Path(path).is_file)
    if is_there:
        clip = await tools.worker.probe(path)
        if wanted in {None, clip.fingerprint}:
            return clip, job
    found = await asyncio.to_thread(_sought, tools, path, wanted, job.source_bytes if job.lineage is None else None)
    if found is None:
        raise RetakeError(ErrorKind.ORIGINAL_CHANGED if is_there else ErrorKind.ORIGINAL_MISSING, Path(path).name)
    moved = await adopt_place(tools, job, found)
    return await tools.worker.probe(found), moved


async def adopt_place(tools: Tools, job: Job, path: str) -> Job:
    """Puts on record where the original of `job` lies, for all takes of it that are at rest. Returns `job` changed."""
    moved = _placed(job, path)
    beside: tuple[Job, ...] = ()
    if job.source_fingerprint is not None:
        beside = await asyncio.to_thread(tools.history.of_source, job.source_fingerprint)
    for other in {one.id: one for one in (*beside, job)}.values():
        if not other.is_open:
            await asyncio.to_thread(tools.history.save, _placed(other, path))
    return moved


async def adopt_changed(tools: Tools, job: Job, path: str) -> Job:
    """Takes another video, or an edited one, for the original of `job`, because the person said so.

    Raises RetakeError: INVALID_REQUEST where the selection is not in it, UNREADABLE_MEDIA, FILE_TROUBLE.
    """
    clip = await tools.worker.probe(path)
    if job.request.span.end > clip.duration:
        raise RetakeError(ErrorKind.INVALID_REQUEST, "that video ends before the selection does")
    if job.lineage is None:
        changed = replace(_placed(job, path), source_fingerprint=clip.fingerprint, source_bytes=clip.size_bytes)
    else:
        changed = replace(_placed(job, path), lineage=replace(job.lineage, original=path, fingerprint=clip.fingerprint))
    await asyncio.to_thread(tools.history.save, changed)
    return changed


def is_original(job: Job, path: str) -> bool:
    """Whether the file at `path` is what the take goes back into; blocks. Raises RetakeError(FILE_TROUBLE)."""
    wanted = job.source_fingerprint if job.lineage is None else job.lineage.fingerprint
    return fingerprint_of(path) == wanted


def _placed(job: Job, path: str) -> Job:
    if job.lineage is not None:
        return replace(job, lineage=replace(job.lineage, original=path))
    return replace(job, request=replace(job.request, source=path))


def _sought(tools: Tools, path: str, wanted: str | None, size: int | None) -> str | None:
    """Looks where moved files usually are: its folder, that folder under a new name, the folders of recent videos."""
    if wanted is None:
        return None
    read = 0
    for candidate in islice(_files(_places(tools, Path(path))), _MOST_LOOKED_AT):
        with suppress(OSError, RetakeError):
            if candidate.suffix.lower() != Path(path).suffix.lower() or str(candidate) == path:
                continue
            if size is not None and candidate.stat().st_size != size:
                continue
            read += 1
            if read > _MOST_READ:
                return None
            if fingerprint_of(str(candidate)) == wanted:
                return str(candidate)
    return None


def _places(tools: Tools, path: Path) -> Iterator[Path]:
    """Folders to look in, likelier ones first, some of them perhaps more than once."""
    folder = path.parent
    yield folder
    above = next((place for place in folder.parents if place.is_dir()), folder)
    yield above
    chosen, _aside = settings.load(tools.folders.settings) if tools.folders.settings.exists() else (None, None)
    for recent in chosen.recent if chosen else ():
        yield Path(recent).parent
    with suppress(OSError):
        yield from sorted(place for place in above.iterdir() if place.is_dir() and not place.name.startswith("."))
    with suppress(OSError):
        yield from sorted(place for place in folder.iterdir() if place.is_dir() and not place.name.startswith("."))


def _files(places: Iterable[Path]) -> Iterator[Path]:
    seen: set[Path] = set()
    for place in places:
        if place in seen:
            continue
        seen.add(place)
        with suppress(OSError):
            yield from sorted(one for one in place.iterdir() if one.is_file())
