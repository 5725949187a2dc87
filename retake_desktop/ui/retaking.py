"""From a selection and a prompt to takes on record."""

from fractions import Fraction

from PySide6.QtCore import QObject, Signal

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import Problem
from retake_desktop.domain.job import Job
from retake_desktop.domain.retake import RetakeRequest, default_span
from retake_desktop.domain.span import Span
from retake_desktop.domain.spending import Decision
from retake_desktop.ui.jobs import Jobs
from retake_desktop.ui.main_window import MainWindow
from retake_desktop.ui.playback.material import Material
from retake_desktop.ui.playback.playback import Playback


class Retaking(QObject):
    """Owns the selection of the clip on stage and the press of Retake.

    `untouched` is true from a press of Retake until the person does something else: only then may a finished take
    open by itself. Signals: `recorded(str)`: the first take of a press is on record, under this id; `shown(Span)`: this
    is the selection now, whoever made it.
    """

    recorded = Signal(str)
    shown = Signal(object)

    def __init__(self, window: MainWindow, jobs: Jobs, playback: Playback) -> None:
        super().__init__(window)
        self.clip: Clip | None = None
        self.span: Span | None = None
        self.untouched = False
        self._window = window
        self._jobs = jobs
        self._playback = playback
        self._waiting_for: RetakeRequest | None = None
        self._missing = 0
        self._held: tuple[RetakeRequest, Clip] | None = None
        self._known: set[str] = set()
        self._connect()

    def _connect(self) -> None:
        window = self._window
        window.compose.retake_asked.connect(self._on_retake_asked)
        window.compose.changed.connect(self.touch)
        window.compose.money.question.agreed.connect(self._on_agreed)
        window.timeline.span_changed.connect(self._on_span_changed)
        window.timeline.playhead_requested.connect(self.touch)
        window.takes.chosen.connect(self.touch)
        window.stage.clicked.connect(self.touch)
        self._playback.state_changed.connect(self._on_playback_changed)
        self._jobs.jobs_loaded.connect(self._on_jobs_loaded)
        self._jobs.job_changed.connect(self._on_job_changed)
        self._jobs.command_failed.connect(self._on_command_failed)
        self._jobs.spending_asked.connect(self._on_spending_asked)

    def take_up(self, clip: Clip, span: Span | None = None) -> None:
        """Puts `clip` on stage for editing, at its first frame; selects `span`, or what a fresh clip starts with."""
        self.clip = clip
        self.touch()
        self.show_editing(span or default_span(clip), Fraction(0))

    def show_editing(self, span: Span | None = None, at: Fraction | None = None) -> None:
        """Back to stage and form; `span` replaces the selection.

        The playhead goes to `at`; without it to the start of a new `span`, and otherwise stays where it is.
        """
        if self.clip is None:
            return
        self.span = span or self.span or default_span(self.clip)
        if at is None:
            at = self._playback.time if self._playback.material is not None and span is None else self.span.start
        self._playback.load(Material(self.clip), at)
        self._window.timeline.open(self.clip, self.span)
        self._window.compose.set_clip(self.clip, self.span)
        self._show_span(self.span)
        self._window.show_editing()

    def touch(self, _what: object = None) -> None:
        """The person did something."""
        self.untouched = False

    def set_span(self, span: Span) -> None:
        """Selects `span`, as if nobody had done it."""
        self.span = span
        self._window.timeline.set_span(span)
        self._show_span(span)

    def _show_span(self, span: Span) -> None:
        self._window.compose.set_span(span)
        self._window.stage.set_selection(span)
        self._window.transport.set_loop_span(span)
        self.shown.emit(span)

    def _on_span_changed(self, span: Span) -> None:
        self.touch()
        self.span = span
        self._show_span(span)

    def _on_playback_changed(self) -> None:
        if self._playback.is_playing:
            self.touch()

    def _on_retake_asked(self, request: RetakeRequest) -> None:
        if self.clip is None:
            self._window.compose.set_busy(False)
            return
        self._send(request, self.clip)

    def _send(self, request: RetakeRequest, clip: Clip, agreed: Decision | None = None) -> None:
        self._held = None
        self._waiting_for = request
        self._missing = request.takes
        self.untouched = True
        self._jobs.retake(request, clip, agreed)

    def _on_spending_asked(self, request: RetakeRequest, decision: Decision) -> None:
        """The guard holds the press back: nothing is on record, and the question stands beside the price."""
        if request != self._waiting_for or self.clip is None:
            return
        self._held = (request, self.clip)
        self.untouched = False
        self._end_waiting()
        self._window.compose.money.ask(decision)

    def _on_agreed(self, decision: Decision) -> None:
        if self._held is not None:
            self._window.compose.set_busy(True)
            self._send(*self._held, decision)

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
