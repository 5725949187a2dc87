"""The list of takes and, below it, the chosen one."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime

from PySide6.QtCore import QModelIndex, QTimer, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from retake_desktop.domain.job import Job
from retake_desktop.domain.mark import TakeMark
from retake_desktop.domain.spending import Amount
from retake_desktop.ui import style, text
from retake_desktop.ui.takes.detail import TakeDetail
from retake_desktop.ui.takes.groups import Groups
from retake_desktop.ui.takes.model import TakesModel
from retake_desktop.ui.takes.outlook import Outlook
from retake_desktop.ui.takes.search import Query
from retake_desktop.ui.takes.search_bar import SearchBar
from retake_desktop.ui.takes.sifting import Sifting
from retake_desktop.ui.takes.take_list import TakeList
from retake_desktop.ui.takes.thumbnails import Thumbnails

_TICK = 1000
"""Milliseconds between updates of the time that has passed."""


def _now() -> datetime:
    return datetime.now(UTC)


class TakesPanel(QWidget):
    """Shows every take on record. The person's choice of a row is told by `chosen`; the program's own is not."""

    chosen = Signal(str)
    """The person picked the take with this id."""
    review_asked = Signal(str)
    spending_asked = Signal()

    def __init__(
        self,
        thumbnails: Thumbnails | None = None,
        now: Callable[[], datetime] = _now,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._is_choosing = False
        self._model = TakesModel(self)
        self._sifting = Sifting(self._model, self)
        self._outlook = Outlook(now)
        self.list = TakeList(self._model, thumbnails or Thumbnails(parent=self), self._outlook)
        self.search = SearchBar()
        self.search.hide()
        self._empty = QLabel()
        # Without a parent until it is laid out: Tab goes through the parts in the order in which they join the panel.
        self.detail = TakeDetail(self._outlook)
        self._month = QPushButton()
        self._month.setProperty("kind", "quiet")
        self._month.setToolTip(self.tr("What retakes have cost, and receipts to keep"))
        self._month.hide()
        self._lay_out()
        self._connect()
        self._say_empty()
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK)
        self._timer.timeout.connect(self._on_tick)

    def _lay_out(self) -> None:
        caption = QLabel(self.tr("Takes of all videos"))
        caption.setFont(style.font(style.TextRole.HEADING, strong=True))
        caption.setContentsMargins(style.GAP, style.GAP, style.GAP, 0)
        self._empty.setWordWrap(True)
        self._empty.setProperty("tone", "muted")
        self._empty.setContentsMargins(style.GAP, style.GAP_SMALL, style.GAP, style.GAP)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.GAP_SMALL)
        column.addWidget(caption)
        column.addWidget(self.search)
        column.addWidget(self._empty)
        column.addWidget(self.list, 1)
        column.addWidget(self.detail)
        column.addWidget(self._month)

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(self._on_current_changed)
        self.list.activated.connect(self._on_activated)
        self.list.deeds.review_asked.connect(self.review_asked)
        self.search.changed.connect(self._sifting.start)
        self._sifting.done.connect(self._on_sifted)
        self.detail.review_asked.connect(self.review_asked)
        self.detail.menu.aboutToShow.connect(lambda: self.list.fill_menu(self.detail.menu, self.chosen_job()))
        self._month.clicked.connect(self.spending_asked)

    def add(self, jobs: Iterable[Job]) -> None:
        """A page of the record; takes that are known already are newer than it."""
        fresh = [job for job in jobs if self._model.job(job.id) is None]
        self._outlook.load(fresh)
        self._keeping_choice(lambda: self._model.add(fresh))

    def put(self, job: Job) -> None:
        """A new snapshot of a take."""
        self._outlook.note(job)
        self._keeping_choice(lambda: self._model.put(job))

    def set_marks(self, marks: Mapping[str, TakeMark]) -> None:
        """Names that the person gave, and what is not to be listed any more."""
        self._keeping_choice(lambda: self._model.set_marks(marks))
        self._sifting.start_again()

    def choose(self, job_id: str) -> None:
        """Makes a take the chosen one, without that counting as the person's doing."""
        if self._model.job(job_id) is not None and not self._model.index_of(job_id).isValid():
            self.search.reset()
            self._sifting.finish()
        index = self._model.index_of(job_id)
        if not index.isValid():
            return
        self._is_choosing = True
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)
        self._is_choosing = False
        self._show_current()

    def job(self, job_id: str) -> Job | None:
        return self._model.job(job_id)

    def jobs(self) -> list[Job]:
        """All takes, also those that are not shown."""
        return self._model.jobs()

    def show_month(self, month: Amount) -> None:
        """What the month has cost, quietly; nothing is said while nothing was ever paid."""
        paid = any(job.request_id is not None and not job.service.is_demo for job in self._model.jobs())
        self._month.setText(self.tr("This month {amount}").format(amount=text.money(month.usd)))
        if month.unknown_jobs:
            self._month.setText(self.tr("This month {amount} or more").format(amount=text.money(month.usd)))
        elif month.estimated:
            self._month.setText(self.tr("This month about {amount}").format(amount=text.money(month.usd)))
        self._month.setVisible(paid)

    def chosen_job(self) -> Job | None:
        row = self._model.row(self.list.currentIndex())
        return row if isinstance(row, Job) else None

    def close_down(self) -> None:
        """Ends the background work."""
        self._timer.stop()
        self._sifting.stop()
        self.list.close_down()

    def _keeping_choice(self, change: Callable[[], None]) -> None:
        before, place = self.chosen_job(), self.list.verticalScrollBar().value()
        change()
        if before is not None and self.chosen_job() is None and self._model.index_of(before.id).isValid():
            self._is_choosing = True
            self.list.setCurrentIndex(self._model.index_of(before.id))
            self._is_choosing = False
            self.list.verticalScrollBar().setValue(place)
        self._say_empty()
        self._tick_while_needed()
        self._show_current()

    def _say_empty(self) -> None:
        has_takes = bool(self._model.jobs())
        self.search.setVisible(has_takes)
        self._empty.setVisible(not self._model.rowCount())
        self._empty.setText(
            self.tr("No take is found by that.")
            if has_takes
            else self.tr("Takes appear here, newest first. They stay on record until you remove them.")
        )

    def _tick_while_needed(self) -> None:
        needed = self._model.has_open_takes
        if needed != self._timer.isActive():
            self._timer.start() if needed else self._timer.stop()

    def _on_tick(self) -> None:
        self.list.viewport().update()
        self._show_current()

    def _on_sifted(self, query: Query, found: Groups | None) -> None:
        self._keeping_choice(lambda: self._model.set_query(query, found))

    def _on_current_changed(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self._show_current()
        job = self.chosen_job()
        if job is not None and not self._is_choosing:
            self.chosen.emit(job.id)

    def _on_activated(self, _index: QModelIndex) -> None:
        job = self.chosen_job()
        if job is not None:
            self.review_asked.emit(job.id)

    def _show_current(self) -> None:
        self.detail.show_job(self.chosen_job())
