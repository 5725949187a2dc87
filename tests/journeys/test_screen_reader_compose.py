"""Compose, takes, spending and receipts by accessible names alone, in the real program on a service that bills."""

import csv
import signal
from fractions import Fraction
from pathlib import Path

import pytest

from retake_desktop.demo.faults import Call, Cut, When, WorkFails
from retake_desktop.demo.options import DemoOptions
from retake_desktop.demo.service import DemoService
from retake_desktop.domain.job import Stage
from retake_desktop.services.history import History
from retake_desktop.services.pipeline.turns import AT_ONCE
from tests.fakes.footage import make_clip
from tests.journeys.screen_reader import ScreenReader, accessibility_bus, screen_reader, window

pytestmark = pytest.mark.full

_COMPOSE = (
    "Prompt", "Starters", "Recent", "Mode", "Picture", "Sound", "Picture and sound", "Takes", "Advanced", "Price",
    "Look at what will be sent", "Retake",
)  # fmt: skip
_ADVANCED = ("Surroundings sent on each side", "Send the whole clip", "Model id for this retake", "Another way")
_TAKES = ("Search takes", "Shown: All takes", "Takes list", "Cancel job", "Review", "More for this take")
_UNKNOWN = ("Send again", "Request id to adopt", "Adopt")
_SPENDING = (
    "Paid retakes", "Save as CSV…", "Save as JSON…", "With the prompts", "Limits…", "Asked for", "Cost", "Sent",
    "Outcome", "Request id",
)  # fmt: skip


def _each_once(reader: ScreenReader, names: tuple[str, ...]) -> None:
    def counts() -> dict[str, int]:
        showing = [accessible["name"] for accessible in reader.names()]
        return {name: showing.count(name) for name in names}

    reader.until(lambda: counts() == dict.fromkeys(names, 1), f"each of {names} is there once, not {counts()}")


def test_a_retake_its_troubles_and_its_receipt_by_names_alone(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "holiday.mp4", frames=200, rate=Fraction(25), size=(640, 360))
    folder = tmp_path / "service"
    folder.mkdir()
    options = DemoOptions(queue_seconds=0.5, run_seconds=0, answer_size=None)
    with DemoService(folder, options) as service, accessibility_bus(tmp_path / "person") as surroundings:
        surroundings |= {"RUNCOMFY_API_URL": service.url, "RUNCOMFY_API_TOKEN": "reader-token"}
        history = History(_record(tmp_path))
        with window(surroundings, str(clip)), screen_reader(surroundings) as reader:
            reader.until(lambda: "frame 0" in reader.read("Stage").get("description", ""), "the clip is on stage")
            _compose(reader)
            reader.press("Retake")
            reader.until(lambda: _stages(history) == [Stage.READY], "the take is there")
            _leave_the_review(reader)
            _takes(reader)
            _receipts(reader, tmp_path)
            service.faults.add(Cut(call=Call.SUBMIT, when=When.BEFORE_ANSWERING))
            reader.press("Retake")
            reader.until(lambda: Stage.UNKNOWN in _stages(history), "the second is unknown")
            _each_once(reader, _UNKNOWN)
            accepted = [entry.accepted for entry in service.received.log().entries if entry.accepted]
            reader.write("Request id to adopt", str(accepted[1]))
            reader.press("Adopt")
            reader.until(lambda: _stages(history) == [Stage.READY] * 2, "the adopted one comes home")
        assert {job.request_id for job in history.jobs()} == set(accepted)
        history.close()
        assert service.received.accepted_submissions == 2


