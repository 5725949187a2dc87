"""Pictures so large that a decoder's worth of them counts: how many are held, and how many decoders at a time."""

import asyncio
import ctypes
import os
import sys
import threading
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
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

    In the order of coming: who leaves the turn to others and takes it again at once has it after them. For any thread.
    Nobody takes it twice at once.
    """

    def __init__(self) -> None:
        self._change = threading.Condition()
        self._is_held = False
        self._waiting: deque[object] = deque()

    @property
    def is_wanted(self) -> bool:
        """Whether somebody waits for it: long work that can be taken up again leaves it."""
        return bool(self._waiting)

    def take(self, cancelled: Callable[[], bool]) -> bool:
        """Waits for the turn; False after `cancelled`, which is asked all the while."""
        with self._in_line() as place:
            while not self._begins(place):
                if cancelled():
                    return False
                with self._change:
                    self._change.wait(_LOOK_AGAIN)
        return True

    def leave(self) -> None:
        """What was decoded has been let go of by then."""
        trim()
        with self._change:
            self._is_held = False
            self._change.notify_all()

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
        with self._in_line() as place:
            while not self._begins(place):  # noqa: ASYNC110 - threads hold it, which know no loop
                await asyncio.sleep(_LOOK_AGAIN)
        try:
            yield
        finally:
            self.leave()

    @contextmanager
    def _in_line(self) -> Iterator[object]:
        """A place behind all who wait; it is left at the end, with the turn or without."""
        place = object()
        with self._change:
            self._waiting.append(place)
        try:
            yield place
        finally:
            with self._change, suppress(ValueError):
                self._waiting.remove(place)

    def _begins(self, place: object) -> bool:
        """Gives the turn to `place`, when it is free and nobody came before."""
        with self._change:
            if self._is_held or self._waiting[0] is not place:
                return False
            self._waiting.popleft()
            self._is_held = True
            return True


TURN = Turn()
"""That of this process and of what it has decoded by its children."""
