"""The window as a whole: its start, and the GUI thread's heartbeat."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from tests.benchmarks.footage import INPUTS, film_of, phone_4k60
from tests.benchmarks.measuring import Samples, row, taken_in_turns
from tests.benchmarks.windows import SECOND_FROM, SECOND_UNTIL

_PATIENCE = 180


@row("start", reach=2.5, peer="an empty PySide6 window")
def start(runs: int) -> Samples:
    """From the start of the process to a window that is drawn and answers, with everything in the disk cache."""
    return _beside_an_empty_window(runs, "start")


@row("start-whole", reach=None, peer="an empty PySide6 window")
def start_whole(runs: int) -> Samples:
    """As `start`, until everything behind the window is there, too: what a person does before waits for that."""
    return _beside_an_empty_window(runs, "whole")


def _beside_an_empty_window(runs: int, until: str) -> Samples:
    with own_folders() as environment:
        return taken_in_turns(
            max(runs, 5),
            lambda: told(environment, "app", until),
            lambda: told(environment, "empty", "start"),
        )


@row("heartbeat", reach=0.050)
def heartbeat(runs: int) -> Samples:
    """How much longer the GUI thread stands still while 4K60 is opened, scrubbed and played than an empty window does
    beside it."""
    return _beyond_an_empty_window(runs, ("heartbeat", str(phone_4k60())), ("16",))


@row("heartbeat-second", reach=0.050)
def heartbeat_second(runs: int) -> Samples:
    """As `heartbeat`, while 4K is opened in place of ten minutes of 1080p that are open."""
    videos = (str(film_of(600)), str(INPUTS["h264-4k"].path()))
    return _beyond_an_empty_window(runs, ("second", *videos), (str(SECOND_UNTIL), str(SECOND_FROM)))


def _beyond_an_empty_window(runs: int, ours: tuple[str, ...], theirs: tuple[str, ...]) -> Samples:
    """Seconds by which the app's longest standstill is longer than that of an empty window beside it."""
    longer = []
    with own_folders() as environment:
        for _ in range(runs):
            app = _started(environment, "app", *ours)
            empty = _started(environment, "empty", "heartbeat", *theirs)
            longer.append(max(0.0, float(_said(app)) - float(_said(empty))))
    return Samples(longer)


@contextmanager
def own_folders() -> Iterator[dict[str, str]]:
    """The environment of a person who has started the app before, without an account."""
    with tempfile.TemporaryDirectory() as home:
        kinds = {f"XDG_{kind}_HOME": f"{home}/{kind.lower()}" for kind in ("DATA", "CONFIG", "CACHE")}
        environment = {**os.environ, "HOME": home, **kinds, "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
        environment.pop("RUNCOMFY_API_TOKEN", None)
        # Where Python may not keep what it compiled, each start would compile the program anew.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        environment.setdefault("QT_QPA_PLATFORM", "xcb" if "DISPLAY" in environment else "offscreen")
        yield environment


def _started(environment: dict[str, str], *arguments: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.benchmarks.windows", *arguments]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def _said(process: "subprocess.Popen[str]") -> str:
    said, _ = process.communicate(timeout=_PATIENCE)
    if process.returncode or not said:
        raise RuntimeError(f"the window ended with {process.returncode}")
    return said.split()[-1]


def told(environment: dict[str, str], *arguments: str) -> str:
    return _said(_started(environment, *arguments))
