"""The right-hand side of a review: the take's facts, and what to do with it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from retake_desktop.domain.job import Job, Progress
from retake_desktop.ui import style, text
from retake_desktop.ui.review.blind_choice import BlindChoice
from retake_desktop.ui.review.candidates import Candidates
from retake_desktop.ui.review.decisions import Decisions, Export
from retake_desktop.ui.review.facts import Facts
from retake_desktop.ui.review.judgement import Judgement
from retake_desktop.ui.review.lining_up import LiningUp

if TYPE_CHECKING:
    from retake_desktop.media.splice import SpliceReport


class ReviewPanel(QWidget):
    """Facts and decisions of one take. Every signal carries the take's id first."""

    back_asked = Signal()
    keep_asked = Signal(str)
    discard_asked = Signal(str)
    again_asked = Signal(str)
    export_asked = Signal(str, object)
    """Job id and what to export, an `Export`."""
    reveal_asked = Signal(str)
    """A path."""
    judged = Signal(str, int, str)
    """Job id, rating, note."""
    nudged = Signal(int)
    """By how many frames the take is to be moved."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self._title = QLabel()
        self._title.setFont(style.font(style.TextRole.HEADING, strong=True))
        self._back = QPushButton(self.tr("Back to editing"))
        self._back.setProperty("kind", "quiet")
        style.put_icon(self._back, "arrow-left")
        self._facts = Facts()
        self._changes = QLabel()
        self._changes.setWordWrap(True)
        self._changes.setTextFormat(Qt.TextFormat.PlainText)
        self._lining_up = LiningUp()
        self.candidates = Candidates()
        self.blind = BlindChoice()
        self.blind.hide()
        self._judgement = Judgement()
        self._decisions = Decisions()
        self._lay_out()
        self._connect()

    @property
    def job(self) -> Job | None:
        """The take under review."""
        return self._job

    @property
    def decisions(self) -> Decisions:
        """What can be done with it; whoever keeps and exports listens here."""
        return self._decisions

    def show_job(self, job: Job) -> None:
        self._job = job
        self._title.setText(
            self.tr("Take {take} of {takes}").format(take=text.number(job.take), takes=text.number(job.request.takes))
        )
        if self._changes.property("of") != job.id:
            self._changes.setProperty("of", job.id)
            self.show_changes("")
        self._facts.show_job(job)
        self._lining_up.show_job(job)
        self._judgement.show_job(job)
        self._decisions.show_job(job)

    def set_blind(self, on: bool) -> None:
        """Shows nothing but the blind choice: everything else would give it away."""
        for widget in (self._title, self._scroll, self._decisions):
            widget.setVisible(not on)
        self.blind.setVisible(on)

    def show_changes(self, words: str) -> None:
        """Where the take differs from the original, in words."""
        self._changes.setText(words)
        self._changes.setVisible(bool(words))

    def show_report(self, job_id: str, report: "SpliceReport") -> None:
        if self._job is not None and self._job.id == job_id:
            self._decisions.show_report(report)

    def show_progress(self, job_id: str, progress: Progress) -> None:
        """How far the film is that Keep makes."""
        if self._job is not None and self._job.id == job_id:
            self._decisions.show_progress(progress)

    def keeping_failed(self, job_id: str) -> None:
        if self._job is not None and self._job.id == job_id:
            self._decisions.keeping_failed()

    def _lay_out(self) -> None:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, style.GAP_SMALL, 0)
        rows.setSpacing(style.GAP)
        for widget in (self._changes, self.candidates, self._lining_up, self._judgement, self._facts):
            rows.addWidget(widget)
        rows.addStretch(1)
        self._scroll = scroll
        scroll.setWidget(inner)
        scroll.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(style.GAP, style.GAP_SMALL, style.GAP, style.GAP)
        column.setSpacing(style.GAP_SMALL)
        column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self._title)
        column.addWidget(scroll, 1)
        column.addWidget(self.blind, 1)
        column.addWidget(self._decisions)

    def _connect(self) -> None:
        self._back.clicked.connect(self.back_asked)
        self._judgement.judged.connect(self.judged)
        self._lining_up.nudged.connect(self.nudged)
        self._decisions.keep_asked.connect(self._on_keep)
        self._decisions.discard_asked.connect(self._on_discard)
        self._decisions.again_asked.connect(self._on_again)
        self._decisions.export_asked.connect(self._on_export)
        self._decisions.reveal_asked.connect(self.reveal_asked)

    def _on_keep(self) -> None:
        if self._job is not None:
            self.keep_asked.emit(self._job.id)

    def _on_discard(self) -> None:
        if self._job is not None:
            self.discard_asked.emit(self._job.id)

    def _on_again(self) -> None:
        if self._job is not None:
            self.again_asked.emit(self._job.id)

    def _on_export(self, what: Export) -> None:
        if self._job is not None:
            self.export_asked.emit(self._job.id, what)
