"""A job thread that needs no thread: it answers with the same signals, a turn of the event loop later."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from retake_desktop.domain.alignment import corrected
from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, Problem
from retake_desktop.domain.hosting import HostingSettings, Place, TrialOutcome, TrialReport, TrialStep
from retake_desktop.domain.job import Job, Service, Stage
from retake_desktop.domain.mark import TakeMark
from retake_desktop.domain.price import Price, estimate
from retake_desktop.domain.retake import RetakeRequest, window_span
from retake_desktop.domain.spending import Decision, Guard, Verdict, decide, spending
from retake_desktop.domain.window import Rectangle, Window
from retake_desktop.media.plan import seconds_sent
from retake_desktop.media.prepare import Prepared
from retake_desktop.services.receipts import receipts
from retake_desktop.services.secrets import TokenSource
from retake_desktop.services.settings import Settings
from retake_desktop.ui.job_desk import AccountState, ConnectionReport
from retake_desktop.ui.ledger import Account

LIVE = Service(api_base="https://model-api.runcomfy.net", account="a1", is_demo=False)
DEMO = Service(api_base="demo", account="d1", is_demo=True)


_NOTED = frozenset(
    {
        "plan_keep", "set_seams", "stop_keeping", "take_out", "open_film", "find_original", "adopt_original",
        "open_address", "share_video", "stop_sharing", "share_still", "share_facts", "measure_room", "clear_cache",
        "gather_report", "save_report", "look_at_privacy", "delete_now",
    }
)  # fmt: skip
"""Commands that this thread only notes; a test answers them with the signals."""


class FakeJobThread(QObject):
    """Opens the clips it was given, records each request once, and moves jobs where a test wants them.

    `asked` lists the commands in the order in which they came. With `recording` False a press of Retake stays
    unrecorded until `record()`.
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

    def __init__(self, clips: tuple[Clip, ...] = (), *, service: Service = LIVE, has_token: bool = True) -> None:
        super().__init__()
        self.asked: list[tuple[Any, ...]] = []
        self.jobs: dict[str, Job] = {}
        self.results: dict[str, Clip] = {}
        self.price: Price | None = Price(Decimal("0.10"), "second")
        self.recording = True
        self.is_silent = False
        """Whether files that are to be opened are still being read."""
        self.trial = TrialReport(tuple(TrialOutcome(step) for step in TrialStep))
        self.storage_problem: Problem | None = None
        self.balance: Decimal | None = Decimal("12.5")
        self.guard = Guard()
        self.used: list[Settings] = []
        self.refreshed = 0
        self.marks: dict[str, TakeMark] = {}
        self.window_seen: Prepared | Problem = Problem(ErrorKind.MEDIA_FAILED, "nothing to cut")
        self._clips = {clip.path: clip for clip in clips}
        self._service = service
        self._source = TokenSource.KEYRING if has_token else TokenSource.NONE
        self._now = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
        self._unrecorded: list[tuple[RetakeRequest, Clip]] = []

    # -- what the window asks for

    def open_clip(self, path: str, box: tuple[int, int] = (640, 640)) -> None:  # noqa: ARG002
        self.asked.append(("open_clip", path))
        clip = self._clips.get(path)
        if self.is_silent:
            return
        if clip is None:
            problem = Problem(ErrorKind.UNREADABLE_MEDIA, "it has no picture")
            self._later(lambda: self.clip_refused.emit(path, problem))
        else:
            self._later(lambda: self.clip_opened.emit(clip))

    def open_result(self, job_id: str) -> None:
        self.asked.append(("open_result", job_id))
        self._later(lambda: self.result_opened.emit(job_id, self.results[job_id]))

    def use(self, settings: Settings) -> None:
        self.used.append(settings)
        self.guard = settings.guard

    def use_demo(self, is_demo: bool) -> None:
        self.asked.append(("use_demo", is_demo))
        self._service = DEMO if is_demo else LIVE
        self._later(self.tell_account)

    def look_for_account(self) -> None:
        self.asked.append(("look_for_account",))
        self._later(self.tell_account)

    def retake(self, request: RetakeRequest, clip: Clip, agreed: Decision | None = None) -> None:
        self.asked.append(("retake", request))
        one = estimate(self.price, seconds_sent(clip, request))
        found = decide(self.guard, one, request.takes, self.jobs.values(), self._now)
        said_yes = agreed is not None and agreed.covers(found)
        if not self._service.is_demo and found.verdict is not Verdict.GO and not said_yes:
            self._later(lambda: self.spending_asked.emit(request, found))
            return
        self._unrecorded.append((request, clip))
        if self.recording:
            self._later(self.record)

    def cancel(self, job_id: str) -> None:
        self.asked.append(("cancel", job_id))
        self._later(lambda: self.move(job_id, Stage.CANCELLED, problem=Problem(ErrorKind.CANCELLED)))

    def try_again(self, job_id: str) -> None:
        self.asked.append(("try_again", job_id))

    def fetch_again(self, job_id: str) -> None:
        self.asked.append(("fetch_again", job_id))
        self._later(lambda: self.move(job_id, Stage.DOWNLOADING))

    def send_again(self, job_id: str) -> None:
        self.asked.append(("send_again", job_id))
        self._later(lambda: self.move(job_id, Stage.SUBMITTING))

    def adopt(self, job_id: str, request_id: str) -> None:
        self.asked.append(("adopt", job_id, request_id))
        self._later(lambda: self.move(job_id, Stage.QUEUED, request_id=request_id))

    def keep(self, job_id: str, output: str | None = None) -> None:
        self.asked.append(("keep", job_id) if output is None else ("keep", job_id, output))

    def __getattr__(self, name: str) -> Callable[..., None]:
        if name not in _NOTED:
            raise AttributeError(name)
        return lambda *values, **options: self.asked.append((name, *values, *options.values()))

    def discard(self, job_id: str) -> None:
        self.asked.append(("discard", job_id))
        self._later(lambda: self.move(job_id, Stage.DISCARDED))

    def undiscard(self, job_id: str) -> None:
        self.asked.append(("undiscard", job_id))
        self._later(lambda: self.move(job_id, Stage.READY))

    def allow_host(self, job_id: str, host: str) -> None:
        self.asked.append(("allow_host", job_id, host))

    def export(self, job_id: str, source_path: str, target_path: str) -> None:
        self.asked.append(("export", job_id, source_path, target_path))
        self._later(lambda: self.exported.emit(job_id, target_path))

    def save_token(self, token: str, *, session_only: bool) -> None:
        self.asked.append(("save_token", token, session_only))
        self._source = TokenSource.SESSION if session_only else TokenSource.KEYRING
        self._later(self.tell_account)

    def forget_token(self) -> None:
        self.asked.append(("forget_token",))
        self._source = TokenSource.NONE
        self._later(self.tell_account)

    def test_connection(self) -> None:
        self.asked.append(("test_connection",))
        problem = Problem(ErrorKind.NO_TOKEN) if self._source is TokenSource.NONE else None
        report = ConnectionReport(problem, "ltx/ltx-2/retake-video", self.price, self.balance)
        self._later(lambda: self.connection_tested.emit(report))

    def test_storage(self, place: Place, secret: str) -> None:
        self.asked.append(("test_storage", place, secret))
        self._later(lambda: self.storage_tested.emit(self.trial))

    def save_storage(self, wanted: HostingSettings, secret: str, *, session_only: bool) -> None:
        self.asked.append(("save_storage", wanted, secret, session_only))
        self._later(lambda: self.storage_saved.emit(wanted, self.storage_problem))

    def forget_storage(self, place: Place) -> None:
        self.asked.append(("forget_storage", place))
        self._later(lambda: self.storage_saved.emit(HostingSettings(), None))

    def use_address(self, job_id: str, address: str) -> None:
        self.asked.append(("use_address", job_id, address))

    def refresh_price(self) -> None:
        self.refreshed += 1
        self._later(lambda: self.price_known.emit(self.price))
        self._later(lambda: self.balance_known.emit(self.balance))

    def load_receipts(self) -> None:
        self.asked.append(("load_receipts",))
        found = receipts(self.jobs.values(), ())
        self._later(lambda: self.receipts_known.emit(Account(found[::-1], spending(self.jobs.values(), self._now))))

    def export_receipts(self, path: str, *, with_prompts: bool) -> None:
        self.asked.append(("export_receipts", path, with_prompts))
        self._later(lambda: self.receipts_exported.emit(path, len(receipts(self.jobs.values(), ()))))

    def rename(self, job_id: str, name: str) -> None:
        self.asked.append(("rename", job_id, name))
        self._mark((job_id,), name=name)

    def remove(self, *job_ids: str) -> None:
        self.asked.append(("remove", *job_ids))
        self._mark(job_ids, is_removed=True)

    def bring_back(self, *job_ids: str) -> None:
        self.asked.append(("bring_back", *job_ids))
        self._mark(job_ids, is_removed=False)

    def _mark(self, job_ids: tuple[str, ...], **changes: Any) -> None:
        self.marks |= {job_id: replace(self.marks.get(job_id, TakeMark()), **changes) for job_id in job_ids}
        self._later(lambda: self.takes_marked.emit(dict(self.marks)))

    def look(self, request: RetakeRequest) -> None:
        self.asked.append(("look", request))
        self._later(lambda: self.window_looked.emit(request, self.window_seen))

    def measure_changes(self, job_id: str) -> None:
        self.asked.append(("measure_changes", job_id))

    def correct(self, job_id: str, frames: int) -> None:
        self.asked.append(("correct", job_id, frames))
        job = self.jobs[job_id]
        if job.window is not None:
            changed = replace(job, window=corrected(job.window, frames))
            self._later(lambda: self.put(changed))

    def judge(self, job_id: str, rating: int, note: str) -> None:
        self.asked.append(("judge", job_id, rating, note))
        changed = replace(self.jobs[job_id], rating=rating, note=note)
        self._later(lambda: self.put(changed))

    def shut_down(self) -> None:
        self.asked.append(("shut_down",))

    # -- what a test makes happen

    def begin(self, jobs: tuple[Job, ...] = ()) -> None:
        """What the real one does when it starts."""
        self.tell_account()
        self.jobs.update({job.id: job for job in jobs})
        self.jobs_loaded.emit(jobs)
        self.price_known.emit(self.price)
        self.balance_known.emit(self.balance)

    def tell_account(self) -> None:
        self.account_changed.emit(AccountState(self._source, None, self._service.is_demo, self._service.api_base))

    def record(self) -> None:
        """Puts what was asked for on record, as the real one does once the history has it."""
        waiting, self._unrecorded = self._unrecorded, []
        for request, clip in waiting:
            batch = f"b{len(self.jobs)}"
            for take in range(1, request.takes + 1):
                self.put(draft(f"{batch}-{take}", request, clip, self._service, self._now, take))

    def move(self, job_id: str, stage: Stage, **changes: Any) -> Job:
        """The next snapshot of a job; `moved` refuses what the transition table does not know."""
        self._now += timedelta(seconds=1)
        return self.put(self.jobs[job_id].moved(stage, self._now, **changes))

    def bring_home(self, job_id: str, result: Clip) -> Job:
        """Moves a job through all stages to ready."""
        self.results[job_id] = result
        for stage in (Stage.PREPARING, Stage.HOSTING, Stage.SUBMITTING):
            self.move(job_id, stage)
        self.move(job_id, Stage.QUEUED, request_id=f"request-of-{job_id}", queue_position=3)
        for stage in (Stage.RUNNING, Stage.DOWNLOADING):
            self.move(job_id, stage)
        return self.move(job_id, Stage.READY, result_path=result.path, cost_usd=Decimal("0.65"))

    def put(self, job: Job) -> Job:
        self.jobs[job.id] = job
        self.job_changed.emit(job)
        return job

    def count(self, command: str) -> int:
        """How often `command` was asked for."""
        return sum(one[0] == command for one in self.asked)

    def _later(self, answer: Callable[[], object]) -> None:
        QTimer.singleShot(0, self, answer)


def draft(job_id: str, request: RetakeRequest, clip: Clip, service: Service, now: datetime, take: int = 1) -> Job:
    """A job as it is first recorded, with the window that would be sent."""
    span = window_span(request, clip.duration)
    window = Window(
        source=span,
        stretch=clip.frame_rate / round(clip.frame_rate),
        rate=round(clip.frame_rate),
        frame_count=round(span.duration * clip.frame_rate),
        width=clip.width,
        height=clip.height,
        picture=Rectangle(0, 0, clip.width, clip.height),
        span=request.span,
    )
    return Job(
        id=job_id,
        batch=job_id.partition("-")[0],
        take=take,
        stage=Stage.DRAFT,
        request=request,
        service=service,
        created_at=now,
        updated_at=now,
        source_fingerprint=clip.fingerprint,
        window=window,
        estimate_usd=None if service.is_demo else Decimal("0.70"),
    )
