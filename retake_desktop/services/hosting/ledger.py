"""What lies in the person's storage because of this app: on record before it goes there, until it is gone again.

One small file for each object, so that a process that dies leaves the others' records whole. Methods block on the
disk.
"""

import contextlib
import os
import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

import msgspec
from filelock import FileLock

from retake_desktop.domain.errors import ErrorKind, RetakeError, os_reason
from retake_desktop.domain.hosting import Place

_LATEST = timedelta(minutes=15)
"""After this nothing that was sent is on its way any more."""


class State(StrEnum):
    UPLOADING = "uploading"
    THERE = "there"
    REMOVING = "removing"


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One object. `jobs` are the ids of those that need it; `digest` is the SHA-256 of its bytes in hex."""

    key: str
    place: Place
    digest: str
    size: int
    created_at: datetime
    state: State = State.UPLOADING
    jobs: tuple[str, ...] = ()
    may_arrive_late: bool = False
    """Its upload was stopped: what had left this computer may reach the storage after a first deletion."""

    @property
    def name(self) -> str:
        return self.key.rpartition("/")[2]


class Ledger:
    """All entries in `folder`. Raises RetakeError(FILE_TROUBLE) when it cannot be written."""

    def __init__(
        self,
        folder: Path,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        new_name: Callable[[], str] = lambda: secrets.token_hex(20),
    ) -> None:
        self._folder = folder
        self._now = now
        self._new_name = new_name

    def entries(self) -> tuple[Entry, ...]:
        """What is on record, oldest first; a file that cannot be read is left alone."""
        found = []
        for path in sorted(self._folder.glob("*.json")) if self._folder.is_dir() else []:
            with contextlib.suppress(msgspec.DecodeError, UnicodeError, OSError):
                found.append(msgspec.json.decode(path.read_bytes(), type=Entry))
        return tuple(sorted(found, key=lambda entry: entry.created_at))

    def claim(self, place: Place, digest: str, size: int, job_id: str) -> Entry:
        """The object for these bytes, with the job among those that need it, new or known, on record on return.

        An upload that this job has begun and not finished is taken up under its name; another's is not.
        """
        with self._locked():
            for entry in self.entries():
                same = (entry.place.id, entry.digest, entry.size) == (place.id, digest, size)
                if same and (entry.state is State.THERE or (entry.state is State.UPLOADING and job_id in entry.jobs)):
                    return self._written(msgspec.structs.replace(entry, jobs=_with(entry.jobs, job_id)))
            name = f"{self._new_name()}.mp4"
            return self._written(
                Entry(
                    key=f"{place.prefix}{name}",
                    place=place,
                    digest=digest,
                    size=size,
                    created_at=self._now(),
                    jobs=(job_id,),
                )
            )

    def arrived(self, entry: Entry) -> Entry:
        """The upload is complete."""
        with self._locked():
            return self._written(msgspec.structs.replace(self._current(entry), state=State.THERE))

    def lost(self, entry: Entry) -> None:
        """It turned out not to lie there any more."""
        self._path(entry).unlink(missing_ok=True)

    def give_up(self, is_needed: Callable[[str], bool]) -> tuple[Entry, ...]:
        """Marks what no job needs any more, so that none begins to use it; what is now to be deleted there."""
        with self._locked():
            return tuple(
                self._written(_given_up(entry))
                for entry in self.entries()
                if entry.state is State.REMOVING or not any(is_needed(job_id) for job_id in entry.jobs)
            )

    def gone(self, entry: Entry) -> None:
        """It is deleted there. One that may still arrive stays on record, to be deleted again by a later sweep."""
        if not entry.may_arrive_late or self._now() - entry.created_at > _LATEST:
            self._path(entry).unlink(missing_ok=True)

    def _current(self, entry: Entry) -> Entry:
        for known in self.entries():
            if known.key == entry.key:
                return known
        return entry

    def _path(self, entry: Entry) -> Path:
        return self._folder / f"{entry.name}.json"

    def _written(self, entry: Entry) -> Entry:
        path = self._path(entry)
        part = path.with_suffix(".part")
        try:
            with part.open("wb") as file:
                file.write(msgspec.json.encode(entry))
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        except OSError as error:
            raise RetakeError(ErrorKind.FILE_TROUBLE, f"{path}: {os_reason(error)}") from error
        return entry

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with FileLock(self._folder / ".lock"):
                yield
        except OSError as error:
            raise RetakeError(ErrorKind.FILE_TROUBLE, f"{self._folder}: {os_reason(error)}") from error


def _given_up(entry: Entry) -> Entry:
    may_arrive_late = entry.may_arrive_late or entry.state is State.UPLOADING
    return msgspec.structs.replace(entry, state=State.REMOVING, may_arrive_late=may_arrive_late)


def _with(jobs: tuple[str, ...], job_id: str) -> tuple[str, ...]:
    return jobs if job_id in jobs else (*jobs, job_id)
