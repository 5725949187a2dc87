"""What the window's commands do, on the job thread: the pipeline and what belongs to it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from decimal import Decimal

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, Problem, RetakeError
from retake_desktop.domain.job import Progress
from retake_desktop.domain.price import Price
from retake_desktop.domain.retake import RetakeRequest
from retake_desktop.domain.spending import Decision
from retake_desktop.media.picture import Picture
from retake_desktop.media.worker import Listeners
from retake_desktop.services import settings
from retake_desktop.services.api.client import ApiClient
from retake_desktop.services.pipeline import Pipeline, Tools
from retake_desktop.services.pipeline.guarded import Press, check_day, retake_within
from retake_desktop.services.pipeline.web_source import fetched
from retake_desktop.services.secrets import TokenStore
from retake_desktop.services.settings import Settings
from retake_desktop.ui.account_desk import AccountDesk
from retake_desktop.ui.care_desk import CareDesk
from retake_desktop.ui.hardware_desk import HardwareDesk
from retake_desktop.ui.job_answers import AccountState, Answers, ConnectionReport
from retake_desktop.ui.keep_desk import KeepDesk
from retake_desktop.ui.ledger import Ledger
from retake_desktop.ui.review_desk import ReviewDesk
from retake_desktop.ui.share_desk import ShareDesk
from retake_desktop.ui.storage_desk import StorageDesk
from retake_desktop.ui.takes_desk import TakesDesk

__all__ = ["AccountState", "Answers", "ConnectionReport", "Desk"]

_log = logging.getLogger(__name__)
_PRICE_PATIENCE = 20.0
"""Seconds to wait for the model's description."""
_STALE = 900.0
"""Seconds after which a price is asked for anew before a press counts on it."""

_TOLD_AT_ONCE = frozenset({ErrorKind.MODEL_GONE, ErrorKind.BAD_TOKEN, ErrorKind.OFFLINE})
"""Troubles that are worth a word before a retake meets them."""


