"""Keep, as the window asks for it: what it would do, the film itself, and taking a moment out again."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from retake_desktop.domain.clip import Clip, FrameTimes
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.film import MOST_CROSSFADE, Film, Lineage, SeamChoice
from retake_desktop.domain.job import REVIEWABLE_STAGES, Job, Progress, Stage
from retake_desktop.domain.window import paired_frame
from retake_desktop.media.fingerprint import fingerprint_of
from retake_desktop.media.kept_take import KeptTake
from retake_desktop.services.pipeline.finished_film import Parts, beneath, clashes, film_path, parts_of
from retake_desktop.services.pipeline.originals import adopt_changed, adopt_place, is_original, original_of
from retake_desktop.services.pipeline.tools import Tools
from retake_desktop.services.pipeline.unfinished import noted

if TYPE_CHECKING:
    from retake_desktop.media.splice import SplicePlan, SpliceReport


@dataclass(frozen=True, slots=True)
class KeepPlan:
    """What Keep would do, found without writing anything.

    `first` and `end` are the frames between this take's seams, `selection` those of its selection and `reach` all that
    it shows, each as the first and one past the last; `crossfade` the frames mixed on each side. `moments` counts the
    takes in the film, this one included; `gives_way` holds the ids of kept takes of the same moment, which this one
    replaces. `path` is where the film will lie, `is_rebuilt` whether that is a film which Keep has made before.
    """

    job_id: str
    splice: "SplicePlan"
    first: int
    end: int
    crossfade: int
    selection: tuple[int, int]
    reach: tuple[int, int]
    moments: int
    gives_way: tuple[str, ...]
    path: str
    is_rebuilt: bool


OnPlan = Callable[[KeepPlan], None]
OnProgress = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class _Film:
    """All that a film of `job` needs; `own` are the kept takes in it that share the job's source, itself first."""

    job: Job
    own: tuple[Job, ...]
    gives_way: tuple[Job, ...]
    parts: Parts
    path: Path
    is_rebuilt: bool


