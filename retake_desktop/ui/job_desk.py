"""What the window's commands do, on the job thread: the pipeline and what belongs to it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import SignalInstance

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, Problem, RetakeError
from retake_desktop.domain.job import Progress
from retake_desktop.domain.price import Price
from retake_desktop.domain.retake import RetakeRequest
from retake_desktop.services import settings
from retake_desktop.services.pipeline import Pipeline, Tools
from retake_desktop.services.pipeline.fetch_step import copy_whole
from retake_desktop.services.pipeline.setup import account_in_use
from retake_desktop.services.secrets import Account, TokenSource, TokenStore

_log = logging.getLogger(__name__)
_PRICE_PATIENCE = 20.0
"""Seconds to wait for the model's description."""


@dataclass(frozen=True, slots=True)
class AccountState:
    """What the window may know of the account: not the token itself."""

    source: TokenSource
    trouble: Problem | None
    is_demo: bool
    base: str


@dataclass(frozen=True, slots=True)
class ConnectionReport:
    """What `Test connection` found; `problem` is None when a retake can be sent."""

    problem: Problem | None
    model_id: str
    price: Price | None = None
    balance_usd: Decimal | None = None


class Answers(Protocol):
    """The signals that answer the window, each delivered on the GUI thread."""

    job_changed: SignalInstance
    jobs_loaded: SignalInstance
    clip_opened: SignalInstance
    clip_refused: SignalInstance
    result_opened: SignalInstance
    price_known: SignalInstance
    account_changed: SignalInstance
    connection_tested: SignalInstance
    kept: SignalInstance
    keep_progress: SignalInstance
    exported: SignalInstance
    command_failed: SignalInstance
    notice: SignalInstance


class Desk:
    """What the commands do, on the job thread."""

    def __init__(self, answers: Answers, tools: Tools, tokens: TokenStore) -> None:
        self._answers = answers
        self._tools = tools
        self._tokens = tokens
        self.pipeline = Pipeline(tools, answers.job_changed.emit)
        self._price: Price | None = None
        self._account_is_known = asyncio.Event()

    async def warm_up(self) -> None:
        """Has a media worker ready, so that the first video opens at once."""
        await self._tools.worker.warm_up()

    async def begin(self) -> None:
        """What every start does: show the record, find the account, go on with what is open, learn the price."""
        if self._tools.history.set_aside is not None:
            self._answers.notice.emit(
                Problem(ErrorKind.HISTORY_TROUBLE, f"set aside as {self._tools.history.set_aside}")
            )
        self._answers.jobs_loaded.emit(await asyncio.to_thread(self._tools.history.jobs))
        await self._account_anew()

    async def open_clip(self, path: str) -> None:
        try:
            clip = await self._tools.worker.probe(path)
        except RetakeError as error:
            self._answers.clip_refused.emit(path, error.problem)
        else:
            self._answers.clip_opened.emit(clip)

    async def open_result(self, job_id: str) -> None:
        job = await asyncio.to_thread(self._tools.history.job, job_id)
        try:
            if job is None or job.result_path is None:
                raise RetakeError(ErrorKind.FILE_TROUBLE, "the take has no result")
            clip = await self._tools.worker.probe(job.result_path)
        except RetakeError as error:
            self._answers.command_failed.emit(job_id, error.problem)
        else:
            self._answers.result_opened.emit(job_id, clip)

    async def retake(self, request: RetakeRequest, clip: Clip) -> None:
        await self._account_is_known.wait()
        connections = self._tools.connections
        if not connections.is_demo and connections.account.token is None:
            trouble = connections.account.trouble or Problem(ErrorKind.NO_TOKEN)
            self._answers.command_failed.emit("", trouble)
            return
        try:
            await self.pipeline.retake(request, clip, self._price)
        except RetakeError as error:
            self._answers.command_failed.emit("", error.problem)

    async def decide(self, job_id: str, decision: Callable[[str], Awaitable[None]]) -> None:
        try:
            await decision(job_id)
        except RetakeError as error:
            self._answers.command_failed.emit(job_id, error.problem)
        except ValueError:
            # The job went on between the click and now; its own snapshot shows where it stands.
            _log.info("a decision about job %s came too late", job_id)

    async def keep(self, job_id: str) -> None:
        def on_progress(progress: Progress) -> None:
            self._answers.keep_progress.emit(job_id, progress)

        try:
            _job, report = await self.pipeline.keep(job_id, on_progress)
        except RetakeError as error:
            self._answers.command_failed.emit(job_id, error.problem)
        else:
            self._answers.kept.emit(job_id, report)

    async def export(self, job_id: str, source_path: str, target_path: str) -> None:
        try:
            await asyncio.to_thread(copy_whole, Path(source_path), Path(target_path))
        except RetakeError as error:
            self._answers.command_failed.emit(job_id, error.problem)
        else:
            self._answers.exported.emit(job_id, target_path)

    async def allow_host(self, job_id: str, host: str) -> None:
        self._tools.allowed_hosts += (host,)
        await self.decide(job_id, self.pipeline.fetch_again)

    async def save_token(self, token: str, *, session_only: bool) -> None:
        try:
            await asyncio.to_thread(self._tokens.save, token, session_only=session_only)
        except RetakeError as error:
            self._answers.command_failed.emit("", error.problem)
            return
        await self._account_anew()

    async def forget_token(self) -> None:
        try:
            await asyncio.to_thread(self._tokens.forget)
        except RetakeError as error:
            self._answers.command_failed.emit("", error.problem)
        await self._account_anew()

    async def _account_anew(self) -> None:
        connections = self._tools.connections
        # The demo needs no account, so it must not make the keyring ask for its password either.
        if not connections.is_demo:
            try:
                connections.base, connections.account = await asyncio.to_thread(account_in_use, self._tokens)
            except RetakeError as error:
                connections.account = Account(TokenSource.NONE, trouble=error.problem)
        self._account_is_known.set()
        self._tell_account()
        await self.pipeline.resume()
        await self.refresh_price()

    def _tell_account(self) -> None:
        connections = self._tools.connections
        account = connections.account
        self._answers.account_changed.emit(
            AccountState(account.source, account.trouble, connections.is_demo, connections.base)
        )

    async def refresh_price(self) -> None:
        report = await self._report(with_balance=False)
        self._price = report.price
        self._answers.price_known.emit(report.price)
        if report.problem is not None and report.problem.kind is ErrorKind.MODEL_GONE:
            self._answers.notice.emit(report.problem)

    async def test_connection(self) -> None:
        self._answers.connection_tested.emit(await self._report(with_balance=True))

    async def _report(self, *, with_balance: bool) -> ConnectionReport:
        connections = self._tools.connections
        chosen = await asyncio.to_thread(settings.load, self._tools.folders.settings)
        model_id = chosen[0].model_id
        if not connections.is_demo and connections.account.token is None:
            return ConnectionReport(connections.account.trouble or Problem(ErrorKind.NO_TOKEN), model_id)
        try:
            async with asyncio.timeout(_PRICE_PATIENCE):
                client = await connections.client(connections.service_for_new_jobs())
                model = await client.model(model_id)
                balance = await client.balance() if with_balance else None
        except RetakeError as error:
            return ConnectionReport(error.problem, model_id)
        except TimeoutError:
            return ConnectionReport(Problem(ErrorKind.OFFLINE, "no answer in time"), model_id)
        return ConnectionReport(None, model_id, model.price, balance)
