"""The media worker's own side: a process that does one call after the other until its standard input ends."""

import gc
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, BinaryIO

import msgspec
from av.video.frame import VideoFrame

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.job import Progress
from retake_desktop.media import probe
from retake_desktop.media.cache import CachePlace, DiskCache
from retake_desktop.media.large import is_large, trim
from retake_desktop.media.source import media_errors
from retake_desktop.media.worker_protocol import (
    Advanced,
    Align,
    Begun,
    Broken,
    Call,
    Compare,
    Done,
    Failed,
    Glimpsed,
    PlanSplice,
    Prepare,
    Probe,
    Reply,
    SideBySide,
    Splice,
    Still,
    TryHardware,
    Verify,
    decoded_call,
    encoded,
    parts,
    read_framed,
)

_NICENESS = 10
_MEMORY = 4 << 30
"""Bytes of address space, or half the machine's memory if that is more. A limit against broken files, not a budget."""
_PROGRESS_PAUSE = 0.05
"""Seconds between two messages about progress."""
_DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG. Source: prctl(2)."""
_KILL = 9
_KEEPS_MEMORY = 20.0
"""Seconds."""
_TURN = 0.0005
"""Seconds for which a thread may keep Python's lock from one that asks for it: the thread that reads a long film's
tables from the one on whose picture somebody waits. Usual is ten times that."""
_PIPE = 1 << 20
"""Bytes. With the usual 64 kB a picture would take a hundred turns of both processes."""


def run() -> int:
    """Serves calls from standard input until it ends, which it does when the app ends, however it ends."""
    _stand_back()
    sys.setswitchinterval(_TURN)
    replies = private_output()
    calls: SimpleQueue[bytes] = SimpleQueue()
    gc.freeze()
    threading.Thread(target=_listen, args=(calls,), daemon=True).start()
    while True:
        call = decoded_call(_next_of(calls))
        _send(replies, Begun())
        if isinstance(call, Prepare | Align | Compare | Splice | SideBySide | TryHardware):
            _lower_priority()
        _send(replies, _answer(call, _ReplySender(replies)))
        del call
        # PyAV's frames and what was read beside them refer to each other: 8 MB a picture, that the next one can use.
        gc.collect()


def _next_of(calls: "SimpleQueue[bytes]") -> bytes:
    """The next call. What the calls before left of memory is kept for one that follows soon, then given back;
    that of large pictures at once."""
    with suppress(Empty):
        return calls.get(timeout=_KEEPS_MEMORY)
    trim()
    return calls.get()


def _listen(calls: "SimpleQueue[bytes]") -> None:
    while (payload := read_framed(sys.stdin.buffer)) is not None:
        calls.put(payload)
    # The app is gone: whatever the main thread is doing, nobody waits for it.
    os._exit(0)


def private_output() -> BinaryIO:
    """Standard output for replies only; what libraries print goes to standard error, which the app logs."""
    own = os.dup(1)
    os.dup2(2, 1)
    if sys.platform == "linux":
        import fcntl

        with suppress(OSError):  # A system may allow less; then a picture goes over in more steps.
            fcntl.fcntl(own, fcntl.F_SETPIPE_SZ, _PIPE)
    return os.fdopen(own, "wb")


def _send(replies: BinaryIO, reply: Reply) -> None:
    # In two writes: to join them would copy a picture of 8 MB once more.
    replies.writelines(parts(reply))
    replies.flush()


def _answer(call: Call, sender: "_ReplySender") -> Reply:
    try:
        result = _probed(call, sender) if isinstance(call, Probe) else _result(call, sender.send)
        return Done(msgspec.Raw(encoded(result)))
    except RetakeError as error:
        return Failed(error.kind, error.detail)
    except Exception as error:  # noqa: BLE001 - a bug must reach the app's log instead of ending the worker
        return Broken(type(error).__name__, traceback.format_exc())


def _result(
    call: Prepare | Verify | Align | Compare | Splice | PlanSplice | SideBySide | Still | TryHardware,
    on_progress: Callable[[Progress], None],
) -> Any:
    """Imports what is not needed for a probe only now, so that a new worker is ready sooner."""
    if isinstance(call, Verify):
        from retake_desktop.media.verify import verify

        return verify(call.path, call.window)
    if isinstance(call, Prepare):
        from retake_desktop.media.prepare import prepare

        return prepare(call.clip, call.request, call.output, call.max_bytes, on_progress)
    if isinstance(call, Align):
        from retake_desktop.media.alignment import align

        return align(probe.probe(call.sent), call.result, call.window, call.mode, on_progress)
    if isinstance(call, Compare):
        from retake_desktop.media.changes_store import kept_changes

        return kept_changes(call.original, call.result, call.window, call.span, call.mode, on_progress)
    if isinstance(call, SideBySide | Still):
        return _compared(call, on_progress)
    if isinstance(call, TryHardware):
        from retake_desktop.media.hardware_trial import tried

        return tried(call.clip)
    from retake_desktop.media.splice import plan, splice

    if isinstance(call, PlanSplice):
        return plan(call.original, call.takes)
    return splice(call.original, call.takes, call.output, on_progress)


def _compared(call: SideBySide | Still, on_progress: Callable[[Progress], None]) -> Any:
    from retake_desktop.media.side_by_side import side_by_side, still

    if isinstance(call, SideBySide):
        return side_by_side(call.comparison, call.output, on_progress)
    return still(call.comparison, call.time)


def _probed(call: Probe, sender: "_ReplySender") -> Clip:
    def glimpse(clip: Clip, frame: VideoFrame) -> None:
        from retake_desktop.media.rendering import Renderer

        # A picture that cannot be shown is no reason to stop reading.
        with suppress(RetakeError), media_errors(ErrorKind.MEDIA_FAILED, "its first picture cannot be shown"):
            picture = Renderer(clip).render(frame, 0, call.box or (1, 1))
            sender.glimpse(Glimpsed(picture, None if frame.interlaced_frame else clip.origin))

    cache = _cache_at(call.cache) if call.cache else None
    clip = probe.probe(call.path, glimpse if call.box else None, sender.send, cache)
    if is_large(clip):
        trim()
    return clip


@lru_cache(maxsize=1)
def _cache_at(place: CachePlace) -> DiskCache:
    """One for all calls: each new one would look through the whole folder before it keeps anything."""
    return DiskCache(Path(place.folder), place.limit)


class _ReplySender:
    """Passes progress on, but not more often than anyone can see."""

    def __init__(self, replies: BinaryIO) -> None:
        self._replies = replies
        self._next = 0.0

    def send(self, progress: Progress) -> None:
        now = time.monotonic()
        if now >= self._next or progress.done == progress.total:
            self._next = now + _PROGRESS_PAUSE
            _send(self._replies, Advanced(progress))

    def glimpse(self, glimpsed: Glimpsed) -> None:
        _send(self._replies, glimpsed)


def _lower_priority() -> None:
    """For long work, after which this child is not used again: somebody may wait for the next probe."""
    if sys.platform != "win32":
        os.nice(_NICENESS)


def _stand_back() -> None:
    """Limited memory and no life after the app's, as far as the system offers it."""
    if sys.platform == "win32":
        return
    import resource

    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    limit = max(_MEMORY, machine // 2)
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    if most == resource.RLIM_INFINITY or most > limit:
        resource.setrlimit(resource.RLIMIT_AS, (limit, most))
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, _KILL)
