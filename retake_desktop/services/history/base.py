"""What every use of the record shares: one connection, one transaction at a time, records that cannot be read."""

import logging
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.job import Job
from retake_desktop.services.history.opening import opened
from retake_desktop.services.history.rows import UNREADABLE, decoded, trouble_told
from retake_desktop.services.history.salvage import Salvaged

_log = logging.getLogger(__name__)


class Record:
    """The open database. See `History`."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._unreadable: dict[str, None] = {}
        with trouble_told():
            found = opened(path)
        self._connection = found.connection
        self.set_aside: str | None = found.set_aside
        self.salvaged: Salvaged | None = found.salvaged
        for notice in self.notices:
            _log.warning("%s", notice)

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    @property
    def unreadable(self) -> tuple[str, ...]:
        """Ids of the jobs that were met so far and could not be read."""
        return tuple(self._unreadable)

    @property
    def notices(self) -> tuple[str, ...]:
        """What the person should know about the record, in plain English; complete once `jobs` was called."""
        said = []
        if self.salvaged is not None:
            said.append(
                f"The record of jobs was damaged. It is kept as {self.set_aside}; {self.salvaged.jobs} job(s) and"
                f" {self.salvaged.attempts} submission(s) were carried over."
            )
            if self.salvaged.lost_requests:
                said.append(f"Requests whose job is lost with it: {', '.join(self.salvaged.lost_requests)}.")
        if self._unreadable:
            said.append(
                "On record, but not readable for this version of the app, and left as they are:"
                f" job {', '.join(self._unreadable)}."
            )
        return tuple(said)

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with trouble_told(), self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                # A full disk may have ended the transaction already, or have failed its COMMIT and left it open.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def _one(self, condition: str, values: tuple[str, ...]) -> Job | None:
        query = f"SELECT CAST(record AS BLOB) FROM job WHERE {condition}"  # noqa: S608 - conditions of this class
        with trouble_told(), self._lock:
            row = self._connection.execute(query, values).fetchone()
        try:
            return decoded(row[0]) if row else None
        except UNREADABLE as error:
            raise RetakeError(ErrorKind.HISTORY_TROUBLE, "the record of this job cannot be read") from error

    def _select(self, condition: str, values: tuple[str, ...] = ()) -> tuple[Job, ...]:
        query = f"SELECT id, CAST(record AS BLOB) FROM job WHERE {condition}"  # noqa: S608 - conditions of this class
        with trouble_told(), self._lock:
            rows = self._connection.execute(query, values).fetchall()
        return tuple(self._readable(rows))

    def _readable(self, rows: Iterable[tuple[str, bytes]]) -> Iterator[Job]:
        for job_id, record in rows:
            try:
                yield decoded(record)
            except UNREADABLE as error:
                if job_id not in self._unreadable:
                    self._unreadable[job_id] = None
                    _log.warning("the record of job %s cannot be read: %s", job_id, type(error).__name__)
