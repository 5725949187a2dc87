"""A window that is ended from a terminal or by the system."""

import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier

from retake_desktop.ui.main_window import MainWindow


class Ending(QObject):
    """Ctrl-C and a polite kill close the window as a click would."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._reading, self._writing = socket.socketpair()
        self._writing.setblocking(False)
        # Python's own handlers run only when the interpreter gets a turn; the notifier gives it one.
        self._wakeup_before = signal.set_wakeup_fd(self._writing.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._reading.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._drain)
        self._handlers = {number: signal.signal(number, self._asked) for number in (signal.SIGINT, signal.SIGTERM)}

    def _drain(self) -> None:
        self._reading.recv(64)

    def _asked(self, _number: int, _frame: FrameType | None) -> None:
        self._window.may_close = lambda: True
        self._window.close()

    def close(self) -> None:
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._wakeup_before)
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        self._reading.close()
        self._writing.close()
