"""What a script reads on standard output, and a person on standard error."""

import io
import json
import os
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from retake_desktop.cli.exit_codes import Exit
from retake_desktop.cli.report import Reporter
from retake_desktop.domain.errors import ErrorKind, Problem, RetakeError
from retake_desktop.domain.job import Progress, Stage, Wait
from retake_desktop.domain.problems import english
from tests.services.examples import a_job


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Desk:
    """A reporter and what it has printed."""

    def __init__(
        self, *, json: bool = True, notices: io.StringIO | None = None, out: io.TextIOBase | None = None
    ) -> None:
        self.out = io.StringIO()
        self.notices = notices or io.StringIO()
        self.reporter = Reporter(json=json, out=out or self.out, notices=self.notices)  # type: ignore[arg-type]  # a text file

    def lines(self) -> list[dict[str, Any]]:
        text = self.out.getvalue()
        assert not text or text.endswith("\n")
        return [json.loads(line) for line in text.splitlines()]


def test_each_stage_is_one_line_however_often_the_job_is_published() -> None:
    desk = Desk()
    job = a_job()
    for stage in (Stage.DRAFT, Stage.PREPARING, Stage.PREPARING, Stage.QUEUED, Stage.QUEUED, Stage.RUNNING):
        desk.reporter.job_changed(replace(job, stage=stage, progress=Progress(1, 2)))
    assert desk.lines() == [
        {"event": "stage", "job": "job-1", "stage": stage} for stage in ("draft", "preparing", "queued", "running")
    ]


def test_jobs_do_not_hide_each_others_stages() -> None:
    desk = Desk()
    for job_id in ("a", "b", "a"):
        desk.reporter.job_changed(a_job(job_id))
    assert [line["job"] for line in desk.lines()] == ["a", "b"]


def test_a_finished_job_closes_with_its_result_and_its_cost() -> None:
    desk = Desk()
    job = a_job(stage=Stage.READY, request_id="r-1", cost_usd=Decimal("0.70"), result_path="/results/take.mp4")
    desk.reporter.done(job, Exit.READY)
    assert desk.lines() == [
        {
            "event": "done", "job": "job-1", "stage": "ready", "result": "/results/take.mp4", "request_id": "r-1",
            "cost": 0.7, "error": None, "exit": 0,
        }
    ]  # fmt: skip
    assert isinstance(desk.lines()[0]["cost"], float)


def test_the_result_is_where_it_was_asked_for() -> None:
    desk = Desk()
    desk.reporter.done(a_job(stage=Stage.READY, result_path="/results/t.mp4", final_path="/out/t.mp4"), Exit.READY)
    assert desk.lines()[0]["result"] == "/out/t.mp4"


def test_an_unknown_cost_is_null_and_never_zero() -> None:
    desk = Desk()
    desk.reporter.done(a_job(stage=Stage.READY), Exit.READY)
    assert desk.lines()[0]["cost"] is None
    assert desk.lines()[0]["request_id"] is None


@pytest.mark.parametrize("kind", list(ErrorKind))
def test_a_failed_job_closes_with_kind_and_sentence(kind: ErrorKind) -> None:
    desk = Desk()
    problem = Problem(kind, "HTTP 418")
    desk.reporter.done(a_job(stage=Stage.FAILED, problem=problem, result_path="/stale.mp4"), Exit.FAILED)
    assert desk.lines() == [
        {
            "event": "done", "job": "job-1", "stage": "failed", "result": None, "request_id": None, "cost": None,
            "error": {"kind": kind.value, "message": english(problem)}, "exit": 5,
        }
    ]  # fmt: skip
    assert english(problem) in desk.notices.getvalue()


@pytest.mark.parametrize(
    ("wait", "kind"),
    [
        (None, "offline"),
        (Wait.NETWORK, "offline"),
        (Wait.TOKEN, "no_token"),
        (Wait.OTHER_ACCOUNT, "other_account"),
        (Wait.OTHER_SERVICE, "invalid_request"),
    ],
)
def test_an_open_job_closes_with_what_it_waits_for(wait: Wait | None, kind: str) -> None:
    desk = Desk()
    desk.reporter.done(a_job(stage=Stage.QUEUED, wait=wait, request_id="r"), Exit.RESUMABLE)
    [line] = desk.lines()
    assert (line["error"]["kind"], line["exit"], line["request_id"]) == (kind, 7, "r")


