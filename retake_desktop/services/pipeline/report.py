"""A report for whoever helps a person: readable before it is sent, and without what is theirs alone."""

import asyncio
import io
import platform
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import msgspec

from retake_desktop.domain.job import Job
from retake_desktop.services import drafts, settings, versions
from retake_desktop.services.crashes import CRASHES
from retake_desktop.services.folders import Folders
from retake_desktop.services.history import History
from retake_desktop.services.pipeline.checkup import Finding, looked_at
from retake_desktop.services.pipeline.sharing import write_whole
from retake_desktop.services.scrubbing import Private, Scrubber
from retake_desktop.services.secrets import Account, TokenStore
from retake_desktop.services.settings import Settings

_MOST_JOBS = 200
_MOST_LOG = 300_000
"""Letters of each log, its end."""
_ENCODER = msgspec.json.Encoder(decimal_format="number")
_LEFT_OUT = "This part was left out: something of yours would have been in it.\n"


@dataclass(frozen=True, slots=True)
class Document:
    """One file of a report."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """What is read is what is saved: nothing is added later."""

    documents: tuple[Document, ...]

    def zipped(self, now: datetime) -> bytes:
        """As a ZIP file; every name in it is of this app's making."""
        whole = io.BytesIO()
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
            for document in self.documents:
                entry = zipfile.ZipInfo(f"retake-desktop-report/{document.name}", now.timetuple()[:6])
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, document.text.encode("utf-8", "replace"))
        return whole.getvalue()


async def gathered(
    folders: Folders, history: History, account: Account, window: Mapping[str, str], *, with_names: bool
) -> Report:
    """Everything that helps, scrubbed. `window` is what only the window knows, in words. Asks the service, and not the
    keyring. Raises RetakeError(HISTORY_TROUBLE)."""
    findings = await looked_at(folders, TokenStore(), lambda _finding: None, account)
    scrub = partial(_scrubber, folders, history, account, with_names)
    return await asyncio.to_thread(_report, folders, history, window, findings, scrub)


def save(path: Path, report: Report, now: datetime | None = None) -> None:
    """Raises RetakeError(FILE_TROUBLE | NO_SPACE)."""
    write_whole(path, report.zipped(now or datetime.now(UTC)))


def _report(
    folders: Folders,
    history: History,
    window: Mapping[str, str],
    findings: tuple[Finding, ...],
    make_scrubber: Callable[[Settings], Scrubber],
) -> Report:
    chosen = settings.peek(folders.settings)
    scrub = make_scrubber(chosen)
    documents = (
        Document("system.txt", _system(window)),
        Document("check.txt", "".join(_line(finding) for finding in findings)),
        Document("settings.json", _settings(chosen)),
        Document("jobs.jsonl", "".join(_job(job, history) for job in history.jobs()[:_MOST_JOBS])),
        *_logs(folders),
    )
    about = Document("README.txt", _about(with_names=scrub.with_names))
    return Report((about, *(_scrubbed(one, scrub) for one in documents)))


def _scrubber(folders: Folders, history: History, account: Account, with_names: bool, chosen: Settings) -> Scrubber:
    return Scrubber(_private(folders, history.jobs(), chosen, account), with_names=with_names)


def _scrubbed(document: Document, scrub: Scrubber) -> Document:
    text = scrub(document.text)
    return Document(document.name, _LEFT_OUT if scrub.leaks(text) else text or "(empty)\n")


def _private(folders: Folders, jobs: tuple[Job, ...], chosen: Settings, account: Account) -> Private:
    paths: list[str] = list(chosen.recent)
    addresses: list[str] = []
    for job in jobs:
        films = (job.final_path, job.delivery.output, job.film.path if job.film else None)
        paths += filter(None, (job.request.source, *films))
        addresses += filter(None, (job.video_url, job.output_url))
    place = chosen.hosting.place
    names = () if place is None else (place.endpoint, place.public_url, place.bucket, place.key_id)
    prompts = [job.request.prompt for job in jobs] + [job.note for job in jobs]
    prompts += [draft.prompt for draft in drafts.load(folders.drafts).values()]
    return Private(
        secrets=tuple(filter(None, (account.token, *names, chosen.network.proxy))),
        prompts=tuple(filter(None, prompts)),
        addresses=tuple(addresses),
        paths=tuple(paths),
        folders=(str(folders.data), str(folders.config), str(folders.cache)),
        home=str(Path.home()),
    )


def _about(*, with_names: bool) -> str:
    names = "File names are in it, because you allowed them." if with_names else "File names are left out."
    return (
        "A report of Retake Desktop, for whoever helps you. Nothing was sent by the app.\n\n"
        "Your API token, prompts, notes, addresses of clips and results, the particulars of your storage and your "
        f"home folder are left out. {names}\n"
        "Everything that is in it can be read here before you send it.\n"
    )


def _system(window: Mapping[str, str]) -> str:
    rows = {**versions.surroundings(), **window, "libc": " ".join(platform.libc_ver())}
    libraries = [f"{part.name} {part.version}" for part in versions.parts()]
    return "".join(f"{name}: {words}\n" for name, words in rows.items()) + "\n" + "\n".join(libraries) + "\n"


def _line(finding: Finding) -> str:
    mark = "ok" if finding.is_fine else "MISSING" if finding.is_needed else "note"
    return f"{mark} {finding.name}: {finding.text} {finding.remedy}".rstrip() + "\n"


def _settings(chosen: Settings) -> str:
    """Without the videos opened lately, and of the storage only what kind it is."""
    told = msgspec.to_builtins(chosen)
    place = chosen.hosting.place
    told["recent"] = len(chosen.recent)
    told["hosting"] = {"way": chosen.hosting.way.value, "place": None if place is None else place.kind.value}
    told["network"] = {"use": chosen.network.use.value, "certificates": bool(chosen.network.certificates)}
    return msgspec.json.format(msgspec.json.encode(told)).decode() + "\n"


def _job(job: Job, history: History) -> str:
    window, problem = job.window, job.problem
    told = {
        "job": job.id,
        "take": job.take,
        "takes": job.request.takes,
        "stage": job.stage,
        "wait": job.wait,
        "problem": None if problem is None else {"kind": problem.kind, "detail": problem.detail},
        "service": job.service.api_base,
        "demo": job.service.is_demo,
        "model": job.request.model_id,
        "mode": job.request.mode,
        "whole": job.request.whole,
        "created_at": job.created_at,
        "updated_at": job.updated_at,
        "submitted_at": job.submitted_at,
        "finished_at": job.finished_at,
        "selection_seconds": float(job.request.span.duration),
        "window": None if window is None else {"frames": window.frame_count, "rate": window.rate},
        "hosting": job.hosting,
        "request_id": job.request_id,
        "submissions": [attempt.state for attempt in history.attempts(job.id)],
        "estimate_usd": job.estimate_usd,
        "cost_usd": job.cost_usd,
        "has_result": job.result_path is not None,
        "alignment": None if job.alignment is None else str(job.alignment),
    }
    return _ENCODER.encode(told).decode() + "\n"


def _logs(folders: Folders) -> Iterator[Document]:
    for path in (*sorted(folders.logs.glob("retake-desktop.log*")), folders.logs / CRASHES):
        try:
            text = path.read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        name = path.name if path.suffix == ".log" else f"{path.name}.txt"
        yield Document(name, text[-_MOST_LOG:])
