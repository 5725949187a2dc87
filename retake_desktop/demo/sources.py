"""Where a request's video comes from. The demo service never goes out to the network."""

import base64
import binascii
import re
from pathlib import Path
from urllib.parse import urlsplit

from retake_desktop.demo.files import FileStore
from retake_desktop.demo.refusals import invalid_input, too_large

_DATA = re.compile(r"data:video/[A-Za-z0-9.+-]{1,64};base64,", re.IGNORECASE)
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_FILES = "/demo/files/"


class NotFetchedError(Exception):
    """The video cannot be had; the message goes into the request's `error`."""


def inline_video(video_url: str, max_bytes: int) -> bytes | None:
    """The bytes of a `data:` URL, or None for any other URL. Raises RefusalError (413001, 422001)."""
    if video_url[:5].lower() != "data:":
        return None
    head = _DATA.match(video_url)
    if not head:
        raise _bad("Only data:video/...;base64, is understood.")
    if (len(video_url) - head.end()) * 3 // 4 > max_bytes + 2:
        raise too_large(max_bytes)
    try:
        video = base64.b64decode(video_url[head.end() :], validate=True)
    except binascii.Error as error:
        raise _bad("The inline video is not valid base64.") from error
    if not video:
        raise _bad("The inline video is empty.")
    return video


def _bad(message: str) -> Exception:
    return invalid_input([{"loc": ["body", "video_url"], "msg": message, "type": "video_url"}])


def fetch(video_url: str, files: FileStore) -> Path:
    """The local file behind a URL of the demo's own uploads, from this process or one that shares the folder.

    Raises NotFetchedError for everything else.
    """
    try:
        url = urlsplit(video_url)
        host = url.hostname
    except ValueError as error:
        raise NotFetchedError("video_url is not a URL.") from error
    if url.scheme not in {"http", "https"} or host not in _LOOPBACK or not url.path.startswith(_FILES):
        raise NotFetchedError(
            "video_url could not be fetched: the demo service does not go out to the network. "
            "Use a video file on this computer."
        )
    path = files.path(url.path.removeprefix(_FILES))
    if path is None:
        raise NotFetchedError("video_url could not be fetched: 404 Not Found.")
    return path
