"""One window for a person and a data folder: a second launch hands what it should open to the window that is there."""

import hashlib
import os
import sys
from pathlib import Path

import msgspec
from PySide6.QtCore import QEvent, QLockFile, QObject, QTimer, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from retake_desktop.ui.drop import Dropped, read_text

_LONGEST_MESSAGE = 40_000
"""Bytes."""
_MOST_CALLERS = 8
_CALLER_MS = 3000
_ANSWER_MS = 2000
_LONGEST_SOCKET_PATH = 100
"""Bytes. Unix sockets take 107 (108 with the zero at their end; macOS 104)."""
_TAKEN = b"taken\n"


class Call(msgspec.Struct, frozen=True):
    """What a second launch sends, as one line of JSON. `open` is an absolute path or https address, or empty."""

    open: str = ""


def read_call(line: bytes) -> Dropped | None:
    """What is to be opened: without path and address only the window is to be shown. None for what is no call."""
    try:
        call = msgspec.json.decode(line, type=Call)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    if not call.open:
        return Dropped(None)
    found = read_text(call.open)
    return found if found.path is not None or found.url is not None else None


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
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.setMaxPendingConnections(_MOST_CALLERS)
        self._server.newConnection.connect(self._on_caller)
        self._callers: dict[QLocalSocket, bytes] = {}

    def open(self) -> bool:
        """Whether this is the first window; it hears later launches from now on."""
        if not self._lock.tryLock(0):
            return False
        QLocalServer.removeServer(self._name)
        self._server.listen(self._name)
        return True

    def hand_over(self, video: str | None) -> bool:
        """Sends `video`, as it was written on the command line, to the first window; False when it does not answer."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_ANSWER_MS):
            return False
        what = "" if not video else video if "://" in video else str(Path(video).expanduser().absolute())
        socket.write(msgspec.json.encode(Call(what)) + b"\n")
        socket.flush()
        while not socket.canReadLine():
            if not socket.waitForReadyRead(_ANSWER_MS):
                return False
        return bytes(socket.readLine().data()) == _TAKEN

    def close(self) -> None:
        """Hears nothing any more; the next launch opens a window of its own."""
        self._server.close()
        for caller in list(self._callers):
            caller.abort()
        self._lock.unlock()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FileOpen and isinstance(event, QFileOpenEvent):
            found = read_text(event.file() or event.url().toString())
            if found.path is not None or found.url is not None:
                self.called.emit(found)
            return True
        return super().eventFilter(watched, event)

    def _on_caller(self) -> None:
        while (caller := self._server.nextPendingConnection()) is not None:
            if len(self._callers) >= _MOST_CALLERS:
                caller.abort()
                caller.deleteLater()
                continue
            self._callers[caller] = b""
            caller.readyRead.connect(self._on_ready)
            caller.disconnected.connect(self._on_gone)
            patience = QTimer(caller, singleShot=True)
            patience.timeout.connect(self._on_slow)
            patience.start(_CALLER_MS)
            self._hear(caller)

    def _on_ready(self) -> None:
        caller = self.sender()
        if isinstance(caller, QLocalSocket):
            self._hear(caller)

    def _hear(self, caller: QLocalSocket) -> None:
        heard = self._callers.get(caller)
        if heard is None:
            return
        heard += bytes(caller.read(_LONGEST_MESSAGE + 1).data())
        self._callers[caller] = heard
        line, end, _rest = heard.partition(b"\n")
        if len(heard) > _LONGEST_MESSAGE or (end and (call := read_call(line)) is None):
            caller.abort()
        elif end:
            self._callers[caller] = b""
            caller.write(_TAKEN)
            caller.flush()
            caller.disconnectFromServer()
            self.called.emit(call)

    def _on_slow(self) -> None:
        caller = self.sender().parent()
        if isinstance(caller, QLocalSocket):
            caller.abort()

    def _on_gone(self) -> None:
        caller = self.sender()
        if isinstance(caller, QLocalSocket):
            self._callers.pop(caller, None)
            caller.deleteLater()


def _socket_name(folder: Path, mark: str) -> str:
    """In the person's own folder where that is short enough, otherwise in their runtime folder."""
    if sys.platform == "win32":
        return f"retake-desktop-{mark}"
    for place in (folder, Path(os.environ.get("XDG_RUNTIME_DIR") or folder)):
        path = place / f"window-{mark}"
        if len(os.fsencode(path)) <= _LONGEST_SOCKET_PATH:
            return str(path)
    return f"retake-desktop-{os.getuid()}-{mark}"
