"""Questions that take a while: each on a thread of its own, given up when a newer one is asked."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, Signal

from retake_desktop.domain.errors import RetakeError
from retake_desktop.ui.reading import Cancelled, Reading


class Asking(QObject):
    """One question at a time. Signal `answered(object)`: what the newest one found, None where it could not."""

    answered = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._reading = Reading(self)
        self._is_busy = False
        self._reading.found.connect(self._answer)

    @property
    def is_busy(self) -> bool:
        return self._is_busy

    def ask(self, question: Callable[[Cancelled], object]) -> None:
        """`question` is called with a function that says whether it has been given up. May raise RetakeError."""
        self._is_busy = True
        self._reading.read(self._name, lambda cancelled: _answered(question, cancelled))

    def stop(self) -> None:
        """Gives up what is under way; its answer never comes."""
        self._reading.stop()
        self._is_busy = False

    def close(self) -> None:
        """Ends the threads."""
        self._is_busy = False
        self._reading.close()

    def _answer(self, answer: object) -> None:
        self._is_busy = False
        self.answered.emit(answer)


def _answered(question: Callable[[Cancelled], object], cancelled: Cancelled) -> Iterator[object]:
    try:
        yield question(cancelled)
    except RetakeError:
        yield None
