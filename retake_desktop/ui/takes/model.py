"""The takes on record as rows: under a heading for each source, newest first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from retake_desktop.domain.job import Job
from retake_desktop.services.history import TakeMark
from retake_desktop.ui.takes.naming import source_name, spoken, title
from retake_desktop.ui.takes.search import Query, Search

AnyIndex = QModelIndex | QPersistentModelIndex
_UNMARKED = TakeMark()
_SPOKEN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


class TakeRole(IntEnum):
    ROW = Qt.ItemDataRole.UserRole + 1
    """The `Heading` or the `Job`."""
    TITLE = Qt.ItemDataRole.UserRole + 2
    """What a take goes by: its own name, or its prompt on one line."""


@dataclass(frozen=True, slots=True)
class Heading:
    source: str

    @property
    def name(self) -> str:
        return source_name(self.source)


Row = Heading | Job


class TakesModel(QAbstractListModel):
    """Headings and takes in one flat list, so that a list view shows thousands of them lightly."""

    renamed = Signal(str, str)
    """The person gave the take with this id this name."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: dict[str, Job] = {}
        self._marks: Mapping[str, TakeMark] = {}
        self._query = Query()
        self._search = Search()
        self._rows: list[Row] = []
        self._row_of: dict[str, int] = {}
        self._open: set[str] = set()

    @property
    def has_open_takes(self) -> bool:
        return bool(self._open)

    def load(self, jobs: Iterable[Job]) -> None:
        """Replaces everything."""
        self._jobs = {job.id: job for job in sorted(jobs, key=_age, reverse=True)}
        self._open = {job.id for job in self._jobs.values() if job.is_open}
        self._arrange()

    def add(self, jobs: Iterable[Job]) -> None:
        """More of the record."""
        self.load([*self._jobs.values(), *jobs])

    def put(self, job: Job) -> None:
        """A new snapshot of a take, known or not."""
        is_new = job.id not in self._jobs
        self._jobs[job.id] = job
        self._open.add(job.id) if job.is_open else self._open.discard(job.id)
        row = self._row_of.get(job.id)
        is_found = self._search.finds(self._query, job, self.mark(job.id))
        if row is not None and is_found:
            self._rows[row] = job
            self.dataChanged.emit(self.index(row), self.index(row))
        elif is_new and is_found and self._rows and self._rows[0] == Heading(job.request.source):
            self._insert(job)
        elif is_new or is_found is (row is None):
            self.load(self._jobs.values())

    def set_marks(self, marks: Mapping[str, TakeMark]) -> None:
        """What the person added to takes, by job id."""
        changed = [job_id for job_id in {*marks, *self._marks} if marks.get(job_id) != self._marks.get(job_id)]
        self._marks = marks
        if changed:
            self._arrange()

    def set_query(self, query: Query) -> None:
        if query != self._query:
            self._query = query
            self._arrange()

    def mark(self, job_id: str) -> TakeMark:
        return self._marks.get(job_id, _UNMARKED)

    def jobs(self) -> list[Job]:
        """All of them, also those that are not shown."""
        return list(self._jobs.values())

    def job(self, job_id: str) -> Job | None:
        return self._jobs.get(job_id)

    def index_of(self, job_id: str) -> QModelIndex:
        """Not valid for a take that is not shown."""
        row = self._row_of.get(job_id)
        return QModelIndex() if row is None else self.index(row)

    def row(self, index: AnyIndex) -> Row | None:
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index)
        if row is None or role == TakeRole.ROW:
            return row
        if isinstance(row, Heading):
            if role == Qt.ItemDataRole.ToolTipRole:
                return row.source
            return row.name if role in _SPOKEN else None
        if role in (TakeRole.TITLE, Qt.ItemDataRole.EditRole):
            return title(row, self.mark(row.id))
        if role in _SPOKEN:
            return spoken(row, self.mark(row.id))
        return None

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self.row(index)
        if not isinstance(row, Job) or role != Qt.ItemDataRole.EditRole:
            return False
        name = " ".join(str(value).split())
        if name != title(row, self.mark(row.id)):
            self.renamed.emit(row.id, name)
        return True

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        shared = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        if isinstance(self.row(index), Job):
            return shared | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable
        return shared

    def _arrange(self) -> None:
        """Rows anew, of what the search finds."""
        self.beginResetModel()
        groups: dict[str, list[Job]] = {}
        for job in self._jobs.values():
            if self._search.finds(self._query, job, self.mark(job.id)):
                groups.setdefault(job.request.source, []).append(job)
        self._rows = []
        for source, takes in groups.items():
            self._rows += [Heading(source), *takes]
        self._number_rows()
        self.endResetModel()

    def _insert(self, job: Job) -> None:
        """Into the first group, where its age belongs: takes of one press keep their order."""
        row = 1
        while row < len(self._rows) and isinstance(other := self._rows[row], Job) and _age(other) > _age(job):
            row += 1
        self.beginInsertRows(QModelIndex(), row, row)
        self._rows.insert(row, job)
        self._number_rows()
        self.endInsertRows()

    def _number_rows(self) -> None:
        self._row_of = {row.id: number for number, row in enumerate(self._rows) if isinstance(row, Job)}


def _age(job: Job) -> tuple[datetime, int]:
    return job.created_at, -job.take
