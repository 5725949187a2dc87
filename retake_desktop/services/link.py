"""Single requests to the person's own storage, and to an address as a stranger asks for it."""

import ssl
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import httpx

from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.job import Progress
from retake_desktop.services.transfer import chunks, file_error, new_http

_SHORT_BODY = 10_000


class Reach(StrEnum):
    """Why a server could not be talked to."""

    NO_ANSWER = "no_answer"
    """No such host, nobody listening, or silence."""
    TLS = "tls"
    BROKE = "broke"


class LinkError(RetakeError):
    """No usable connection. OFFLINE is worth another try; a certificate that is not trusted is HOSTING_TROUBLE."""

    def __init__(self, reach: Reach, detail: str) -> None:
        kind = ErrorKind.HOSTING_TROUBLE if reach is Reach.TLS else ErrorKind.OFFLINE
        super().__init__(kind, detail)
        self.reach = reach


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said: its status, its headers (names in small letters) and the beginning of its body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def size(self) -> int | None:
        """Bytes of the whole file, where a GET answered it or a part of it; None when that is not told."""
        ranged = self.headers.get("content-range", "")
        length = ranged.rpartition("/")[2] if ranged else self.headers.get("content-length", "")
        return int(length[:15]) if length.isdecimal() else None


async def send(
    method: str,
    url: str,
    headers: Mapping[str, str] | None = None,
    source: Path | None = None,
    on_progress: Callable[[Progress], None] = lambda _progress: None,
) -> Answer:
    """One request to the person's own storage; the file at `source` is streamed with its length.

    Raises LinkError, and RetakeError(FILE_TROUBLE) when the file cannot be read.
    """
    try:
        total = source.stat().st_size if source is not None else 0
        content = chunks(source, total, on_progress) if source is not None else None
        length = {"Content-Length": str(total)} if source is not None else {}
        async with new_http(url) as http:
            answer = await http.request(method, url, content=content, headers={**(headers or {}), **length})
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        raise LinkError(_reach(error), _reach_words(url)) from error
    except OSError as error:
        raise file_error(error, source or Path()) from error
    return Answer(answer.status_code, _lower(answer.headers), answer.content[:_SHORT_BODY])


async def peek(url: str, first: int, count: int) -> Answer:
    """`count` bytes from byte `first`, as a stranger asks for them: no cookies, no credentials, no redirects.

    A server without ranges answers with the whole file, of which only what is needed to get there is read. The body
    holds the bytes asked for, or the beginning of another answer than 200 and 206. Raises LinkError.
    """
    asked = {"Range": f"bytes={first}-{first + count - 1}", "Accept-Encoding": "identity"}
    try:
        async with new_http(url) as http, http.stream("GET", url, headers=asked) as answer:
            headers = _lower(answer.headers)
            # A well-known server answers a range with 200, and with its Content-Range: what counts is where it begins.
            begins_there = headers.get("content-range", "").startswith(f"bytes {first}-")
            skip = 0 if begins_there or not answer.is_success else first
            body = await _beginning(answer, skip + count)
            return Answer(answer.status_code, headers, body[skip:])
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        raise LinkError(_reach(error), _reach_words(url)) from error


async def _beginning(answer: httpx.Response, count: int) -> bytes:
    body = bytearray()
    async for chunk in answer.aiter_raw():
        body += chunk
        if len(body) >= count:
            break
    return bytes(body[:count])


def _lower(headers: httpx.Headers) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _reach(error: Exception) -> Reach:
    found: BaseException | None = error
    while found is not None:
        if isinstance(found, ssl.SSLError) or "CERTIFICATE_VERIFY" in str(found):
            return Reach.TLS
        found = found.__cause__ or found.__context__
    connecting = httpx.ConnectError | httpx.ConnectTimeout | httpx.InvalidURL | UnicodeError | httpx.UnsupportedProtocol
    return Reach.NO_ANSWER if isinstance(error, connecting) else Reach.BROKE


def _reach_words(url: str) -> str:
    """The host alone: an address may be a signed one."""
    try:
        return httpx.URL(url).host
    except (httpx.InvalidURL, UnicodeError):
        return "the address cannot be read"


async def content(url: str) -> AsyncIterator[bytes]:
    """The whole file, as a stranger gets it. Raises LinkError, also when the answer is not 200."""
    try:
        headers = {"Accept-Encoding": "identity"}
        async with new_http(url) as http, http.stream("GET", url, headers=headers) as answer:
            if answer.status_code != 200:
                raise LinkError(Reach.BROKE, _reach_words(url))
            async for chunk in answer.aiter_raw():
                yield chunk
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        raise LinkError(_reach(error), _reach_words(url)) from error
