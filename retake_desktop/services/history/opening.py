"""Opening the record: made when it is new, migrated when it is old, set aside and salvaged when it is damaged."""

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock

from retake_desktop.services.history.migrations import known_version, migrate
from retake_desktop.services.history.salvage import Salvaged, salvage

PATIENCE = 30
"""Seconds that another process may keep the database to itself."""
_TABLES = {"job", "attempt"}
_COMPANIONS = ("-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Opened:
    """`set_aside` is the damaged database's new path, `salvaged` what could be carried over from it."""

    connection: sqlite3.Connection
    set_aside: str | None = None
    salvaged: Salvaged | None = None


def opened(path: Path) -> Opened:
    """The record at `path`, usable. Raises sqlite3.Error or OSError, and what was there is as it was."""
    # One process at a time: two that create the database at once find it locked (SQLite does not wait while the
    # journal mode changes), and of two that find it damaged one would set aside the other's new database.
    with FileLock(path.with_name(path.name + ".lock"), timeout=PATIENCE):
        _finish_interrupted(path)
        try:
            return Opened(_connected(path))
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            return _replaced(path)


def _connected(path: Path) -> sqlite3.Connection:
    # The lock around every use replaces SQLite's thread check.
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=PATIENCE)
    try:
        # One damaged text must not keep all others from being read.
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        _check_tables(connection)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        # Measured: 46 ms for 10,000 jobs. Damage that shows only later would stop every start from then on.
        found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise sqlite3.DatabaseError(found)
        migrate(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _check_tables(connection: sqlite3.Connection) -> None:
    """Raises sqlite3.DatabaseError when version and tables do not belong together: one of them has been lost."""
    version = known_version(connection)
    names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if names & _TABLES != (_TABLES if version else set()):
        raise sqlite3.DatabaseError("a table is lost")


def _replaced(path: Path) -> Opened:
    """A new record with what can be read of the damaged one, which is set aside as it is.

    The new one is finished before the old one moves: a full disk or a kill on the way leaves all as it was.
    """
    building, ready = _building(path), _ready(path)
    _remove(building)
    connection = _connected(building)
    try:
        salvaged = salvage(path, connection)
        connection.execute("PRAGMA journal_mode = DELETE")
    finally:
        connection.close()
    building.replace(ready)
    aside = _moved_aside(path)
    ready.replace(path)
    return Opened(_connected(path), aside, salvaged)


def _finish_interrupted(path: Path) -> None:
    """A kill may have come between the two renames of `_replaced`."""
    if _ready(path).exists():
        if path.exists():
            _remove(_ready(path))
        else:
            _ready(path).replace(path)


def _building(path: Path) -> Path:
    return path.with_name(f"{path.stem}.salvaging{path.suffix}")


def _ready(path: Path) -> Path:
    return path.with_name(f"{path.stem}.salvaged{path.suffix}")


def _remove(path: Path) -> None:
    for suffix in ("", *_COMPANIONS, "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _moved_aside(path: Path) -> str:
    aside = path.with_name(f"{path.stem}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S%f}{path.suffix}")
    for suffix in _COMPANIONS:
        companion = path.with_name(path.name + suffix)
        if companion.exists():
            companion.replace(aside.with_name(aside.name + suffix))
    path.replace(aside)
    return str(aside)
