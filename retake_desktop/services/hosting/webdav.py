"""A WebDAV folder that can also be read at a public address: a Nextcloud, web space, a server of one's own."""

import base64
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from retake_desktop.domain.hosting import REFUSE_BYTES, Cause, Place
from retake_desktop.domain.job import Progress
from retake_desktop.services.hosting.target import STORAGE, Hosted
from retake_desktop.services.hosting.trouble import StorageError, from_link, refusal
from retake_desktop.services.link import Answer, LinkError, send

_SHARE = re.compile(r"(?P<before>.*?)(?:/index\.php)?/s/(?P<token>[A-Za-z0-9_-]+)/?")


class WebDavTarget:
    """PUT with the person's password, GET without any. Raises StorageError(UNUSABLE_ADDRESS)."""

    name = STORAGE
    max_bytes = REFUSE_BYTES

    def __init__(self, place: Place, secret: str, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        if urlsplit(place.endpoint).scheme not in {"http", "https"} or not place.public_url:
            raise StorageError(Cause.UNUSABLE_ADDRESS)
        self._folder = place.endpoint.rstrip("/") + "/"
        self._public = public_folder(place.public_url)
        login = base64.b64encode(f"{place.key_id}:{secret}".encode()).decode()
        self._headers = {"Authorization": f"Basic {login}"}
        self._now = now

    async def put(self, window: Path, key: str, on_progress: Callable[[Progress], None]) -> None:
        headers = {**self._headers, "Content-Type": "video/mp4"}
        answer = await self._asked("PUT", key, headers, window, on_progress)
        if not 200 <= answer.status < 300:
            raise self._refusal(answer)

    async def address(self, key: str) -> Hosted:
        return Hosted(self.name, self._public + quote(key), None, key)

    async def remove(self, key: str) -> None:
        answer = await self._asked("DELETE", key, self._headers)
        if not 200 <= answer.status < 300 and answer.status != 404:
            raise self._refusal(answer)

    def _refusal(self, answer: Answer) -> StorageError:
        found = refusal(answer, self._now())
        # A folder that is not there is answered with 404 by some servers, with 409 by those that follow RFC 4918.
        return StorageError(Cause.NO_FOLDER, found.code) if found.cause is Cause.MISSING else found

    async def _asked(
        self,
        method: str,
        key: str,
        headers: dict[str, str],
        window: Path | None = None,
        on_progress: Callable[[Progress], None] = lambda _progress: None,
    ) -> Answer:
        try:
            return await send(method, self._folder + quote(key), headers, window, on_progress)
        except LinkError as error:
            raise from_link(error) from error


def public_folder(address: str) -> str:
    """Where the folder's files can be read. Raises StorageError(UNUSABLE_ADDRESS).

    A Nextcloud share link (`/s/TOKEN`) shows a page; its files lie at `/public.php/dav/files/TOKEN/`. Source:
    Nextcloud's developer manual, public shares over WebDAV (29 and newer).
    """
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username:
        raise StorageError(Cause.UNUSABLE_ADDRESS)
    share = _SHARE.fullmatch(parts.path)
    path = f"{share['before']}/public.php/dav/files/{share['token']}/" if share else parts.path.rstrip("/") + "/"
    return urlunsplit((parts.scheme, parts.netloc, path, "", ""))
