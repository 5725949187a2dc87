"""Bytes up and down over HTTP, without the API token unless it is handed in."""

import asyncio
import os
import ssl
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import httpx
import truststore

from retake_desktop.domain.errors import ErrorKind, RetakeError, os_reason
from retake_desktop.domain.job import Progress
from retake_desktop.domain.network import Network, ProxyUse, is_loopback

LARGEST_DOWNLOAD = 2_000_000_000
"""Bytes; a 20 s 1080p result is some 10 to 50 MB."""
_CHUNK = 256 * 1024
_TIMEOUT = httpx.Timeout(60, connect=15)
_REDIRECTS = 5


class Allowing(Protocol):
    """Says of every address on the way to a file whether it may be asked for it."""

    def check(self, url: str) -> None:
        """Raises RetakeError when not."""
        ...


@dataclass(frozen=True, slots=True)
class HostRule:
    """Which hosts may be fetched from: `domains` and everything below them, over https.

    With `loopback`, this machine too, also over plain http: right only while the API itself is on this machine.
    """

    domains: tuple[str, ...] = ("runcomfy.net", "runcomfy.com")
    loopback: bool = False

    def check(self, url: str) -> None:
        """Raises RetakeError(FOREIGN_HOST) naming the host when `url` may not be fetched."""
        try:
            # The same reading of the address as the one that will be connected to.
            parts = httpx.URL(url)
            host, has_credentials = parts.host.lower(), bool(parts.userinfo)
            host.encode("idna")
        except (httpx.InvalidURL, ValueError) as error:
            raise RetakeError(ErrorKind.FOREIGN_HOST, "the address cannot be read") from error
        if self.loopback and parts.scheme in {"http", "https"} and is_loopback(url):
            return
        allowed = any(host == domain or host.endswith(f".{domain}") for domain in self.domains)
        if parts.scheme != "https" or not allowed or has_credentials:
            raise RetakeError(ErrorKind.FOREIGN_HOST, host or "no server is named")


_network = Network()


def take_network(network: Network) -> None:
    """From now on new connections of this process go this way.

    Raises RetakeError(INVALID_REQUEST) when the proxy or the certificates cannot be used; then nothing changes.
    """
    # One way to the network for the whole process, as with the environment's proxies.
    global _network
    check_network(network)
    _network = network


def check_network(network: Network) -> None:
    """Raises RetakeError(INVALID_REQUEST) when the proxy or the certificates cannot be used."""
    if network.use is ProxyUse.MANUAL:
        _check_proxy(network.proxy)
    _trust(network.certificates)


def _check_proxy(address: str) -> None:
    try:
        url = httpx.URL(address)
        httpx.Proxy(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise RetakeError(ErrorKind.INVALID_REQUEST, "the proxy must be an address like http://host:8080") from error
    if url.scheme not in {"http", "https"} or not url.host:
        raise RetakeError(ErrorKind.INVALID_REQUEST, "the proxy must be an address like http://host:8080")


def _trust(certificates: str) -> ssl.SSLContext:
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if certificates:
        try:
            context.load_verify_locations(cafile=certificates)
        except OSError as error:
            raise RetakeError(ErrorKind.INVALID_REQUEST, "the file of certificates cannot be read") from error
    return context


def new_http(url: str, timeout: httpx.Timeout = _TIMEOUT) -> httpx.AsyncClient:
    """A client for `url`'s host: no redirects; authorities and proxy as `take_network` was told, at first the system's.

    A proxy must not see what stays on this machine, so there is none for loopback.
    """
    network, is_local = _network, is_loopback(url)
    return httpx.AsyncClient(
        timeout=timeout,
        follow_redirects=False,
        verify=_trust(network.certificates),
        trust_env=network.use is ProxyUse.SYSTEM and not is_local,
        proxy=network.proxy if network.use is ProxyUse.MANUAL and not is_local else None,
    )


async def download(url: str, target: Path, rule: Allowing, on_progress: Callable[[Progress], None]) -> None:
    """Fetches `url` into `target`, through `target` + ".part", which a later call resumes (Range, If-Range).

    Length checked, flushed to disk, moved into place atomically. Raises RetakeError: DOWNLOAD_FAILED (worth
    another try), EXPIRED (403, 404, 410: ask for a fresh URL), FOREIGN_HOST, NO_SPACE, FILE_TROUBLE.
    """
    part, tag = target.with_name(target.name + ".part"), target.with_name(target.name + ".etag")
    try:
        try:
            await _fetch(url, part, tag, rule, on_progress)
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError, TimeoutError) as error:
            # UnicodeError: httpx looks at a redirect's host, which need not be a name.
            raise RetakeError(ErrorKind.DOWNLOAD_FAILED, "the connection broke") from error
        part.replace(target)
        tag.unlink(missing_ok=True)
    except OSError as error:
        raise file_error(error, target) from error


def file_error(error: OSError, path: Path) -> RetakeError:
    """NO_SPACE or FILE_TROUBLE, by the system's own error number."""
    no_space = error.errno in {28, 122}  # ENOSPC, EDQUOT
    kind = ErrorKind.NO_SPACE if no_space else ErrorKind.FILE_TROUBLE
    return RetakeError(kind, f"{path}: {os_reason(error)}")


