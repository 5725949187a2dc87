"""A bucket of the person's own: S3 and its relatives, Google Cloud Storage, Azure Blob Storage.

obstore signs; the bytes travel over httpx, which shows steady progress and stops at once. Large files go through
obstore's multipart upload, which goes on after a broken connection with the part that broke.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from retake_desktop.domain.hosting import REFUSE_BYTES, Place
from retake_desktop.domain.job import Progress
from retake_desktop.services.hosting.multipart import put_in_parts
from retake_desktop.services.hosting.stores import Method, opened, put_headers, signed
from retake_desktop.services.hosting.target import STORAGE, Hosted
from retake_desktop.services.hosting.trouble import from_link, refusal
from retake_desktop.services.link import LinkError, send

READABLE_FOR = timedelta(days=3)
"""Longer than any queue; what is put there is deleted after the job all the same."""
_WRITABLE_FOR = timedelta(hours=6)
IN_ONE_PIECE = 64 * 1024 * 1024
"""Bytes up to which a file is sent as one request."""


class BucketTarget:
    """Uploads under keys of this app's folder in the bucket, and signs addresses for reading.

    Raises StorageError(UNUSABLE_SECRET, UNUSABLE_ADDRESS) when the secret cannot be one.
    """

    name = STORAGE
    max_bytes = REFUSE_BYTES

    def __init__(
        self,
        place: Place,
        secret: str,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        in_one_piece: int = IN_ONE_PIECE,
    ) -> None:
        self._place = place
        self._store = opened(place, secret)
        self._now = now
        self._in_one_piece = in_one_piece

    async def put(self, window: Path, key: str, on_progress: Callable[[Progress], None]) -> None:
        if window.exists() and window.stat().st_size > self._in_one_piece:
            await put_in_parts(self._store, window, key, on_progress)
        else:
            await self._asked("PUT", key, window, on_progress)

    async def address(self, key: str) -> Hosted:
        # The signature's time is read after this one: the address lasts at least as long as is said.
        expires = self._now() + READABLE_FOR
        return Hosted(self.name, await signed(self._store, "GET", key, READABLE_FOR), expires, key)

    async def remove(self, key: str) -> None:
        await self._asked("DELETE", key)

    async def _asked(
        self,
        method: Method,
        key: str,
        window: Path | None = None,
        on_progress: Callable[[Progress], None] = lambda _progress: None,
    ) -> None:
        url = await signed(self._store, method, key, _WRITABLE_FOR)
        headers = put_headers(self._place.kind) if window is not None else {}
        try:
            answer = await send(method, url, headers, window, on_progress)
        except LinkError as error:
            raise from_link(error) from error
        # What cannot be found, or in a bucket that is gone itself, need not be deleted.
        is_gone = method == "DELETE" and answer.status == 404
        if not (200 <= answer.status < 300 or is_gone):
            raise refusal(answer, self._now())
