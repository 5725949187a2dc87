"""Another program on the same screen, and the screen's one mouse between the two."""

import os
import subprocess
import sys
from contextlib import suppress

from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

LONG = 60_000
"""Milliseconds that a busy machine may take for a drag."""


class Mouse:
    """The screen's one mouse, moved by xdotool."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot

    def does(self, *what: object) -> None:
        process = subprocess.Popen(["xdotool", *map(str, what)])
        self._qtbot.waitUntil(lambda: process.poll() is not None, timeout=LONG)
        assert process.returncode == 0

    def goes_to(self, place: QPoint) -> None:
        self.does("mousemove", place.x(), place.y(), "sleep", "0.06")


class OtherProgram:
    """A Python file that runs as a process of its own and says things on its standard output."""

    def __init__(self, qtbot: QtBot, file: str, *arguments: str) -> None:
        self._qtbot = qtbot
        self.mouse = Mouse(qtbot)
        self._process = subprocess.Popen([sys.executable, file, *arguments], stdout=subprocess.PIPE)
        assert self._process.stdout is not None
        os.set_blocking(self._process.stdout.fileno(), False)
        self.said = ""
        self.waits_for("ready")

    def waits_for(self, word: str) -> None:
        def has_come() -> bool:
            assert self._process.stdout is not None
            with suppress(BlockingIOError):
                self.said += os.read(self._process.stdout.fileno(), 4096).decode()
            return word in self.said

        self._qtbot.waitUntil(has_come, timeout=LONG)

    def end(self) -> None:
        self._process.terminate()
        self._process.wait(10)
        assert self._process.stdout is not None
        self._process.stdout.close()
