"""All that follows a review: the film, its original, exports, and the room that they take."""

from PySide6.QtCore import QObject

from retake_desktop.ui.exporting import Exporting
from retake_desktop.ui.jobs import Jobs
from retake_desktop.ui.keeping import Keeping
from retake_desktop.ui.main_window import MainWindow
from retake_desktop.ui.notices import Notices
from retake_desktop.ui.opening import Opening
from retake_desktop.ui.originals import Originals
from retake_desktop.ui.playback.playback import Playback
from retake_desktop.ui.reviewing import Reviewing
from retake_desktop.ui.rooming import Rooming


class Finishing(QObject):
    """Made after the presenter of reviews, so that each of its parts finds the take under review."""

    def __init__(
        self,
        window: MainWindow,
        jobs: Jobs,
        playback: Playback,
        notices: Notices,
        opening: Opening,
        reviewing: Reviewing,
    ) -> None:
        super().__init__(window)
        self.keeping = Keeping(window, jobs, playback, notices, opening, reviewing)
        self.originals = Originals(window, jobs, notices, reviewing)
        self.exporting = Exporting(window, jobs, playback, notices, reviewing)
        self.rooming = Rooming(window, jobs)
