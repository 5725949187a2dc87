"""What is read in the background for what is on screen: piece by piece, and given up when something newer is wanted."""

import threading
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, Qt, Signal

from retake_desktop.domain.errors import RetakeError

Cancelled = Callable[[], bool]


class Reading(QObject):
    """Each kind of thing is read on a thread of its own, the newest of a kind only.

    Signal `found(object)`: a piece. Nothing of what has been given up ever arrives. What cannot be read
    (RetakeError) ends there: whoever reads the same file for the person says what is wrong.
    """

    found = Signal(object)
    _made = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._under_way: dict[str, threading.Event] = {}
        self._threads: list[threading.Thread] = []
        self._is_closed = False
        self._made.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def read(self, kind: str, make: Callable[[Cancelled], Iterator[object]]) -> None:
        """Starts `kind` anew. `make` gives the pieces; it is called with what says that it has been given up.
        After `close` nothing starts: what was on its way here would outlive the window."""
        if self._is_closed:
            return
        if kind in self._under_way:
            self._under_way[kind].set()
        cancelled = self._under_way[kind] = threading.Event()
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        thread = threading.Thread(target=self._run, args=(make, cancelled), name=kind, daemon=True)
        self._threads.append(thread)
        thread.start()

    def stop(self) -> None:
        """Gives up what is under way; nothing of it arrives any more."""
        for cancelled in self._under_way.values():
            cancelled.set()
        self._under_way.clear()

    def close(self) -> None:
        """Ends the threads, for good."""
        self._is_closed = True
        self.stop()
        for thread in self._threads:
            thread.join()
        self._threads.clear()

    def _run(self, make: Callable[[Cancelled], Iterator[object]], cancelled: threading.Event) -> None:
        try:
            for piece in make(cancelled.is_set):
                if cancelled.is_set():
                    return
                self._made.emit(cancelled, piece)
        except RetakeError:
            return

    def _deliver(self, cancelled: threading.Event, piece: object) -> None:
        if not cancelled.is_set():
            self.found.emit(piece)
