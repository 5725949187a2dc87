"""The job lifecycle on a thread of its own: a QThread that runs an asyncio loop with the pipeline in it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, Signal

from retake_desktop.domain.errors import ErrorKind, Problem, RetakeError
from retake_desktop.media.cache import DiskCache
from retake_desktop.services.folders import Folders
from retake_desktop.services.pipeline.turns import AT_ONCE
from retake_desktop.services.secrets import Account, TokenSource, TokenStore
from retake_desktop.ui.job_answers import AccountState, ConnectionReport
from retake_desktop.ui.job_commands import Command, JobCommands

if TYPE_CHECKING:
    from retake_desktop.ui.job_desk import Desk

__all__ = ["AccountState", "ConnectionReport", "JobThread"]

_log = logging.getLogger(__name__)
_LAST_WORDS = 2.0
"""Seconds that commands under way get when the app closes."""


class JobThread(JobCommands, QThread):
    """Takes commands from the GUI thread, which return at once; answers by signals, delivered on the GUI thread.

    Connect the signals to methods of QObjects only: lambdas and partials would run here.

    Signals: `job_changed` (Job), `jobs_loaded` (tuple of Job, a page of the record, open ones first),
    `clip_reading` (path or address, its first Picture or, where it takes a while, a Progress in bytes),
    `first_known` (Clip that is about to be opened, Picture of its frame 0),
    `clip_fetched` (address, path), `clip_opened` (Clip), `clip_refused` (path or address, Problem),
    `result_opened` (job id, Clip), `price_known` (Price or None),
    `balance_known` (Decimal or None), `spending_asked` (RetakeRequest, Decision: nothing was put on record),
    `receipts_known` (ledger.Account), `receipts_exported` (path, count), `receipts_failed` (Problem),
    `account_changed` (AccountState), `connection_tested` (ConnectionReport), `storage_tested` (TrialReport),
    `storage_saved` (HostingSettings, Problem or None), `takes_marked` (dict of TakeMark by job id), `window_looked`
    (RetakeRequest, Prepared or Problem), `changes_known` (job id, Changes or Problem), `keep_planned` (job id,
    KeepPlan or Problem), `kept` (job id, SpliceReport), `keep_progress` (job id, Progress), `keep_stopped` (job id),
    `taken_out` (job id, SpliceReport or None), `film_opened` (job id, Clip), `original_told` (job id, None when it is
    found, or Problem), `exported` (job id, path), `export_refused` (job id, path of what must stay),
    `share_progress` (job id, Progress or None), `room_known` (Room), `report_gathered` (Report or Problem),
    `report_saved` (path, Problem or None), `privacy_known` (Privacy or Problem), `command_failed` (job id or "",
    Problem), `notice` (Problem).
    """

    job_changed = Signal(object)
    jobs_loaded = Signal(object)
    clip_reading = Signal(str, object)
    first_known = Signal(object, object)
    clip_fetched = Signal(str, str)
    clip_opened = Signal(object)
    clip_refused = Signal(str, object)
    result_opened = Signal(str, object)
    price_known = Signal(object)
    balance_known = Signal(object)
    spending_asked = Signal(object, object)
    receipts_known = Signal(object)
    receipts_exported = Signal(str, int)
    receipts_failed = Signal(object)
    account_changed = Signal(object)
    connection_tested = Signal(object)
    storage_tested = Signal(object)
    storage_saved = Signal(object, object)
    takes_marked = Signal(object)
    window_looked = Signal(object, object)
    changes_known = Signal(str, object)
    keep_planned = Signal(str, object)
    kept = Signal(str, object)
    keep_progress = Signal(str, object)
    keep_stopped = Signal(str)
    taken_out = Signal(str, object)
    film_opened = Signal(str, object)
    original_told = Signal(str, object)
    exported = Signal(str, str)
    export_refused = Signal(str, str)
    share_progress = Signal(str, object)
    room_known = Signal(object)
    report_gathered = Signal(object)
    report_saved = Signal(str, object)
    privacy_known = Signal(object)
    command_failed = Signal(str, object)
    notice = Signal(object)

    def __init__(
        self,
        folders: Folders,
        tokens: TokenStore,
        start_demo: Callable[[], Awaitable[str]],
        *,
        demo: bool,
        at_once: int = AT_ONCE,
        cache: DiskCache | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("jobs")
        self._folders = folders
        self._tokens = tokens
        self._start_demo = start_demo
        self._demo = demo
        self._at_once = at_once
        self._cache = cache
        self._loop = asyncio.new_event_loop()
        self._inbox: asyncio.Queue[Command | None] = asyncio.Queue()
        self._desk: Desk | None = None

    def run(self) -> None:
        """The thread's life; Qt calls it."""
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._main())
        finally:
            # A question of the keyring that nobody answers must not keep the app from ending.
            self._tokens.close()
            self._loop.run_until_complete(self._loop.shutdown_default_executor())
            self._loop.close()

    def shut_down(self) -> None:
        """Asks the thread to end; `finished` comes when it has, after a submission on its way was answered."""
        self._post(None)

    @property
    def is_sending(self) -> bool:
        """Whether quitting now has to wait for the answer to a submission."""
        return self._desk is not None and self._desk.pipeline.is_sending

    def _post(self, command: Command | None) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._inbox.put_nowait, command)

    async def _main(self) -> None:
        # Here, on its own thread: loading all this would hold up the window's first appearance.
        from retake_desktop.services.pipeline import opened_tools
        from retake_desktop.ui.job_desk import Desk

        try:
            async with opened_tools(
                self._folders,
                "",
                Account(TokenSource.NONE),
                demo=self._demo,
                start_demo=self._start_demo,
                at_once=self._at_once,
                cache=self._cache,
            ) as tools:
                await self._serve(Desk(self, tools, self._tokens))
        except RetakeError as error:
            self.notice.emit(error.problem)
            while await self._inbox.get() is not None:
                self.notice.emit(error.problem)

    async def _serve(self, desk: "Desk") -> None:
        self._desk = desk
        running = {
            asyncio.create_task(self._guarded(command, desk)) for command in (type(desk).warm_up, type(desk).begin)
        }
        while (asked := await self._inbox.get()) is not None:
            task = asyncio.create_task(self._guarded(asked, desk))
            running.add(task)
            task.add_done_callback(running.discard)
        if running:
            # A decision made just before quitting is not lost; a splice under way is left unfinished.
            await asyncio.wait(running, timeout=_LAST_WORDS)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        await desk.pipeline.close()

    async def _guarded(self, command: Command, desk: "Desk") -> None:
        try:
            await command(desk)
        except RetakeError as error:
            self.notice.emit(error.problem)
        except Exception as error:  # noqa: BLE001 - a bug in one command must not end the thread
            _log.exception("a command failed")
            self.notice.emit(Problem(ErrorKind.APP_FAULT, repr(error)))
