"""What happened before this start stands in the window's first picture, and nothing moves when the rest has come."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

_PROGRAM = """
import json, os, sys
from PySide6.QtCore import QEvent, QObject, QTimer
from retake_desktop.ui import beginning, main_window

class Watched(main_window.MainWindow):
    def showEvent(self, event):
        super().showEvent(event)
        self.pictures = []
        QTimer(self, interval=5, timeout=self.look).start()

    def paintEvent(self, event):
        super().paintEvent(event)
        self.is_drawn = True

    def said(self):
        return self.notice.words() if self.notice.isVisible() else ""

    def look(self):
        if hasattr(self, "is_drawn"):
            self.first = getattr(self, "first", self.said())
            picture = self.screen().grabWindow(self.winId()).toImage()
            if not self.pictures or picture != self.pictures[-1]:
                self.pictures.append(picture)

    def tell(self):
        self.look()
        self.pictures[0].save(sys.argv[1])
        sys.stdout.write(json.dumps([len(self.pictures), self.first, self.said(), self._is_furnished]))
        sys.stdout.flush()
        os._exit(0)

class Whole(beginning.Beginning):
    def _end(self):
        super()._end()
        QTimer.singleShot(250, self.parent().tell)

main_window.MainWindow, beginning.Beginning = Watched, Whole
from retake_desktop.__main__ import main
main([])
"""
_CRASHED = "2026-11-28T12:00:00+00:00\nFatal Python error: Segmentation fault\n"
_KILLED = "2026-11-28T12:00:00+00:00\n"
_OUTSIDE = (
    "Retake Desktop was ended from outside last time, or the power failed. "
    "Your takes are on record and go on by themselves."
)
_INTRODUCED = '{"is_introduced": true}'


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for kind in ("data", "config"):
        (tmp_path / kind / "retake-desktop" / "logs").mkdir(parents=True)
    (tmp_path / "config" / "retake-desktop" / "settings.json").write_text(_INTRODUCED, encoding="utf-8")
    return tmp_path


def _started(home: Path) -> tuple[int, str, str]:
    """How many pictures there were from the first to the last, and the notices in these two."""
    kinds = {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("DATA", "CONFIG", "CACHE")}
    surroundings = {**os.environ, **kinds, "HOME": str(home)}
    surroundings["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    command = [sys.executable, "-c", _PROGRAM, str(home / "first.png")]
    done = subprocess.run(command, env=surroundings, capture_output=True, check=False, text=True)
    assert done.returncode == 0, done.stderr
    pictures, first, last, is_whole = json.loads(done.stdout)
    assert is_whole
    return pictures, first, last


def _leave(home: Path, record: str) -> None:
    (home / "data" / "retake-desktop" / "logs" / "run-20261128-120000-7.log").write_text(record, encoding="utf-8")


def test_a_crash_is_told_in_the_first_picture_and_nothing_moves_after_it(home: Path) -> None:
    _leave(home, _CRASHED)
    pictures, first, last = _started(home)
    assert "crashed last time" in first
    assert first == last
    assert pictures == 1, "what came later pushed the rest away"


@pytest.mark.full
def test_so_is_an_end_from_outside_and_then_it_is_over(home: Path) -> None:
    _leave(home, _KILLED)
    assert _started(home) == (1, _OUTSIDE, _OUTSIDE)
    for path in (home / "data").rglob("run-*"):
        path.unlink()  # of the start before, which is ended at once
    assert _started(home) == (1, "", "")


@pytest.mark.full
def test_so_is_that_settings_were_set_aside(home: Path) -> None:
    (home / "config" / "retake-desktop" / "settings.json").write_text('{"theme": "li', encoding="utf-8")
    _, first, last = _started(home)
    assert "the settings were unreadable" in first
    assert first == last
