"""The list of takes and, below it, the chosen one."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from PySide6.QtCore import QModelIndex, QTimer, Signal
from PySide6.QtWidgets import QLabel, QListView, QVBoxLayout, QWidget

from retake_desktop.domain.job import Job
from retake_desktop.ui import style
from retake_desktop.ui.takes.delegate import TakeDelegate
from retake_desktop.ui.takes.detail import TakeDetail
from retake_desktop.ui.takes.model import TakesModel
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

    def __init__(
        self,
        thumbnails: Thumbnails | None = None,
        now: Callable[[], datetime] = _now,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._is_choosing = False
        self._thumbnails = thumbnails or Thumbnails(parent=self)
        self._model = TakesModel(self)
        self._list = self._make_list(now)
        self._empty = QLabel(self.tr("Takes appear here, newest first. They stay on record until you discard them."))
        self.detail = TakeDetail(now, self)
        self._lay_out()
        self._connect()
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK)
        self._timer.timeout.connect(self._on_tick)

    def _make_list(self, now: Callable[[], datetime]) -> QListView:
        view = QListView()
        view.setAccessibleName(self.tr("Takes list"))
        view.setModel(self._model)
        view.setItemDelegate(TakeDelegate(self._thumbnails, now, view))
        view.setLayoutMode(QListView.LayoutMode.Batched)
        view.setBatchSize(200)
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.setMouseTracking(True)
        return view

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
        column.addWidget(self._empty)
        column.addWidget(self._list, 1)
        column.addWidget(self.detail)

    def _connect(self) -> None:
        self._list.selectionModel().currentChanged.connect(self._on_current_changed)
        self._list.activated.connect(self._on_activated)
        self._thumbnails.arrived.connect(self._list.viewport().update)
        self.detail.review_asked.connect(self.review_asked)

    def load(self, jobs: Iterable[Job]) -> None:
        """All takes on record, at the start."""
        self._keeping_choice(lambda: self._model.load(jobs))

    def put(self, job: Job) -> None:
        """A new snapshot of a take."""
        self._keeping_choice(lambda: self._model.put(job))

    def choose(self, job_id: str) -> None:
        """Makes a take the chosen one, without that counting as the person's doing."""
        index = self._model.index_of(job_id)
        if not index.isValid():
            return
        self._is_choosing = True
        self._list.setCurrentIndex(index)
        self._list.scrollTo(index)
        self._is_choosing = False
        self._show_current()

    def job(self, job_id: str) -> Job | None:
        return self._model.job(job_id)

    def jobs(self) -> list[Job]:
        """All takes, in the order of the list."""
        return self._model.jobs()

    def chosen_job(self) -> Job | None:
        row = self._model.row(self._list.currentIndex())
        return row if isinstance(row, Job) else None

    def close_down(self) -> None:
        """Ends the background work."""
        self._timer.stop()
        self._thumbnails.close()

    def _keeping_choice(self, change: Callable[[], None]) -> None:
        before = self.chosen_job()
        change()
        if before is not None and self.chosen_job() is None:
            self.choose(before.id)
        self._empty.setVisible(not self._model.rowCount())
        self._tick_while_needed()
        self._show_current()

    def _tick_while_needed(self) -> None:
        needed = self._model.has_open_takes
        if needed != self._timer.isActive():
            self._timer.start() if needed else self._timer.stop()

    def _on_tick(self) -> None:
        self._list.viewport().update()
        self._show_current()

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
