"""How launches of the app talk to each other: the first window's socket, and who calls there."""

import msgspec
from PySide6.QtCore import QDeadlineTimer, QObject, QThread, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from retake_desktop.ui.drop import Dropped, read_text

_LONGEST_MESSAGE = 40_000
"""Bytes."""
_MOST_CALLERS = 8
_CALLER_MS = 3000
_ANSWER_MS = 2000
_AGAIN_MS = 20
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


def hand_over(name: str, call: Call) -> bool:
    """Whether the window that listens, or soon will, at `name` has taken `call`."""
    socket = QLocalSocket()
    patience = QDeadlineTimer(_ANSWER_MS)
    socket.connectToServer(name)
    while not socket.waitForConnected(_ANSWER_MS):
        if patience.hasExpired():
            return False
        QThread.msleep(_AGAIN_MS)
        socket.connectToServer(name)
    socket.write(msgspec.json.encode(call) + b"\n")
    socket.flush()
    while not socket.canReadLine():
        if not socket.waitForReadyRead(_ANSWER_MS):
            return False
    return bytes(socket.readLine().data()) == _TAKEN


class Callers(QObject):
    """Hears at the socket `name`, in place of whoever left it behind.

    Signal `called(Dropped)`: what another launch wants to be opened.
    """

    called = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.setMaxPendingConnections(_MOST_CALLERS)
        self._server.newConnection.connect(self._on_caller)
        self._callers: dict[QLocalSocket, bytes] = {}
        QLocalServer.removeServer(name)
        self._server.listen(name)

    def close(self) -> None:
        self._server.close()
        for caller in list(self._callers):
            caller.abort()

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
