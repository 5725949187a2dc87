"""The real program killed in the middle of Keep: nothing half written under the final name, and nothing lost."""

import signal
import time
from fractions import Fraction
from pathlib import Path

import pytest

from retake_desktop.demo.options import DemoOptions
from retake_desktop.demo.service import DemoService
from retake_desktop.domain.job import Stage
from retake_desktop.services.history import History
from tests.fakes.footage import make_clip
from tests.fakes.numbered import numbers
from tests.journeys.screen_reader import ScreenReader, accessibility_bus, screen_reader, window

pytestmark = [pytest.mark.full, pytest.mark.timeout(900)]

FRAMES = 250
PATIENCE = 180.0
"""Seconds for each step on a busy machine."""
OPTIONS = DemoOptions(queue_seconds=0.3, run_seconds=0, answer_size=None, bleed_frames=0)


def _reviewed(reader: ScreenReader) -> None:
    reader.until(
        lambda: "frame 0" in reader.read("Stage").get("description", ""), "the first frame is on stage", PATIENCE
    )
    reader.write("Selection start", "00:00:02.000")
    reader.write("Selection end", "00:00:04.000")
    reader.write("Prompt", "A red coat")
    reader.press("Picture")
    reader.press("Retake")
    reader.until(lambda: reader.count("Before and after") == 1, "the review opens by itself", PATIENCE)


def test_the_program_killed_amid_keep_keeps_the_take_when_it_is_back(tmp_path: Path) -> None:
    folder = tmp_path / "films"
    folder.mkdir()
    # One keyframe only, so that every frame of the film is written anew, which takes its time.
    clip = make_clip(folder / "holiday.mp4", frames=FRAMES, rate=Fraction(25), size=(1280, 720), gop=FRAMES)
    content = clip.read_bytes()
    film = folder / "holiday-retake.mp4"
    service_folder = tmp_path / "service"
    service_folder.mkdir()
    record = tmp_path / "person/data/retake-desktop/jobs.sqlite"
    with DemoService(service_folder, OPTIONS) as service, accessibility_bus(tmp_path / "person") as surroundings:
        surroundings |= {"RUNCOMFY_API_URL": service.url, "RUNCOMFY_API_TOKEN": "reader-token"}
        with window(surroundings, str(clip)) as program, screen_reader(surroundings) as reader:
            _reviewed(reader)
            reader.press("Keep")
            deadline = time.monotonic() + PATIENCE
            while not list(folder.glob("*.part")):
                assert time.monotonic() < deadline, "Keep never began to write"
                time.sleep(0.01)
            program.send_signal(signal.SIGKILL)
            program.wait()
        assert not film.exists(), "nothing stands under the final name"
        history = History(record)
        assert [job.stage for job in history.jobs()] == [Stage.READY]
        with window(surroundings, str(clip)), screen_reader(surroundings) as reader:
            reader.click("A red coat. Ready to review.")
            reader.until(lambda: not list(folder.glob("*.part")), "what was half written is swept away", PATIENCE)
            reader.press("Review")
            reader.press("Keep")
            reader.until(lambda: history.jobs()[0].stage is Stage.KEPT, "the take is kept", PATIENCE)
        assert service.received.accepted_submissions == 1, "nothing is paid for twice"
        history.close()
    assert numbers(film) == list(range(FRAMES))
    assert clip.read_bytes() == content
