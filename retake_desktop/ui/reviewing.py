"""A finished take beside its source, and what the person decides about it."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import Problem
from retake_desktop.domain.job import REVIEWABLE_STAGES, Job, Progress, Stage
from retake_desktop.ui.playback.material import After, Material
from retake_desktop.ui.preferences import short_name
from retake_desktop.ui.presenter import Presenter, Surroundings
from retake_desktop.ui.retaking import Retaking
from retake_desktop.ui.review.decisions import Export

if TYPE_CHECKING:
    from retake_desktop.media.splice import SpliceReport


class Reviewing(Presenter):
    """Opens a review when both files are read: the source, unless it is on stage already, and the result.

    Signal `shown(Job, Material)`: a take is on screen, or is lined up anew; `opened(Job)`: a review has begun.
    """

    shown = Signal(object, object)
    opened = Signal(object)

    def __init__(self, around: Surroundings, retaking: Retaking) -> None:
        super().__init__(around)
        self.opens_by_itself = True
        self._retaking = retaking
        self._wanted: Job | None = None
        self._dialog: QFileDialog | None = None
        self._connect()

    def _connect(self) -> None:
        panel = self._window.review
        panel.back_asked.connect(self.leave)
        panel.keep_asked.connect(self._jobs.keep)
        panel.discard_asked.connect(self._on_discard)
        panel.again_asked.connect(self._on_again)
        panel.export_asked.connect(self._on_export)
        panel.reveal_asked.connect(reveal)
        panel.judged.connect(self._jobs.judge)
        self._window.takes.review_asked.connect(self.open)
        self._opening.opened.connect(self._on_clip_on_stage)
        self._jobs.result_opened.connect(self._on_result_opened)
        self._jobs.job_changed.connect(self._on_job_changed)
        self._jobs.kept.connect(self._on_kept)
        self._jobs.keep_progress.connect(self._on_keep_progress)
        self._jobs.exported.connect(self._on_exported)
        self._jobs.command_failed.connect(self._on_command_failed)

    @property
    def job(self) -> Job | None:
        """The take under review; None while editing."""
        return self._window.review.job if self._window.is_reviewing else None

    def open(self, job_id: str) -> None:
        """Begins the review of a take, and brings its source on stage first where that is another clip."""
        job = self._window.takes.job(job_id)
        if job is None or job.stage not in REVIEWABLE_STAGES:
            return
        self._wanted = job
        if self._opening.clip is not None and self._opening.clip.path == job.request.source:
            self._jobs.open_result(job.id)
        else:
            self._opening.open_path(job.request.source)

    def leave(self) -> None:
        """Back to editing, where it was left."""
        self._wanted = None
        if self._window.is_reviewing:
            self._retaking.show_editing()

    def _on_clip_on_stage(self, clip: Clip) -> None:
        if self._wanted is not None and self._wanted.request.source == clip.path:
            self._jobs.open_result(self._wanted.id)
        else:
            self._wanted = None

    def _on_result_opened(self, job_id: str, result: Clip) -> None:
        wanted = self._wanted
        source = self._opening.clip
        if wanted is None or wanted.id != job_id or source is None:
            return
        self._wanted = None
        job = self._window.takes.job(job_id) or wanted
        if job.window is not None:
            self._show(job, source, After(result, job.window))

    def _show(self, job: Job, source: Clip, after: After) -> None:
        stretch = after.window.source
        self._window.takes.choose(job.id)
        self._window.review.show_job(job)
        self._window.compare.set_demo(job.service.is_demo)
        self._window.show_review()
        material = Material(source, after)
        self._playback.load(material, job.request.span.start)
        self._playback.set_range(stretch)
        self._window.timeline.review(source, stretch, job.request.span)
        self._window.transport.set_loop_span(job.request.span)
        self._window.compare.show_cast(None)
        self.shown.emit(job, material)
        self._window.compare.setFocus()
        self.opened.emit(job)
        if job.source_fingerprint not in (None, source.fingerprint):
            self._notices.say(
                self.tr("The video has changed since this take was made; before and after may not match."),
                tone="warning",
            )

    def _on_job_changed(self, job: Job) -> None:
        if self.job is not None and self.job.id == job.id:
            self._window.review.show_job(job)
            self._line_up(job)
        if job.stage is Stage.READY and self._may_open_by_itself(job):
            self._retaking.touch()
            self.open(job.id)

    def _line_up(self, job: Job) -> None:
        """Shows the same instant with the mapping that the job has now."""
        shown = self._playback.material
        if shown is None or shown.after is None or job.window is None or job.window == shown.after.window:
            return
        material = replace(shown, after=replace(shown.after, window=job.window))
        self._playback.swap(material)
        self.shown.emit(job, material)

    def _may_open_by_itself(self, job: Job) -> bool:
        clip = self._opening.clip
        if not self.opens_by_itself or clip is None or clip.path != job.request.source or self._opening.is_opening:
            return False
        return self._retaking.untouched and not self._window.is_reviewing and self._wanted is None

    def _on_discard(self, job_id: str) -> None:
        self._jobs.discard(job_id)
        self.leave()
        self._notices.say(
            self.tr("The take is discarded."), action=self.tr("Undo"), deed=lambda: self._jobs.undiscard(job_id)
        )

    def _on_again(self, job_id: str) -> None:
        job = self._window.takes.job(job_id)
        if job is not None:
            self._wanted = None
            self._retaking.show_editing(job.request.span)
            self._window.compose.fill_from(job.request)
            self._window.compose.focus_prompt()

    def _on_export(self, job_id: str, what: Export) -> None:
        job = self._window.takes.job(job_id)
        path = None if job is None else job.result_path if what is Export.RESULT else job.final_path
        if path is None:
            return
        dialog = QFileDialog(self._window, self.tr("Save a copy"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(Path(path).suffix.lstrip("."))
        dialog.selectFile(short_name(path))
        dialog.fileSelected.connect(lambda target: self._jobs.export(job_id, path, target))
        dialog.finished.connect(dialog.deleteLater)
        self._dialog = dialog
        dialog.open()

    def _on_exported(self, _job_id: str, path: str) -> None:
        self._notices.say(
            self.tr("Saved as {name}.").format(name=short_name(path)),
            action=self.tr("Show in folder"),
            deed=lambda: reveal(path),
        )

    def _on_keep_progress(self, job_id: str, progress: Progress) -> None:
        self._window.review.show_progress(job_id, progress)

    def _on_kept(self, job_id: str, report: "SpliceReport") -> None:
        self._window.review.show_report(job_id, report)
        if self.job is None or self.job.id != job_id:
            self._notices.say(
                self.tr("The film is finished: {name}.").format(name=short_name(report.output)),
                action=self.tr("Show in folder"),
                deed=lambda: reveal(report.output),
            )

    def _on_command_failed(self, job_id: str, _problem: Problem) -> None:
        self._window.review.keeping_failed(job_id)
        if self._wanted is not None and self._wanted.id == job_id:
            self._wanted = None


def reveal(path: str) -> None:
    """Opens the folder that holds `path` in the system's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(path).parent)))
