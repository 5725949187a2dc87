"""Whether an address works for the service: fetched as the service will, by a stranger, before anything is billed."""

from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.hosting import REFUSE_BYTES, WARN_BYTES, Cause
from retake_desktop.domain.network import is_loopback
from retake_desktop.services.hosting.trouble import StorageError, from_link
from retake_desktop.services.link import Answer, LinkError, content, peek
from retake_desktop.services.transfer import file_error

_SAMPLE = 64 * 1024
_SAMPLES = 8
_INSIDE = (".local", ".lan", ".internal", ".home", ".corp", ".home.arpa")
_SIGNATURES = ((4, b"ftyp"), (4, b"moov"), (4, b"mdat"), (0, b"\x1a\x45\xdf\xa3"), (0, b"RIFF"), (0, b"\x47"))
"""Where in a file which bytes tell that it is a video: MP4 and MOV, Matroska and WebM, AVI, transport streams."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a stranger sees at an address: its size in bytes (None when the server does not tell), and its beginning."""

    size: int | None
    start: bytes
    has_ranges: bool


async def check_own(url: str, window: Path, *, is_local: bool) -> None:
    """Whether what was just put there can be fetched. With `is_local` the service runs on this machine.

    Raises StorageError (NOT_PUBLIC, MISSING, OTHER_CONTENT, UNUSABLE_ADDRESS, ...), RetakeError(FILE_TROUBLE).
    """
    check_reachable(url, is_local=is_local)
    seen = await seen_by_anyone(url)
    try:
        size, start = window.stat().st_size, _slice(window, 0, len(seen.start))
    except OSError as error:
        raise file_error(error, window) from error
    if seen.size not in {None, size} or start != seen.start:
        raise StorageError(Cause.OTHER_CONTENT)


async def check_pasted(url: str, *, is_local: bool) -> int | None:
    """Whether the person's own address is one of a video that the service can fetch; its size in bytes, if told.

    Raises RetakeError: INVALID_REQUEST, in words about that address; OFFLINE when it cannot be reached just now.
    """
    try:
        check_reachable(url, is_local=is_local)
        seen = await seen_by_anyone(url)
    except StorageError as error:
        if error.kind is ErrorKind.OFFLINE:
            raise
        raise RetakeError(ErrorKind.INVALID_REQUEST, _about_pasted(error)) from error
    if not looks_like_video(seen.start):
        raise RetakeError(ErrorKind.INVALID_REQUEST, "no video lies at that address, but something else, say a page")
    if seen.size is not None:
        check_size(seen.size)
    return seen.size


def check_size(size: int) -> None:
    """Raises RetakeError(INVALID_REQUEST) for a video that the service would not take."""
    if size > REFUSE_BYTES:
        limit = REFUSE_BYTES // 1_000_000
        raise RetakeError(
            ErrorKind.INVALID_REQUEST,
            f"the video has {size / 1e6:.0f} MB and the service takes {limit} MB; "
            "select a shorter moment of the file on this computer, or make it smaller first",
        )


def size_note(size: int | None) -> str:
    """A warning for people about a large clip, or ""."""
    if size is None or size <= WARN_BYTES:
        return ""
    return f"{size / 1e6:.0f} MB: the service may take long to fetch it, or refuse it above 32 MB"


async def check_same(url: str, file: Path) -> None:
    """Whether the address leads to the very video in `file`: by size, then by samples or, without ranges, whole.

    Raises RetakeError: INVALID_REQUEST, OFFLINE, FILE_TROUBLE.
    """
    try:
        seen = await seen_by_anyone(url)
        size = file.stat().st_size
        same = seen.size in {None, size}
        if same and seen.has_ranges and seen.size is not None:
            same = await _samples_agree(url, file, size)
        elif same:
            same = await _all_agrees(url, file)
    except OSError as error:
        raise file_error(error, file) from error
    except LinkError as error:
        raise from_link(error) from error
    if not same:
        raise RetakeError(ErrorKind.INVALID_REQUEST, "another video lies at that address than the one on this computer")


def check_reachable(url: str, *, is_local: bool) -> None:
    """Raises StorageError(UNUSABLE_ADDRESS) for what only this computer or its network can fetch."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
    except ValueError as error:
        raise StorageError(Cause.UNUSABLE_ADDRESS) from error
    if is_local and is_loopback(url):
        return
    if parts.scheme != "https" or parts.username or not _is_public(host):
        raise StorageError(Cause.UNUSABLE_ADDRESS, host)


def _is_public(host: str) -> bool:
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith(_INSIDE) and host != "localhost"


def looks_like_video(start: bytes) -> bool:
    """Whether a file that begins so may be a video."""
    return any(start[at : at + len(mark)] == mark for at, mark in _SIGNATURES)


async def seen_by_anyone(url: str) -> Seen:
    """What lies at `url` for a stranger: no credentials, no cookies, no redirects. Raises StorageError."""
    try:
        answer = await peek(url, 0, _SAMPLE)
    except LinkError as error:
        raise from_link(error) from error
    if answer.status not in {200, 206}:
        raise _not_seen(answer)
    has_ranges = answer.status == 206 or "content-range" in answer.headers
    return Seen(answer.size, answer.body, has_ranges)


def _not_seen(answer: Answer) -> StorageError:
    if answer.status in {404, 410}:
        return StorageError(Cause.MISSING, f"HTTP {answer.status}")
    if answer.status in {408, 429} or answer.status >= 500:
        return StorageError(Cause.BUSY, f"HTTP {answer.status}")
    if 300 <= answer.status < 400:
        return StorageError(Cause.NOT_PUBLIC, "it leads on to another address")
    return StorageError(Cause.NOT_PUBLIC, f"HTTP {answer.status}")


def _about_pasted(error: StorageError) -> str:
    if error.cause is Cause.UNUSABLE_ADDRESS:
        return "the address must begin with https:// and be reachable from the internet"
    if error.cause is Cause.MISSING:
        return "nothing lies at that address"
    if error.cause is Cause.NOT_PUBLIC:
        return f"the service could not fetch that address: it wants a login, or leads elsewhere ({error.code})"
    return error.detail


async def _samples_agree(url: str, file: Path, size: int) -> bool:
    last = max(0, size - _SAMPLE)
    for at in sorted({last * number // (_SAMPLES - 1) for number in range(_SAMPLES)}):
        answer = await peek(url, at, min(_SAMPLE, size - at) or 1)
        if answer.status not in {200, 206} or answer.body != _slice(file, at, _SAMPLE):
            return False
    return True


async def _all_agrees(url: str, file: Path) -> bool:
    with file.open("rb") as here:
        async for chunk in content(url):
            if here.read(len(chunk)) != chunk:
                return False
        return not here.read(1)


def _slice(file: Path, first: int, count: int) -> bytes:
    with file.open("rb") as opened:
        opened.seek(first)
        return opened.read(count)
