"""What retakes have cost, where the person looks: a line under the takes, and the dialog behind it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from retake_desktop.domain.errors import Problem
from retake_desktop.domain.job import Job
from retake_desktop.domain.spending import spending
from retake_desktop.ui.jobs import Jobs
from retake_desktop.ui.main_window import MainWindow
from retake_desktop.ui.reviewing import reveal

if TYPE_CHECKING:
    from retake_desktop.ui.dialogs.spending import SpendingDialog
    from retake_desktop.ui.ledger import Account

_SETTLE = 250
"""Milliseconds after a change until the month is summed anew: jobs change often, amounts seldom."""
_AT_MOST = timedelta(days=32)
"""What nothing has happened to for longer cannot belong to this month."""


def _now() -> datetime:
    return datetime.now(UTC)


class SpendingDesk(QObject):
    """Keeps the month's line true, and opens the dialog. Signal `limits_wanted()`: the settings, at Money."""

    limits_wanted = Signal()

    def __init__(self, window: MainWindow, jobs: Jobs, now: Callable[[], datetime] = _now) -> None:
        super().__init__(window)
        self._window = window
        self._jobs = jobs
        self._now = now
        self._dialog: SpendingDialog | None = None
        self._costs: dict[str, tuple[object, ...]] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLE)
        self._timer.timeout.connect(self._sum_up)
        window.takes.spending_asked.connect(self.open)
        window.compose.money.question.limits_asked.connect(self.limits_wanted)
        jobs.jobs_loaded.connect(self._on_loaded)
        jobs.job_changed.connect(self._on_job_changed)
        jobs.receipts_known.connect(self._on_known)
        jobs.receipts_exported.connect(self._on_exported)
        jobs.receipts_failed.connect(self._on_failed)

    def open(self) -> None:
        if self._dialog is None:
            from retake_desktop.ui.dialogs.spending import SpendingDialog

            self._dialog = SpendingDialog(self._window)
            self._dialog.wanted.connect(self._jobs.load_receipts)
            self._dialog.export_asked.connect(self._on_export)
            self._dialog.reveal_asked.connect(reveal)
            self._dialog.limits_asked.connect(self.limits_wanted)
        self._dialog.show()
        self._dialog.raise_()
        self._dialog.activateWindow()

    def _on_loaded(self, jobs: tuple[Job, ...]) -> None:
        self._costs.update({job.id: _what_counts(job) for job in jobs if job.is_open})
        self._timer.start()

    def _on_job_changed(self, job: Job) -> None:
        counts = _what_counts(job)
        if self._costs.get(job.id) == counts:
            return
        before = self._costs.get(job.id)
        self._costs[job.id] = counts
        self._timer.start()
        if before is not None and job.cost_usd is not None and not job.service.is_demo:
            # A bill has come: the balance is another one now.
            self._jobs.refresh_price()
        if self._dialog is not None and self._dialog.isVisible():
            self._jobs.load_receipts()

    def _sum_up(self) -> None:
        now = self._now()
        recent = [job for job in self._window.takes.jobs() if now - job.updated_at < _AT_MOST or job.is_open]
        self._window.takes.show_month(spending(recent, now).month)

    def _on_export(self, path: str, with_prompts: bool) -> None:
        self._jobs.export_receipts(path, with_prompts=with_prompts)

    def _on_known(self, account: "Account") -> None:
        if self._dialog is not None:
            self._dialog.show_account(account)

    def _on_exported(self, path: str, count: int) -> None:
        if self._dialog is not None:
            self._dialog.show_exported(path, count)

    def _on_failed(self, problem: Problem) -> None:
        if self._dialog is not None:
            self._dialog.show_problem(problem)


def _what_counts(job: Job) -> tuple[object, ...]:
    return job.request_id, job.cost_usd, job.estimate_usd, job.is_open
