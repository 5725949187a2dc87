"""Tells a person who is elsewhere that takes are there: one message for all takes of a press, and a taskbar hint."""

from pathlib import PurePath

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from retake_desktop.domain.job import Job, Stage, Wait
from retake_desktop.ui.jobs import Jobs
from retake_desktop.ui.main_window import MainWindow
from retake_desktop.ui.system_messages import Messenger, system_messenger

_GOOD = frozenset({Stage.READY, Stage.KEPT})
_BAD = frozenset({Stage.FAILED, Stage.EXPIRED, Stage.UNKNOWN, Stage.DOWNLOAD_FAILED})
_RESTING = frozenset({Wait.TOKEN, Wait.OTHER_ACCOUNT, Wait.OTHER_SERVICE, Wait.FOREIGN_HOST, Wait.HOSTING})


class Announcing(QObject):
    """Speaks when the last take of a press has come to rest while this process watched it, and the window is not in
    front. A click on the message brings the window, and the review of the first take that is ready."""

    review_wanted = Signal(str)
    """The id of a take that is ready."""

    def __init__(self, window: MainWindow, jobs: Jobs, messenger: Messenger | None = None) -> None:
        super().__init__(window)
        self._window = window
        self._messenger = messenger or system_messenger(self)
        self._underway: dict[str, set[str]] = {}
        self._batches: dict[str, dict[str, Job]] = {}
        self._told = ""
        jobs.jobs_loaded.connect(self._on_loaded)
        jobs.job_changed.connect(self._on_job)
        self._messenger.clicked.connect(self._on_clicked)

    def close_down(self) -> None:
        """Takes the message away: its click would reach nobody."""
        self._messenger.withdraw()

    def _on_loaded(self, jobs: tuple[Job, ...]) -> None:
        for job in jobs:
            if job.is_open:
                self._on_job(job)

    def _on_job(self, job: Job) -> None:
        batch = self._batches.get(job.batch)
        underway = self._underway.setdefault(job.batch, set())
        if _is_underway(job):
            self._batches.setdefault(job.batch, {})[job.id] = job
            underway.add(job.id)
            return
        if batch is None or job.id not in underway:
            return  # a decision about a take that was there before
        batch[job.id] = job
        underway.discard(job.id)
        if not underway:
            del self._batches[job.batch], self._underway[job.batch]
            self._announce(list(batch.values()))

    def _announce(self, jobs: list[Job]) -> None:
        ready = [job for job in jobs if job.stage in _GOOD]
        others = [job for job in jobs if job.stage in _BAD or job.wait in _RESTING]
        if self._is_in_front() or not (ready or others):
            return
        self._told = ready[0].id if ready else others[0].id
        QApplication.alert(self._window)
        self._messenger.show(*self._words(ready, others))

    def _words(self, ready: list[Job], others: list[Job]) -> tuple[str, str]:
        """Heading and text. The prompt is not in it: it may stand on a screen that others see."""
        name = PurePath((ready or others)[0].request.source.partition("?")[0]).name
        if not ready:
            return self.tr("%n take(s) need you", "", len(others)), name
        heading = self.tr("%n take(s) ready to review", "", len(ready))
        if others:
            return heading, self.tr("{name}; %n more need you", "", len(others)).format(name=name)
        return heading, name

    def _is_in_front(self) -> bool:
        return self._window.isActiveWindow() and not self._window.isMinimized()

    def _on_clicked(self) -> None:
        self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowMinimized)
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()
        job = self._window.takes.job(self._told)
        if job is None:
            return
        self._window.takes.choose(job.id)
        if job.stage in _GOOD:
            self.review_wanted.emit(job.id)


def _is_underway(job: Job) -> bool:
    return job.is_open and job.stage is not Stage.DOWNLOAD_FAILED and job.wait not in _RESTING
