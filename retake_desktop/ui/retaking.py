"""From a selection and a prompt to takes on record."""

from fractions import Fraction

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import Problem
from retake_desktop.domain.job import Job
from retake_desktop.domain.retake import RetakeRequest, default_span
from retake_desktop.domain.span import Span
from retake_desktop.ui.jobs import Jobs
from retake_desktop.ui.main_window import MainWindow
from retake_desktop.ui.playback.material import Material
from retake_desktop.ui.playback.playback import Playback


class Retaking(QObject):
    """Owns the selection of the clip on stage and the press of Retake.

    `untouched` is true from a press of Retake until the person does something else: only then may a finished take
    open by itself. Signal `recorded(str)`: the first take of a press is on record, under this id.
    """

    recorded = Signal(str)

    def __init__(self, window: MainWindow, jobs: Jobs, playback: Playback) -> None:
        super().__init__(window)
        self.clip: Clip | None = None
        self.span: Span | None = None
        self.untouched = False
        self._settled: Span | None = None
        self._window = window
        self._jobs = jobs
        self._playback = playback
        self._waiting_for: RetakeRequest | None = None
        self._missing = 0
        self._known: set[str] = set()
        self._undo = QUndoStack(self)
        self._connect()

    def _connect(self) -> None:
        window = self._window
        window.compose.retake_asked.connect(self._on_retake_asked)
        window.compose.changed.connect(self.touch)
        window.timeline.span_changed.connect(self._on_span_changed)
        window.timeline.span_settled.connect(self._on_span_settled)
        window.timeline.playhead_requested.connect(self.touch)
        window.takes.chosen.connect(self.touch)
        window.stage.clicked.connect(self.touch)
        self._playback.state_changed.connect(self._on_playback_changed)
        self._jobs.jobs_loaded.connect(self._on_jobs_loaded)
        self._jobs.job_changed.connect(self._on_job_changed)
        self._jobs.command_failed.connect(self._on_command_failed)

    def take_up(self, clip: Clip, span: Span | None = None) -> None:
        """Puts `clip` on stage for editing, at its first frame; selects `span`, or what a fresh clip starts with."""
        self.clip = clip
        self.touch()
        self._undo.clear()
        self._settled = span or default_span(clip)
        self.show_editing(self._settled, Fraction(0))

    def show_editing(self, span: Span | None = None, at: Fraction | None = None) -> None:
        """Back to stage and form; `span` replaces the selection.

        The playhead goes to `at`; without it to the start of a new `span`, and otherwise stays where it is.
        """
        if self.clip is None:
            return
        self.span = span or self.span or default_span(self.clip)
        self._settled = self.span
        if at is None:
            at = self._playback.time if self._playback.material is not None and span is None else self.span.start
        self._playback.load(Material(self.clip), at)
        self._window.timeline.open(self.clip, self.span)
        self._window.compose.set_clip(self.clip, self.span)
        self._show_span(self.span)
        self._window.show_editing()

    def undo(self) -> None:
        """Takes the last change of the selection back; the prompt undoes its own."""
        self._undo.undo()

    def touch(self, _what: object = None) -> None:
        """The person did something."""
        self.untouched = False

    def set_span(self, span: Span) -> None:
        """Selects `span` without making it a step to undo."""
        self.span = self._settled = span
        self._window.timeline.set_span(span)
        self._show_span(span)

    def _show_span(self, span: Span) -> None:
        self._window.compose.set_span(span)
        self._window.stage.set_selection(span)
        self._window.transport.set_loop_span(span)

    def _on_span_changed(self, span: Span) -> None:
        self.touch()
        self.span = span
        self._show_span(span)

    def _on_span_settled(self, span: Span) -> None:
        before, self._settled = self._settled, span
        if before is not None and before != span:
            self._undo.push(_SpanChange(self, before, span))

    def _on_playback_changed(self) -> None:
        if self._playback.is_playing:
            self.touch()

    def _on_retake_asked(self, request: RetakeRequest) -> None:
        if self.clip is None:
            self._window.compose.set_busy(False)
            return
        self._waiting_for = request
        self._missing = request.takes
        self.untouched = True
        self._jobs.retake(request, self.clip)

    def _on_jobs_loaded(self, jobs: tuple[Job, ...]) -> None:
        self._known.update(job.id for job in jobs)

    def _on_job_changed(self, job: Job) -> None:
        if job.id in self._known:
            return
        self._known.add(job.id)
        if self._waiting_for is None or job.request != self._waiting_for:
            return
        if self._missing == self._waiting_for.takes:
            self.recorded.emit(job.id)
        self._missing -= 1
        if self._missing == 0:
            self._end_waiting()

    def _on_command_failed(self, job_id: str, _problem: Problem) -> None:
        if not job_id and self._waiting_for is not None:
            self.untouched = False
            self._end_waiting()

    def _end_waiting(self) -> None:
        self._waiting_for = None
        self._window.compose.set_busy(False)


class _SpanChange(QUndoCommand):
    def __init__(self, retaking: Retaking, before: Span, after: Span) -> None:
        super().__init__()
        self._retaking = retaking
        self._before = before
        self._after = after
        self._is_done = True

    def undo(self) -> None:
        self._is_done = False
        self._retaking.touch()
        self._retaking.set_span(self._before)

    def redo(self) -> None:
        if not self._is_done:
            self._retaking.touch()
            self._retaking.set_span(self._after)
        self._is_done = True
