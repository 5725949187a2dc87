"""The first minutes by accessible names alone, in the real program: nothing set up, no account, no keyring."""

from pathlib import Path

import pytest

from retake_desktop.demo.options import DemoOptions
from retake_desktop.demo.service import DemoService
from retake_desktop.domain.job import Stage
from retake_desktop.services.history import History
from tests.journeys.screen_reader import ScreenReader, accessibility_bus, screen_reader, window

pytestmark = [pytest.mark.full, pytest.mark.timeout(400)]
_LONG = 180.0
"""Seconds that a busy machine may take for a retake, or a film, in full HD."""


def _history(home: Path) -> History:
    return History(home / "data" / "retake-desktop" / "jobs.sqlite")


def _says(reader: ScreenReader, words: str) -> bool:
    return any(words in accessible["name"] or words in accessible["description"] for accessible in reader.names())


def test_from_the_first_start_to_a_kept_take_on_the_demo_service(tmp_path: Path) -> None:
    home = tmp_path / "person"
    with accessibility_bus(home) as surroundings, window(surroundings) as program:
        with screen_reader(surroundings) as reader:
            reader.press("Try the demo")
            reader.until(lambda: "frame" in reader.read("Stage").get("description", ""), "the sample is on stage")
            reader.until(lambda: _says(reader, "Demo service"), "the demo is marked")
            reader.write("Prompt", "A sailing boat instead of the duck")
            reader.press("Picture")
            reader.until(lambda: "free" in reader.read("Price").get("text", ""), "the demo is said to cost nothing")
            reader.press("Retake")
            reader.until(lambda: reader.count("Before and after") == 1, "the review opens by itself", _LONG)
            assert _says(reader, "Demo"), "the result is marked as the demo's"
            reader.press("Keep")
            history = _history(home)
            reader.until(lambda: history.jobs()[0].stage is Stage.KEPT, "the take is kept", _LONG)
            (job,) = history.jobs()
            history.close()
        program.terminate()
        assert program.wait(30) == 0
    assert job.service.is_demo
    assert job.film is not None
    assert Path(job.film.path).stat().st_size > 100_000
    assert Path(job.film.path).is_relative_to(home)
    assert list((home / "data" / "retake-desktop" / "logs").glob("run-*")) == []


def test_from_the_first_start_to_a_tested_token_and_never_asked_again(tmp_path: Path) -> None:
    home, folder = tmp_path / "person", tmp_path / "service"
    folder.mkdir()
    with DemoService(folder, DemoOptions(token="rc-reader")) as service, accessibility_bus(home) as surroundings:
        surroundings |= {"RUNCOMFY_API_URL": service.url}
        with window(surroundings) as program, screen_reader(surroundings) as reader:
            reader.press("Set up RunComfy…")
            reader.until(lambda: reader.count("API token") == 1, "the guide is open")
            assert not reader.read("Done")["enabled"]
            reader.write("API token", "rc-reader")
            reader.until(lambda: _says(reader, "this system has none"), "that there is no keyring is told")
            assert reader.read("Ask the keyring again")["enabled"]
            reader.press("Keep for this session only")
            reader.press("Test connection")
            reader.until(lambda: _says(reader, "The token is valid"), "the test's outcome is told")
            assert _says(reader, "The balance is")
            reader.press("Done")
            reader.until(lambda: reader.count("API token") == 0, "the guide is closed")
            reader.until(lambda: reader.count("Set up RunComfy…") == 0, "the offer is gone")
            program.terminate()
            assert program.wait(30) == 0
        with window(surroundings), screen_reader(surroundings) as reader:
            reader.until(lambda: reader.count("Open video") == 1, "the window is back")
            assert reader.count("Set up RunComfy…") == 0, "it is never in the way again"
            assert reader.count("Try the demo") == 0


def test_a_killed_window_is_told_at_the_next_start_with_a_report_to_read(tmp_path: Path) -> None:
    home = tmp_path / "person"
    with accessibility_bus(home) as surroundings:
        with window(surroundings) as program, screen_reader(surroundings) as reader:
            reader.until(lambda: reader.count("Open video") == 1, "the window is there")
            program.kill()
            program.wait()
        with window(surroundings), screen_reader(surroundings) as reader:
            reader.until(lambda: _says(reader, "was ended from outside last time"), "it is told")
            reader.press("Look at a report…")
            shown = "What stands in it"
            reader.until(lambda: "Nothing was sent" in reader.read(shown).get("text", ""), "it is shown")
            reader.until(lambda: reader.read("Save as a ZIP file…")["enabled"], "it can be saved")


def test_broken_settings_are_set_aside_and_said(tmp_path: Path) -> None:
    home = tmp_path / "person"
    folder = home / "config" / "retake-desktop"
    folder.mkdir(parents=True)
    (folder / "settings.json").write_text('{"theme": "light", "scale": "enormous"', encoding="utf-8")
    with accessibility_bus(home) as surroundings, window(surroundings), screen_reader(surroundings) as reader:
        reader.until(lambda: _says(reader, "the settings were unreadable, see"), "it is said")
        aside = folder / "settings.broken.json"
        assert _says(reader, str(aside))
        assert aside.read_text(encoding="utf-8").endswith('"enormous"')
