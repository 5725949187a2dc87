"""Between jobs and the rows of the record: what is written is read back exactly, what cannot be read is told."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import msgspec

from retake_desktop.domain.errors import ErrorKind, RetakeError, os_reason
from retake_desktop.domain.job import AttemptState, Job, Stage
from retake_desktop.domain.records import from_plain, to_plain

UNREADABLE = (msgspec.DecodeError, UnicodeError, ValueError, ArithmeticError, RecursionError)
"""What reading a record raises that was not written by this version of the app, or was damaged."""
COLUMNS = ("id", "batch", "stage", "api_base", "request_id", "created_at", "record", "source")
Row = tuple[str, str, Stage, str, str | None, str, str, str | None]


def row_of(job: Job) -> Row:
    """The values of `COLUMNS`."""
    created = text_of(job.created_at)
    record = encoded(job)
    return (job.id, job.batch, job.stage, job.service.api_base, job.request_id, created, record, job.source_fingerprint)


def encoded(job: Job) -> str:
    """The whole job as JSON text."""
    try:
        return msgspec.json.encode(job, enc_hook=to_plain).decode()
    except UnicodeEncodeError:
        # A file name that is no text in UTF-8 holds lone surrogates; JSON's own escapes carry them.
        return json.dumps(msgspec.to_builtins(job, enc_hook=to_plain))


def decoded(record: bytes) -> Job:
    """The inverse of `encoded`. Raises one of UNREADABLE."""
    try:
        return msgspec.json.decode(record, type=Job, dec_hook=from_plain)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError:
        return msgspec.convert(json.loads(record), Job, dec_hook=from_plain)


def state_of(text: str) -> AttemptState:
    """How a submission stands; `unknown` for a word that this version does not know."""
    try:
        return AttemptState(text)
    except ValueError:
        return AttemptState.UNKNOWN


def text_of(time: datetime) -> str:
    return time.astimezone(UTC).isoformat()


def time_of(*texts: str) -> datetime | None:
    """The first of these times that can be read."""
    for text in texts:
        try:
            return datetime.fromisoformat(text).astimezone(UTC)
        except (ValueError, OverflowError):
            continue
    return None


@contextmanager
def trouble_told() -> Iterator[None]:
    """Raises RetakeError(HISTORY_TROUBLE) in place of what the database, the disk and the reading of records raise."""
    try:
        yield
    except sqlite3.Error as error:
        raise RetakeError(ErrorKind.HISTORY_TROUBLE, str(error)) from error
    except (msgspec.DecodeError, UnicodeError, ZeroDivisionError, RecursionError) as error:
        raise RetakeError(ErrorKind.HISTORY_TROUBLE, "a record cannot be written or read as text") from error
    except OSError as error:
        raise RetakeError(ErrorKind.HISTORY_TROUBLE, os_reason(error)) from error
