"""Putting the pipeline's tools together, for the window and the command line alike."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

from retake_desktop.domain.errors import RetakeError
from retake_desktop.media.worker import MediaWorker
from retake_desktop.services.api.wire import DEFAULT_BASE, checked_base
from retake_desktop.services.folders import Folders
from retake_desktop.services.history import History
from retake_desktop.services.ownership import JobLocks
from retake_desktop.services.pipeline.connections import Connections
from retake_desktop.services.pipeline.tools import Clocks, Tools
from retake_desktop.services.secrets import Account, TokenSource, TokenStore

BASE_NAME = "RUNCOMFY_API_URL"


def base_in_use(environment: Mapping[str, str] = os.environ) -> str:
    """The API address: RUNCOMFY_API_URL or the default. Raises RetakeError(INVALID_REQUEST) for an unusable one."""
    return checked_base(environment.get(BASE_NAME) or DEFAULT_BASE)


def account_in_use(tokens: TokenStore) -> tuple[str, Account]:
    """API address and account. May block on the keyring. Raises RetakeError(INVALID_REQUEST)."""
    return base_in_use(), tokens.account()


@asynccontextmanager
async def opened_tools(
    folders: Folders,
    tokens: TokenStore,
    *,
    demo: bool,
    start_demo: Callable[[], Awaitable[str]],
    clocks: Clocks | None = None,
    patience: float | None = None,
    allowed_hosts: tuple[str, ...] = (),
    forgiving: bool = False,
) -> AsyncIterator[Tools]:
    """Everything that a pipeline works with, closed again at the end.

    With `demo`, new jobs go to the demo service, whatever the address and token of the real one are. Raises RetakeError
    when the folders, the record of jobs, the address or the token cannot be used; `forgiving` (the window) leaves the
    latter two as an account without a token that says why.
    """
    await asyncio.to_thread(folders.create)
    try:
        base, account = await asyncio.to_thread(account_in_use, tokens)
    except RetakeError as error:
        if not forgiving and not demo:
            raise
        base, account = "", Account(TokenSource.NONE, trouble=error.problem)
    history = await asyncio.to_thread(History, folders.history)
    connections = Connections(base, account, demo=demo, start_demo=start_demo)
    worker = MediaWorker()
    try:
        yield Tools(
            folders=folders,
            history=history,
            locks=JobLocks(folders.locks),
            worker=worker,
            connections=connections,
            clocks=clocks or Clocks(),
            patience=patience,
            allowed_hosts=allowed_hosts,
        )
    finally:
        await connections.close()
        await worker.close()
        await asyncio.to_thread(history.close)
