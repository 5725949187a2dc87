"""However a start dies, and however early, the next one can tell of it; one that ends well leaves nothing."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from retake_desktop.services.crashes import CRASHES, Unfinished, collect

_PROGRAM = """
import ctypes, os, signal, sys
from PySide6.QtCore import QCoreApplication, QTimer
from retake_desktop.__main__ import main
def stop(*given, **named):
    {deed}
{place}
sys.exit(main({given}))
"""
_NO_MODULE = "sys.modules['retake_desktop.{}'] = None"
_BUILDING = "import retake_desktop.ui.welcome as it; it.Welcome.begin = stop"
_WORKING = "import retake_desktop.session as it; it._open_first = stop"
_END = "import retake_desktop.session as it; it._open_first = lambda *_: QTimer.singleShot(0, QCoreApplication.quit)"


def _started(home: Path, deed: str = "pass", place: str = "", given: str = "[]", platform: str = "offscreen") -> int:
    kinds = {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("DATA", "CONFIG", "CACHE")}
    surroundings = {**os.environ, **kinds, "HOME": str(home), "QT_QPA_PLATFORM": platform}
    surroundings["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    program = _PROGRAM.format(deed=deed, place=place, given=given)
    done = subprocess.run([sys.executable, "-c", program], env=surroundings, capture_output=True, check=False)
    return done.returncode


def _logs(home: Path) -> Path:
    return home / "data" / "retake-desktop" / "logs"


def _left(home: Path) -> Unfinished:
    (left,) = collect(_logs(home))
    assert not list(_logs(home).glob("run-*"))
    return left


def test_without_a_way_to_the_screen_what_qt_said_is_kept(tmp_path: Path) -> None:
    assert _started(tmp_path, platform="nonsense") == -signal.SIGABRT
    left = _left(tmp_path)
    assert "Fatal Python error: Aborted" in left.trace
    assert "in _application" in left.trace
    log = (_logs(tmp_path) / "retake-desktop.log").read_text(encoding="utf-8")
    assert 'Could not find the Qt platform plugin "nonsense"' in log


def test_a_program_that_cannot_be_loaded(tmp_path: Path) -> None:
    assert _started(tmp_path, place=_NO_MODULE.format("ui.drop")) == 1
    assert "import of retake_desktop.ui.drop halted" in _left(tmp_path).trace
    assert "halted" in (_logs(tmp_path) / CRASHES).read_text(encoding="utf-8")


@pytest.mark.full
def test_what_cannot_be_loaded_behind_the_drawn_window(tmp_path: Path) -> None:
    assert _started(tmp_path, place=_NO_MODULE.format("ui.player.stage")) == 1
    assert "import of retake_desktop.ui.player.stage halted" in _left(tmp_path).trace


@pytest.mark.full
@pytest.mark.parametrize("place", [_BUILDING, _WORKING], ids=["while it is built", "when all is there"])
@pytest.mark.parametrize(
    ("deed", "code", "word"),
    [
        ("raise ValueError('no such thing')", 1, "ValueError: no such thing"),
        ("ctypes.string_at(0)", -signal.SIGSEGV, "Fatal Python error: Segmentation fault"),
        ("os.kill(os.getpid(), signal.SIGKILL)", -signal.SIGKILL, ""),
    ],
    ids=["error", "crash", "kill"],
)
def test_any_end_anywhere(place: str, deed: str, code: int, word: str, tmp_path: Path) -> None:
    assert _started(tmp_path, deed, place) == code
    trace = _left(tmp_path).trace
    assert word in trace
    assert bool(trace) is bool(word)


@pytest.mark.full
@pytest.mark.parametrize(
    ("deed", "place", "given", "code"),
    [
        ("pass", _END, "[]", 0),
        ("raise KeyboardInterrupt", _BUILDING, "[]", -signal.SIGINT),
        ("pass", "", "['--version']", 0),
    ],
    ids=["ended", "Ctrl-C", "version"],
)
def test_what_ends_well_leaves_nothing(deed: str, place: str, given: str, code: int, tmp_path: Path) -> None:
    assert _started(tmp_path, deed, place, given) == code
    assert collect(_logs(tmp_path)) == ()
    assert not list(_logs(tmp_path).glob("run-*"))
