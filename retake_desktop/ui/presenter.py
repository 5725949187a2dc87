"""What every presenter of reviews has at hand."""

from dataclasses import dataclass

from PySide6.QtCore import QObject

from retake_desktop.ui.jobs import Jobs
from retake_desktop.ui.main_window import MainWindow
from retake_desktop.ui.notices import Notices
from retake_desktop.ui.opening import Opening
from retake_desktop.ui.playback.playback import Playback


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The window, what works behind it, and what is said in it."""

    window: MainWindow
    jobs: Jobs
    playback: Playback
    notices: Notices
    opening: Opening


class Presenter(QObject):
    """Connects what the window shows of one thing with the job thread and the playback; lives as long as the window."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around.window)
        self._window = around.window
        self._jobs = around.jobs
        self._playback = around.playback
        self._notices = around.notices
        self._opening = around.opening
