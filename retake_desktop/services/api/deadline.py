"""A deadline that counts only the time in which this process runs: an answer outlasts a suspended machine."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

_TICKS = 100


@asynccontextmanager
async def awake_timeout(seconds: float) -> AsyncIterator[None]:
    """As asyncio.timeout, except that a standstill (suspend, SIGSTOP) takes at most a hundredth of the time away."""
    async with asyncio.timeout(None) as limit:
        ticking = asyncio.ensure_future(_tick(limit, seconds))
        try:
            yield
        finally:
            ticking.cancel()


async def _tick(limit: asyncio.Timeout, seconds: float) -> None:
    for _tick in range(_TICKS):
        await asyncio.sleep(seconds / _TICKS)
    limit.reschedule(asyncio.get_running_loop().time())
