"""The person's own judgement of a take: stars and a note, kept with it."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QToolButton, QVBoxLayout, QWidget

from retake_desktop.domain.job import Job
from retake_desktop.ui import style

STARS = 5
_MOST = 2000
"""Characters of a note that are kept."""
_REST_MS = 600
"""Pause in typing after which a note is kept."""
_NOTE_HEIGHT = 56


class Judgement(QWidget):
    """Signal `judged(str, int, str)`: job id, rating (0 for none), note."""

    judged = Signal(str, int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job_id = ""
        self._kept = (0, "")
        self._rating = 0
        self._stars = [self._star(number) for number in range(1, STARS + 1)]
        self._note = _Note(self)
        self._note.setAccessibleName(self.tr("Note"))
        self._note.setPlaceholderText(self.tr("A note for yourself"))
        self._note.setTabChangesFocus(True)
        self._note.setFixedHeight(_NOTE_HEIGHT)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self.settle)
        self._note.textChanged.connect(self._rest.start)
        self._note.left.connect(self.settle)
        caption = QLabel(self.tr("Your rating"))
        caption.setProperty("tone", "muted")
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(caption)
        row.addSpacing(style.GAP_SMALL)
        for star in self._stars:
            row.addWidget(star)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.GAP_TINY)
        column.addLayout(row)
        column.addWidget(self._note)

    def show_job(self, job: Job) -> None:
        """Another take's judgement; of the same take only what is not being written just now."""
        if job.id == self._job_id and (self._rest.isActive() or (job.rating, job.note) == self._kept):
            return
        self.settle()
        self._job_id, self._kept = job.id, (job.rating, job.note)
        self._rating = job.rating
        if self._note.toPlainText() != job.note:
            self._note.setPlainText(job.note)
        self._rest.stop()
        self._show_stars()

    def settle(self) -> None:
        """Keeps what was written, where it is new."""
        self._rest.stop()
        now = (self._rating, self._note.toPlainText()[:_MOST])
        if self._job_id and now != self._kept:
            self._kept = now
            self.judged.emit(self._job_id, *now)

    def _star(self, number: int) -> QToolButton:
        button = QToolButton(self)
        button.setCheckable(True)
        button.setAccessibleName(self.tr("{count} of 5 stars").format(count=number))
        button.setToolTip(self.tr("{count} of 5 stars; once more takes them away").format(count=number))
        button.clicked.connect(lambda: self._rate(number))
        return button

    def _rate(self, number: int) -> None:
        self._rating = 0 if number == self._rating else number
        self._show_stars()
        self.settle()

    def _show_stars(self) -> None:
        for number, star in enumerate(self._stars, 1):
            star.setText("★" if number <= self._rating else "☆")
            star.setChecked(number == self._rating)


class _Note(QPlainTextEdit):
    """Says when the keyboard leaves it."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()