def test_an_interrupted_job_closes_without_an_error_and_says_how_to_go_on() -> None:
    desk = Desk()
    desk.reporter.done(a_job(stage=Stage.RUNNING, wait=Wait.NETWORK), Exit.INTERRUPTED, interrupted=True)
    [line] = desk.lines()
    assert (line["error"], line["exit"], line["stage"]) == (None, 130, "running")
    assert "jobs resume" in desk.notices.getvalue()


def test_a_command_that_came_to_no_job_closes_in_the_same_form() -> None:
    desk = Desk()
    code = desk.reporter.refused(RetakeError(ErrorKind.NO_TOKEN))
    assert code == 4
    assert desk.lines() == [
        {
            "event": "done", "job": None, "stage": None, "result": None, "request_id": None, "cost": None,
            "error": {"kind": "no_token", "message": english(Problem(ErrorKind.NO_TOKEN))}, "exit": 4,
        }
    ]  # fmt: skip


def test_every_done_line_has_the_same_names_in_the_same_order() -> None:
    desk = Desk()
    desk.reporter.done(a_job(stage=Stage.READY), Exit.READY)
    desk.reporter.done(a_job(stage=Stage.UNKNOWN), Exit.UNKNOWN)
    desk.reporter.refused(RetakeError(ErrorKind.INVALID_REQUEST))
    names = ["event", "job", "stage", "result", "request_id", "cost", "error", "exit"]
    assert [list(line) for line in desk.lines()] == [names] * 3


def test_with_json_nothing_else_is_on_standard_output() -> None:
    desk = Desk(notices=Terminal())
    desk.reporter.notice("Sends 6.2 s of 184 s, about $0.70 (estimate).")
    desk.reporter.line("plain")
    desk.reporter.job_changed(a_job(stage=Stage.RUNNING))
    desk.reporter.job_changed(a_job(stage=Stage.RUNNING, progress=Progress(1, 2)))
    desk.reporter.done(a_job(stage=Stage.READY, result_path="/r.mp4"), Exit.READY)
    assert [line["event"] for line in desk.lines()] == ["stage", "done"]


def test_without_json_only_the_result_is_on_standard_output() -> None:
    desk = Desk(json=False)
    desk.reporter.job_changed(a_job(stage=Stage.RUNNING))
    desk.reporter.notice("a notice")
    desk.reporter.done(a_job("lost", stage=Stage.FAILED, problem=Problem(ErrorKind.REFUSED)), Exit.REFUSED)
    desk.reporter.done(a_job(stage=Stage.READY, result_path="/r.mp4"), Exit.READY)
    desk.reporter.refused(RetakeError(ErrorKind.REFUSED))
    assert desk.out.getvalue() == "/r.mp4\n"


def test_the_bar_is_drawn_on_a_terminal_only() -> None:
    for notices, drawn in ((Terminal(), True), (io.StringIO(), False)):
        desk = Desk(json=False, notices=notices)
        desk.reporter.job_changed(a_job(stage=Stage.DOWNLOADING))
        desk.reporter.job_changed(a_job(stage=Stage.DOWNLOADING, progress=Progress(1, 2)))
        assert ("\r" in notices.getvalue()) is drawn
        assert ("50 %" in notices.getvalue()) is drawn
        assert desk.out.getvalue() == ""


def test_the_place_in_the_queue_and_the_missing_connection_are_told() -> None:
    desk = Desk()
    desk.reporter.job_changed(a_job(stage=Stage.QUEUED, queue_position=3, wait=Wait.NETWORK))
    assert "queued, place 3 (waiting for the connection)" in desk.notices.getvalue()


@pytest.mark.parametrize("name", ["Ü 🎬.mp4", 'say "hi"\n.mp4', os.fsdecode(b"caf\xe9.mp4")])
def test_any_file_name_comes_through_any_pipe(name: str) -> None:
    raw = io.BytesIO()
    pipe = io.TextIOWrapper(raw, encoding="cp1252")
    desk = Desk(out=pipe)
    desk.reporter.done(a_job(stage=Stage.READY, result_path=f"/out/{name}"), Exit.READY)
    [line] = raw.getvalue().splitlines()
    assert json.loads(line)["result"] == f"/out/{name}"
