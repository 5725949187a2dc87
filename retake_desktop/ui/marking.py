"""What the timeline shows besides the selection: what would be sent, and where earlier takes lie."""

from PySide6.QtCore import QObject

from retake_desktop.domain.job import Job, Stage
from retake_desktop.ui.jobs import Jobs
from retake_desktop.ui.main_window import MainWindow
from retake_desktop.ui.retaking import Retaking
from retake_desktop.ui.timeline.bands import Band

_LEFT_BEHIND = frozenset({Stage.DISCARDED, Stage.FAILED, Stage.CANCELLED, Stage.EXPIRED})


class Marking(QObject):
    """Listens to the form, the selection and the jobs."""

    def __init__(self, window: MainWindow, jobs: Jobs, retaking: Retaking) -> None:
        super().__init__(window)
        self._window = window
        self._retaking = retaking
        self._takes: dict[str, tuple[str, Band]] = {}
        window.compose.changed.connect(self._show_request)
        retaking.shown.connect(self._show_request)
        retaking.shown.connect(self._show_bands)
        jobs.jobs_loaded.connect(self._on_loaded)
        jobs.job_changed.connect(self._on_changed)

    def _on_loaded(self, jobs: tuple[Job, ...]) -> None:
        for job in jobs:
            self._take(job)
        self._show_bands()

    def _on_changed(self, job: Job) -> None:
        if self._take(job):
            self._show_bands()

    def _take(self, job: Job) -> bool:
        """Whether that changes what is to be seen."""
        before = self._takes.pop(job.id, None)
        if job.stage in _LEFT_BEHIND or not job.source_fingerprint:
            return before is not None
        now = job.source_fingerprint, Band(job.request.span, is_kept=job.stage is Stage.KEPT)
        self._takes[job.id] = now
        return now != before

    def _show_request(self, _what: object = None) -> None:
        if self._retaking.clip is not None:
            self._window.timeline.set_request(self._window.compose.request())

    def _show_bands(self, _what: object = None) -> None:
        clip = self._retaking.clip
        if clip is not None:
            mine = (band for fingerprint, band in self._takes.values() if fingerprint == clip.fingerprint)
            self._window.timeline.set_bands(tuple(mine))
