"""Putting the pipeline's tools together, for the window and the command line alike."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

from retake_desktop.media.cache import DiskCache
from retake_desktop.media.worker import MediaWorker
from retake_desktop.services.api.wire import DEFAULT_BASE, checked_base
from retake_desktop.services.folders import Folders
from retake_desktop.services.history import History
from retake_desktop.services.ownership import JobLocks
from retake_desktop.services.pipeline.connections import Connections
from retake_desktop.services.pipeline.tools import Clocks, Tools
from retake_desktop.services.pipeline.turns import AT_ONCE
from retake_desktop.services.secrets import Account, TokenStore
from retake_desktop.services.settings import BASE_NAME


def base_in_use(chosen: str = "", environment: Mapping[str, str] = os.environ) -> str:
    """The API address: RUNCOMFY_API_URL, else the one `chosen` in the settings, else RunComfy's own.

    Raises RetakeError(INVALID_REQUEST) for an unusable one.
    """
    return checked_base(environment.get(BASE_NAME) or chosen or DEFAULT_BASE)


def account_in_use(tokens: TokenStore, chosen: str = "") -> tuple[str, Account]:
    """API address and account. May block on the keyring. Raises RetakeError(INVALID_REQUEST)."""
    return base_in_use(chosen), tokens.account()


@asynccontextmanager
async def opened_tools(
    folders: Folders,
    base: str,
    account: Account,
    *,
    demo: bool,
    start_demo: Callable[[], Awaitable[str]],
    clocks: Clocks | None = None,
    patience: float | None = None,
    allowed_hosts: tuple[str, ...] = (),
    at_once: int = AT_ONCE,
    cache: DiskCache | None = None,
) -> AsyncIterator[Tools]:
    """Everything that a pipeline works with, closed again at the end.

    `base` and `account` are those in use; they may be set later, in `Tools.connections`. With `demo`, new jobs go to
    the demo service, and those of the real one rest. What takes long to read of a file is kept in `cache`.
    Raises RetakeError when the folders or the record of jobs cannot be used.
    """
    await asyncio.to_thread(folders.create)
    history = await asyncio.to_thread(History, folders.history)
    connections = Connections(base, account, demo=demo, start_demo=start_demo)
    worker = MediaWorker(cache=cache)
    tools = Tools(
        folders=folders,
        history=history,
        locks=JobLocks(folders.locks),
        worker=worker,
        connections=connections,
        clocks=clocks or Clocks(),
        patience=patience,
        allowed_hosts=allowed_hosts,
        at_once=at_once,
    )
    try:
        yield tools
    finally:
        tools.hosts.secrets.close()
        await connections.close()
        await worker.close()
        await asyncio.to_thread(history.close)