class Desk:
    """What the commands do, on the job thread."""

    def __init__(self, answers: Answers, tools: Tools, tokens: TokenStore) -> None:
        self._answers = answers
        self._tools = tools
        self.pipeline = Pipeline(tools, answers.job_changed.emit)
        self.account = AccountDesk(answers, tools, tokens, self.pipeline, self._settings, self.refresh_price)
        self.ledger = Ledger(tools, answers.receipts_known, answers.receipts_exported, answers.receipts_failed)
        self.storage = StorageDesk(tools, self.pipeline, answers.storage_tested, answers.storage_saved)
        self.keeping = KeepDesk(self.pipeline, answers)
        self.sharing = ShareDesk(tools, answers)
        self.care = CareDesk(tools, answers)
        self._hardware = HardwareDesk(tools.worker, tools.folders.cache)
        self.takes = TakesDesk(
            tools,
            self.pipeline,
            answers.jobs_loaded,
            answers.takes_marked,
            answers.window_looked,
            answers.command_failed,
        )
        self.review = ReviewDesk(self.pipeline.review, answers.changes_known, answers.command_failed)
        self._chosen: Settings | None = None
        self._price: Price | None = None
        self._priced_model: str | None = None
        self._priced_at = tools.clocks.monotonic()
        self._told: tuple[ErrorKind, str] | None = None
        self._opening: asyncio.Task[None] | None = None

    async def warm_up(self) -> None:
        """Has a media worker ready, so that the first video opens at once."""
        await self._tools.worker.warm_up()

    async def begin(self) -> None:
        """What every start does: show the record, find the account, go on with what is open, learn the price."""
        await self.takes.load()
        if self._tools.history.notices:
            self._answers.notice.emit(Problem(ErrorKind.HISTORY_DAMAGED, " ".join(self._tools.history.notices)))
        await self.account.look()

    async def open_clip(self, path: str, box: tuple[int, int]) -> None:
        """Reads the file at `path`, its first picture to fit `box` in physical pixels.

        One that is still being read is given up, since nobody waits for it any more.
        """

        def tell(news: Picture | Progress) -> None:
            self._answers.clip_reading.emit(path, news)

        async def read() -> None:
            listeners = Listeners(tell, tell, self._answers.first_known.emit, box)
            clip = await self._tools.worker.probe(path, listeners)
            self._answers.clip_opened.emit(clip)
            await self._hardware.look(clip, await self._settings())

        await self._open_instead(path, read())

    async def open_address(self, url: str) -> None:
        """Fetches the video at `url`; the window then opens the file."""

        def tell(progress: Progress) -> None:
            self._answers.clip_reading.emit(url, progress)

        async def fetch() -> None:
            await self.account.is_known.wait()
            self._answers.clip_fetched.emit(url, await fetched(self._tools, url, tell))

        await self._open_instead(url, fetch())

    async def _open_instead(self, name: str, deed: Coroutine[None, None, None]) -> None:
        """Opens one thing at a time, the last one asked for."""
        if self._opening is not None:
            self._opening.cancel()
        self._opening = asyncio.current_task()
        try:
            await deed
        except RetakeError as error:
            self._answers.clip_refused.emit(name, error.problem)
        finally:
            if self._opening is asyncio.current_task():
                self._opening = None

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

    async def use(self, chosen: Settings) -> None:
        """From now on these limits hold, and this model's price counts."""
        before, self._chosen = self._chosen, chosen
        self.pipeline.limit_to(chosen.at_once)
        if before is None:
            return
        if before.model_id != chosen.model_id:
            self._price = None
            self._answers.price_known.emit(None)
        if (before.api_address, before.network) != (chosen.api_address, chosen.network):
            await self.account.reconnect(chosen)
        elif before.model_id != chosen.model_id:
            await self.refresh_price()

    async def retake(self, request: RetakeRequest, clip: Clip, agreed: Decision | None = None) -> None:
        await self.account.is_known.wait()
        connections = self._tools.connections
        if not connections.is_demo and connections.account.token is None:
            trouble = connections.account.trouble or Problem(ErrorKind.NO_TOKEN)
            self._answers.command_failed.emit("", trouble)
            return
        if self._tools.clocks.monotonic() - self._priced_at > _STALE:
            await self.refresh_price()
        try:
            guard = (await self._settings()).guard
            # Right after a change of model its price is not known yet, and another model's would be no estimate.
            press = Press(request, clip, self._price if request.model_id == self._priced_model else None)
            async with self.account.steady:
                found = await retake_within(guard, press, self.pipeline, self._tools, agreed)
        except RetakeError as error:
            self._answers.command_failed.emit("", error.problem)
        else:
            if isinstance(found, Decision):
                self._answers.spending_asked.emit(request, found)

    async def decide(self, job_id: str, decision: Callable[[str], Awaitable[None]], *, may_bill: bool = False) -> None:
        """Carries out a decision about a job; one that may bill is held against the limit for a day first."""
        try:
            job = await asyncio.to_thread(self._tools.history.job, job_id) if may_bill else None
            if job is not None:
                await check_day((await self._settings()).guard, job, self._tools)
            await decision(job_id)
        except RetakeError as error:
            self._answers.command_failed.emit(job_id, error.problem)
        except ValueError:
            # The job went on between the click and now; its own snapshot shows where it stands.
            _log.info("a decision about job %s came too late", job_id)

    async def allow_host(self, job_id: str, host: str) -> None:
        self._tools.allowed_hosts += (host,)
        await self.decide(job_id, self.pipeline.fetch_again)

    async def _settings(self) -> Settings:
        """What the window uses; what is on disk until it has said so."""
        if self._chosen is None:
            self._chosen = (await asyncio.to_thread(settings.load, self._tools.folders.settings))[0]
        return self._chosen

    async def refresh_price(self) -> None:
        """Asks for price and balance, and says when the model is gone."""
        asked = self._tools.connections.service_for_new_jobs()
        report = await self._report()
        if self._chosen is not None and report.model_id != self._chosen.model_id:
            return  # meanwhile another model was chosen; its own answer is on its way
        if asked != self._tools.connections.service_for_new_jobs():
            return  # likewise another service or account
        self._price, self._priced_model = report.price, report.model_id
        self._priced_at = self._tools.clocks.monotonic()
        self._answers.price_known.emit(report.price)
        self._answers.balance_known.emit(report.balance_usd)
        self._tell(report)

    def _tell(self, report: ConnectionReport) -> None:
        """Says once what every retake would meet, until it is over."""
        problem = report.problem if report.problem is not None and report.problem.kind in _TOLD_AT_ONCE else None
        if problem is not None and (problem.kind, report.model_id) != self._told:
            self._answers.notice.emit(problem)
        self._told = None if problem is None else (problem.kind, report.model_id)

    async def test_connection(self) -> None:
        report = await self._report()
        self._answers.balance_known.emit(report.balance_usd)
        self._answers.connection_tested.emit(report)

    async def _report(self) -> ConnectionReport:
        connections = self._tools.connections
        model_id = (await self._settings()).model_id
        if not connections.is_demo and connections.account.token is None:
            return ConnectionReport(connections.account.trouble or Problem(ErrorKind.NO_TOKEN), model_id)
        try:
            async with asyncio.timeout(_PRICE_PATIENCE):
                client = await connections.client(connections.service_for_new_jobs())
                model = await client.model(model_id)
                balance = await _balance(client)
        except RetakeError as error:
            return ConnectionReport(error.problem, model_id)
        except TimeoutError:
            return ConnectionReport(Problem(ErrorKind.OFFLINE, "no answer in time"), model_id)
        return ConnectionReport(None, model_id, model.price, balance)


async def _balance(client: ApiClient) -> Decimal | None:
    """None also where only the balance cannot be had: a retake can be sent without it."""
    try:
        return await client.balance()
    except RetakeError as error:
        _log.info("the balance is not known: %s", error.kind)
        return None
