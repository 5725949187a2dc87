"""Starting the app again, with the video on stage, for what counts from the next start only."""

import sys

from PySide6.QtCore import QObject

from retake_desktop.ui.main_window import MainWindow
from retake_desktop.ui.retaking import Retaking


class Restarting(QObject):
    """`command` is what is to be started once this process has ended its work; empty where nothing is.

    Closing may be refused, or put off by a question: the wish holds until the window is closed or that is declined.
    """

    def __init__(self, window: MainWindow, retaking: Retaking) -> None:
        super().__init__(window)
        self._window = window
        self._retaking = retaking
        self._is_wanted = False
        self.command: tuple[str, ...] = ()
        window.closed.connect(self._on_closed)
        window.farewell.stay_asked.connect(self._on_stay)

    def ask(self) -> None:
        """Closes the window, as the person would, and starts again after that."""
        self._is_wanted = True
        self._window.close()

    def _on_closed(self) -> None:
        if self._is_wanted:
            clip = self._retaking.clip
            self.command = (*_this_program(), *(() if clip is None else (clip.path,)))

    def _on_stay(self) -> None:
        self._is_wanted = False


def _this_program() -> tuple[str, ...]:
    if getattr(sys, "frozen", False):
        return (sys.executable,)
    return (sys.executable, "-m", "retake_desktop")
