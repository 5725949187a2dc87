"""The tables' versions, numbered by `user_version`: each step up is made whole or not at all, after a backup."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

SOURCES_FILLED = (
    "UPDATE job SET source = json_extract(record, '$.source_fingerprint') WHERE source IS NULL AND json_valid(record)"
)
_SECOND = (
    # A copy for look-ups: the takes of one original are found without reading every record.
    "ALTER TABLE job ADD COLUMN source TEXT",
    SOURCES_FILLED,
    "CREATE INDEX job_by_source ON job (source, stage) WHERE source IS NOT NULL",
)
_THIRD = (
    # No reference to job: what is salvaged of a damaged record may hold the one without the other.
    "CREATE TABLE mark (job_id TEXT PRIMARY KEY, name TEXT NOT NULL DEFAULT '', removed_at TEXT) STRICT",
)
STEPS: tuple[tuple[str, ...], ...] = (
    tuple(
        resources.files("retake_desktop.services").joinpath("schema.sql").read_text(encoding="utf-8").strip().split(";")
    ),
    _SECOND,
    _THIRD,
)
"""What leads from each version to the next; the first makes the tables."""


def known_version(connection: sqlite3.Connection) -> int:
    """The version of the tables. Nothing is written. Raises sqlite3.OperationalError when it is a newer app's."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > len(STEPS):
        raise sqlite3.OperationalError("the record of jobs was written by a newer version of the app")
    return version


def migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Brings the tables at `path` up to the newest version. Raises sqlite3.Error or OSError with nothing changed."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = known_version(connection)
        if 0 < version < len(STEPS):
            _back_up(path, version)
        for number, statements in enumerate(STEPS[version:], start=version + 1):
            for statement in statements:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _back_up(path: Path, version: int) -> None:
    """A copy of the record beside it, whole and on the disk before it gets its name."""
    backup = path.with_name(f"{path.stem}.version-{version}-{datetime.now(UTC):%Y%m%dT%H%M%S%f}{path.suffix}")
    part = backup.with_name(backup.name + ".part")
    try:
        # A connection of its own: the one that migrates is in the middle of its transaction.
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(part)) as target:
            source.backup(target)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(backup)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
