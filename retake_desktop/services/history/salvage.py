"""Carrying over what can still be read of a damaged record: a paid job's request id is money."""

import errno
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from retake_desktop.domain.job import OPEN_STAGES, AttemptState, Stage
from retake_desktop.services.history.migrations import SOURCES_FILLED

_JOB = ("id", "batch", "stage", "api_base", "request_id", "created_at", "record")
_ATTEMPT = ("job_id", "number", "state", "detail", "created_at", "updated_at")
_MARK = ("job_id", "name", "removed_at")
_BLOCK = 4096
_SMALLEST_ROW = 32
"""Bytes. No rowid is higher than the file's size over this: rows are only ever added."""
_DAMAGED = (sqlite3.DatabaseError, UnicodeError)
_WHY = "the record of jobs was damaged, so it is not certain that this was never sent"


@dataclass(frozen=True, slots=True)
class Salvaged:
    """How much was carried over; `lost_requests` are request ids that are known while their job is not."""

    jobs: int = 0
    attempts: int = 0
    lost_requests: tuple[str, ...] = ()


def salvage(damaged: Path, new: sqlite3.Connection) -> Salvaged:
    """Copies every readable job and submission of the database at `damaged`, which is not touched, into `new`.

    A job without a request id gets a submission that is *unknown*: whatever the readable rows say, newer ones may be
    lost, and only the person may send again. Raises OSError or sqlite3.Error when `new` cannot be written.
    """
    with tempfile.TemporaryDirectory(dir=damaged.parent, prefix="salvage-") as folder:
        copy = Path(folder) / damaged.name
        for suffix in ("", "-wal"):
            source = damaged.with_name(damaged.name + suffix)
            if source.exists():
                _copy_readable(source, copy.with_name(copy.name + suffix))
        highest = copy.stat().st_size // _SMALLEST_ROW
        with closing(sqlite3.connect(copy, isolation_level=None)) as old:
            old.text_factory = lambda raw: raw.decode("utf-8", "replace")
            new.execute("BEGIN IMMEDIATE")
            jobs = sum(_inserted(new, "job", _JOB, row) for row in _rows(old, "job", _JOB, highest))
            new.execute(SOURCES_FILLED)
            attempts = sum(_inserted(new, "attempt", _ATTEMPT, row) for row in _rows(old, "attempt", _ATTEMPT, highest))
            for row in _rows(old, "mark", _MARK, highest):
                _inserted(new, "mark", _MARK, row)
            _doubt_unsent(new)
            lost = _lost_requests(old, new, highest)
            new.execute("COMMIT")
    return Salvaged(jobs, attempts, lost)


def _copy_readable(source: Path, target: Path) -> None:
    """Copies block by block; one that the disk cannot read any more becomes zeros. Raises OSError for other trouble."""
    with source.open("rb", buffering=0) as reading, target.open("wb") as writing:
        for start in range(0, source.stat().st_size, _BLOCK):
            reading.seek(start)
            try:
                block = reading.read(_BLOCK)
            except OSError as error:
                if error.errno != errno.EIO:
                    raise
                block = bytes(_BLOCK)
            writing.write(block)
    shutil.copymode(source, target)


def _rows(old: sqlite3.Connection, table: str, columns: tuple[str, ...], highest: int) -> Iterator[tuple[object, ...]]:
    """Every row that SQLite can still reach, asked for one by one: a lost page takes only its own rows along."""
    query = f"SELECT {', '.join(columns)} FROM {table} WHERE rowid = ?"  # noqa: S608 - names of our own
    for rowid in range(1, _last_rowid(old, table, highest) + 1):
        with suppress(*_DAMAGED):
            yield from old.execute(query, (rowid,)).fetchall()


def _last_rowid(old: sqlite3.Connection, table: str, highest: int) -> int:
    try:
        found = old.execute(f"SELECT max(rowid) FROM {table}").fetchone()[0]  # noqa: S608 - names of our own
        return min(found or 0, highest)
    except _DAMAGED:
        return highest


def _inserted(new: sqlite3.Connection, table: str, columns: tuple[str, ...], row: tuple[object, ...]) -> bool:
    """False for a row that contradicts one that is there already, or whose job is lost."""
    marks = ", ".join("?" * len(columns))
    try:
        new.execute(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", row)  # noqa: S608 - our own names
    except sqlite3.IntegrityError:
        return False
    return True


def _doubt_unsent(new: sqlite3.Connection) -> None:
    stages = ", ".join(f"'{stage}'" for stage in sorted({*OPEN_STAGES, Stage.FAILED, Stage.UNKNOWN}))
    new.execute(
        f"""INSERT INTO attempt (job_id, number, state, detail, created_at, updated_at)
        SELECT id, 1 + coalesce((SELECT max(number) FROM attempt WHERE job_id = job.id), 0), ?, ?,
          strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now'), strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')
        FROM job WHERE request_id IS NULL AND stage IN ({stages})""",  # noqa: S608 - words of our own
        (AttemptState.UNKNOWN, _WHY),
    )


def _lost_requests(old: sqlite3.Connection, new: sqlite3.Connection, highest: int) -> tuple[str, ...]:
    """Request ids that are still in a row whose record is gone, or in the index of requests."""
    kept = {row[0] for row in new.execute("SELECT request_id FROM job WHERE request_id IS NOT NULL")}
    found = {row[0] for row in _rows(old, "job", ("request_id",), highest)}
    for order in ("ASC", "DESC"):
        # From both ends, each up to the damage.
        with suppress(*_DAMAGED):
            found.update(
                row[0]
                for row in old.execute(
                    "SELECT request_id FROM job INDEXED BY job_by_request WHERE request_id IS NOT NULL"  # noqa: S608
                    f" ORDER BY api_base {order}, request_id {order}"
                )
            )
    return tuple(sorted(request for request in found - kept if isinstance(request, str)))
