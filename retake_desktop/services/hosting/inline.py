"""The clip inside the request, as a data URI: no bucket needed. RunComfy's own ComfyUI nodes send media this way."""

import base64
from collections.abc import Callable
from pathlib import Path

from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.job import Progress
from retake_desktop.services.hosting.target import Hosted
from retake_desktop.services.transfer import file_error

NAME = "inline"
PREFERRED_BYTES = 11 * 1024 * 1024
"""LTX itself takes 15 MB encoded; base64 adds a third. Source: LTX input formats."""
LARGEST_BYTES = 32 * 1024 * 1024
"""Source: RunComfy's ComfyUI partner nodes, per-input video limit."""


class InlineTarget:
    """Nothing to bring anywhere: the window is read again when the request is made."""

    name = NAME
    max_bytes = PREFERRED_BYTES

    async def put(self, window: Path, on_progress: Callable[[Progress], None]) -> Hosted:
        try:
            size = window.stat().st_size
        except OSError as error:
            raise file_error(error, window) from error
        if size > LARGEST_BYTES:
            raise RetakeError(ErrorKind.REFUSED, "the clip is too large to travel inside the request")
        on_progress(Progress(size, size))
        return Hosted(NAME, None)


def data_uri(window: Path) -> str:
    """`data:video/mp4;base64,...`; blocks while it reads. Raises RetakeError(FILE_TROUBLE)."""
    try:
        content = window.read_bytes()
    except OSError as error:
        raise file_error(error, window) from error
    return "data:video/mp4;base64," + base64.b64encode(content).decode("ascii")
