"""The storage dialog and what follows from it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from retake_desktop.domain.errors import Problem
from retake_desktop.domain.hosting import HostingSettings, Place, TrialReport
from retake_desktop.domain.job import Job, Stage
from retake_desktop.ui import problems
from retake_desktop.ui.jobs import Jobs
from retake_desktop.ui.main_window import MainWindow
from retake_desktop.ui.preferences import Preferences

if TYPE_CHECKING:
    from retake_desktop.ui.dialogs.hosting import HostingDialog


class StorageSetup(QObject):
    """Makes the dialog when it is first asked for, and keeps settings and job thread in step with it."""

    def __init__(self, window: MainWindow, jobs: Jobs, preferences: Preferences) -> None:
        super().__init__(window)
        self._window = window
        self._jobs = jobs
        self._preferences = preferences
        self._dialog: HostingDialog | None = None
        jobs.storage_tested.connect(self._on_tested)
        jobs.storage_saved.connect(self._on_saved)
        jobs.command_failed.connect(self._on_failed)
        jobs.job_changed.connect(self._on_job)

    def open(self, job: Job | None = None) -> None:
        """Shows the dialog; for `job`, which waits for another way, it also takes an address."""
        if self._dialog is None:
            from retake_desktop.ui.dialogs.hosting import HostingDialog

            self._dialog = HostingDialog(self._window)
            self._dialog.test_asked.connect(self._on_test)
            self._dialog.save_asked.connect(self._on_save)
            self._dialog.forget_asked.connect(self._on_forget)
            self._dialog.address.given.connect(self._jobs.use_address)
        self._dialog.show_settings(self._preferences.settings.hosting)
        self._dialog.open_up(job)

    def _on_test(self, place: Place, secret: str) -> None:
        self._jobs.test_storage(place, secret)

    def _on_save(self, wanted: HostingSettings, secret: str, session_only: bool) -> None:
        self._jobs.save_storage(wanted, secret, session_only=session_only)

    def _on_forget(self, place: Place) -> None:
        self._jobs.forget_storage(place)

    def _on_tested(self, report: TrialReport) -> None:
        if self._dialog is not None:
            self._dialog.show_report(report)

    def _on_saved(self, wanted: HostingSettings, problem: Problem | None) -> None:
        was_removed = wanted.place is None
        if problem is None or was_removed:
            self._preferences.change(hosting=wanted)
        if self._dialog is not None:
            self._dialog.show_settings(self._preferences.settings.hosting)
            self._dialog.show_saved(problem)

    def _on_failed(self, job_id: str, problem: Problem) -> None:
        if self._dialog is not None and job_id and job_id == self._dialog.address.job_id:
            self._dialog.address.say(problems.message(problem), "danger")

    def _on_job(self, job: Job) -> None:
        went_on = job.stage is not Stage.HOSTING
        if self._dialog is not None and went_on and job.id == self._dialog.address.job_id:
            self._dialog.address.show_job(None)
