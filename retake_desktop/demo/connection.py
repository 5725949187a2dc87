"""The connection under a request, for faults that cut it."""

import asyncio

from starlette.types import Receive, Scope
from uvicorn.protocols.http.h11_impl import H11Protocol

_TRANSPORT = "retake_desktop.transport"


class CuttableProtocol(H11Protocol):
    """uvicorn's HTTP/1.1 protocol, which also tells the application which transport a request came in on.

    uvicorn copies `app_state` into every request's `scope["state"]`, so a copy for each connection is all it takes.
    """

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)  # type: ignore[arg-type]  # uvicorn narrows the type that asyncio passes
        self.app_state = {**self.app_state, _TRANSPORT: transport}


async def cut(scope: Scope, receive: Receive, *, flush: bool = False) -> None:
    """Closes the request's connection, with `flush` after sending what was written so far.

    Returns when uvicorn knows of it, because it would log an application that just stops as an error.
    """
    transport: asyncio.Transport = scope["state"][_TRANSPORT]
    if flush:
        transport.close()
    else:
        transport.abort()
    while (await receive())["type"] != "http.disconnect":
        pass
