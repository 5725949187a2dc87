"""A screen reader's user at the real program: a process of its own, on a message bus of its own, by names alone."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from tests.journeys.command import environment

APPLICATION = "retake-desktop"
_HOST = Path(__file__).with_name("screen_reader_host.py")
_LAUNCHER = "/usr/libexec/at-spi-bus-launcher"
_IS_UP = """
until bus=$(dbus-send --print-reply=literal --dest=org.a11y.Bus /org/a11y/bus org.a11y.Bus.GetAddress) &&
  dbus-send --bus="${bus#"${bus%%[! ]*}"}" --print-reply --dest=org.a11y.atspi.Registry \
    /org/a11y/atspi/accessible/root org.freedesktop.DBus.Peer.Ping
do sleep 0.1; done
"""
"""Also waits for the registry: a program that registers before it is there is never heard of."""
_PATIENCE = 60.0


class ScreenReader:
    """Finds and uses what is showing, by accessible name."""

    def __init__(self, host: subprocess.Popen[str], patience: float) -> None:
        self._host = host
        self._patience = patience

    def _ask(self, **command: str | int) -> Any:
        assert self._host.stdin is not None
        assert self._host.stdout is not None
        self._host.stdin.write(json.dumps({"application": APPLICATION, **command}) + "\n")
        self._host.stdin.flush()
        return json.loads(self._host.stdout.readline())

    def names(self) -> list[dict[str, Any]]:
        answer = self._ask(do="names")
        return answer if isinstance(answer, list) else []

    def _showing(self) -> object:
        """For a failure: the names that are there, or why they cannot be read."""
        answer = self._ask(do="names")
        return [each["name"] for each in answer] if isinstance(answer, list) else answer

    def count(self, name: str) -> int:
        return sum(accessible["name"] == name for accessible in self.names())

    def read(self, name: str) -> dict[str, Any]:
        """Text, description, whether it is enabled, whether it is checked; empty while it is not there."""
        answer = self._ask(do="read", name=name)
        return {} if "error" in answer else dict(answer)

    def press(self, name: str) -> None:
        """Action 0, once the control is there and enabled."""
        self.until(lambda: self.read(name).get("enabled", False), f"{name} can be pressed")
        assert self._ask(do="press", name=name).get("done"), name

    def click(self, name: str) -> None:
        """With the mouse, once it is there: what a screen reader offers where a thing has no action of its own."""
        self.until(lambda: self.count(name) == 1, f"{name} is there")
        x, y, width, height = self._ask(do="place", name=name)
        move = ("mousemove", str(x + width // 2), str(y + height // 2), "sleep", "0.2", "click", "1")
        subprocess.run(["xdotool", *move], check=True, timeout=_PATIENCE)

    def write(self, name: str, text: str) -> None:
        self.until(lambda: bool(self.read(name)), f"{name} is there")
        assert self._ask(do="write", name=name, text=text).get("done"), name

    def write_file_name(self, path: Path) -> None:
        """Into Qt's own file dialog, whose caption has the field's name too."""
        self.until(lambda: self.count("File name:") == 2, "a place is asked for")
        assert self._ask(do="write", name="File name:", text=str(path), role="text").get("done")

    def slide(self, name: str, value: int) -> None:
        """Sets a slider's value."""
        self.until(lambda: bool(self.read(name)), f"{name} is there")
        assert self._ask(do="slide", name=name, value=value).get("done"), name

    def until(self, is_so: Callable[[], bool], what: str, patience: float | None = None) -> None:
        """Waits at most `patience` seconds, the reader's own where None is given."""
        deadline = time.monotonic() + (self._patience if patience is None else patience)
        while not is_so():
            assert time.monotonic() < deadline, f"never: {what}; showing: {self._showing()}"
            time.sleep(0.1)


@contextmanager
def accessibility_bus(home: Path) -> Iterator[dict[str, str]]:
    """The environment of a session of its own with the accessibility bus up."""
    with ExitStack() as stack:
        screen = {name: os.environ[name] for name in ("DISPLAY", "XAUTHORITY") if name in os.environ}
        surroundings = environment(home, QT_QPA_PLATFORM="xcb", **screen)
        bus = stack.enter_context(
            _running(["dbus-daemon", "--session", "--nofork", "--print-address"], surroundings, stdout=subprocess.PIPE)
        )
        assert bus.stdout is not None
        surroundings |= {
            "DBUS_SESSION_BUS_ADDRESS": bus.stdout.readline().strip(),
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        }
        stack.enter_context(_running([_LAUNCHER, "--launch-immediately"], surroundings))
        subprocess.run(["sh", "-c", _IS_UP], env=surroundings, check=True, capture_output=True, timeout=_PATIENCE)
        yield surroundings


@contextmanager
def window(surroundings: dict[str, str], *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """The program's window; what it says on stderr is shown where a test fails."""
    with _running([sys.executable, "-m", "retake_desktop", *arguments], surroundings, stderr=None) as process:
        try:
            yield process
        finally:
            # A failure tells whether the window was still there.
            print(f"the window's exit code when the test was done with it: {process.poll()}")  # noqa: T201 - for the report


@contextmanager
def screen_reader(surroundings: dict[str, str], patience: float = _PATIENCE) -> Iterator[ScreenReader]:
    with _running(
        ["/usr/bin/python3", str(_HOST)], surroundings, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as host:
        yield ScreenReader(host, patience)


@contextmanager
def _running(command: list[str], surroundings: dict[str, str], **pipes: int | None) -> Iterator[subprocess.Popen[str]]:
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, **pipes}
    with subprocess.Popen(command, env=surroundings, text=True, **quiet) as process:  # type: ignore[call-overload]  # pipes by name
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
