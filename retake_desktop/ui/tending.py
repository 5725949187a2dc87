"""Takes on their way: what the record tells, and what the person does about a take that needs it."""

from collections.abc import Callable
from urllib.parse import urlsplit

from PySide6.QtCore import QObject, QTimer, Signal

from retake_desktop.domain.errors import ErrorKind, Problem
from retake_desktop.domain.job import Job
from retake_desktop.domain.price import Price
from retake_desktop.domain.problems import Remedy
from retake_desktop.ui.jobs import Jobs
from retake_desktop.ui.main_window import MainWindow
from retake_desktop.ui.notices import Notices
from retake_desktop.ui.opening import Opening

_ONCE_MORE = 15_000
"""Milliseconds after which a service that could not be reached is asked for its price once more."""


class Tending(QObject):
    """Keeps the list of takes up to date and passes its buttons on. Signals `token_wanted()`, `settings_wanted()`,
    `limits_wanted()`, `model_wanted()`, `report_wanted()`."""

    token_wanted = Signal()
    settings_wanted = Signal()
    storage_wanted = Signal(object)
    """The Job that waits for another way to the service."""
    limits_wanted = Signal()
    model_wanted = Signal()
    report_wanted = Signal()
    going_on_said = Signal()
    """The notice bar has just told of takes that go on from last time."""

    def __init__(self, window: MainWindow, jobs: Jobs, notices: Notices, opening: Opening) -> None:
        super().__init__(window)
        self._takes = window.takes
        self._jobs = jobs
        self._notices = notices
        self._opening = opening
        self._going_on = 0
        self.is_token_in_sight: Callable[[], bool] = lambda: False
        """Whether a place to enter the token is open: what is wrong with the keyring is said there then."""
        self.is_going_on_told: Callable[[], bool] = lambda: False
        """Whether it is said already that takes go on by themselves."""
        jobs.jobs_loaded.connect(self._on_loaded)
        jobs.job_changed.connect(self._takes.put)
        jobs.command_failed.connect(self._on_command_failed)
        jobs.notice.connect(self._on_notice)
        jobs.price_known.connect(self._on_price)
        self._offline: Problem | None = None
        self._is_asked = False
        self._once_more = QTimer(self)
        self._once_more.setSingleShot(True)
        self._once_more.setInterval(_ONCE_MORE)
        self._once_more.timeout.connect(jobs.refresh_price)
        detail = self._takes.detail
        detail.cancel_asked.connect(jobs.cancel)
        detail.adopt_asked.connect(jobs.adopt)
        detail.remedy_asked.connect(self._on_remedy)

    @property
    def open_count(self) -> int:
        """How many takes go on by themselves at the next start."""
        return sum(job.is_open for job in self._takes.jobs())

    def _on_loaded(self, jobs: tuple[Job, ...]) -> None:
        self._takes.add(jobs)
        # The record comes in pages.
        self._going_on += sum(job.is_open for job in jobs)
        if any(job.is_open for job in jobs) and not self.is_going_on_told():
            self._notices.say(self.tr("Going on with %n take(s) from last time.", "", self._going_on))
            self.going_on_said.emit()

    def _on_remedy(self, job_id: str, remedy: Remedy) -> None:
        job = self._takes.job(job_id)
        if job is None:
            return
        deeds = {
            Remedy.TRY_AGAIN: lambda: self._jobs.try_again(job_id),
            Remedy.SEND_AGAIN: lambda: self._jobs.send_again(job_id),
            Remedy.FETCH_AGAIN: lambda: self._jobs.fetch_again(job_id),
            Remedy.LOOK_AGAIN: lambda: self._jobs.fetch_again(job_id),
            Remedy.ALLOW_HOST: lambda: self._ask_about_host(job),
            Remedy.ENTER_TOKEN: self.token_wanted.emit,
            Remedy.OPEN_SETTINGS: self._deed_about(job.problem, self.settings_wanted.emit),
            Remedy.SET_UP_STORAGE: lambda: self.storage_wanted.emit(job),
            Remedy.LOOK_AT_REPORT: self.report_wanted.emit,
            Remedy.OPEN_OTHER_FILE: self._opening.choose_file,
        }
        if remedy in deeds:
            deeds[remedy]()

    def _ask_about_host(self, job: Job) -> None:
        """Names the server before anything is fetched from it."""
        host = urlsplit(job.output_url or "").hostname
        if host is None:
            self._jobs.fetch_again(job.id)
            return
        self._notices.say(
            self.tr("The result lies on {host}. Fetch it from there?").format(host=host),
            tone="warning",
            action=self.tr("Fetch from {host}").format(host=host),
            deed=lambda: self._jobs.allow_host(job.id, host),
        )

    def _on_command_failed(self, job_id: str, problem: Problem) -> None:
        if job_id and problem.kind not in self._app_deeds():
            # Of this take alone: it is said where the take's facts and buttons are.
            self._takes.choose(job_id)
            self._takes.detail.show_trouble(job_id, problem)
        elif problem.kind is not ErrorKind.KEYRING_TROUBLE or not self.is_token_in_sight():
            self._on_notice(problem)

    def _on_notice(self, problem: Problem) -> None:
        deeds = self._app_deeds() | {ErrorKind.OFFLINE: self._ask_once_more}
        self._notices.problem(problem, deeds.get(problem.kind))
        if problem.kind is ErrorKind.OFFLINE:
            self._offline = problem
            self._once_more.start()

    def _ask_once_more(self) -> None:
        self._is_asked = True
        self._jobs.refresh_price()

    def _on_price(self, price: Price | None) -> None:
        """The price is what tells whether the service can be reached."""
        offline, is_asked = self._offline, self._is_asked
        self._is_asked = False
        if price is not None:
            self._offline = None
            self._once_more.stop()
            self._notices.take_back(ErrorKind.OFFLINE)
        elif offline is not None and is_asked:
            self._on_notice(offline)
        elif offline is not None:
            self._once_more.start()

    def _deed_about(self, problem: Problem | None, otherwise: Callable[[], object]) -> Callable[[], object]:
        return otherwise if problem is None else self._app_deeds().get(problem.kind, otherwise)

    def _app_deeds(self) -> dict[ErrorKind, Callable[[], object]]:
        """Troubles of the app rather than of a take, and what helps."""
        return {
            ErrorKind.NO_TOKEN: self.token_wanted.emit,
            ErrorKind.BAD_TOKEN: self.token_wanted.emit,
            ErrorKind.KEYRING_TROUBLE: self.token_wanted.emit,
            ErrorKind.MODEL_GONE: self.model_wanted.emit,
            ErrorKind.OVER_LIMIT: self.limits_wanted.emit,
            ErrorKind.APP_FAULT: self.report_wanted.emit,
        }
