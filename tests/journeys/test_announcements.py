"""What changes by itself reaches a real screen reader's bus as announcements, stage by stage."""

import json
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.journeys.screen_reader import accessibility_bus, screen_reader, window

_PATIENCE = 240.0
"""Seconds that a busy machine may take to make a take."""
_HOST = Path(__file__).with_name("announcement_host.py")


@contextmanager
def announcements(surroundings: dict[str, str]) -> Iterator[list[str]]:
    """What has been announced so far; begins when somebody listens."""
    host = subprocess.Popen(["/usr/bin/python3", str(_HOST)], env=surroundings, stdout=subprocess.PIPE, text=True)
    heard: list[str] = []
    assert host.stdout is not None
    stream = host.stdout
    assert json.loads(stream.readline()) == "listening"
    reading = threading.Thread(target=lambda: heard.extend(json.loads(line) for line in iter(stream.readline, "")))
    reading.start()
    try:
        yield heard
    finally:
        host.terminate()
        host.wait(timeout=10)
        reading.join(timeout=10)
        stream.close()


@pytest.mark.full
@pytest.mark.timeout(300)
def test_each_stage_of_a_take_is_announced_on_the_accessibility_bus(tmp_path: Path) -> None:
    with (
        accessibility_bus(tmp_path / "person") as surroundings,
        announcements(surroundings) as heard,
        window(surroundings, "--demo"),
        screen_reader(surroundings) as reader,
    ):
        reader.until(lambda: "frame 0" in reader.read("Stage").get("description", ""), "a frame is on stage")
        reader.write("Prompt", "A red coat")
        reader.press("Retake")
        deadline = time.monotonic() + _PATIENCE
        while "A red coat: Ready to review" not in heard:
            assert time.monotonic() < deadline, heard
            time.sleep(0.1)
    told = [words.removeprefix("A red coat: ") for words in heard if words.startswith("A red coat: ")]
    assert told[:2] == ["Starting", "Preparing the video"]
    assert told[-1] == "Ready to review"
    assert len(told) == len(set(told)), "no stage is said twice"
