"""The finished film: what Keep would do, and the film beside its original."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import Problem
from retake_desktop.domain.film import SeamChoice, SeamRule
from retake_desktop.domain.job import Job
from retake_desktop.domain.span import Span
from retake_desktop.domain.window import window_for_whole_file
from retake_desktop.ui.playback.material import After, Material
from retake_desktop.ui.preferences import short_name
from retake_desktop.ui.presenter import Presenter, Surroundings
from retake_desktop.ui.reviewing import Reviewing

if TYPE_CHECKING:
    from retake_desktop.media.splice import SpliceReport
    from retake_desktop.services.pipeline.keeping import KeepPlan

_PAUSE = 250
"""Milliseconds without another change before moved seams are put on record."""


class Keeping(Presenter):
    """Comes after `Reviewing`, which brings the take under review that all this is about."""

    def __init__(self, around: Surroundings, reviewing: Reviewing) -> None:
        super().__init__(around)
        self._reviewing = reviewing
        self._seams: tuple[str, SeamChoice] | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._send_seams)
        self._connect()

    def _connect(self) -> None:
        decisions, jobs, marks = self._window.review.decisions, self._jobs, self._window.timeline.seams
        decisions.seams.chosen.connect(self._on_seams)
        decisions.seams.visited.connect(self._playback.seek_frame)
        decisions.seams.allowed.connect(marks.set_movable)
        marks.moved.connect(decisions.seams.move_seam)
        decisions.stop_asked.connect(self._on_stop)
        decisions.out_asked.connect(self._on_out)
        decisions.on_asked.connect(self._on_go_on)
        decisions.film_asked.connect(self._on_film_asked)
        # Seams that were moved a moment ago are on record before Keep begins.
        decisions.keeping.connect(self._send_seams)
        jobs.result_opened.connect(self._on_result_opened)
        jobs.keep_planned.connect(self._on_planned)
        jobs.kept.connect(self._on_kept)
        jobs.keep_stopped.connect(self._on_stopped)
        jobs.taken_out.connect(self._on_taken_out)
        jobs.film_opened.connect(self._on_film_opened)

    @property
    def _job(self) -> Job | None:
        return self._reviewing.job

    # -- before

    def _on_result_opened(self, job_id: str, _result: Clip) -> None:
        if self._job is not None and self._job.id == job_id:
            self._window.review.decisions.show_film(False)
            self._window.timeline.seams.clear()
            self._jobs.plan_keep(job_id)

    def _on_seams(self, seams: SeamChoice) -> None:
        if self._job is not None:
            self._seams = self._job.id, seams
            self._pause.start()
            if seams.rule is SeamRule.CHOSEN:
                self._window.timeline.seams.show_seams(seams.first, seams.end)

    def _send_seams(self) -> None:
        self._pause.stop()
        waiting, self._seams = self._seams, None
        if waiting is not None:
            self._jobs.set_seams(*waiting)

    def _on_planned(self, job_id: str, plan: "KeepPlan | Problem") -> None:
        job, source = self._job, self._opening.clip
        if job is None or job.id != job_id:
            return
        self._window.review.decisions.show_plan(plan)
        if isinstance(plan, Problem) or source is None or not job.request.mode.replaces_picture:
            self._window.timeline.seams.clear()
        elif self._seams is None:
            coded = [(part.first, part.end) for part in plan.splice.stretches]
            self._window.timeline.seams.show_plan(source.frames, (plan.first, plan.end), plan.reach, coded)

    # -- the film

    def _on_stop(self) -> None:
        if self._job is not None:
            self._jobs.stop_keeping(self._job.id)

    def _on_stopped(self, job_id: str) -> None:
        self._window.review.keeping_failed(job_id)
        self._notices.say(self.tr("Stopped. Nothing was changed."))

    def _on_kept(self, job_id: str, _report: "SpliceReport") -> None:
        if self._job is not None and self._job.id == job_id:
            self._jobs.open_film(job_id)

    def _on_out(self) -> None:
        if self._job is not None:
            self._jobs.take_out(self._job.id)

    def _on_taken_out(self, job_id: str, report: "SpliceReport | None") -> None:
        self._window.review.keeping_failed(job_id)
        words = self.tr("Taken out. No other moment is kept, so the film stays as it was until the next Keep.")
        if report is not None:
            words = self.tr("Taken out. {name} is made anew without it.").format(name=short_name(report.output))
        self._notices.say(words, action=self.tr("Keep it again"), deed=lambda: self._jobs.keep(job_id))
        if self._job is not None and self._job.id == job_id:
            self._reviewing.open(job_id)

    def _on_film_asked(self, shown: bool) -> None:
        if self._job is not None:
            (self._jobs.open_film if shown else self._reviewing.open)(self._job.id)

    def _on_film_opened(self, job_id: str, film: Clip) -> None:
        job, source = self._job, self._opening.clip
        if job is None or job.id != job_id or source is None:
            return
        whole = Span(source.frames.start_of(0), source.duration)
        size = (film.width, film.height)
        window = window_for_whole_file(job.request.span, source.duration, *size, source.frame_rate)
        self._playback.load(Material(source, After(film, window)), job.request.span.start)
        self._playback.set_range(whole)
        self._window.timeline.review(source, whole, job.request.span)
        self._window.review.decisions.show_film(True)

    def _on_go_on(self) -> None:
        if self._job is not None and self._job.film is not None:
            self._opening.open_path(self._job.film.path)
