"""The record of jobs and submissions, in SQLite. What is written here survives kill and power cut.

Methods block on the disk: call them off the GUI thread. One object may be used from several threads.
"""

import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

import msgspec
from filelock import FileLock

from retake_desktop.domain.errors import ErrorKind, RetakeError, os_reason
from retake_desktop.domain.job import MAY_HAVE_BEEN_ACCEPTED, OPEN_STAGES, Attempt, AttemptState, Job, Stage
from retake_desktop.domain.records import from_plain, to_plain

_VERSION = 1
_PATIENCE = 30
"""Seconds that another process may keep the database to itself."""
_CERTAIN = frozenset({AttemptState.SENDING, AttemptState.ACCEPTED})


@dataclass(frozen=True, slots=True)
class AttemptRecord:
    """A submission with its times: begun at `created_at`, as it now stands since `updated_at` (both UTC)."""

    attempt: Attempt
    created_at: datetime
    updated_at: datetime


class History:
    """Jobs and their attempts.

    Raises RetakeError(HISTORY_TROUBLE) from every method when the database cannot be used; a database that is
    damaged is set aside on opening (`set_aside` then names the copy) and never overwritten.
    """

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self.set_aside: str | None = None
        # One process at a time: two that create the database at once find it locked (SQLite does not wait while the
        # journal mode changes), and of two that find it damaged one would set aside the other's new database.
        with _trouble_told(), FileLock(path.with_name(path.name + ".lock"), timeout=_PATIENCE):
            try:
                self._connection = _opened(path)
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError:
                self.set_aside = _moved_aside(path)
                self._connection = _opened(path)

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with _trouble_told(), self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                # A full disk may have ended the transaction already, or have failed its COMMIT and left it open.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def add(self, jobs: Iterable[Job]) -> None:
        """Records new jobs, all or none."""
        with self._transaction() as connection:
            for job in jobs:
                connection.execute("INSERT INTO job VALUES (?, ?, ?, ?, ?, ?, ?)", _row(job))

    def save(self, job: Job) -> None:
        """Replaces the record of a known job."""
        with self._transaction() as connection:
            _update(connection, job)

    def job(self, job_id: str) -> Job | None:
        with _trouble_told(), self._lock:
            row = self._connection.execute("SELECT record FROM job WHERE id = ?", (job_id,)).fetchone()
            return _job(row[0]) if row else None

    def jobs(self) -> tuple[Job, ...]:
        """Every job on record, newest first."""
        return self._select("SELECT record FROM job ORDER BY created_at DESC, rowid DESC", ())

    def open_jobs(self) -> tuple[Job, ...]:
        """The jobs that can go on by themselves, oldest first."""
        marks = ", ".join("?" * len(OPEN_STAGES))
        query = f"SELECT record FROM job WHERE stage IN ({marks}) ORDER BY created_at, rowid"  # noqa: S608 - only marks
        return self._select(query, tuple(OPEN_STAGES))

    def batch(self, batch: str) -> tuple[Job, ...]:
        """The takes of one press of Retake."""
        return self._select("SELECT record FROM job WHERE batch = ? ORDER BY rowid", (batch,))

    def job_with_request(self, api_base: str, request_id: str) -> Job | None:
        found = self._select("SELECT record FROM job WHERE api_base = ? AND request_id = ?", (api_base, request_id))
        return found[0] if found else None

    def _select(self, query: str, values: tuple[str, ...]) -> tuple[Job, ...]:
        with _trouble_told(), self._lock:
            rows = self._connection.execute(query, values).fetchall()
            return tuple(_job(row[0]) for row in rows)

    def attempts(self, job_id: str) -> tuple[Attempt, ...]:
        """The job's submissions, first one first."""
        with _trouble_told(), self._lock:
            rows = self._connection.execute(
                "SELECT number, state FROM attempt WHERE job_id = ? ORDER BY number", (job_id,)
            ).fetchall()
        return tuple(Attempt(job_id, number, AttemptState(state)) for number, state in rows)

    def attempt_records(self) -> tuple[AttemptRecord, ...]:
        """The submissions of all jobs with their times; those of one job in their order."""
        with _trouble_told(), self._lock:
            rows = self._connection.execute(
                "SELECT job_id, number, state, created_at, updated_at FROM attempt ORDER BY job_id, number"
            ).fetchall()
            return tuple(
                AttemptRecord(Attempt(job, number, AttemptState(state)), _time(created), _time(updated))
                for job, number, state, created, updated in rows
            )

    def begin_attempt(self, job: Job, *, despite_unknown: bool = False) -> Attempt:
        """Records a submission that is about to leave, as *not sent*.

        The database itself refuses (ValueError) when an earlier submission of this job may have been accepted;
        `despite_unknown` is the person's own "send again", which one accepted or on its way still stops.
        """
        now = _text(datetime.now(UTC))
        with self._transaction() as connection:
            states = [
                AttemptState(row[0])
                for row in connection.execute("SELECT state FROM attempt WHERE job_id = ?", (job.id,))
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
        with self._transaction() as connection:
            changed = connection.execute(
                "UPDATE attempt SET state = ?, detail = ?, updated_at = ? WHERE job_id = ? AND number = ?",
                (state, detail, _text(datetime.now(UTC)), attempt.job_id, attempt.number),
            )
            if changed.rowcount != 1:
                raise sqlite3.IntegrityError("the submission is not on record")
            if job is not None:
                _update(connection, job)


def _opened(path: Path) -> sqlite3.Connection:
    # The lock around every use replaces SQLite's thread check.
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=_PATIENCE)
    try:
        _refuse_newer(connection)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        _migrate(connection)
        connection.execute("SELECT count(*) FROM job").fetchone()
        # Measured: 46 ms for 10,000 jobs. Damage that shows only later would stop every start from then on.
        found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise sqlite3.DatabaseError(found)
    except BaseException:
        connection.close()
        raise
    return connection


