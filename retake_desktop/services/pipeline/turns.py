"""Fair turns at what must not happen all at once: first come, first served, and several sources take turns."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

AT_ONCE = 4
"""Clips that travel to the service at a time, and results that come home. Asking how jobs stand is not limited."""


class Turns:
    """At most `limit` at a time. Those who wait are served in their order, one of each source after the other."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._free = limit
        """Below zero while more are inside than a lowered limit lets in."""
        self._waiting: dict[str, deque[asyncio.Future[None]]] = {}
        """By source; the source whose turn is next comes first."""

    async def take(self, source: str) -> None:
        """Waits for a place; `release` gives it back."""
        if self._free > 0:
            self._free -= 1
            return
        turn = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(source, deque()).append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.release()
            raise

    def limit_to(self, limit: int) -> None:
        """From now on so many at a time; those inside stay."""
        more, self._limit = limit - self._limit, limit
        self._free += more
        while self._free > 0 and self._waiting:
            self._free -= 1
            self.release()

    def release(self) -> None:
        while self._waiting and self._free >= 0:
            source, turns = next(iter(self._waiting.items()))
            del self._waiting[source]
            turn = turns.popleft()
            if turns:
                self._waiting[source] = turns
            if not turn.cancelled():
                turn.set_result(None)
                return
        self._free += 1

    @asynccontextmanager
    async def held(self, source: str, unless: asyncio.Event) -> AsyncIterator[None]:
        """A place for the length of a with-statement; whoever meanwhile sees `unless` set goes in without one."""
        taking = asyncio.ensure_future(self.take(source))
        seeing = asyncio.ensure_future(unless.wait())
        try:
            await asyncio.wait({taking, seeing}, return_when=asyncio.FIRST_COMPLETED)
            yield
        finally:
            seeing.cancel()
            if taking.done():
                self.release()
            else:
                taking.cancel()


class Lanes:
    """What the jobs of one process share."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self.cutting = Turns(1)
        """Each cut uses all cores."""
        self.sending = Turns(at_once)
        self.fetching = Turns(at_once)

    def limit_to(self, at_once: int) -> None:
        """From now on so many clips travel at a time, and so many results."""
        self.sending.limit_to(at_once)
        self.fetching.limit_to(at_once)
