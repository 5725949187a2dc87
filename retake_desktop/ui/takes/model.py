"""The takes on record as rows: under a heading for each source, newest first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from retake_desktop.domain.job import Job
from retake_desktop.domain.mark import TakeMark
from retake_desktop.ui.takes.groups import Groups, age
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
        self._groups = Groups()
        """What the search finds."""
        self._start_of: dict[str, int] = {}
        """Rows of the first takes of sources."""
        self._rows: list[Row] = []
        self._row_of: dict[str, int] = {}
        self._open: set[str] = set()

    @property
    def has_open_takes(self) -> bool:
        return bool(self._open)

    def add(self, jobs: Iterable[Job]) -> None:
        """More of the record; none of it is here yet."""
        newest_first = sorted(jobs, key=age, reverse=True)
        for job in newest_first:
            self._know(job)
        self._groups.add(job for job in newest_first if self.finds(self._query, job))
        self._lay_rows()

    def put(self, job: Job) -> None:
        """A new snapshot of a take, known or not."""
        before = self._jobs.get(job.id)
        self._know(job)
        if before is not None and before.request.source != job.request.source:
            self._arrange()  # its original has been found elsewhere
            return
        row, is_found = self._row_of.get(job.id), self.finds(self._query, job)
        if row is not None and is_found:
            self._groups.renew(job, row - self._start_of[job.request.source])
            self._rows[row] = job
            self.dataChanged.emit(self.index(row), self.index(row))
        elif row is not None:
            self._groups.drop(job)
            self._lay_rows()
        elif is_found and self._rows and self._rows[0] == Heading(job.request.source):
            self._insert(job)
        elif is_found:
            self._groups.insert(job)
            self._lay_rows()

    def set_marks(self, marks: Mapping[str, TakeMark]) -> None:
        """What the person added to takes, by job id."""
        changed = [job_id for job_id in {*marks, *self._marks} if marks.get(job_id) != self._marks.get(job_id)]
        self._marks = marks
        if changed:
            self._arrange()

    def set_query(self, query: Query, found: Groups | None = None) -> None:
        """`found` is what the query finds, when that is known already; it belongs to the model from now on."""
        if query == self._query:
            return
        self._query = query
        if found is None:
            self._arrange()
            return
        self._groups = found
        self._lay_rows()

    def finds(self, query: Query, job: Job) -> bool:
        return self._search.finds(query, job, self.mark(job.id))

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

    def _know(self, job: Job) -> None:
        self._jobs[job.id] = job
        self._open.add(job.id) if job.is_open else self._open.discard(job.id)

    def _arrange(self) -> None:
        """Rows anew, of what the search finds."""
        self._groups.clear()
        self._groups.add(job for job in self._jobs.values() if self.finds(self._query, job))
        self._lay_rows()

    def _lay_rows(self) -> None:
        """Headings and takes one below the other."""
        self.beginResetModel()
        self._rows = []
        self._start_of = {}
        for source, takes in self._groups:
            self._rows.append(Heading(source))
            self._start_of[source] = len(self._rows)
            self._rows += takes
        self._row_of = _numbered(self._rows)
        self.endResetModel()

    def _insert(self, job: Job) -> None:
        """Into the first group."""
        row = 1 + self._groups.insert(job)
        self.beginInsertRows(QModelIndex(), row, row)
        self._rows.insert(row, job)
        self._start_of = {source: start + (start > 1) for source, start in self._start_of.items()}
        self._row_of = _numbered(self._rows)
        self.endInsertRows()


def _numbered(rows: Iterable[Row]) -> dict[str, int]:
    return {row.id: number for number, row in enumerate(rows) if isinstance(row, Job)}
