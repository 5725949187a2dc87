"""What of a person's lies where, until when, and what each job sent: from the records alone."""

import contextlib
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from retake_desktop.domain.job import Attempt, Job, Stage, may_have_arrived
from retake_desktop.domain.keeping import KEPT_FOR
from retake_desktop.domain.privacy import Bar, Held, Holding, Privacy, Sending
from retake_desktop.media.cache import DiskCache
from retake_desktop.services import drafts, settings
from retake_desktop.services.hosting.ledger import Entry
from retake_desktop.services.pipeline.hosts import needs
from retake_desktop.services.pipeline.tools import Tools
from retake_desktop.services.secrets import TokenSource


def looked_at(tools: Tools) -> Privacy:
    """Looks at the records and the folders; blocks. Raises RetakeError(HISTORY_TROUBLE)."""
    now, jobs = tools.clocks.now(), tools.history.jobs()
    attempts: dict[str, list[Attempt]] = {}
    for record in tools.history.attempt_records():
        attempts.setdefault(record.attempt.job_id, []).append(record.attempt)
    sent = tuple(_sending(job) for job in jobs if may_have_arrived(job, attempts.get(job.id, [])))
    holdings = (*_here(tools, jobs), *_kept_secrets(tools), *_in_storage(tools, now), *_at_service(sent, now))
    return Privacy(tuple(one for one in holdings if one.count), sent)


# -- on this computer


def _here(tools: Tools, jobs: tuple[Job, ...]) -> Iterable[Holding]:
    folders = tools.folders
    discarded, others = results(jobs, discarded=True), results(jobs, discarded=False)
    free, needed = windows(jobs, needed=False), windows(jobs, needed=True)
    films = {Path(job.film.path) for job in jobs if job.film is not None}
    films |= {Path(job.final_path) for job in jobs if job.final_path is not None}
    open_demo = any(job.service.is_demo and job.is_open for job in jobs)
    yield _files(Held.RESULTS, folders.results, others, Bar.PAID_FOR)
    yield _files(Held.DISCARDED, folders.results, discarded, None)
    yield _files(Held.WINDOWS, folders.windows, free or needed, None if free else Bar.IN_USE)
    unused, originals = fetched(tools, jobs, used=False), fetched(tools, jobs, used=True)
    yield _files(Held.FETCHED, folders.web, unused or originals, None if unused else Bar.ORIGINALS)
    yield _files(Held.FILMS, "", films, Bar.YOURS)
    yield _files(Held.DEMO, folders.demo, set(below(folders.demo)), Bar.IN_USE if open_demo else None)
    yield _files(Held.RECORD, folders.data, set(folders.data.glob(f"{folders.history.name}*")), Bar.RECEIPTS)
    yield Holding(Held.DRAFTS, str(folders.data), len(drafts.load(folders.drafts)), _size(folders.drafts))
    chosen = settings.peek(folders.settings)
    yield Holding(Held.RECENT, str(folders.config), len(chosen.recent), None)
    size = previews(tools).size()
    yield Holding(Held.PREVIEWS, str(_preview_folder(tools)), int(size > 0), size)
    yield _files(Held.LOGS, folders.logs, set(below(folders.logs)), None)


def _files(what: Held, place: Path | str, files: set[Path], bar: Bar | None) -> Holding:
    sizes = [size for path in files if (size := _size(path))]
    return Holding(what, str(place), len(sizes), sum(sizes), bar=bar)


def results(jobs: tuple[Job, ...], *, discarded: bool) -> set[Path]:
    """The result files of the takes that were discarded, or of the others."""
    wanted = (job for job in jobs if (job.stage is Stage.DISCARDED) is discarded and job.result_path is not None)
    found = {Path(job.result_path or "") for job in wanted}
    # Takes may share a file only by a mistake of somebody's; then it stays.
    return found - results(jobs, discarded=False) if discarded else found


def windows(jobs: tuple[Job, ...], *, needed: bool) -> set[Path]:
    """Takes of one press share their window: one that is on its way keeps it."""
    busy = {Path(job.window_path) for job in jobs if job.window_path and _is_busy(job)}
    if needed:
        return busy
    return {Path(job.window_path) for job in jobs if job.window_path} - busy


def fetched(tools: Tools, jobs: tuple[Job, ...], *, used: bool) -> set[Path]:
    """What was fetched from the web, with its address: that of which there are takes on record, or the rest."""
    sources = {Path(job.request.source).parent for job in jobs}
    sources |= {Path(job.lineage.original).parent for job in jobs if job.lineage is not None}
    films = {Path(job.film.path) for job in jobs if job.film is not None}
    return {path for path in below(tools.folders.web) if (path.parent in sources) is used and path not in films}


def _is_busy(job: Job) -> bool:
    return job.is_open or job.stage in {Stage.UNKNOWN, Stage.FAILED}


def below(folder: Path) -> list[Path]:
    """Every file in a folder, at any depth."""
    with contextlib.suppress(OSError):
        return [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    return []


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None


def _preview_folder(tools: Tools) -> Path:
    chosen = settings.peek(tools.folders.settings).cache_folder
    return Path(chosen) if chosen else tools.folders.cache


def previews(tools: Tools) -> DiskCache:
    """The cache at its place of now."""
    return DiskCache(_preview_folder(tools))


def _kept_secrets(tools: Tools) -> Iterable[Holding]:
    """As far as it is known without asking the keyring, which might ask for a password."""
    source = tools.connections.account.source
    if source is not TokenSource.NONE:
        bar = Bar.YOURS if source is TokenSource.ENVIRONMENT else None
        yield Holding(Held.TOKEN, source.value, 1, None, bar=bar)
    if settings.peek(tools.folders.settings).hosting.place is not None:
        yield Holding(Held.SECRET, TokenSource.KEYRING.value, 1, None)


# -- elsewhere


def _in_storage(tools: Tools, now: datetime) -> Iterable[Holding]:
    def is_needed(entry: Entry) -> bool:
        jobs = (tools.history.job(job_id) for job_id in entry.jobs)
        return any(job is not None and needs(job, now) for job in jobs)

    by_place: dict[str, list[Entry]] = {}
    for entry in tools.hosts.ledger.entries():
        by_place.setdefault(entry.place.title, []).append(entry)
    for place, entries in by_place.items():
        bar = Bar.IN_USE if all(map(is_needed, entries)) else None
        yield Holding(Held.STORAGE, place, len(entries), sum(entry.size for entry in entries), bar=bar)


def _at_service(sent: tuple[Sending, ...], now: datetime) -> Iterable[Holding]:
    by_host: dict[str, list[Sending]] = {}
    for one in sent:
        if not one.is_demo and one.until is not None and one.until > now:
            by_host.setdefault(one.to, []).append(one)
    for host, those in by_host.items():
        latest = max(one.until for one in those if one.until is not None)
        yield Holding(Held.SERVICE, host, len(those), None, until=latest, bar=Bar.NO_WAY)


def _sending(job: Job) -> Sending:
    at = job.submitted_at or job.created_at
    window = job.window
    return Sending(
        job_id=job.id,
        at=at,
        source=job.request.source,
        to=urlsplit(job.service.api_base).hostname or job.service.api_base,
        is_demo=job.service.is_demo,
        way=job.hosting,
        seconds=None if window is None else float(window.duration),
        size=None if job.window_path is None else _size(Path(job.window_path)),
        prompt=job.request.prompt,
        until=None if job.service.is_demo else at + KEPT_FOR,
    )
