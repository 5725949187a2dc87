"""Whether everything is all right: what a retake needs, looked at one by one, for the window and the command line."""

import asyncio
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from retake_desktop.domain.errors import ErrorKind, Problem, RetakeError
from retake_desktop.domain.hosting import TrialOutcome, Way
from retake_desktop.domain.hosting_words import STEPS, told
from retake_desktop.domain.network import is_loopback
from retake_desktop.domain.problems import ADVICE, with_detail
from retake_desktop.media import codecs, sound
from retake_desktop.services import settings
from retake_desktop.services.api.client import ApiClient
from retake_desktop.services.folders import Folders
from retake_desktop.services.hosting.trial import tried
from retake_desktop.services.link import peek
from retake_desktop.services.pipeline.setup import base_in_use
from retake_desktop.services.secrets import Account, StorageSecrets, TokenSource, TokenStore
from retake_desktop.services.settings import Settings

_ENOUGH_SPACE = 1_000_000_000
"""Bytes that a few retakes need: windows, results and a finished film."""
_TOKEN_FROM = {
    TokenSource.NONE: "It answers, and holds no token.",
    TokenSource.ENVIRONMENT: "The token comes from RUNCOMFY_API_TOKEN, which wins over the keyring.",
    TokenSource.SESSION: "The token is kept for this session only.",
    TokenSource.KEYRING: "The token comes from the keyring.",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `is_needed` things must be fine for a retake to run.

    `text` is what was found, `remedy` what to do where it is not fine; both in English. Where they were made of a
    `problem`, or of steps of the storage's test that `failed`, those are there for whoever speaks another language.
    """

    name: str
    is_fine: bool
    is_needed: bool
    text: str
    remedy: str = ""
    problem: Problem | None = None
    failed: tuple[TrialOutcome, ...] = ()


async def looked_at(
    folders: Folders, tokens: TokenStore, on_found: Callable[[Finding], None], known: Account | None = None
) -> tuple[Finding, ...]:
    """Looks at everything; each finding is told as soon as it is there. May wait for the keyring and the service.

    With the account that is `known`, the keyring is not asked, and nothing is brought to the storage to try it.
    """
    chosen = await asyncio.to_thread(settings.peek, folders.settings)
    found: list[Finding] = []

    def tell(*findings: Finding) -> None:
        for finding in findings:
            found.append(finding)
            on_found(finding)

    tell(await asyncio.to_thread(_sound))
    tell(_ffmpeg(), _hardware())
    tell(await asyncio.to_thread(_space, folders), await asyncio.to_thread(_folders, folders, chosen))
    try:
        base = base_in_use(chosen.api_address)
        account = await asyncio.to_thread(tokens.account) if known is None else known
    except RetakeError as error:
        tell(_trouble("token", error.problem, is_needed=True))
        return tuple(found)
    tell(_keyring(account))
    secrets = None if known else StorageSecrets(asking=tokens.asking)
    tell(await _hosting(chosen, base, secrets))
    tell(*await _account(base, account, chosen.model_id))
    return tuple(found)


def _trouble(name: str, problem: Problem, *, is_needed: bool) -> Finding:
    advice = ADVICE[problem.kind]
    return Finding(name, False, is_needed, with_detail(advice.sentence, problem.detail), advice.next_step, problem)


def _sound() -> Finding:
    trouble = sound.trouble()
    if trouble is None:
        return Finding("libVLC", is_fine=True, is_needed=False, text="Sound plays through libVLC.")
    remedy = "Videos play without sound until VLC 3 is installed; retakes work without it."
    return Finding("libVLC", is_fine=False, is_needed=False, text=trouble, remedy=remedy)


def _ffmpeg() -> Finding:
    missing = codecs.missing()
    if not missing:
        return Finding("FFmpeg", is_fine=True, is_needed=True, text=f"{codecs.version()}, with all that is needed.")
    remedy = "Install Retake Desktop again: its own FFmpeg came without them."
    return Finding("FFmpeg", is_fine=False, is_needed=True, text=f"Without {', '.join(missing)}.", remedy=remedy)


def _hardware() -> Finding:
    known = codecs.hardware()
    words = "Decoding runs on the processor, for the exact frame."
    if known:
        words = f"Decoding runs on the processor, for the exact frame; FFmpeg would know here: {', '.join(known)}."
    return Finding("hardware decoding", is_fine=True, is_needed=False, text=words)


def _space(folders: Folders) -> Finding:
    try:
        free = shutil.disk_usage(folders.data).free
    except OSError as error:
        problem = Problem(ErrorKind.FILE_TROUBLE, f"{folders.data}: {error.strerror}")
        return _trouble("disk", problem, is_needed=False)
    text = f"{free / 1e9:.1f} GB free in {folders.data}."
    remedy = "Free some space: a few retakes and a finished film need about 1 GB."
    is_fine = free > _ENOUGH_SPACE
    return Finding("disk", is_fine, is_needed=False, text=text, remedy="" if is_fine else remedy)


def _folders(folders: Folders, chosen: Settings) -> Finding:
    """Whether what must be written can be: a folder's permissions alone do not tell (full, read-only, a share)."""
    wanted = (folders.data, folders.results, folders.windows, folders.locks, folders.config, _cache(folders, chosen))
    closed = [str(folder) for folder in wanted if not _takes_a_file(folder)]
    if not closed:
        return Finding("folders", is_fine=True, is_needed=True, text="All folders of the app can be written.")
    remedy = "Make them yours to read and write, or free some space on their disk."
    return Finding("folders", False, True, f"Cannot be written: {', '.join(closed)}.", remedy)


def _cache(folders: Folders, chosen: Settings) -> Path:
    return Path(chosen.cache_folder) if chosen.cache_folder else folders.cache


def _takes_a_file(folder: Path) -> bool:
    probe = folder / f".check-{os.getpid()}"
    try:
        probe.write_bytes(b"x")
        probe.unlink()
    except OSError:
        return False
    return True


def _keyring(account: Account) -> Finding:
    if account.trouble is not None:
        return _trouble("keyring", account.trouble, is_needed=False)
    return Finding("keyring", is_fine=True, is_needed=False, text=_TOKEN_FROM[account.source])


async def _hosting(chosen: Settings, base: str, secrets: StorageSecrets | None) -> Finding:
    """Whether the person's storage takes, shows and deletes a small file; nothing is needed when none is set up."""
    place = chosen.hosting.place
    if place is None:
        words = "None set up; clips travel inside the request (experimental)."
        return Finding("bucket", is_fine=True, is_needed=False, text=words)
    is_needed = chosen.hosting.way is not Way.INLINE
    if secrets is None:
        return Finding("bucket", is_fine=True, is_needed=is_needed, text=f"Set up ({place.kind}), and not tried now.")
    try:
        secret = await asyncio.to_thread(secrets.get, place.id)
    except RetakeError as error:
        return _trouble("bucket", error.problem, is_needed=is_needed)
    report = await tried(place, secret or "", is_local=is_loopback(base))
    if report.works:
        return Finding("bucket", is_fine=True, is_needed=is_needed, text=f"{place.title} takes and gives clips.")
    failed = tuple(outcome for outcome in report.outcomes if outcome.cause is not None)
    remedy = "Open Settings, How clips get to RunComfy, and test it there step by step."
    return Finding(
        "bucket", False, is_needed, f"{place.title}: {'; '.join(map(_told, failed))}.", remedy, failed=failed
    )


def _told(outcome: TrialOutcome) -> str:
    cause = "" if outcome.cause is None else told(outcome.cause, outcome.detail)
    return f"{STEPS[outcome.step].lower()}: {cause}"


async def _account(base: str, account: Account, model_id: str) -> list[Finding]:
    """Token, service and model, as far as each can be told."""
    answers = Finding("service", is_fine=True, is_needed=True, text=f"{base} answers.")
    if account.token is None:
        return [_trouble("token", Problem(ErrorKind.NO_TOKEN), is_needed=True), await _service(base, answers)]
    accepted = Finding("token", is_fine=True, is_needed=True, text="Accepted.")
    async with ApiClient(base, account.token) as client:
        try:
            model = await client.model(model_id)
        except RetakeError as error:
            if error.kind is ErrorKind.BAD_TOKEN:
                return [_trouble("token", error.problem, is_needed=True), answers]
            if error.kind is ErrorKind.MODEL_GONE:
                return [accepted, answers, _trouble("model", error.problem, is_needed=True)]
            return [_trouble("service", error.problem, is_needed=True)]
    price = f"${model.price.base_usd} per {model.price.unit}" if model.price else "price not known"
    offered = Finding("model", is_fine=True, is_needed=True, text=f"{model_id} is offered, {price}.")
    return [accepted, answers, offered]


async def _service(base: str, answers: Finding) -> Finding:
    """Whether anything answers there at all, which needs no token."""
    try:
        await peek(base, 0, 1)
    except RetakeError as error:
        return _trouble("service", Problem(ErrorKind.OFFLINE, error.detail), is_needed=True)
    return answers
