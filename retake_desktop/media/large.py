"""Pictures so large that a decoder's worth of them counts: how many are held, and how many decoders at a time."""

import asyncio
import ctypes
import os
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import cache

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError

_LARGE = 2_500_000
"""Pixels; 1080p and what phones film upright in it stay below. A 4K decoder holds 100 MB with one thread."""
_MOST_THREADS = 4
"""Each holds a picture more. Four decode 4K at 60 frames a second where the processor can at all."""
_M_MMAP_THRESHOLD = -3
"""Source: mallopt(3), malloc.h."""
_RETURNED = 4 << 20
"""Bytes. Pictures of 1080p, as coded, are smaller: those are used again and again, and stay."""
_LOOK_AGAIN = 0.02
"""Seconds."""


def is_large(clip: Clip) -> bool:
    """Whether decoders of `clip` take so much memory that they are counted."""
    return clip.coded_width * clip.coded_height > _LARGE


def threads_for(clip: Clip, *, beside: bool) -> int:
    """Threads that decode `clip`, 0 for as many as there are processors; `beside` what is on screen, few are enough."""
    if not is_large(clip):
        return 0
    processors = os.cpu_count() or 1
    return max(1, min(2, processors // 2)) if beside else min(_MOST_THREADS, processors)


@cache
def return_what_is_free() -> None:
    """Has the memory of large pictures given back to the system as soon as it is free, from the first call on.

    By itself glibc keeps blocks of up to 32 MB for reuse once one of that size was freed, and in each thread's heap:
    measured, 750 MB were still held when two 4K clips had been closed.
    """
    library = _glibc()
    if library is not None:
        library.mallopt(_M_MMAP_THRESHOLD, _RETURNED)


def trim() -> None:
    """Gives back what lies free between other blocks: 50 MB after a decoder of 4K."""
    library = _glibc()
    if library is not None:
        library.malloc_trim(0)


def _glibc() -> ctypes.CDLL | None:
    """None where the C library has no such functions, and needs none."""
    library = ctypes.CDLL(None) if sys.platform == "linux" else None
    return library if hasattr(library, "malloc_trim") else None


class Turn:
    """Lets one at a time decode large pictures beside those on screen; clips of other sizes need not wait.

    For any thread. Nobody takes it twice at once.
    """

    def __init__(self) -> None:
        self._held = threading.Lock()
        self._count = threading.Lock()
        self._waiting = 0

    @property
    def is_wanted(self) -> bool:
        """Whether somebody waits for it: long work that can be taken up again leaves it."""
        return self._waiting > 0

    def take(self, cancelled: Callable[[], bool]) -> bool:
        """Waits for the turn; False after `cancelled`, which is asked all the while."""
        self._wait(1)
        try:
            while not self._held.acquire(timeout=_LOOK_AGAIN):
                if cancelled():
                    return False
            return True
        finally:
            self._wait(-1)

    def leave(self) -> None:
        """What was decoded has been let go of by then."""
        trim()
        self._held.release()

    @contextmanager
    def of(self, clip: Clip, cancelled: Callable[[], bool] = lambda: False) -> Iterator[None]:
        """Has the turn inside, where `clip` is large. Raises RetakeError(CANCELLED) when it was given up before."""
        if not is_large(clip):
            yield
            return
        if not self.take(cancelled):
            raise RetakeError(ErrorKind.CANCELLED)
        try:
            yield
        finally:
            self.leave()

    @asynccontextmanager
    async def of_task(self, *clips: Clip) -> AsyncIterator[None]:
        """As `of`, where any of `clips` is large, for a task, which may be cancelled while it waits."""
        if not any(map(is_large, clips)):
            yield
            return
        self._wait(1)
        try:
            while not self._held.acquire(blocking=False):  # noqa: ASYNC110 - threads hold it, which know no loop
                await asyncio.sleep(_LOOK_AGAIN)
        finally:
            self._wait(-1)
        try:
            yield
        finally:
            self.leave()

    def _wait(self, more: int) -> None:
        with self._count:
            self._waiting += more


TURN = Turn()
"""That of this process and of what it has decoded by its children."""
