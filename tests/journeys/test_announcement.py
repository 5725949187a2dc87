"""A take is ready while the window is elsewhere: one message on a real session bus, a hint in the taskbar of a real
window manager, and a click that opens the review."""

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from retake_desktop.demo.options import DemoOptions
from retake_desktop.demo.service import DemoService
from tests.fakes.desktop import NOTIFICATIONS, PORTAL, TRAY, Desktop
from tests.fakes.footage import make_clip
from tests.journeys.screen_reader import ScreenReader, accessibility_bus, screen_reader, window

pytestmark = pytest.mark.full

_HINT = "_NET_WM_STATE_DEMANDS_ATTENTION"


@pytest.mark.parametrize("names", [(TRAY, NOTIFICATIONS), (PORTAL,)], ids=["server", "portal"])
def test_one_message_for_two_takes_and_a_click_opens_the_review(tmp_path: Path, names: tuple[str, ...]) -> None:
    clip = make_clip(tmp_path / "holiday.mp4", frames=200, size=(640, 360))
    folder = tmp_path / "service"
    folder.mkdir()
    options = DemoOptions(queue_seconds=3, run_seconds=0, answer_size=None)
    with DemoService(folder, options) as service, accessibility_bus(tmp_path / "person") as surroundings:
        surroundings |= {"RUNCOMFY_API_URL": service.url, "RUNCOMFY_API_TOKEN": "a-token"}
        with (
            Desktop(*names, address=surroundings["DBUS_SESSION_BUS_ADDRESS"]) as desktop,
            window_manager(),
            window(surroundings, str(clip)) as program,
            screen_reader(surroundings) as reader,
        ):
            _ask_for_two(reader)
            with something_else_in_front():
                reader.until(lambda: bool(desktop.told), "a message comes")
                (message,) = desktop.told
                assert message.heading.startswith("2 take")
                assert message.words == "holiday.mp4"
                reader.until(lambda: _HINT in _state("Retake Desktop"), "the taskbar is told")
                assert reader.count("Before and after") == 0
                desktop.click(message)
                reader.until(lambda: reader.count("Before and after") == 1, "the click opens the review")
            assert len(desktop.told) == 1
            program.terminate()
            assert program.wait(30) == 0
            assert desktop.shown == []
        assert service.received.accepted_submissions == 2


def _ask_for_two(reader: ScreenReader) -> None:
    reader.until(lambda: "frame 0" in reader.read("Stage").get("description", ""), "the first frame is on stage")
    reader.write("Takes", "2")
    reader.write("Prompt", "A red coat, same light")
    reader.press("Retake")
    # The person goes on with something else, so that nothing opens by itself.
    reader.until(lambda: reader.read("Retake").get("enabled", False), "the press is on record")
    reader.write("Prompt", "Another thought")


@contextmanager
def window_manager() -> Iterator[None]:
    with _running("openbox", "--sm-disable"):
        _until(lambda: "_NET_SUPPORTING_WM_CHECK(WINDOW)" in _told("xprop", "-root", "_NET_SUPPORTING_WM_CHECK"))
        yield


@contextmanager
def something_else_in_front() -> Iterator[None]:
    """Another program's window, with the focus."""
    with _running("xmessage", "-title", "Something else", "-center", "Something else"):
        _until(lambda: bool(_told("xdotool", "search", "--name", "^Something else$")))
        number = _told("xdotool", "search", "--name", "^Something else$").split()[0]
        _until(lambda: _told("xdotool", "windowactivate", number, "getactivewindow").strip() == number)
        yield


def _state(title: str) -> str:
    """What the window manager knows of the window, as a taskbar reads it."""
    for number in _told("xdotool", "search", "--name", title).split():
        state = _told("xprop", "-id", number, "_NET_WM_STATE")
        if "not found" not in state:
            return state
    return ""


def _told(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=10).stdout


def _until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@contextmanager
def _running(*command: str) -> Iterator[None]:
    with subprocess.Popen(
        command, env=dict(os.environ), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            yield
        finally:
            process.terminate()
            process.wait(10)
