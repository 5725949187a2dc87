"""A message of the system's own: through the tray where there is one, else through the desktop portal, else none.

Qt's own tray icon speaks org.freedesktop.Notifications on X11 and Wayland, and to Windows and macOS; GNOME has no tray,
but a portal (https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Notification.html), which
takes plain strings. The older interface itself is out of reach: it wants a uint32, which PySide6's QtDBus cannot send.
"""

import os
import sys
from typing import Protocol

from PySide6.QtCore import SLOT, QObject, Signal, SignalInstance, Slot
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

_ID = "takes"
_SERVICE = "org.freedesktop.portal.Desktop"
_PATH = "/org/freedesktop/portal/desktop"
_INTERFACE = "org.freedesktop.portal.Notification"


class Messenger(Protocol):
    """One message at a time; `clicked` carries nothing."""

    @property
    def clicked(self) -> SignalInstance: ...
    def show(self, heading: str, words: str) -> None: ...
    def withdraw(self) -> None: ...


def system_messenger(parent: QObject) -> "SystemMessages":
    return SystemMessages(parent)


class SystemMessages(QObject):
    """Chooses the way anew for each message: a desktop's tray may come and go."""

    clicked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tray: QSystemTrayIcon | None = None
        self._portal: PortalMessages | None = None

    def show(self, heading: str, words: str) -> None:
        """Shows the message if anything here can; quietly does nothing otherwise."""
        if QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages():
            self._show_in_tray(heading, words)
        elif _has_session_bus():
            if self._portal is None:
                self._portal = PortalMessages(self)
                self._portal.clicked.connect(self.clicked)
            self._portal.show(heading, words)

    def withdraw(self) -> None:
        if self._tray is not None:
            self._tray.hide()
        if self._portal is not None:
            self._portal.withdraw()

    def _show_in_tray(self, heading: str, words: str) -> None:
        if self._tray is None:
            self._tray = QSystemTrayIcon(QApplication.windowIcon(), self)
            self._tray.messageClicked.connect(self._on_clicked)
            self._tray.activated.connect(self._on_clicked)
        # The icon is there as long as there is something to tell, and no longer.
        self._tray.setToolTip(heading)
        self._tray.show()
        self._tray.showMessage(heading, words, QApplication.windowIcon())

    def _on_clicked(self) -> None:
        self.withdraw()
        self.clicked.emit()


def _has_session_bus() -> bool:
    """Whether one is running: looking for it any other way would start one, and wait for that."""
    return sys.platform.startswith("linux") and "DBUS_SESSION_BUS_ADDRESS" in os.environ


class PortalMessages(QObject):
    """The desktop portal on the session bus. A bus or portal that is not there is no trouble: nothing is shown."""

    clicked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Not at the top: it costs time at the start, and most starts need none of it.
        from PySide6.QtDBus import QDBusConnection

        self._bus = QDBusConnection.sessionBus()
        # PySide takes what SLOT gives, a str, and refuses the bytes that its own stubs ask for.
        slot = SLOT("acted(QString,QString,QVariantList)")
        self._bus.connect(_SERVICE, _PATH, _INTERFACE, "ActionInvoked", self, slot)  # type: ignore[call-overload]  # see above

    def show(self, heading: str, words: str) -> None:
        self._call("AddNotification", _ID, {"title": heading, "body": words, "default-action": "review"})

    def withdraw(self) -> None:
        self._call("RemoveNotification", _ID)

    @Slot(str, str, "QVariantList")
    def acted(self, message_id: str, _action: str, _details: list[object]) -> None:
        """Called by the bus."""
        if message_id == _ID:
            self.clicked.emit()

    def _call(self, method: str, *arguments: object) -> None:
        from PySide6.QtDBus import QDBusMessage

        if not self._bus.isConnected():
            return
        message = QDBusMessage.createMethodCall(_SERVICE, _PATH, _INTERFACE, method)
        message.setArguments(list(arguments))
        self._bus.asyncCall(message)
