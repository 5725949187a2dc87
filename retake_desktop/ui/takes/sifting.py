"""A search in turns: ten thousand takes are looked through without the window standing still."""

from collections.abc import Iterator
from itertools import islice

from PySide6.QtCore import QObject, QTimer, Signal

from retake_desktop.domain.job import Job
from retake_desktop.ui.takes.groups import Groups
from retake_desktop.ui.takes.model import TakesModel
from retake_desktop.ui.takes.search import Query

_TURN = 200
"""Takes looked through between two events of the person: some milliseconds, when none of them was ever searched."""


class Sifting(QObject):
    """Looks for what a query finds. The first turn is taken at once, so that a short list changes under the key."""

    done = Signal(object, object)
    """The Query, and the Groups that it finds; None instead of these when takes have changed meanwhile."""

    def __init__(self, model: TakesModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._query = Query()
        self._jobs: list[Job] = []
        self._left: Iterator[Job] = iter(())
        self._found = Groups()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._take_turn)

    def start(self, query: Query) -> None:
        """Gives up the search before."""
        self._query = query
        self._jobs = self._model.jobs()
        self._left = iter(self._jobs)
        self._found = Groups()
        self._timer.start(0)
        self._take_turn()

    def start_again(self) -> None:
        """What the person added to takes is different now; nothing is done when no search goes on."""
        if self._timer.isActive():
            self.start(self._query)

    def finish(self) -> None:
        """Takes all turns that are left."""
        while self._timer.isActive():
            self._take_turn()

    def stop(self) -> None:
        self._timer.stop()

    def _take_turn(self) -> None:
        turn = list(islice(self._left, _TURN))
        self._found.add(job for job in turn if self._model.finds(self._query, job))
        if len(turn) < _TURN:
            self._timer.stop()
            # Lists of the same objects are compared by identity, in no time.
            is_true = self._model.jobs() == self._jobs
            self.done.emit(self._query, self._found if is_true else None)
