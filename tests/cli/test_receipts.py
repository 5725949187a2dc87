"""`retake-desktop jobs receipts`, run as a process on a record of jobs."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from retake_desktop.cli.arguments import parse
from retake_desktop.domain.job import Stage
from retake_desktop.services.folders import Folders
from retake_desktop.services.history import History
from tests.journeys.command import ran
from tests.services.examples import a_full_job, a_job


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with two paid jobs of this month, one to be submitted and one of the demo service."""
    home = tmp_path / "home"
    parts = [home / name / "retake-desktop" for name in ("data", "config", "cache")]
    folders = Folders(*parts)
    folders.create()
    now = datetime.now(UTC)
    paid = {"stage": Stage.READY, "created_at": now, "submitted_at": now}
    prompt = replace(a_job().request, prompt="Ein Mantel in Grün\nund Rot\u2028")
    history = History(folders.history)
    history.add(
        [
            a_job("a", request_id="r-a", cost_usd=Decimal("0.605"), request=prompt, **paid),
            a_job("b", request_id="r-b", estimate_usd=Decimal("0.70"), **paid),
            a_job("c", request_id="r-c", **paid),
            a_job("d", stage=Stage.DRAFT, estimate_usd=Decimal("0.30")),
            replace(a_full_job("e"), request_id="r-e"),
        ]
    )
    history.close()
    return home


def test_the_table_is_on_standard_output_and_the_sums_beside_it(home: Path) -> None:
    result = ran(home, "jobs", "receipts")
    assert result.code == 0, result.notices
    assert [row["request_id"] for row in csv.DictReader(io.StringIO(result.out))] == ["r-a", "r-b", "r-c"]
    assert (
        "This month: $1.305 for 3 job(s), $0.70 of it estimated, and 1 job(s) of unknown amount on top."
        in result.notices
    )
    assert "May still come on top: $0.30 for 1 job(s)" in result.notices
    assert "1 job(s) of the demo service" in result.notices


def test_json_is_one_receipt_a_line_and_nothing_else(home: Path) -> None:
    result = ran(home, "jobs", "receipts", "--json", "--prompts")
    assert [event["cost_usd"] for event in result.events] == [0.605, None, None]
    assert result.events[0]["prompt"] == "Ein Mantel in Grün\nund Rot\u2028"
    assert "This month" in result.notices


def test_a_file_holds_what_standard_output_would(home: Path, tmp_path: Path) -> None:
    for options in (["--json"], ["--prompts"]):
        out = tmp_path / "receipts.txt"
        result = ran(home, "jobs", "receipts", *options, "-o", str(out))
        assert (result.code, result.out) == (0, "")
        assert f"3 receipt(s) in {out}" in result.notices
        assert out.read_bytes().decode() == ran(home, "jobs", "receipts", *options).out


def test_an_output_without_letters_for_it_gets_the_prompt_escaped(home: Path) -> None:
    result = ran(home, "jobs", "receipts", "--prompts", PYTHONIOENCODING="ascii")
    assert result.code == 0, result.notices
    assert "Ein Mantel in Gr\\xfcn" in result.out


def test_a_file_that_cannot_be_written_is_told(home: Path, tmp_path: Path) -> None:
    result = ran(home, "jobs", "receipts", "--json", "-o", str(tmp_path / "nowhere" / "receipts.json"))
    assert result.code == 2
    assert json.loads(result.out)["error"]["kind"] == "file_trouble"


def test_without_any_job_there_is_a_heading_and_a_sum_of_nothing(tmp_path: Path) -> None:
    result = ran(tmp_path / "empty", "jobs", "receipts")
    assert result.code == 0
    assert result.out.count("\n") == 1
    assert "This month: $0.00 for 0 job(s)." in result.notices
    assert "demo" not in result.notices


@pytest.mark.parametrize("arguments", [["jobs", "-o", "x"], ["jobs", "resume", "--prompts"]])
def test_what_belongs_to_receipts_is_refused_elsewhere(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as raised:
        parse(arguments)
    assert raised.value.code == 2
    assert "receipts" in capsys.readouterr().err
