"""The whole first retake by accessible names alone, as a screen reader's user does it, in the real program."""

import signal
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from retake_desktop.demo.options import DemoOptions
from retake_desktop.demo.service import DemoService
from retake_desktop.domain.job import Stage
from retake_desktop.services import settings
from retake_desktop.services.history import History
from retake_desktop.services.settings import Settings
from tests.fakes.footage import make_clip
from tests.journeys.screen_reader import ScreenReader, accessibility_bus, screen_reader, window

_EDITING = (
    "Open video", "Stage", "Play", "Timeline", "Selection start", "Selection end", "In point", "Out point", "Prompt",
    "Mode", "Picture", "Sound", "Picture and sound", "Takes", "Price", "Retake", "Takes list", "Settings",
)  # fmt: skip
_REVIEW = (
    "Before and after", "Compare mode", "Side by side", "Wipe", "A/B", "Difference", "Keep", "Discard",
    "Retake again", "Export", "Timeline", "Play", "Takes list", "Cancel job", "Review", "Open video", "Settings",
)  # fmt: skip


def _each_once(reader: ScreenReader, names: tuple[str, ...]) -> None:
    showing = [accessible["name"] for accessible in reader.names()]
    assert {name: showing.count(name) for name in names} == dict.fromkeys(names, 1)


def _retake(reader: ScreenReader) -> None:
    reader.until(lambda: "frame 0" in reader.read("Stage").get("description", ""), "the first frame is on stage")
    _each_once(reader, _EDITING)
    assert not reader.read("Retake")["enabled"]
    assert reader.read("Retake")["description"]
    reader.write("Selection start", "00:00:02.000")
    reader.write("Selection end", "00:00:04.000")
    reader.write("Prompt", "A red coat, same light")
    reader.press("Picture")
    reader.until(lambda: "Sends" in reader.read("Price").get("text", ""), "the price is told")
    reader.press("Retake")


@pytest.mark.full
def test_from_the_sample_to_the_review_by_names_alone(tmp_path: Path) -> None:
    home = tmp_path / "person"
    with accessibility_bus(home) as surroundings, window(surroundings, "--demo") as program:
        with screen_reader(surroundings) as reader:
            _retake(reader)
            reader.until(lambda: reader.count("Before and after") == 1, "the review opens by itself")
            _each_once(reader, _REVIEW)
            for mode in ("Wipe", "A/B", "Difference", "Side by side"):
                reader.press(mode)
            reader.press("Discard")
            history = History(home / "data" / "retake-desktop" / "jobs.sqlite")
            reader.until(lambda: history.jobs()[0].stage is Stage.DISCARDED, "the take is discarded")
        program.terminate()
        assert program.wait(30) == 0
    (job,) = history.jobs()
    history.close()
    assert job.request.prompt == "A red coat, same light"
    assert (job.request.span.start, job.request.span.end) == (Fraction(2), Fraction(4))
    assert job.request.mode == "replace_video"


def test_a_window_asked_about_money_and_killed_while_the_job_runs_goes_on_with_one_submission(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mp4", frames=200, rate=Fraction(25), size=(640, 360))
    folder = tmp_path / "service"
    folder.mkdir()
    options = DemoOptions(queue_seconds=1, run_seconds=1, answer_size=None)
    with DemoService(folder, options) as service, accessibility_bus(tmp_path / "person") as surroundings:
        surroundings |= {"RUNCOMFY_API_URL": service.url, "RUNCOMFY_API_TOKEN": "reader-token"}
        config = tmp_path / "person" / "config" / "retake-desktop"
        config.mkdir(parents=True)
        settings.save(config / "settings.json", Settings(ask_above=Decimal("0.01")))
        with window(surroundings, str(clip)) as program, screen_reader(surroundings) as reader:
            _retake(reader)
            reader.until(lambda: reader.count("Retake anyway") == 1, "the spending guard asks")
            _each_once(reader, ("Not now", "Retake anyway", "Price"))
            assert "$" in reader.read("Retake anyway")["description"]
            assert service.received.accepted_submissions == 0
            reader.press("Retake anyway")
            history = History(tmp_path / "person" / "data" / "retake-desktop" / "jobs.sqlite")
            # Killed earlier, with the answer not yet on record, it would be for the person to decide.
            reader.until(lambda: any(job.request_id for job in history.jobs()), "the service's answer is on record")
            program.send_signal(signal.SIGKILL)
            program.wait()
        with window(surroundings, str(clip)), screen_reader(surroundings) as reader:
            reader.until(lambda: reader.count("Takes list") == 1, "the window is back")
            reader.until(lambda: history.jobs()[0].stage is Stage.READY, "the result comes home")
            history.close()
        assert service.received.accepted_submissions == 1
