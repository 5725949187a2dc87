"""All that follows a review: the film, its original, exports, and the room that they take."""

from PySide6.QtCore import QObject

from retake_desktop.ui.exporting import Exporting
from retake_desktop.ui.keeping import Keeping
from retake_desktop.ui.originals import Originals
from retake_desktop.ui.presenter import Surroundings
from retake_desktop.ui.reviewing import Reviewing
from retake_desktop.ui.rooming import Rooming


class Finishing(QObject):
    """Made after the presenter of reviews, so that each of its parts finds the take under review."""

    def __init__(self, around: Surroundings, reviewing: Reviewing) -> None:
        super().__init__(around.window)
        self.keeping = Keeping(around, reviewing)
        self.originals = Originals(around, reviewing)
        self.exporting = Exporting(around, reviewing)
        self.rooming = Rooming(around.window, around.jobs)
