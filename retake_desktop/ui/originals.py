"""An original that has moved or changed: looked for, asked for, and never taken for another without a word."""

from PySide6.QtWidgets import QFileDialog

from retake_desktop.domain.errors import ErrorKind, Problem
from retake_desktop.ui.preferences import short_name
from retake_desktop.ui.presenter import Presenter, Surroundings
from retake_desktop.ui.reviewing import Reviewing

_LOST = frozenset({ErrorKind.ORIGINAL_MISSING, ErrorKind.ORIGINAL_CHANGED})


class Originals(Presenter):
    """Has the job thread look where moved files usually are; where that fails, the notice offers to show the place."""

    def __init__(self, around: Surroundings, reviewing: Reviewing) -> None:
        super().__init__(around)
        self._reviewing = reviewing
        self._asked = ""
        self._lost = ""
        self._offered = ""
        self._dialog: QFileDialog | None = None
        jobs = self._jobs
        self._window.takes.review_asked.connect(self._on_review_asked)
        jobs.clip_refused.connect(self._on_refused)
        jobs.command_failed.connect(self._on_failed)
        jobs.keep_planned.connect(self._on_failed)
        jobs.original_told.connect(self._on_original)

    def _on_review_asked(self, job_id: str) -> None:
        self._asked, self._lost = job_id, ""

    def _on_refused(self, path: str, _problem: Problem) -> None:
        job = self._window.takes.job(self._asked)
        if job is not None and job.request.source == path and self._lost != job.id:
            self._lost = job.id
            self._jobs.find_original(job.id)

    def _on_original(self, job_id: str, problem: Problem | None) -> None:
        offered, self._offered = self._offered, ""
        if problem is None:
            self._lost = ""
            self._reviewing.open(job_id)
        elif offered and problem.kind is ErrorKind.ORIGINAL_CHANGED:
            self._notices.say(
                self.tr("{name} is not the video that this take was made from, or it was changed since.").format(
                    name=short_name(offered)
                ),
                tone="warning",
                action=self.tr("Use it all the same"),
                deed=lambda: self._jobs.adopt_original(job_id, offered, despite_change=True),
            )
        else:
            self._ask_for_original(job_id, problem)

    def _on_failed(self, job_id: str, answer: object) -> None:
        if isinstance(answer, Problem) and answer.kind in _LOST:
            self._ask_for_original(job_id, answer)

    def _ask_for_original(self, job_id: str, problem: Problem) -> None:
        self._notices.problem(problem, lambda: self._choose_original(job_id))

    def _choose_original(self, job_id: str) -> None:
        dialog = QFileDialog(self._window, self.tr("Where is the video that this take was made from?"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda path: self._adopt(job_id, path))
        dialog.finished.connect(dialog.deleteLater)
        self._dialog = dialog
        dialog.open()

    def _adopt(self, job_id: str, path: str) -> None:
        self._offered = path
        self._jobs.adopt_original(job_id, path)
