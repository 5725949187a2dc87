"""The live questions, asked of the demo service: off unless wanted, within their cap, every answer written down."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from retake_desktop.demo.faults import Call, Patch
from retake_desktop.demo.options import AT_ONCE
from retake_desktop.demo.service import DemoService
from tests.journeys.command import environment
from tests.live.asking import Budget, CapReached

PROJECT = Path(__file__).parents[2]
TOKEN = "live-suite-token"
QUESTIONS = {
    "model", "bad token", "wrong model id", "missing prompt", "duration 1", "failing run", "data URI", "cost", "output",
}  # fmt: skip


@pytest.fixture
def service(tmp_path: Path) -> Iterator[DemoService]:
    (tmp_path / "service").mkdir()
    with DemoService(tmp_path / "service", replace(AT_ONCE, token=TOKEN)) as running:
        yield running


def _asked(tmp_path: Path, *arguments: str, **more: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "tests/live", *arguments]
    done = subprocess.run(
        command, cwd=PROJECT, env=environment(tmp_path / "home", **more), capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def _report_of(tmp_path: Path, service: DemoService, cap: str) -> tuple[int, str, dict[str, Any]]:
    path = tmp_path / "report.json"
    account = {"RUNCOMFY_API_URL": service.url, "RUNCOMFY_API_TOKEN": TOKEN}
    code, said = _asked(tmp_path, "--spend", cap, "--live-report", str(path), **account)
    assert TOKEN not in path.read_text(encoding="utf-8")
    return code, said, json.loads(path.read_text(encoding="utf-8"))


def test_without_a_cap_nothing_is_collected_and_nothing_skipped(tmp_path: Path) -> None:
    code, said = _asked(tmp_path, RUNCOMFY_API_TOKEN=TOKEN)
    assert code == pytest.ExitCode.NO_TESTS_COLLECTED, said
    assert "skipped" not in said


@pytest.mark.parametrize(("cap", "token"), [("1.00", ""), ("much", TOKEN), ("-1", TOKEN), ("NaN", TOKEN)])
def test_a_cap_without_a_token_and_a_senseless_cap_are_usage_errors(tmp_path: Path, cap: str, token: str) -> None:
    code, said = _asked(tmp_path, f"--spend={cap}", RUNCOMFY_API_TOKEN=token)
    assert code == pytest.ExitCode.USAGE_ERROR, said


@pytest.mark.full
def test_every_question_is_answered_and_one_retake_paid(tmp_path: Path, service: DemoService) -> None:
    code, said, report = _report_of(tmp_path, service, "2.00")
    assert code == 0, said
    found = report["findings"]
    assert set(found) == QUESTIONS
    assert (found["model"]["base_price_usd"], found["model"]["price_unit"]) == ("0.1", "second")
    assert (found["missing prompt"]["status"], found["missing prompt"]["accepted"]) == (422, False)
    assert (found["bad token"]["status"], found["bad token"]["read_as"]) == (401, "bad_token")
    assert found["failing run"]["result_word"] == "failed"
    assert found["failing run"]["error_type"] == "str"
    assert found["data URI"]["accepted"]
    assert found["data URI"]["request_id"] in found["data URI"]["body"]
    assert found["cost"]["cost_usd"] == "0.6"
    assert found["output"]["host"] == "127.0.0.1"
    assert found["output"]["frames"] == {"sent": 150, "came": 150}
    assert Decimal(report["used_or_reserved_usd"]) <= 2
    # The paid one, the one that fails and the one that is too short and cancelled.
    assert service.received.accepted_submissions == 3


@pytest.mark.full
def test_a_cap_below_the_estimate_sends_nothing_that_may_cost(tmp_path: Path, service: DemoService) -> None:
    code, said, report = _report_of(tmp_path, service, "0.59")
    assert code == pytest.ExitCode.TESTS_FAILED, said
    assert "exceed the cap" in report["findings"]["data URI"]["not_asked"]
    assert report["findings"]["wrong model id"]["status"] == 404
    assert not [entry for entry in service.received.log().entries if entry.call is Call.SUBMIT]


@pytest.mark.full
def test_an_unknown_price_sends_nothing_that_may_cost(tmp_path: Path, service: DemoService) -> None:
    service.faults.add(Patch(call=Call.MODEL, set={"price_unit": "megapixel"}, times=None))
    code, said, report = _report_of(tmp_path, service, "100")
    assert code == pytest.ExitCode.TESTS_FAILED, said
    assert "not known" in report["findings"]["data URI"]["not_asked"]
    assert service.received.accepted_submissions == 0


def test_the_budget_keeps_what_may_have_been_billed_and_gives_back_what_was_not() -> None:
    budget = Budget(Decimal(1))
    first = budget.reserve(Decimal("0.60"))
    with pytest.raises(CapReached):
        budget.reserve(Decimal("0.41"))
    budget.settle(first, None)
    assert budget.used == Decimal("0.60")
    budget.settle(first, Decimal("0.10"))
    assert budget.reserve(Decimal("0.90")) == Decimal("0.90")
    assert budget.used == budget.cap
