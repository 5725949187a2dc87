"""`retake-desktop check`: what was found, and whether a retake can run."""

import argparse
import asyncio
import shutil
from dataclasses import dataclass

from retake_desktop.cli.exit_codes import Exit
from retake_desktop.cli.report import Reporter
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.problems import english
from retake_desktop.media import codecs, sound
from retake_desktop.services import settings
from retake_desktop.services.api.client import ApiClient
from retake_desktop.services.folders import Folders
from retake_desktop.services.pipeline.setup import base_in_use
from retake_desktop.services.secrets import Account, TokenStore

_ENOUGH_SPACE = 1_000_000_000
"""Bytes that a few retakes need: windows, results and a finished film."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `is_needed` things must be fine for a retake to run."""

    name: str
    is_fine: bool
    is_needed: bool
    text: str


async def check(_options: argparse.Namespace, folders: Folders, reporter: Reporter) -> int:
    """Prints every finding; 0 when a retake can run on the real service, otherwise the nearest code."""
    findings = [_sound(), _ffmpeg(), _space(folders), *await _service(folders)]
    for finding in findings:
        reporter.event(
            {"check": finding.name, "ok": finding.is_fine, "needed": finding.is_needed, "message": finding.text}
        )
        mark = "ok     " if finding.is_fine else "MISSING" if finding.is_needed else "note   "
        reporter.line(f"{mark} {finding.name}: {finding.text}")
    missing = [finding for finding in findings if finding.is_needed and not finding.is_fine]
    if not missing:
        return Exit.READY
    return Exit.ACCOUNT if any(finding.name == "token" for finding in missing) else Exit.REFUSED


def _sound() -> Finding:
    trouble = sound.trouble()
    return Finding("libVLC", trouble is None, is_needed=False, text=trouble or "sound plays through libVLC")


def _ffmpeg() -> Finding:
    missing = codecs.missing()
    text = f"without {', '.join(missing)}" if missing else codecs.version()
    return Finding("FFmpeg", not missing, is_needed=True, text=text)


def _space(folders: Folders) -> Finding:
    free = shutil.disk_usage(folders.data).free
    return Finding("disk", free > _ENOUGH_SPACE, is_needed=False, text=f"{free / 1e9:.1f} GB free in {folders.data}")


async def _service(folders: Folders) -> list[Finding]:
    try:
        base = base_in_use()
        account = await asyncio.to_thread(TokenStore().account)
    except RetakeError as error:
        return [Finding("token", is_fine=False, is_needed=True, text=english(error.problem))]
    hosting = Finding(
        "bucket", is_fine=True, is_needed=False, text="none set up; clips travel inside the request (experimental)"
    )
    return [_keyring(account), hosting, *await _account(base, account, folders)]


def _keyring(account: Account) -> Finding:
    trouble = account.trouble
    text = english(trouble) if trouble else f"token from: {account.source}"
    return Finding("keyring", trouble is None, is_needed=False, text=text)


async def _account(base: str, account: Account, folders: Folders) -> list[Finding]:
    if account.token is None:
        advice = english(RetakeError(ErrorKind.NO_TOKEN).problem)
        return [Finding("token", is_fine=False, is_needed=True, text=advice)]
    model_id = settings.load(folders.settings)[0].model_id
    async with ApiClient(base, account.token) as client:
        try:
            model = await client.model(model_id)
        except RetakeError as error:
            name = "token" if error.kind is ErrorKind.BAD_TOKEN else "service"
            return [Finding(name, is_fine=False, is_needed=True, text=english(error.problem))]
    price = f"${model.price.base_usd} per {model.price.unit}" if model.price else "price not known"
    return [
        Finding("token", is_fine=True, is_needed=True, text="accepted"),
        Finding("service", is_fine=True, is_needed=True, text=f"{base} offers {model_id}, {price}"),
    ]
