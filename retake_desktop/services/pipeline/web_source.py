"""Videos on the web: fetched onto this computer to be seen and cut, and known by the address that they came from."""

import asyncio
import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.job import Progress
from retake_desktop.services.api.retry import pause_after
from retake_desktop.services.folders import Folders
from retake_desktop.services.hosting.trouble import StorageError
from retake_desktop.services.hosting.verify import Seen, check_reachable, check_same, looks_like_video, seen_by_anyone
from retake_desktop.services.pipeline.tools import Tools
from retake_desktop.services.transfer import download, file_error

_TRIES = 5
_ADDRESS = "address"
_LONGEST_NAME = 80
"""Characters of a file's name."""
_SPARE = 200_000_000
"""Bytes that must stay free beside the video."""
OnProgress = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class _AnyPublicHost:
    """Where a person's own address may lead: anywhere that the internet reaches, by https, and redirects likewise."""

    is_local: bool

    def check(self, url: str) -> None:
        try:
            check_reachable(url, is_local=self.is_local)
        except StorageError as error:
            detail = "the address must begin with https:// and be reachable from the internet"
            raise RetakeError(ErrorKind.WEB_VIDEO, detail) from error


async def fetched(tools: Tools, url: str, on_progress: OnProgress) -> str:
    """The path of the video at `url`, on this computer: the one that was fetched before while it is still the same.

    Fetched as a stranger fetches it. A fetch that was broken off goes on where it was. Raises RetakeError: WEB_VIDEO
    when it cannot be had, or is no video; NO_SPACE, FILE_TROUBLE.
    """
    rule = _AnyPublicHost(tools.connections.is_local(tools.connections.service_for_new_jobs().api_base))
    rule.check(url)
    seen = await _looked_at(url)
    for number in range(1, 100):
        target = _target(tools.folders, url, number)
        if not await asyncio.to_thread(target.exists):
            break
        if await _is_same(url, target):
            return str(target)
    await asyncio.to_thread(_make_room, tools, target, url, seen)
    await _patiently(tools, url, target, rule, on_progress)
    return str(target)


def address_of(folders: Folders, path: str) -> str | None:
    """The address that the video at `path` was fetched from; None for every other file. Blocks on the disk."""
    folder = Path(path).parent
    if not folder.is_relative_to(folders.web):
        return None
    with suppress(OSError, UnicodeDecodeError):
        return (folder / _ADDRESS).read_text(encoding="utf-8")
    return None


async def lies_at(url: str, window: Path, *, is_local: bool) -> bool:
    """Whether the service can fetch this very file from `url`."""
    try:
        check_reachable(url, is_local=is_local)
        await check_same(url, window)
    except RetakeError:
        return False
    return True


async def _looked_at(url: str) -> Seen | None:
    """What a stranger sees there; None where it leads on, or the server does not say now."""
    try:
        seen = await seen_by_anyone(url)
    except StorageError:
        return None
    if not looks_like_video(seen.start):
        raise RetakeError(ErrorKind.WEB_VIDEO, "no video lies at that address, but something else, say a page")
    return seen


async def _is_same(url: str, file: Path) -> bool:
    try:
        await check_same(url, file)
    except RetakeError as error:
        # Without an answer, what was fetched before is what there is.
        return error.kind is not ErrorKind.INVALID_REQUEST
    return True


def _make_room(tools: Tools, target: Path, url: str, seen: Seen | None) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # It may be a signed one: for this person's eyes only.
        (target.parent / _ADDRESS).touch(mode=0o600)
        (target.parent / _ADDRESS).write_text(url, encoding="utf-8")
    except OSError as error:
        raise file_error(error, target) from error
    size = seen.size if seen is not None else None
    if size is not None and tools.free_space(target.parent) < size + _SPARE:
        raise RetakeError(ErrorKind.NO_SPACE, f"{(size + _SPARE) / 1e6:.0f} MB are needed in {target.parent}")


async def _patiently(tools: Tools, url: str, target: Path, rule: _AnyPublicHost, on_progress: OnProgress) -> None:
    failures = 0
    while True:
        try:
            await download(url, target, rule, on_progress)
        except RetakeError as error:
            failures += 1
            if error.kind is ErrorKind.EXPIRED:
                detail = f"nothing lies at that address, or it wants a login ({error.detail})"
                raise RetakeError(ErrorKind.WEB_VIDEO, detail) from error
            if error.kind is not ErrorKind.DOWNLOAD_FAILED:
                raise
            if failures >= _TRIES:
                raise RetakeError(ErrorKind.WEB_VIDEO, error.detail) from error
            await tools.clocks.sleep(pause_after(failures, tools.clocks.chance()).total_seconds())
        else:
            return


def _target(folders: Folders, url: str, number: int) -> Path:
    """A folder of its own for each address, and for each video that has lain there."""
    mark = hashlib.sha256(url.encode()).hexdigest()[:16]
    return folders.web / (mark if number == 1 else f"{mark}-{number}") / _file_name(url)


def _file_name(url: str) -> str:
    """What the address calls the file, fit for any disk."""
    parts = urlsplit(url)
    last = unquote(parts.path).replace("\\", "/").rpartition("/")[2]
    clean = "".join(letter if letter.isprintable() and letter not in '<>:"/\\|?*' else "_" for letter in last).strip(
        ". "
    )
    stem, dot, suffix = clean.rpartition(".")
    if not dot or not stem or not (suffix.isascii() and suffix.isalnum() and len(suffix) <= 5):
        stem, suffix = clean or parts.hostname or "video", "mp4"
    return f"{stem[:_LONGEST_NAME]}.{suffix}"
