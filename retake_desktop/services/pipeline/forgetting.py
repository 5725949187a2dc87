"""Deletes what of a person's can go now. What is needed, or was paid for and not discarded, stays."""

import asyncio
import contextlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from retake_desktop.domain.errors import ErrorKind, RetakeError, os_reason
from retake_desktop.domain.job import Stage
from retake_desktop.domain.privacy import Held
from retake_desktop.services.crashes import CRASHES
from retake_desktop.services.history import History
from retake_desktop.services.pipeline.privacy import below, fetched, previews, results, windows
from retake_desktop.services.pipeline.tools import Tools


async def delete(tools: Tools, what: Held) -> None:
    """Deletes what can be deleted of it now; what is needed stays. Raises RetakeError.

    Drafts, the videos opened lately and what is in the keyring belong to whoever has them in memory.
    """
    deeds: dict[Held, Callable[[Tools], None]] = {
        Held.DISCARDED: _delete_discarded,
        Held.WINDOWS: _delete_windows,
        Held.FETCHED: _delete_fetched,
        Held.DEMO: _delete_demo,
        Held.PREVIEWS: _delete_previews,
        Held.LOGS: _delete_logs,
    }
    if what is Held.STORAGE:
        left = await tools.hosts.sweep(tools.history)
        if left:
            raise RetakeError(ErrorKind.HOSTING_TROUBLE, f"{left} could not be deleted; it is tried again later")
    else:
        await asyncio.to_thread(deeds[what], tools)


def _delete_discarded(tools: Tools) -> None:
    gone = results(tools.history.jobs(), discarded=True)
    _remove(gone | {path.with_name(f"{path.name}.changes.json") for path in gone})
    _forget(tools.history, gone)


def _delete_windows(tools: Tools) -> None:
    _remove(windows(tools.history.jobs(), needed=False))


def _delete_fetched(tools: Tools) -> None:
    _remove(fetched(tools, tools.history.jobs(), used=False))


def _delete_demo(tools: Tools) -> None:
    if any(job.service.is_demo and job.is_open for job in tools.history.jobs()):
        raise RetakeError(ErrorKind.FILE_TROUBLE, "takes on the demo service are still being made")
    _remove(below(tools.folders.demo))


def _delete_previews(tools: Tools) -> None:
    previews(tools).clear()


def _delete_logs(tools: Tools) -> None:
    logs = tools.folders.logs
    _remove(set(logs.glob("retake-desktop.log.*")) | {logs / CRASHES})
    # The one that is being written goes on at its beginning.
    with contextlib.suppress(FileNotFoundError), (logs / "retake-desktop.log").open("r+b") as file:
        file.truncate(0)


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise RetakeError(ErrorKind.FILE_TROUBLE, f"{path}: {os_reason(error)}") from error


def _forget(history: History, results: set[Path]) -> None:
    """The record no longer names what is not there."""
    for job in history.jobs():
        if job.stage is Stage.DISCARDED and job.result_path is not None and Path(job.result_path) in results:
            history.save(replace(job, result_path=None))