def test_after_a_kill_in_the_middle_the_same_takes_are_there_and_come_home(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "holiday.mp4", frames=200, rate=Fraction(25), size=(640, 360))
    folder = tmp_path / "service"
    folder.mkdir()
    options = DemoOptions(queue_seconds=4, run_seconds=0, answer_size=None)
    with DemoService(folder, options) as service, accessibility_bus(tmp_path / "person") as surroundings:
        surroundings |= {"RUNCOMFY_API_URL": service.url, "RUNCOMFY_API_TOKEN": "reader-token"}
        service.faults.add(WorkFails(times=2))
        history = History(_record(tmp_path))
        with window(surroundings, str(clip)) as program, screen_reader(surroundings) as reader:
            reader.until(lambda: "frame 0" in reader.read("Stage").get("description", ""), "the clip is on stage")
            reader.write("Takes", "8")
            reader.write("Prompt", "A red coat")
            reader.press("Retake")
            reader.until(lambda: len(_rows(reader)) == 8, "eight rows stand in the list")
            reader.until(lambda: service.received.accepted_submissions >= 3, "some are accepted")
            program.send_signal(signal.SIGKILL)
            program.wait()
        before = [job.id for job in history.jobs()]
        with window(surroundings, str(clip)), screen_reader(surroundings) as reader:
            reader.until(lambda: len(_rows(reader)) == 8, "the same eight rows are back")
            reader.until(lambda: not any(job.is_open for job in history.jobs()), "all of them come to an end")
            unknown = _stages(history).count(Stage.UNKNOWN)
            assert sorted(set(_stages(history)) - {Stage.UNKNOWN}) == [Stage.FAILED, Stage.READY]
            reader.until(lambda: len(_rows(reader)) == 8, "and stand in the list")
        assert [job.id for job in history.jobs()] == before
        history.close()
        assert service.received.accepted_submissions <= 8
        assert unknown <= AT_ONCE


def _rows(reader: ScreenReader) -> list[str]:
    return [one["name"] for one in reader.names() if one["name"].startswith("A red coat. ")]


def _record(tmp_path: Path) -> Path:
    path = tmp_path / "person" / "data" / "retake-desktop" / "jobs.sqlite"
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _stages(history: History) -> list[Stage]:
    return [job.stage for job in history.jobs()]


def _compose(reader: ScreenReader) -> None:
    _each_once(reader, _COMPOSE)
    assert reader.read("Retake")["description"] == "Say what should happen instead."
    reader.press("Advanced")
    _each_once(reader, _ADVANCED)
    reader.write("Surroundings sent on each side", "0.5 s")
    reader.write("Prompt", "A red coat, same light")
    reader.until(lambda: "$" in reader.read("Price").get("text", ""), "the price is told")
    assert reader.read("Price")["text"].startswith("Sends ")
    assert all(reader.read(name)["description"] for name in ("Picture", "Sound", "Picture and sound"))
    reader.press("Look at what will be sent")
    reader.until(lambda: reader.count("Play it") == 1, "what will be sent is shown")
    assert reader.count("Made anew") + reader.count("Surroundings") >= 8
    reader.press("Close")
    reader.until(lambda: reader.count("Play it") == 0, "the look is closed")


def _takes(reader: ScreenReader) -> None:
    _each_once(reader, _TAKES)
    reader.until(lambda: reader.count("A red coat, same light. Ready to review.") == 1, "the row says how it stands")
    assert reader.read("Cancel job")["description"] == "There is nothing left to cancel."
    reader.write("Search takes", "no such thing")
    reader.until(lambda: reader.count("A red coat, same light. Ready to review.") == 0, "the search hides it")
    reader.write("Search takes", "")
    reader.until(lambda: reader.count("A red coat, same light. Ready to review.") == 1, "and shows it again")


def _receipts(reader: ScreenReader, folder: Path) -> None:
    def month() -> str:
        return next((one["name"] for one in reader.names() if one["name"].startswith("This month ")), "")

    reader.until(lambda: "$" in month(), "the month's spending is told")
    reader.press(month())
    _each_once(reader, _SPENDING)
    reader.press("Save as CSV…")
    reader.until(lambda: reader.count("File name:") >= 1, "a place is asked for")
    reader.press("Cancel")
    reader.until(lambda: reader.count("File name:") == 0, "nothing is saved")
    _saved(reader, "Save as CSV…", folder / "receipts.csv")
    (receipt,) = csv.DictReader((folder / "receipts.csv").read_text(encoding="utf-8-sig").splitlines())
    assert "A red coat, same light" not in receipt.values()
    reader.press("With the prompts")
    _saved(reader, "Save as JSON…", folder / "receipts.json")
    assert "A red coat, same light" in (folder / "receipts.json").read_text(encoding="utf-8")
    reader.press("Close")


def _saved(reader: ScreenReader, button: str, path: Path) -> None:
    reader.press(button)
    reader.write_file_name(path)
    reader.press("Save")
    words = f"Saved as {path}. Receipts: 1."
    reader.until(lambda: reader.read("Export result").get("description") == words, "it says where")


def _leave_the_review(reader: ScreenReader) -> None:
    """It opens by itself, since nothing was touched after Retake."""
    reader.until(lambda: reader.count("Before and after") == 1, "the review opens")
    reader.press("Back to editing")
    reader.until(lambda: reader.count("Retake") == 1, "the form is back")
