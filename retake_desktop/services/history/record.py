"""Reading and writing the record. Methods block on the disk: call them off the GUI thread.

One object may be used from several threads.
"""

import logging
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from retake_desktop.domain.job import MAY_HAVE_BEEN_ACCEPTED, OPEN_STAGES, Attempt, AttemptState, Job, Stage
from retake_desktop.services.history.marks import MarkedRecord
from retake_desktop.services.history.rows import COLUMNS, row_of, state_of, text_of, time_of, trouble_told

_log = logging.getLogger(__name__)
_CERTAIN = frozenset({AttemptState.SENDING, AttemptState.ACCEPTED})
_OPEN = ", ".join(f"'{stage}'" for stage in sorted(OPEN_STAGES))
_INSERT = f"INSERT INTO job ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"  # noqa: S608 - our names
_PAGE = 200
_OLDER = (
    "SELECT created_at, rowid FROM job WHERE rowid <= ? AND (created_at, rowid) < (?, ?)"
    " ORDER BY created_at DESC, rowid DESC LIMIT ?"
)
_AFTER_EVERY_TIME = (b"", 0)
"""SQLite sorts every blob after every text."""


@dataclass(frozen=True, slots=True)
class AttemptRecord:
    """A submission with its times: begun at `created_at`, as it now stands since `updated_at` (both UTC)."""

    attempt: Attempt
    created_at: datetime
    updated_at: datetime


