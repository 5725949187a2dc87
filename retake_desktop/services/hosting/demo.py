"""The demo service's own upload target."""

import secrets
from collections.abc import Callable
from pathlib import Path

import msgspec

from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.job import Progress
from retake_desktop.services.hosting.target import Hosted
from retake_desktop.services.transfer import upload


class _Stored(msgspec.Struct):
    url: str


class DemoTarget:
    """PUT to the demo service at `base`; the public URL comes back."""

    name = "demo"
    max_bytes = 100 * 1024 * 1024

    def __init__(self, base: str, token: str, new_name: Callable[[], str] = lambda: secrets.token_hex(16)) -> None:
        self._base = base
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "video/mp4"}
        self._new_name = new_name

    async def put(self, window: Path, on_progress: Callable[[Progress], None]) -> Hosted:
        url = f"{self._base}/demo/uploads/{self._new_name()}.mp4"
        status, body = await upload(url, window, self._headers, on_progress)
        if status >= 500:
            raise RetakeError(ErrorKind.OFFLINE, f"the upload was answered with HTTP {status}")
        if status not in {200, 201}:
            raise RetakeError(ErrorKind.REFUSED, f"the upload was answered with HTTP {status}")
        try:
            return Hosted(self.name, msgspec.json.decode(body, type=_Stored).url)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise RetakeError(ErrorKind.SERVICE_TROUBLE, "the upload's answer names no address") from error
