"""The part of a desktop that shows the keyring's questions, with a person who does not type the password.

A real gnome-keyring asks it over the bus, in GNOME's own protocol (`org.gnome.keyring.internal.Prompter`).
"""

import contextlib
import threading
from collections.abc import Callable
from enum import Enum, auto
from types import TracebackType
from typing import Self

from jeepney import DBusAddress, Header, HeaderFields, Message, MessageType, new_method_call, new_method_return
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection

_NAME = "org.gnome.keyring.SystemPrompter"
_CALLBACK = "org.gnome.keyring.internal.Prompter.Callback"
_TURN = 0.1
"""Seconds after which it is looked whether the desktop still stands."""


class Answer(Enum):
    DISMISS = auto()
    """The question is closed."""
    NONE = auto()
    """The question stays open."""


class Prompter:
    """On the bus at `address`. `asked` is set once a question is on screen; `on_asked` is called then."""

    def __init__(self, address: str, answer: Answer, on_asked: Callable[[], object] = lambda: None) -> None:
        self.asked = threading.Event()
        self.questions = 0
        self._answer = answer
        self._on_asked = on_asked
        self._ended = threading.Event()
        self._connection: DBusConnection = open_dbus_connection(address)
        self._thread = threading.Thread(target=self._serve, name="prompter")

    def __enter__(self) -> Self:
        self._connection.send_and_get_reply(message_bus.RequestName(_NAME), timeout=10)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()
        self._connection.close()

    def _serve(self) -> None:
        while not self._ended.is_set():
            with contextlib.suppress(TimeoutError):
                message = self._connection.receive(timeout=_TURN)
                if message.header.message_type is MessageType.method_call:
                    self._handle(message)

    def _handle(self, call: Message) -> None:
        header: Header = call.header
        self._connection.send(new_method_return(call))
        member = header.fields.get(HeaderFields.member)
        if member == "BeginPrompting":
            self._call_back(call, "PromptReady", "sa{sv}s", ("", {}, ""))
        elif member == "PerformPrompt":
            self.questions += 1
            self.asked.set()
            self._on_asked()
            if self._answer is Answer.DISMISS:
                self._call_back(call, "PromptReady", "sa{sv}s", ("no", {}, ""))
        elif member == "StopPrompting":
            self._call_back(call, "PromptDone", None, ())

    def _call_back(self, call: Message, method: str, signature: str | None, body: tuple[object, ...]) -> None:
        sender = call.header.fields[HeaderFields.sender]
        place = DBusAddress(call.body[0], bus_name=sender, interface=_CALLBACK)
        self._connection.send(new_method_call(place, method, signature, body))