class History(MarkedRecord):
    """Jobs and their attempts.

    Raises RetakeError(HISTORY_TROUBLE) from every method when the database cannot be used. A database that is damaged
    is set aside on opening (`set_aside` then names it), never overwritten, and what can be read of it is carried over
    (`salvaged`). A job whose record cannot be read is left out of lists, stays in the file as it is, and is named in
    `unreadable`. `notices` says all this in sentences.
    """

    def add(self, jobs: Iterable[Job]) -> None:
        """Records new jobs, all or none."""
        with self._transaction() as connection:
            for job in jobs:
                connection.execute(_INSERT, row_of(job))

    def save(self, job: Job) -> None:
        """Replaces the record of a known job."""
        with self._transaction() as connection:
            _update(connection, job)

    def job(self, job_id: str) -> Job | None:
        """Raises RetakeError(HISTORY_TROUBLE) also for a job on record that cannot be read."""
        return self._one("id = ?", (job_id,))

    def jobs(self) -> tuple[Job, ...]:
        """Every readable job on record, newest first."""
        return self._select("TRUE ORDER BY created_at DESC, rowid DESC")

    def pages(self, size: int = _PAGE) -> Iterator[tuple[Job, ...]]:
        """Every readable job, `size` at a time: the open ones first, then the others, each group newest first.

        The order is fixed with the first page; a job that changes meanwhile comes as it then stands.
        """
        rowids = self._rowids(size)
        while wanted := list(islice(rowids, size)):
            yield self._page(wanted)

    def _rowids(self, size: int) -> Iterator[int]:
        """In the order of `pages`, read `size` at a time: the first page costs the same, however many there are."""
        with trouble_told(), self._lock:
            newest = self._connection.execute("SELECT max(rowid) FROM job").fetchone()[0]
            query = f"SELECT rowid FROM job WHERE stage IN ({_OPEN}) ORDER BY created_at DESC, rowid DESC"  # noqa: S608
            first = [row[0] for row in self._connection.execute(query)]
        yield from first
        told = frozenset(first)
        last: tuple[str | bytes, int] = _AFTER_EVERY_TIME
        while True:
            with trouble_told(), self._lock:
                rows = self._connection.execute(_OLDER, (newest, *last, size)).fetchall()
            if not rows:
                return
            yield from (rowid for _created, rowid in rows if rowid not in told)
            last = rows[-1]

    def _page(self, rowids: list[int]) -> tuple[Job, ...]:
        marks = ", ".join("?" * len(rowids))
        query = f"SELECT rowid, id, CAST(record AS BLOB) FROM job WHERE rowid IN ({marks})"  # noqa: S608 - only marks
        with trouble_told(), self._lock:
            rows = {row[0]: row[1:] for row in self._connection.execute(query, rowids)}
        return tuple(self._readable(rows[rowid] for rowid in rowids if rowid in rows))

    def open_jobs(self) -> tuple[Job, ...]:
        """The jobs that can go on by themselves, oldest first."""
        return self._select(f"stage IN ({_OPEN}) ORDER BY created_at, rowid")

    def batch(self, batch: str) -> tuple[Job, ...]:
        """The takes of one press of Retake."""
        return self._select("batch = ? ORDER BY rowid", (batch,))

    def kept_of(self, source_fingerprint: str) -> tuple[Job, ...]:
        """The kept takes of one original, oldest first."""
        return self._select("source = ? AND stage = ? ORDER BY created_at, rowid", (source_fingerprint, Stage.KEPT))

    def of_source(self, source_fingerprint: str) -> tuple[Job, ...]:
        """All takes of one source, oldest first."""
        return self._select("source = ? ORDER BY created_at, rowid", (source_fingerprint,))

    def with_film(self, fingerprint: str) -> tuple[Job, ...]:
        """The takes that are in the film with this content, oldest first."""
        found = self._select("instr(record, ?) > 0 ORDER BY created_at, rowid", (fingerprint,))
        return tuple(job for job in found if job.film is not None and job.film.fingerprint == fingerprint)

    def job_with_request(self, api_base: str, request_id: str) -> Job | None:
        return self._one("api_base = ? AND request_id = ?", (api_base, request_id))

    def attempts(self, job_id: str) -> tuple[Attempt, ...]:
        """The job's submissions, first one first."""
        with trouble_told(), self._lock:
            rows = self._connection.execute(
                "SELECT number, state FROM attempt WHERE job_id = ? ORDER BY number", (job_id,)
            ).fetchall()
        return tuple(Attempt(job_id, number, state_of(state)) for number, state in rows)

    def attempt_records(self) -> tuple[AttemptRecord, ...]:
        """The submissions of all jobs with their times; those of one job in their order."""
        with trouble_told(), self._lock:
            rows = self._connection.execute(
                "SELECT job_id, number, state, created_at, updated_at FROM attempt ORDER BY job_id, number"
            ).fetchall()
        return tuple(record for row in rows if (record := _attempt_record(*row)) is not None)

    def begin_attempt(self, job: Job, *, despite_unknown: bool = False) -> Attempt:
        """Records a submission that is about to leave, as *not sent*.

        The database itself refuses (ValueError) when an earlier submission of this job may have been accepted;
        `despite_unknown` is the person's own "send again", which one accepted or on its way still stops.
        """
        now = text_of(datetime.now(UTC))
        with self._transaction() as connection:
            states = [
                state_of(row[0]) for row in connection.execute("SELECT state FROM attempt WHERE job_id = ?", (job.id,))
            ]
            blocking = _CERTAIN if despite_unknown else MAY_HAVE_BEEN_ACCEPTED
            if any(state in blocking for state in states):
                raise ValueError("an earlier submission of this job may have been accepted")
            number = len(states) + 1
            connection.execute(
                "INSERT INTO attempt (job_id, number, state, created_at, updated_at) VALUES (?, ?, ?, ?, ?)",
                (job.id, number, AttemptState.NOT_SENT, now, now),
            )
        return Attempt(job.id, number, AttemptState.NOT_SENT)

    def mark(self, attempt: Attempt, state: AttemptState, job: Job | None = None, detail: str = "") -> None:
        """Records how a submission stands and, in the same transaction, its job (with its request id, say)."""
        storable = detail.encode("utf-8", "replace").decode()
        with self._transaction() as connection:
            changed = connection.execute(
                "UPDATE attempt SET state = ?, detail = ?, updated_at = ? WHERE job_id = ? AND number = ?",
                (state, storable, text_of(datetime.now(UTC)), attempt.job_id, attempt.number),
            )
            if changed.rowcount != 1:
                raise sqlite3.IntegrityError("the submission is not on record")
            if job is not None:
                _update(connection, job)


def _update(connection: sqlite3.Connection, job: Job) -> None:
    _id, _batch, stage, api_base, request_id, _created, record, source = row_of(job)
    changed = connection.execute(
        "UPDATE job SET stage = ?, api_base = ?, request_id = ?, record = ?, source = ? WHERE id = ?",
        (stage, api_base, request_id, record, source, job.id),
    )
    if changed.rowcount != 1:
        raise sqlite3.IntegrityError("the job is not on record")


def _attempt_record(job_id: str, number: int, state: str, created: str, updated: str) -> AttemptRecord | None:
    """None, and a line in the log, when neither of its times can be read."""
    began, since = time_of(created, updated), time_of(updated, created)
    if began is None or since is None:
        _log.warning("submission %s of job %s has no readable time", number, job_id)
        return None
    return AttemptRecord(Attempt(job_id, number, state_of(state)), began, since)
