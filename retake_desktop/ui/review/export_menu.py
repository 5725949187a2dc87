"""What can be made of a take for others, as a menu."""

from enum import Enum, auto

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from retake_desktop.domain.job import Job


class Export(Enum):
    """What can be written to a file of the person's choice."""

    RESULT = auto()
    """The service's file as it came."""
    FILM = auto()
    """The original with its kept moments."""
    SIDE_BY_SIDE = auto()
    WIPE = auto()
    """Before and after as a video with a moving divider."""
    STILL = auto()
    """Before and after of the frame on screen, as a picture."""
    FACTS = auto()
    """Prompt, mode, times, cost and ids."""


class ExportMenu(QMenu):
    """`asked(Export)`. What cannot be had says why."""

    asked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setToolTipsVisible(True)
        self._actions: dict[Export, QAction] = {}
        self._add(Export.RESULT, self.tr("Result as it came…"))
        self._add(Export.FILM, self.tr("Finished film…"))
        self.addSeparator()
        self._add(Export.SIDE_BY_SIDE, self.tr("Before and after side by side, as a video…"))
        self._add(Export.WIPE, self.tr("Before and after as a wipe, as a video…"))
        self._add(Export.STILL, self.tr("Before and after of this frame, as a picture…"))
        self.addSeparator()
        self._add(Export.FACTS, self.tr("Prompt, times, cost and ids…"))

    def show_job(self, job: Job) -> None:
        """Enables what this take has."""
        no_film = "" if job.final_path else self.tr("Keep the take first.")
        no_picture = "" if job.request.mode.replaces_picture else self.tr("Only its sound was made anew.")
        self._allow(Export.FILM, no_film)
        for what in (Export.SIDE_BY_SIDE, Export.WIPE, Export.STILL):
            self._allow(what, no_picture)

    def _add(self, what: Export, words: str) -> None:
        action = self.addAction(words)
        action.setData(what)
        action.triggered.connect(self._on_triggered)
        self._actions[what] = action

    def _allow(self, what: Export, why_not: str) -> None:
        action = self._actions[what]
        action.setEnabled(not why_not)
        action.setToolTip(why_not)
        action.setStatusTip(why_not)

    def _on_triggered(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.asked.emit(action.data())
