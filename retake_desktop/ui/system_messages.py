"""A message of the system's own, with a click that comes back.

On Linux through the desktop's message server, and where that is out of reach, as in a sandbox, through the portal
(https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Notification.html). Elsewhere through Qt's
tray icon, which speaks to Windows and macOS; on Linux a click on its messages would only close them.
"""

import os
import sys
from typing import Protocol

from PySide6.QtCore import SLOT, QObject, Qt, Signal, SignalInstance, Slot
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from retake_desktop.ui.notification_server import ServerMessages

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
    """The way is found anew for each message: what shows them may come and go."""

    clicked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tray: QSystemTrayIcon | None = None
        self._server: ServerMessages | None = None
        self._portal: PortalMessages | None = None

    def show(self, heading: str, words: str) -> None:
        """Shows the message if anything here can; quietly does nothing otherwise."""
        if sys.platform.startswith("linux"):
            if _has_session_bus():
                self._the_server().show(heading, words)
        elif QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages():
            self._show_in_tray(heading, words)

    def _the_server(self) -> ServerMessages:
        if self._server is None:
            self._server = ServerMessages(self.tr("Review"), self)
            self._server.clicked.connect(self.clicked)
            # From its own thread.
            self._server.refused.connect(self._show_in_portal, Qt.ConnectionType.QueuedConnection)
        return self._server

    def _show_in_portal(self, heading: str, words: str) -> None:
        if self._portal is None:
            self._portal = PortalMessages(self)
            self._portal.clicked.connect(self.clicked)
        self._portal.show(heading, words)

    def withdraw(self) -> None:
        if self._tray is not None:
            self._tray.hide()
        if self._server is not None:
            self._server.withdraw()
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
    return "DBUS_SESSION_BUS_ADDRESS" in os.environ


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
