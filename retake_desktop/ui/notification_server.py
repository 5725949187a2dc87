"""The desktop's own server of messages (org.freedesktop.Notifications), with a click that comes back.

Through jeepney: Qt's tray icon offers the server no action, so that a click on its messages only closes them, and
PySide's QtDBus cannot send the unsigned numbers that the server wants.
"""

import logging
import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal, SignalInstance

_log = logging.getLogger(__name__)
_NAME = "org.freedesktop.Notifications"
_PATH = "/org/freedesktop/Notifications"
_ACTION = "default"
_PATIENCE = 5.0
"""Seconds for an answer of the bus or the server."""
_TURN = 0.2
"""Seconds between looks at what the window wants, while a message stands."""
_FOR_THE_SERVER_TO_SAY = -1


@dataclass(frozen=True, slots=True)
class _Message:
    heading: str
    words: str


@dataclass(frozen=True, slots=True)
class _TakeAway:
    """The message that stands is to go."""


_Wish = _Message | _TakeAway


class ServerMessages(QObject):
    """One message at a time. A thread of its own talks to the bus, for as long as a message stands."""

    clicked = Signal()
    refused = Signal(str, str)
    """There is no such server here, or it took no message: the heading and the words that nobody has seen."""

    def __init__(self, action: str, parent: QObject | None = None) -> None:
        """`action` names what a click does, for servers that show it."""
        super().__init__(parent)
        self._action = action
        self._wishes: queue.SimpleQueue[_Wish] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._guard = threading.Lock()

    def show(self, heading: str, words: str) -> None:
        with self._guard:
            if self._thread is None:
                self._wishes = queue.SimpleQueue()
            self._wishes.put(_Message(heading, words))
            if self._thread is None:
                self._thread = threading.Thread(target=self._serve, name="messages", daemon=True)
                self._thread.start()

    def withdraw(self) -> None:
        """Takes the message away, and waits for that no longer than a moment."""
        with self._guard:
            thread = self._thread
            if thread is not None:
                self._wishes.put(_TakeAway())
        if thread is not None:
            thread.join(1.0)

    # -- on its own thread

    def _serve(self) -> None:
        shown = self._wishes.get_nowait()
        try:
            # Not at the top: most starts need none of it.
            from jeepney.io.blocking import open_dbus_connection

            with open_dbus_connection("SESSION") as bus:
                _Talk(bus, self._action, lambda: _tell(self.clicked)).hold(shown, self._next)
        except Exception as error:  # noqa: BLE001 - whatever a bus or a server does wrong, the work goes on
            _log.info("the desktop's message server cannot be used: %r", error)
            with self._guard:
                self._thread = None
            if isinstance(shown, _Message):
                _tell(self.refused, shown.heading, shown.words)

    def _next(self, *, is_over: bool) -> _Wish | None:
        """The window's next wish, None while there is none. With `is_over` the thread ends where there is none."""
        with self._guard:
            try:
                return self._wishes.get_nowait()
            except queue.Empty:
                if is_over:
                    self._thread = None
                return None


def _tell(signal: SignalInstance, *words: str) -> None:
    with suppress(RuntimeError):  # the window has closed meanwhile, and this object with it
        signal.emit(*words)


class _Talk:
    """With the server, over an open connection."""

    def __init__(self, bus: Any, action: str, clicked: Callable[[], object]) -> None:
        self._bus = bus
        self._action = action
        self._clicked = clicked
        self._number = 0

    def hold(self, first: _Wish, wishes: Callable[..., _Wish | None]) -> None:
        """Shows messages until the last one is closed, clicked or taken away. Raises what jeepney raises."""
        from jeepney import DBusAddress, MatchRule, message_bus

        self._server = DBusAddress(_PATH, bus_name=_NAME, interface=_NAME)
        rule = MatchRule(type="signal", interface=_NAME, path=_PATH)
        self._bus.send_and_get_reply(message_bus.AddMatch(rule), timeout=_PATIENCE)
        is_over = not isinstance(first, _Message)
        if isinstance(first, _Message):
            self._show(first)
        while True:
            is_over = is_over or self._is_closed()
            wish = wishes(is_over=is_over)
            if isinstance(wish, _Message):
                self._show(wish)
                is_over = False
            elif wish is not None:
                self._call("CloseNotification", "u", (self._number,))
                is_over = True
            elif is_over:
                return

    def _show(self, message: _Message) -> None:
        body = (
            "Retake Desktop", self._number, "io.github.retake_desktop.RetakeDesktop", message.heading, message.words,
            [_ACTION, self._action], {"desktop-entry": ("s", "io.github.retake_desktop.RetakeDesktop")},
            _FOR_THE_SERVER_TO_SAY,
        )  # fmt: skip
        self._number = self._call("Notify", "susssasa{sv}i", body)[0]

    def _is_closed(self) -> bool:
        """Waits a turn for the server's word on the message; True when it stands no more."""
        from jeepney import HeaderFields, MessageType

        try:
            message = self._bus.receive(timeout=_TURN)
        except TimeoutError:
            return False
        fields = message.header.fields
        if message.header.message_type is not MessageType.signal or message.body[:1] != (self._number,):
            return False
        member = fields.get(HeaderFields.member)
        if member == "ActionInvoked":
            self._clicked()
        return bool(member == "NotificationClosed")

    def _call(self, method: str, signature: str, body: tuple[Any, ...]) -> tuple[Any, ...]:
        from jeepney import MessageType, new_method_call

        reply = self._bus.send_and_get_reply(new_method_call(self._server, method, signature, body), timeout=_PATIENCE)
        if reply.header.message_type is MessageType.error:
            raise OSError(f"{method}: {reply.body}")
        return tuple(reply.body)
