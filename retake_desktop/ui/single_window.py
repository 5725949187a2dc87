"""One window for a person and a data folder: a second launch hands what it should open to the window that is there."""

import hashlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLockFile, QObject, Signal
from PySide6.QtGui import QFileOpenEvent

from retake_desktop.ui.drop import read_text

if TYPE_CHECKING:
    from retake_desktop.ui.callers import Callers

_LONGEST_SOCKET_PATH = 100
"""Bytes. Unix sockets take 107 (108 with the zero at their end; macOS 104)."""


class SingleWindow(QObject):
    """`folder` belongs to this person alone. Windows of different `kind` (another service) do not meet.

    Signal `called(Dropped)`: another launch wants this window in front, and something opened in it. On macOS that is no
    launch but an event of the application, which comes here where this is its event filter.
    """

    called = Signal(object)

    def __init__(self, folder: Path, kind: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        mark = hashlib.sha256(f"{folder.resolve()}\0{kind}".encode()).hexdigest()[:16]
        self._name = _socket_name(folder, mark)
        self._lock = QLockFile(str(folder / f"window-{mark}.lock"))
        # Only the end of its process ends a lock, not its age: the machine may have slept.
        self._lock.setStaleLockTime(0)
        self._callers: Callers | None = None

    def open(self) -> bool:
        """Whether this is the first window; `listen` lets it hear later launches, which wait for that."""
        return self._lock.tryLock(0)

    def listen(self) -> None:
        """Hears later launches from now on. Loads what that takes: it would hold up the window's first appearance."""
        from retake_desktop.ui.callers import Callers

        self._callers = Callers(self._name, self)
        self._callers.called.connect(self.called)

    def hand_over(self, video: str | None) -> bool:
        """Sends `video`, as it was written on the command line, to the first window; False when it does not answer."""
        from retake_desktop.ui.callers import Call, hand_over

        what = "" if not video else video if "://" in video else str(Path(video).expanduser().absolute())
        return hand_over(self._name, Call(what))

    def close(self) -> None:
        """Hears nothing any more; the next launch opens a window of its own."""
        if self._callers is not None:
            self._callers.close()
        self._lock.unlock()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FileOpen and isinstance(event, QFileOpenEvent):
            found = read_text(event.file() or event.url().toString())
            if found.path is not None or found.url is not None:
                self.called.emit(found)
            return True
        return super().eventFilter(watched, event)


def _socket_name(folder: Path, mark: str) -> str:
    """In the person's own folder where that is short enough, otherwise in their runtime folder."""
    if sys.platform == "win32":
        return f"retake-desktop-{mark}"
    for place in (folder, Path(os.environ.get("XDG_RUNTIME_DIR") or folder)):
        path = place / f"window-{mark}"
        if len(os.fsencode(path)) <= _LONGEST_SOCKET_PATH:
            return str(path)
    return f"retake-desktop-{os.getuid()}-{mark}"
