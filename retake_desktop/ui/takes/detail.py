"""The chosen take: where it stands and what can be done about it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from retake_desktop.domain.errors import Problem
from retake_desktop.domain.job import REVIEWABLE_STAGES, Job, Stage
from retake_desktop.domain.problems import Remedy
from retake_desktop.ui import problems, style, text
from retake_desktop.ui.from_below import said
from retake_desktop.ui.labels import Wrapped
from retake_desktop.ui.takes.advice import remedy_of, told
from retake_desktop.ui.takes.outlook import Outlook


class TakeDetail(QWidget):
    """Words and buttons for one take. Sending again asks for a second press, in place, because it may bill twice."""

    cancel_asked = Signal(str)
    review_asked = Signal(str)
    remedy_asked = Signal(str, object)
    """Job id and Remedy."""
    adopt_asked = Signal(str, str)
    """Job id and request id."""

    def __init__(self, outlook: Outlook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outlook = outlook
        self._job: Job | None = None
        self._remedy = Remedy.NONE
        self._status = _single_line(style.font())
        self._figures = _single_line(style.font(style.TextRole.SMALL))
        self._figures.setProperty("tone", "muted")
        self._message = Wrapped(role=style.TextRole.SMALL)
        self._cancel = _button(self.tr("Cancel job"), "ban", self._on_cancel)
        self._review = _button(self.tr("Review"), "eye", self._on_review)
        self.menu = QMenu(self)
        """Filled by the panel when it is about to open."""
        self._more = QPushButton()
        style.put_icon(self._more, "menu")
        self._more.setMenu(self.menu)
        self._more.setFixedWidth(style.CONTROL_HEIGHT + style.GAP)
        self._more.setAccessibleName(self.tr("More for this take"))
        self._more.setToolTip(self.tr("Rename, show in folder, remove from the list, and so on"))
        self._trouble = Wrapped("danger", style.TextRole.SMALL)
        self._prospect = Wrapped("muted", style.TextRole.SMALL)
        self._remedy_button = _button("", "", self._on_remedy)
        self._again = _button(self.tr("Try again"), "", self._on_again)
        self._again.setToolTip(self.tr("Nothing was accepted, so nothing is paid twice."))
        self._warning = _Warning(self)
        self._warning.confirmed.connect(self._on_confirmed)
        self._warning.left.connect(self._on_left)
        self._adopt = _Adopt(self)
        self._adopt.given.connect(self._on_adopt)
        self._lay_out()
        self.show_job(None)

    def _lay_out(self) -> None:
        head, row = QHBoxLayout(), QHBoxLayout()
        for line in (head, row):
            line.setSpacing(style.GAP_SMALL)
        head.addWidget(self._status, 1)
        head.addWidget(self._more)
        row.addWidget(self._cancel, 1)
        row.addWidget(self._review, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(style.GAP, style.GAP_SMALL, style.GAP, style.GAP)
        column.setSpacing(style.GAP_SMALL)
        column.addLayout(head)
        for words in (self._figures, self._message, self._trouble, self._prospect):
            column.addWidget(words)
        for widget in (self._remedy_button, self._again, self._warning, self._adopt):
            column.addWidget(widget)
        column.addLayout(row)

    def show_job(self, job: Job | None) -> None:
        """Shows `job`; None hides everything."""
        if job is None or self._job is None or job.id != self._job.id or job.stage is not self._job.stage:
            self._warning.hide()
            self._trouble.hide()
        self._job = job
        self.setVisible(job is not None)
        if job is not None:
            self._show_words(job)
            self._show_buttons(job)

    def show_trouble(self, job_id: str, problem: Problem) -> None:
        """Why what was just asked of the take could not be done; gone when the take moves on."""
        if self._job is None or self._job.id != job_id:
            return
        self._trouble.setText(problems.message(problem))
        self._trouble.show()
        self._trouble.setAccessibleName(self._trouble.text())
        QAccessible.updateAccessibility(QAccessibleEvent(self._trouble, QAccessible.Event.Alert))

    def _show_words(self, job: Job) -> None:
        self._status.setText(text.status(job))
        self._figures.setText(self._outlook.figures(job))
        self._figures.setVisible(bool(self._figures.text()))
        prospect = self._outlook.words(job)
        self._prospect.setText(prospect)
        self._prospect.setVisible(bool(prospect))
        words = told(job)
        if not words and job.hosting_note and job.is_open:
            words = self.tr("Sent {way}.").format(way=said(job.hosting_note))
        self._message.setText(words)
        self._message.setVisible(bool(words))

    def _show_buttons(self, job: Job) -> None:
        _enable(self._cancel, job.can_cancel, self._why_no_cancel(job))
        ready = job.stage in REVIEWABLE_STAGES
        _enable(self._review, ready, self.tr("The take is not here yet.") if job.is_open else self._why_no_review(job))
        self._remedy = remedy_of(job)
        refused = job.stage is Stage.FAILED and job.request_id is None
        self._remedy_button.setText(problems.label(self._remedy))
        self._remedy_button.setVisible(self._remedy is not Remedy.NONE and not self._warning.isVisibleTo(self))
        self._again.setVisible(refused and self._remedy is Remedy.ENTER_TOKEN)
        self._adopt.setVisible(job.stage is Stage.UNKNOWN)

    def _why_no_cancel(self, job: Job) -> str:
        if job.cancel_asked:
            return self.tr("Cancelling has been asked for already.")
        if job.stage in (Stage.DOWNLOADING, Stage.DOWNLOAD_FAILED):
            return self.tr("It is made and paid for; only the file is still to come.")
        return self.tr("There is nothing left to cancel.")

    def _why_no_review(self, job: Job) -> str:
        if job.stage is Stage.DISCARDED:
            return self.tr("It was discarded. Bring it back first.")
        return self.tr("There is no result to review.")

    def _on_cancel(self) -> None:
        if self._job is not None:
            self.cancel_asked.emit(self._job.id)

    def _on_review(self) -> None:
        if self._job is not None:
            self.review_asked.emit(self._job.id)

    def _on_remedy(self) -> None:
        if self._remedy is Remedy.SEND_AGAIN:
            self._remedy_button.hide()
            self._warning.show()
        elif self._job is not None:
            self.remedy_asked.emit(self._job.id, self._remedy)

    def _on_again(self) -> None:
        if self._job is not None:
            self.remedy_asked.emit(self._job.id, Remedy.TRY_AGAIN)

    def _on_confirmed(self) -> None:
        if self._job is not None and self._warning.isVisibleTo(self):
            self._warning.hide()
            self.remedy_asked.emit(self._job.id, Remedy.SEND_AGAIN)

    def _on_left(self) -> None:
        self._warning.hide()
        self._remedy_button.show()

    def _on_adopt(self, request_id: str) -> None:
        if self._job is not None:
            self.adopt_asked.emit(self._job.id, request_id)


class _Warning(QWidget):
    """Says what sending again may cost, and asks for a second press."""

    confirmed = Signal()
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        words = QLabel(self.tr("If the service did accept the first one, you will be billed for both."))
        words.setWordWrap(True)
        words.setProperty("tone", "warning")
        send = _button(self.tr("Send anyway"), "", self.confirmed.emit)
        leave = _button(self.tr("Leave it"), "", self.left.emit)
        row = QHBoxLayout()
        row.addWidget(leave, 1)
        row.addWidget(send, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(words)
        column.addLayout(row)
        self.hide()


class _Adopt(QWidget):
    """Takes the request id of a retake that is found on the service's pages."""

    given = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._field = QLineEdit()
        self._field.setAccessibleName(self.tr("Request id to adopt"))
        self._field.setPlaceholderText(self.tr("Request id from RunComfy"))
        self._field.setMaxLength(200)
        self._button = _button(self.tr("Adopt"), "", self._on_pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._field, 1)
        row.addWidget(self._button)
        self._field.textChanged.connect(self._refresh)
        self._field.returnPressed.connect(self._on_pressed)
        self._refresh()

    def _refresh(self) -> None:
        _enable(self._button, bool(self._field.text().strip()), self.tr("Paste the request id first."))

    def _on_pressed(self) -> None:
        request_id = self._field.text().strip()
        if request_id:
            self._field.clear()
            self.given.emit(request_id)


def _single_line(font: QFont) -> QLabel:
    """A label that never makes its panel wider or higher."""
    label = QLabel()
    label.setFont(font)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return label


def _button(words: str, icon: str, pressed: Callable[[], None]) -> QPushButton:
    button = QPushButton(words)
    if icon:
        style.put_icon(button, icon)
    button.clicked.connect(pressed)
    return button


def _enable(button: QPushButton, is_possible: bool, why_not: str) -> None:
    button.setEnabled(is_possible)
    button.setToolTip("" if is_possible else why_not)
    button.setAccessibleDescription("" if is_possible else why_not)
