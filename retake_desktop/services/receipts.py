"""Receipts: what is known of every job that was, or may have been, accepted, to keep or to ask for a refund with.

No token, no account, no file names; prompts only when asked for.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from json import dumps
from pathlib import Path

import msgspec

from retake_desktop.domain.errors import ErrorKind
from retake_desktop.domain.job import AttemptState, Job, Stage, may_have_arrived
from retake_desktop.domain.retake import Mode
from retake_desktop.services.api.wire import sent_seconds
from retake_desktop.services.history import AttemptRecord, History
from retake_desktop.services.transfer import file_error

_FORMULA = re.compile(r"\s*[=+\-@]|[\t\r\n]")
"""What a spreadsheet takes for a formula, also behind white space."""
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_NUMBERS = msgspec.json.Encoder(decimal_format="number")


@dataclass(frozen=True, slots=True)
class SentAttempt:
    number: int
    state: AttemptState
    began_at: str
    ended_at: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """One job. Times are ISO 8601 in UTC, amounts US dollars; None is not known, never zero.

    `seconds` and `frames` are those of the clip that was sent (None for an address that the service fetched itself);
    `start_time` and `duration` are seconds as sent.
    """

    job: str
    request_id: str | None
    model: str
    api_base: str
    created_at: str
    submitted_at: str | None
    started_at: str | None
    finished_at: str | None
    seconds: Decimal | None
    frames: int | None
    mode: Mode
    start_time: Decimal
    duration: Decimal
    estimate_usd: Decimal | None
    cost_usd: Decimal | None
    outcome: Stage
    problem: ErrorKind | None
    attempts: tuple[SentAttempt, ...]
    prompt: str | None


def receipts(
    jobs: Iterable[Job], attempts: Iterable[AttemptRecord], *, with_prompts: bool = False
) -> tuple[Receipt, ...]:
    """A receipt for each job of a real service that was or may have been accepted, oldest first; equals as given."""
    by_job: dict[str, list[AttemptRecord]] = {}
    for record in attempts:
        by_job.setdefault(record.attempt.job_id, []).append(record)
    billable = [job for job in jobs if not job.service.is_demo and _may_be_billed(job, by_job.get(job.id, []))]
    billable.sort(key=lambda job: job.created_at)
    return tuple(_receipt(job, by_job.get(job.id, []), with_prompt=with_prompts) for job in billable)


def recorded(history: History, *, with_prompts: bool) -> tuple[Receipt, ...]:
    """The receipts of everything on record, oldest first; blocks. Raises RetakeError(HISTORY_TROUBLE)."""
    return receipts(reversed(history.jobs()), history.attempt_records(), with_prompts=with_prompts)


def write(path: Path, text: str) -> None:
    """Writes receipts to a file, whole or not at all. Raises RetakeError(FILE_TROUBLE | NO_SPACE)."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_text(text, encoding="utf-8", newline="")
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise file_error(error, path) from error


def as_json(found: Iterable[Receipt]) -> str:
    """One JSON object a line, amounts as exact numbers; ASCII only, so that it passes through any pipe."""
    lines = (_NUMBERS.encode(_plain(receipt)).decode() for receipt in found)
    return "".join(f"{_NOT_ASCII.sub(lambda one: dumps(one[0])[1:-1], line)}\n" for line in lines)


def as_csv(found: Sequence[Receipt]) -> str:
    """A table with a heading line; what a spreadsheet would run as a formula has an apostrophe before it."""
    text = io.StringIO()
    names = [name for name in Receipt.__slots__ if name != "prompt" or any(one.prompt is not None for one in found)]
    table = csv.writer(text, lineterminator="\n")
    table.writerow(names)
    for receipt in found:
        table.writerow([_cell(getattr(receipt, name)) for name in names])
    return text.getvalue()


def _may_be_billed(job: Job, attempts: Sequence[AttemptRecord]) -> bool:
    return may_have_arrived(job, (record.attempt for record in attempts))


def _receipt(job: Job, attempts: Sequence[AttemptRecord], *, with_prompt: bool) -> Receipt:
    window, request = job.window, job.request
    sent = request.span if window is None else window.span
    return Receipt(
        job=job.id,
        request_id=job.request_id,
        model=request.model_id,
        api_base=job.service.api_base,
        created_at=_iso(job.created_at),
        submitted_at=_iso_or_none(job.submitted_at),
        started_at=_iso_or_none(job.started_at),
        finished_at=_iso_or_none(job.finished_at),
        seconds=None if window is None else _as_sent(window.duration),
        frames=None if window is None else window.frame_count,
        mode=request.mode,
        start_time=_as_sent(sent.start),
        duration=_as_sent(sent.duration),
        estimate_usd=job.estimate_usd,
        cost_usd=job.cost_usd,
        outcome=job.stage,
        problem=None if job.problem is None else job.problem.kind,
        attempts=tuple(
            SentAttempt(one.attempt.number, one.attempt.state, _iso(one.created_at), _iso(one.updated_at))
            for one in attempts
        ),
        prompt=request.prompt if with_prompt else None,
    )


def _plain(receipt: Receipt) -> Mapping[str, object]:
    fields = {name: getattr(receipt, name) for name in Receipt.__slots__}
    if receipt.prompt is None:
        del fields["prompt"]
    return fields


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case tuple():
            return "; ".join(f"{one.number} {one.state} {one.began_at} {one.ended_at}" for one in value)
        case Decimal():
            return f"{value:f}"
        case _:
            text = str(value)
            return f"'{text}" if _FORMULA.match(text) else text


def _as_sent(seconds: Fraction) -> Decimal:
    """Seconds as the submission's JSON carries them."""
    return Decimal(str(sent_seconds(seconds)))


def _iso(time: datetime) -> str:
    return time.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _iso_or_none(time: datetime | None) -> str | None:
    return None if time is None else _iso(time)
