"""Hearing a service that answers while the request is still being sent, and stops reading it: too large, say."""

import asyncio
import ssl
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import httpcore
import httpx

_LAST_LOOK = 0.2
_GRACE = 2.0
"""Seconds for the rest of a piece after an answer has begun to come: most services read on to the end."""


def hear_early_answers(http: httpx.AsyncClient) -> httpx.AsyncClient:
    """`http`, which now ends a request's body when the answer has come and no more of the body is taken.

    httpcore reads an answer after a write that failed, and only then: a write that merely blocks ends in a timeout,
    and an answer that came before a reset is lost.

    WORKAROUND: httpx offers no way to hand in a network backend (https://github.com/encode/httpx/discussions/2844),
    so it is put into the pools that it made. To be removed when httpcore reads while it writes.
    """
    for transport in (http._transport, *http._mounts.values()):  # noqa: SLF001 - see above
        if isinstance(transport, httpx.AsyncHTTPTransport):
            pool = transport._pool  # noqa: SLF001 - see above
            pool._network_backend = _Backend(pool._network_backend)  # noqa: SLF001 - see above
    return http


class _Backend(httpcore.AsyncNetworkBackend):
    """Makes the same connections, listening to each while it is written to."""

    def __init__(self, inner: httpcore.AsyncNetworkBackend) -> None:
        self._inner = inner

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the interface's own
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        return _Stream(await self._inner.connect_tcp(host, port, timeout, local_address, socket_options))

    async def sleep(self, seconds: float) -> None:
        await self._inner.sleep(seconds)


class _Stream(httpcore.AsyncNetworkStream):
    """A connection that is read from while it is written to."""

    def __init__(self, inner: httpcore.AsyncNetworkStream) -> None:
        self._inner = inner
        self._reading: asyncio.Task[bytes] | None = None

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109 - the interface's own
        if self._reading is None:
            return await self._inner.read(max_bytes, timeout)
        reading = self._reading
        await asyncio.wait({reading}, timeout=timeout)
        if not reading.done():
            # After a standstill of this process the time is up at once, and the answer may have come long ago.
            await asyncio.wait({reading}, timeout=_LAST_LOOK)
        if not reading.done():
            raise httpcore.ReadTimeout
        self._reading = None
        return reading.result()

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109 - the interface's own
        """Raises httpcore.WriteError, on which httpcore goes on to read the answer, when one has come already."""
        if self._reading is None:
            self._reading = asyncio.ensure_future(self._inner.read(65_536))
        writing = asyncio.ensure_future(self._inner.write(buffer, timeout))
        try:
            # The last byte of a body comes alone: whether that one has left must not be a matter of patience.
            heard = {self._reading} if len(buffer) > 1 else set()
            await asyncio.wait({writing, *heard}, return_when=asyncio.FIRST_COMPLETED)
            if not writing.done():
                await asyncio.wait({writing}, timeout=_GRACE)
            if not writing.done():
                raise httpcore.WriteError("the answer came first")
            writing.result()
        finally:
            await _ended(writing)

    async def aclose(self) -> None:
        if self._reading is not None:
            await _ended(self._reading)
        await self._inner.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - the interface's own
    ) -> httpcore.AsyncNetworkStream:
        return _Stream(await self._inner.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


async def _ended(task: "asyncio.Task[Any]") -> None:
    """Stops what is still going on; what it raised was for its own reader."""
    task.cancel()
    with suppress(asyncio.CancelledError, httpcore.NetworkError, httpcore.TimeoutException):
        await task