def _refuse_newer(connection: sqlite3.Connection) -> int:
    """The version of the tables, when this version of the app knows it. Nothing is written."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > _VERSION:
        raise sqlite3.OperationalError("the record of jobs was written by a newer version of the app")
    return version


def _migrate(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    if _refuse_newer(connection) < 1:
        schema = resources.files("retake_desktop.services").joinpath("schema.sql").read_text(encoding="utf-8")
        for statement in schema.split(";"):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {_VERSION}")
    connection.execute("COMMIT")


def _moved_aside(path: Path) -> str:
    aside = path.with_name(f"{path.stem}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S%f}{path.suffix}")
    for suffix in ("-wal", "-shm"):
        companion = path.with_name(path.name + suffix)
        if companion.exists():
            companion.replace(aside.with_name(aside.name + suffix))
    path.replace(aside)
    return str(aside)


@contextmanager
def _trouble_told() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise RetakeError(ErrorKind.HISTORY_TROUBLE, str(error)) from error
    except (msgspec.DecodeError, UnicodeError, ZeroDivisionError, RecursionError) as error:
        raise RetakeError(ErrorKind.HISTORY_TROUBLE, "a record cannot be written or read as text") from error
    except OSError as error:
        raise RetakeError(ErrorKind.HISTORY_TROUBLE, os_reason(error)) from error


def _row(job: Job) -> tuple[str, str, Stage, str, str | None, str, str]:
    record = msgspec.json.encode(job, enc_hook=to_plain).decode()
    return (job.id, job.batch, job.stage, job.service.api_base, job.request_id, _text(job.created_at), record)


def _update(connection: sqlite3.Connection, job: Job) -> None:
    _id, _batch, stage, api_base, request_id, _created, record = _row(job)
    changed = connection.execute(
        "UPDATE job SET stage = ?, api_base = ?, request_id = ?, record = ? WHERE id = ?",
        (stage, api_base, request_id, record, job.id),
    )
    if changed.rowcount != 1:
        raise sqlite3.IntegrityError("the job is not on record")


def _job(record: str) -> Job:
    return msgspec.json.decode(record, type=Job, dec_hook=from_plain)


def _text(time: datetime) -> str:
    return time.astimezone(UTC).isoformat()


def _time(text: str) -> datetime:
    """Raises RetakeError(HISTORY_TROUBLE) for a text that is no time."""
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except ValueError as error:
        raise RetakeError(ErrorKind.HISTORY_TROUBLE, "a submission's time cannot be read") from error
