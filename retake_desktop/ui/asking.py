"""Questions that take a while: each on a thread of its own, given up when a newer one is asked."""

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal

from retake_desktop.domain.errors import RetakeError


class Asking(QObject):
    """One question at a time. Signal `answered(object)`: what the newest one found, None where it could not."""

    answered = Signal(object)
    _found = Signal(object, object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._given_up = threading.Event()
        self._threads: list[threading.Thread] = []
        self._is_busy = False
        self._found.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        return self._is_busy

    def ask(self, question: Callable[[Callable[[], bool]], object]) -> None:
        """`question` is called with a function that says whether it has been given up. May raise RetakeError."""
        self.stop()
        given_up = self._given_up = threading.Event()
        self._is_busy = True
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        thread = threading.Thread(target=self._run, args=(question, given_up), name=self._name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def stop(self) -> None:
        """Gives up what is under way; its answer never comes."""
        self._given_up.set()
        self._is_busy = False

    def close(self) -> None:
        """Ends the threads."""
        self.stop()
        for thread in self._threads:
            thread.join()
        self._threads.clear()

    def _run(self, question: Callable[[Callable[[], bool]], object], given_up: threading.Event) -> None:
        try:
            answer = question(given_up.is_set)
        except RetakeError:
            answer = None
        if not given_up.is_set():
            self._found.emit(given_up, answer)

    def _deliver(self, given_up: threading.Event, answer: object) -> None:
        if not given_up.is_set():
            self._is_busy = False
            self.answered.emit(answer)