async def _fetch(url: str, part: Path, tag: Path, rule: Allowing, on_progress: Callable[[Progress], None]) -> None:
    for _hop in range(_REDIRECTS):
        rule.check(url)
        headers = _resume_headers(part, tag)
        async with new_http(url) as http, http.stream("GET", url, headers=headers) as answer:
            if answer.is_redirect:
                url = str(httpx.URL(url).join(answer.headers.get("Location", "")))
                continue
            if answer.status_code == 416:
                part.unlink(missing_ok=True)
                raise RetakeError(ErrorKind.DOWNLOAD_FAILED, "it changed while it was being fetched")
            await _store(answer, part, tag, on_progress)
            return
    raise RetakeError(ErrorKind.DOWNLOAD_FAILED, "too many redirects")


def _resume_headers(part: Path, tag: Path) -> dict[str, str]:
    # Compressed transfer would make lengths and ranges mean something else.
    headers = {"Accept-Encoding": "identity"}
    if part.exists() and tag.exists() and part.stat().st_size:
        headers |= {"Range": f"bytes={part.stat().st_size}-", "If-Range": tag.read_text(encoding="ascii")}
    return headers


async def _store(answer: httpx.Response, part: Path, tag: Path, on_progress: Callable[[Progress], None]) -> None:
    if answer.status_code in {403, 404, 410}:
        raise RetakeError(ErrorKind.EXPIRED, f"HTTP {answer.status_code}")
    if answer.status_code not in {200, 206}:
        raise RetakeError(ErrorKind.DOWNLOAD_FAILED, f"HTTP {answer.status_code}")
    resumed = answer.status_code == 206
    done = part.stat().st_size if resumed and part.exists() else 0
    if resumed and not _continues(answer, done, tag):
        part.unlink(missing_ok=True)
        raise RetakeError(ErrorKind.DOWNLOAD_FAILED, "the server sent another part than asked for")
    total = _total(answer)
    if total is not None and total > LARGEST_DOWNLOAD:
        raise RetakeError(ErrorKind.DOWNLOAD_FAILED, "it is far too large for a result")
    with part.open("ab" if resumed else "wb") as file:
        # Only now are the bytes of an older version gone, for which this tag must not vouch.
        _remember_tag(answer, tag)
        # As it comes: bytes that are collected to a fixed size first are lost when the connection breaks.
        async for chunk in answer.aiter_raw():
            await asyncio.to_thread(file.write, chunk)
            done += len(chunk)
            if done > LARGEST_DOWNLOAD:
                raise RetakeError(ErrorKind.DOWNLOAD_FAILED, "it is far too large for a result")
            on_progress(Progress(done, total))
        file.flush()
        await asyncio.to_thread(os.fsync, file.fileno())
    if total is not None and done != total:
        raise RetakeError(ErrorKind.DOWNLOAD_FAILED, f"{done} of {total} bytes came")


def _continues(answer: httpx.Response, done: int, tag: Path) -> bool:
    """Whether a 206 carries on where the bytes that are here end, in the same version of the file."""
    same = not tag.exists() or answer.headers.get("ETag") in {None, tag.read_text(encoding="ascii")}
    return same and answer.headers.get("Content-Range", "").startswith(f"bytes {done}-")


def _total(answer: httpx.Response) -> int | None:
    """The length of the whole file, which a partial answer tells in its Content-Range."""
    if answer.status_code == 206:
        length = answer.headers.get("Content-Range", "").rpartition("/")[2]
    else:
        length = answer.headers.get("Content-Length", "")
    return int(length[:15]) if length.isdecimal() else None


def _remember_tag(answer: httpx.Response, tag: Path) -> None:
    """Only a strong ETag can vouch for the bytes that are already here."""
    value = answer.headers.get("ETag", "")
    if value.startswith('"') and value.isascii():
        tag.write_text(value, encoding="ascii")
    else:
        tag.unlink(missing_ok=True)


async def upload(
    url: str, source: Path, headers: Mapping[str, str], on_progress: Callable[[Progress], None]
) -> tuple[int, bytes]:
    """PUTs the file at `source`, streamed with its length; the answer's status and (short) body.

    Raises RetakeError(OFFLINE) when the connection breaks, FILE_TROUBLE when the file cannot be read.
    """
    try:
        total = source.stat().st_size
        content = chunks(source, total, on_progress)
        async with new_http(url) as http:
            answer = await http.put(url, content=content, headers={**headers, "Content-Length": str(total)})
    except httpx.HTTPError as error:
        raise RetakeError(ErrorKind.OFFLINE, "the upload broke off") from error
    except OSError as error:
        raise file_error(error, source) from error
    return answer.status_code, answer.content[:10_000]


async def chunks(source: Path, total: int, on_progress: Callable[[Progress], None]) -> AsyncIterator[bytes]:
    """The file's bytes, with its progress after each chunk that was taken."""
    done = 0
    with source.open("rb") as file:
        while chunk := await asyncio.to_thread(file.read, _CHUNK):
            yield chunk
            done += len(chunk)
            on_progress(Progress(done, total))
