"""Large files in parts, through obstore: a connection that breaks costs one part, not the whole."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import obstore
from obstore.exceptions import BaseError, PermissionDeniedError, UnauthenticatedError

from retake_desktop.domain.hosting import Cause
from retake_desktop.domain.job import Progress
from retake_desktop.services.hosting.stores import Store
from retake_desktop.services.hosting.trouble import StorageError
from retake_desktop.services.transfer import file_error

_PART = 5 * 1024 * 1024
"""Bytes; S3's smallest part, so that progress comes often and little is held in memory."""
_LAST_WORDS = 5.0
"""Seconds that a cancelled upload gets to tidy up in the bucket."""


class _Stopped(Exception):  # noqa: N818 - not an error: the person cancelled
    """Raised inside the upload, which then takes its parts back."""


async def put_in_parts(store: Store, window: Path, key: str, on_progress: Callable[[Progress], None]) -> None:
    """Uploads the file; cancelling the task stops it with the part under way. Raises StorageError, RetakeError."""
    stop = threading.Event()
    loop = asyncio.get_running_loop()
    total = window.stat().st_size

    def tell(done: int) -> None:
        loop.call_soon_threadsafe(on_progress, Progress(done, total))

    work = asyncio.ensure_future(asyncio.to_thread(_upload, store, window, key, stop, tell))
    try:
        await asyncio.shield(work)
    except asyncio.CancelledError:
        stop.set()
        # Cancelled between the parts it takes them back; cut off in the middle they would stay there, and be billed.
        await asyncio.wait({work}, timeout=_LAST_WORDS)
        if work.done():
            work.exception()
        raise


def _upload(store: Store, window: Path, key: str, stop: threading.Event, tell: Callable[[int], None]) -> None:
    try:
        obstore.put(store, key, _parts(window, stop, tell), chunk_size=_PART, max_concurrency=1, attributes=_ATTRIBUTES)
    except _Stopped:
        return
    except FileNotFoundError as error:
        if not window.exists():
            raise file_error(error, window) from error
        raise StorageError(Cause.NO_BUCKET) from error
    except (PermissionDeniedError, UnauthenticatedError) as error:
        raise StorageError(Cause.NO_PERMISSION) from error
    except BaseError as error:
        # Its words are a dump of the request; what kind of trouble it is, the next try over httpx will tell.
        raise StorageError(Cause.BROKE) from error
    except OSError as error:
        raise file_error(error, window) from error


_ATTRIBUTES = {"Content-Type": "video/mp4"}


def _parts(window: Path, stop: threading.Event, tell: Callable[[int], None]) -> Iterator[bytes]:
    done = 0
    with window.open("rb") as file:
        while part := file.read(_PART):
            if stop.is_set():
                raise _Stopped
            # A part is asked for when the one before it is on its way: what came before is there.
            tell(done)
            yield part
            done += len(part)
    if stop.is_set():
        raise _Stopped
    tell(done)