class Keeping:
    """On the pipeline's loop; one film is written at a time. `publish` gets the snapshots of jobs that changed."""

    def __init__(self, tools: Tools, publish: Callable[[Job], None]) -> None:
        self._tools = tools
        self._publish = publish
        self._turn = asyncio.Lock()

    async def plan(self, job_id: str) -> KeepPlan:
        """What Keep would do with the job's seams as they are. Raises RetakeError as `keep` does."""
        return await self._planned(await self._film_of(await self._reviewable(job_id), None))

    async def set_seams(self, job_id: str, seams: SeamChoice) -> None:
        """Puts on record where the take shall go over into the original. Raises RetakeError(INVALID_REQUEST)."""
        if not 0 <= seams.crossfade <= MOST_CROSSFADE or not 0 <= seams.first <= seams.end:
            raise RetakeError(ErrorKind.INVALID_REQUEST, f"a crossfade has at most {MOST_CROSSFADE} frames")
        job = await self._reviewable(job_id)
        await self._save(replace(job, seams=seams, updated_at=self._tools.clocks.now()))

    async def keep(
        self, job_id: str, on_progress: OnProgress, *, on_plan: OnPlan | None = None, output: str | None = None
    ) -> "SpliceReport":
        """Builds the finished film from the original, the kept takes of it and this one, always from the original.

        A film that Keep made of these before is replaced when it is complete, unless somebody else has written to it;
        otherwise the film gets a free name beside the original, or `output`. Raises RetakeError: ORIGINAL_MISSING,
        ORIGINAL_CHANGED, NO_SPACE, FILE_TROUBLE, MEDIA_FAILED, INVALID_REQUEST. Cancelling leaves all as it was.
        """
        async with self._turn:
            film = await self._film_of(await self._reviewable(job_id), output)
            if on_plan is not None:
                on_plan(await self._planned(film))
            report = await self._written(film, on_progress)
            for other in film.gives_way:
                await self._out_of_the_film(other.id)
            return report

    async def take_out(self, job_id: str, on_progress: OnProgress) -> "SpliceReport | None":
        """Puts a kept take back among those to be reviewed, and builds the film anew without it.

        None when no other moment is kept: then the file stays as it is. Raises as `keep` does.
        """
        async with self._turn:
            job = await self._reviewable(job_id)
            others = await self._kept_beside(job)
            report = None
            if others:
                film = await self._film_of(others[0], None, without=job_id)
                report = await self._written(film, on_progress)
            await self._out_of_the_film(job_id)
            return report

    async def _out_of_the_film(self, job_id: str) -> None:
        """The take is one to be reviewed again, unless the person has decided otherwise meanwhile."""
        known = await self._known(job_id)
        if known.stage in REVIEWABLE_STAGES:
            await self._save(known.moved(Stage.READY, self._tools.clocks.now()))

    async def find_original(self, job_id: str) -> Job:
        """The job with the place where its original lies now, which is put on record. Raises RetakeError."""
        job = await self._known(job_id)
        _clip, found = await original_of(self._tools, job)
        if found != job:
            await self._tell_moved(found)
        return found

    async def adopt_original(self, job_id: str, path: str, *, despite_change: bool = False) -> Job:
        """Takes the file at `path` for the job's original, as the person says; checked by its content.

        Raises RetakeError: ORIGINAL_CHANGED for any other content, unless `despite_change`; FILE_TROUBLE and others.
        """
        job = await self._known(job_id)
        if await asyncio.to_thread(is_original, job, path):
            found = await adopt_place(self._tools, job, path)
        elif despite_change:
            found = await adopt_changed(self._tools, job, path)
        else:
            raise RetakeError(ErrorKind.ORIGINAL_CHANGED, Path(path).name)
        await self._tell_moved(found)
        return found

    async def film(self, job_id: str) -> Clip:
        """The film that a take was kept in, as a clip. Raises RetakeError: FILE_TROUBLE, UNREADABLE_MEDIA."""
        job = await self._known(job_id)
        if job.film is None:
            raise RetakeError(ErrorKind.FILE_TROUBLE, "no film was made of this take yet")
        return await self._tools.worker.probe(job.film.path)

    async def _tell_moved(self, job: Job) -> None:
        self._publish(job)
        if job.source_fingerprint is not None:
            for other in await asyncio.to_thread(self._tools.history.of_source, job.source_fingerprint):
                if other.id != job.id:
                    self._publish(other)

    async def lineage_of(self, clip: Clip) -> Lineage | None:
        """What a clip goes back to that Keep has made; None for any other."""
        found = await asyncio.to_thread(self._tools.history.with_film, clip.fingerprint)
        inside = tuple(job for job in found if job.stage in REVIEWABLE_STAGES)
        if not inside or inside[0].source_fingerprint is None:
            return None
        base, own = inside[0].lineage, tuple(job.id for job in inside)
        if base is not None:
            return replace(base, takes=(*base.takes, *own))
        return Lineage(inside[0].request.source, inside[0].source_fingerprint, own)

    async def _film_of(self, job: Job, output: str | None, *, without: str = "") -> _Film:
        original, found = await original_of(self._tools, job)
        if found != job:
            await self._tell_moved(found)
        job = found
        kept = [one for one in await self._kept_beside(job) if one.id != without]
        gives_way = tuple(one for one in kept if clashes(job, one))
        own = (job, *(one for one in kept if one not in gives_way))
        parts = await parts_of(self._tools, own, await beneath(self._tools, job), original=original)
        earlier = await asyncio.to_thread(self._rewritable, job)
        free = film_path(original, self._tools.folders.results)
        path = Path(output) if output else Path(earlier) if earlier else free
        return _Film(job, own, gives_way, parts, path, output is None and earlier is not None)

    async def _planned(self, film: _Film) -> KeepPlan:
        frames, take = film.parts.original.frames, film.parts.takes[-1]
        seams = take.seams_in(frames)
        return KeepPlan(
            job_id=film.job.id,
            splice=await self._tools.worker.plan_splice(film.parts.original, film.parts.takes),
            first=seams.first,
            end=seams.end,
            crossfade=seams.crossfade,
            selection=(frames.nearest_boundary(take.span.start), frames.nearest_boundary(take.span.end)),
            reach=_reach(take, frames),
            moments=len(film.parts.takes),
            gives_way=tuple(job.id for job in film.gives_way),
            path=str(film.path),
            is_rebuilt=film.is_rebuilt,
        )

    async def _written(self, film: _Film, on_progress: OnProgress) -> "SpliceReport":
        tools = self._tools
        if not tools.locks.own(film.job.id):
            raise RetakeError(ErrorKind.INVALID_REQUEST, "another process is working on this take just now")
        try:
            with noted(tools.folders, film.job.id, film.path):
                parts = film.parts
                report = await tools.worker.splice(parts.original, parts.takes, str(film.path), on_progress)
        finally:
            tools.locks.release(film.job.id)
        stamp, fingerprint = await asyncio.to_thread(_identity, film.path)
        for job in film.own:
            made = Film(report.output, stamp, fingerprint, job.seams)
            # What the person did with it meanwhile stays: a rating, a note, a correction, a decision against it.
            known = await self._known(job.id)
            stage = Stage.KEPT if known.stage in REVIEWABLE_STAGES else known.stage
            await self._save(known.moved(stage, tools.clocks.now(), final_path=report.output, film=made))
        return report

    def _rewritable(self, job: Job) -> str | None:
        """The newest film of the job's source that nobody else has written to, and that no take was made from."""
        history = self._tools.history
        jobs = history.of_source(job.source_fingerprint) if job.source_fingerprint is not None else (job,)
        films = [job.film for job in sorted(jobs, key=lambda one: one.updated_at, reverse=True) if job.film is not None]
        for film in films:
            if _stamp(Path(film.path)) == film.stamp and not history.of_source(film.fingerprint):
                return film.path
        return None

    async def _kept_beside(self, job: Job) -> list[Job]:
        if job.source_fingerprint is None:
            return []
        kept = await asyncio.to_thread(self._tools.history.kept_of, job.source_fingerprint)
        return [other for other in kept if other.id != job.id]

    async def _known(self, job_id: str) -> Job:
        job = await asyncio.to_thread(self._tools.history.job, job_id)
        if job is None:
            raise RetakeError(ErrorKind.INVALID_REQUEST, f"there is no job {job_id}")
        return job

    async def _reviewable(self, job_id: str) -> Job:
        job = await self._known(job_id)
        if job.stage not in REVIEWABLE_STAGES:
            raise RetakeError(ErrorKind.INVALID_REQUEST, "this take is not ready to be kept")
        return job

    async def _save(self, job: Job) -> None:
        await asyncio.to_thread(self._tools.history.save, job)
        self._publish(job)


def _reach(take: KeptTake, frames: FrameTimes) -> tuple[int, int]:
    """The frames for which the take has a picture, as the first and one past the last."""
    sent = take.window.source
    places = range(frames.nearest_boundary(sent.start), frames.nearest_boundary(sent.end))
    shown = [place for place in places if paired_frame(take.window, frames, take.result.frames, place) is not None]
    return (shown[0], shown[-1] + 1) if shown else (0, 0)


def _identity(path: Path) -> tuple[str, str]:
    return _stamp(path), fingerprint_of(str(path))


def _stamp(path: Path) -> str:
    """Size and time of the last writing; empty where there is no file."""
    try:
        found = path.stat()
    except OSError:
        return ""
    return f"{found.st_size} {found.st_mtime_ns}"
