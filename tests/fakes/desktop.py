"""The part of a desktop that shows messages, on the session bus: a tray (org.kde.StatusNotifierWatcher) with a
notification server (org.freedesktop.Notifications), or the desktop portal's notifications and settings.

It behaves as those do: a message that is shown again under the same id takes the other's place, a click on one that
offers an action invokes that action, and one that was taken back is gone.
"""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    message_bus,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import DBusConnection, open_dbus_connection

NOTIFICATIONS = "org.freedesktop.Notifications"
TRAY = "org.kde.StatusNotifierWatcher"
PORTAL = "org.freedesktop.portal.Desktop"
_PORTAL_INTERFACE = "org.freedesktop.portal.Notification"
_SETTINGS_INTERFACE = "org.freedesktop.portal.Settings"
_PORTAL_PATH = "/org/freedesktop/portal/desktop"
_PROPERTIES = "org.freedesktop.DBus.Properties"
_INTROSPECTABLE = "org.freedesktop.DBus.Introspectable"
_CLICKED, _CLOSED_BY_APP = 2, 3
_TURN = 0.05
"""Seconds between looks at whether the desktop has ended."""


@dataclass
class Shown:
    """A message as the person sees it. `key` is the server's number, or the portal's name for it."""

    key: int | str
    heading: str
    words: str
    action: str
    """What a click on it invokes; empty where a click only closes it."""
    sender: str = ""
    hints: dict[str, Any] = field(default_factory=dict)


class Desktop:
    """Owns `names` on the bus at `address` (the session's by default) until it ends."""

    def __init__(self, *names: str, address: str = "SESSION") -> None:
        self.shown: list[Shown] = []
        """What stands on screen now."""
        self.told: list[Shown] = []
        """Everything that was ever shown."""
        self.tray: list[str] = []
        """Icons in the tray, by their owners on the bus."""
        self.settings: dict[str, dict[str, tuple[str, Any]]] = {}
        """What the portal tells of the person's settings: name space, key, signature and value."""
        self._names = names
        self._guard = threading.Lock()
        self._ended = threading.Event()
        self._connection: DBusConnection = open_dbus_connection(address)
        for name in names:
            self._connection.send_and_get_reply(message_bus.RequestName(name), timeout=10)
        self._thread = threading.Thread(target=self._serve, name="desktop", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()
        self._connection.close()

    def click(self, shown: Shown) -> None:
        """As a person clicks on the message: its action is invoked where it has one, and it closes."""
        with self._guard:
            if shown not in self.shown:
                raise LookupError("the message is not on screen any more")
            self.shown.remove(shown)
        if isinstance(shown.key, str):
            if shown.action:
                self._signal(PORTAL, "ActionInvoked", "ssav", (shown.key, shown.action, []))
            return
        if shown.action:
            self._signal(NOTIFICATIONS, "ActionInvoked", "us", (shown.key, shown.action))
        self._signal(NOTIFICATIONS, "NotificationClosed", "uu", (shown.key, _CLICKED))

    # -- on its thread

    def _serve(self) -> None:
        while not self._ended.is_set():
            try:
                message = self._connection.receive(timeout=_TURN)
            except TimeoutError:
                continue
            except ConnectionError:
                return  # the bus has ended
            if message.header.message_type is MessageType.method_call:
                self._answer(message)

    def _answer(self, call: Message) -> None:
        fields = call.header.fields
        deed = self._calls().get((fields.get(HeaderFields.interface, ""), fields[HeaderFields.member]))
        if deed is None:
            self._connection.send(new_error(call, "org.freedesktop.DBus.Error.UnknownMethod"))
            return
        signature, body = deed(call)
        self._connection.send(new_method_return(call, signature, body))

    def _calls(self) -> dict[tuple[str, str], Callable[[Message], tuple[str, tuple[Any, ...]]]]:
        return {
            (NOTIFICATIONS, "Notify"): self._notify,
            (NOTIFICATIONS, "CloseNotification"): self._close,
            (NOTIFICATIONS, "GetCapabilities"): lambda _call: ("as", (["actions", "body"],)),
            (NOTIFICATIONS, "GetServerInformation"): lambda _call: ("ssss", ("desktop", "tests", "1", "1.2")),
            (TRAY, "RegisterStatusNotifierItem"): self._register,
            (_PROPERTIES, "Get"): self._property,
            (_PROPERTIES, "GetAll"): lambda _call: ("a{sv}", ({"IsStatusNotifierHostRegistered": ("b", True)},)),
            (_PORTAL_INTERFACE, "AddNotification"): self._add,
            (_PORTAL_INTERFACE, "RemoveNotification"): self._remove,
            (_SETTINGS_INTERFACE, "ReadAll"): self._read_settings,
        }

    def _notify(self, call: Message) -> tuple[str, tuple[Any, ...]]:
        _name, replaced, _icon, heading, words, actions, hints, _timeout = call.body
        key = replaced or len(self.told) + 1
        offered = actions[::2]
        self._show(Shown(key, heading, words, "default" if "default" in offered else "", _sender(call), dict(hints)))
        return "u", (key,)

    def _close(self, call: Message) -> tuple[str, tuple[Any, ...]]:
        (key,) = call.body
        if self._take_back(key):
            self._signal(NOTIFICATIONS, "NotificationClosed", "uu", (key, _CLOSED_BY_APP))
        return "", ()

    def _add(self, call: Message) -> tuple[str, tuple[Any, ...]]:
        key, content = call.body
        values = {name: value for name, (_signature, value) in content.items()}
        self._show(Shown(key, values["title"], values["body"], values.get("default-action", ""), _sender(call)))
        return "", ()

    def _remove(self, call: Message) -> tuple[str, tuple[Any, ...]]:
        self._take_back(call.body[0])
        return "", ()

    def _read_settings(self, call: Message) -> tuple[str, tuple[Any, ...]]:
        (wanted,) = call.body
        return "a{sa{sv}}", ({space: self.settings[space] for space in wanted if space in self.settings},)

    def _register(self, call: Message) -> tuple[str, tuple[Any, ...]]:
        self.tray.append(_sender(call))
        self._signal(TRAY, "StatusNotifierItemRegistered", "s", (_sender(call),))
        return "", ()

    def _property(self, call: Message) -> tuple[str, tuple[Any, ...]]:
        known: dict[str, tuple[str, Any]] = {
            "IsStatusNotifierHostRegistered": ("b", True),
            "ProtocolVersion": ("i", 0),
            "RegisteredStatusNotifierItems": ("as", list(self.tray)),
            "version": ("u", 1),
        }
        return "v", (known[call.body[1]],)

    def _show(self, shown: Shown) -> None:
        with self._guard:
            self.shown = [*(other for other in self.shown if other.key != shown.key), shown]
            self.told.append(shown)

    def _take_back(self, key: int | str) -> bool:
        with self._guard:
            before = len(self.shown)
            self.shown = [other for other in self.shown if other.key != key]
            return len(self.shown) < before

    def _signal(self, name: str, member: str, signature: str, body: Iterable[Any]) -> None:
        path, interface = _PLACES[name]
        emitter = DBusAddress(path, interface=interface)
        self._connection.send(new_signal(emitter, member, signature, tuple(body)))


_PLACES = {
    NOTIFICATIONS: ("/org/freedesktop/Notifications", NOTIFICATIONS),
    TRAY: ("/StatusNotifierWatcher", TRAY),
    PORTAL: (_PORTAL_PATH, _PORTAL_INTERFACE),
}


def _sender(call: Message) -> str:
    return str(call.header.fields[HeaderFields.sender])
