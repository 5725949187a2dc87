"""The takes on record as rows: under a heading for each source, newest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from pathlib import PurePath
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from retake_desktop.domain.job import Job
from retake_desktop.ui import problems, text

AnyIndex = QModelIndex | QPersistentModelIndex


class TakeRole(IntEnum):
    ROW = Qt.ItemDataRole.UserRole + 1
    """The `Heading` or the `Job`."""


@dataclass(frozen=True, slots=True)
class Heading:
    source: str

    @property
    def name(self) -> str:
        """The file's name, or the last part of an address without its query."""
        return PurePath(self.source.partition("?")[0]).name or self.source


Row = Heading | Job


class TakesModel(QAbstractListModel):
    """Headings and takes in one flat list, so that a list view shows thousands of them lightly."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []
        self._row_of: dict[str, int] = {}
        self._open: set[str] = set()

    @property
    def has_open_takes(self) -> bool:
        return bool(self._open)

    def load(self, jobs: Iterable[Job]) -> None:
        """Replaces everything."""
        self.beginResetModel()
        self._arrange(jobs)
        self.endResetModel()

    def put(self, job: Job) -> None:
        """A new snapshot of a take, known or not."""
        row = self._row_of.get(job.id)
        if row is not None:
            self._rows[row] = job
            self._note_open(job)
            index = self.index(row)
            self.dataChanged.emit(index, index)
        elif len(self._rows) > 0 and self._rows[0] == Heading(job.request.source):
            self._insert(1, job)
        else:
            self.load([job, *self.jobs()])

    def jobs(self) -> list[Job]:
        return [row for row in self._rows if isinstance(row, Job)]

    def job(self, job_id: str) -> Job | None:
        row = self._row_of.get(job_id)
        found = None if row is None else self._rows[row]
        return found if isinstance(found, Job) else None

    def index_of(self, job_id: str) -> QModelIndex:
        row = self._row_of.get(job_id)
        return QModelIndex() if row is None else self.index(row)

    def row(self, index: AnyIndex) -> Row | None:
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index)
        if row is None:
            return None
        if role == TakeRole.ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.name if isinstance(row, Heading) else spoken(row)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row, Heading):
            return row.source
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if isinstance(self.row(index), Job):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren

    def _arrange(self, jobs: Iterable[Job]) -> None:
        groups: dict[str, list[Job]] = {}
        for job in sorted(jobs, key=_age, reverse=True):
            groups.setdefault(job.request.source, []).append(job)
        self._rows = []
        self._open = {job.id for takes in groups.values() for job in takes if job.is_open}
        for source, takes in groups.items():
            self._rows += [Heading(source), *takes]
        self._number_rows()

    def _insert(self, row: int, job: Job) -> None:
        self.beginInsertRows(QModelIndex(), row, row)
        self._rows.insert(row, job)
        self._note_open(job)
        self._number_rows()
        self.endInsertRows()

    def _note_open(self, job: Job) -> None:
        self._open.add(job.id) if job.is_open else self._open.discard(job.id)

    def _number_rows(self) -> None:
        self._row_of = {row.id: number for number, row in enumerate(self._rows) if isinstance(row, Job)}


def _age(job: Job) -> tuple[datetime, int]:
    return job.created_at, -job.take


def spoken(job: Job) -> str:
    """What a screen reader says of a take: prompt, stage and problem."""
    parts = [job.request.prompt, text.stage(job.stage)]
    if job.wait is not None:
        parts.append(text.wait(job.wait))
    if job.problem is not None:
        parts.append(problems.sentence(job.problem))
    return ". ".join(part.rstrip(".") for part in parts) + "."
