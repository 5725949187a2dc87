"""A key that does something for as long as it is held."""

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

TAP_NS = 300_000_000
"""Nanoseconds up to which a key was tapped, not held."""


class HeldKey(QObject):
    """From `press()`, which a shortcut calls, until the key comes up or the window loses the keyboard.

    Signals: `down()`; `up(bool)`: whether it was only tapped.
    """

    down = Signal()
    up = Signal(bool)

    def __init__(self, key: Qt.Key, parent: QObject, *, now: Callable[[], int] = time.monotonic_ns) -> None:
        super().__init__(parent)
        self._key = key
        self._now = now
        self._since: int | None = None

    def press(self) -> None:
        if self._since is not None:
            return
        self._since = self._now()
        app = QCoreApplication.instance()
        if app is not None:
            app.installEventFilter(self)
        self.down.emit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Watches every event of the application, but only while the key is down."""
        kind = event.type()
        if kind == QEvent.Type.KeyRelease and isinstance(event, QKeyEvent):
            if event.key() == self._key and not event.isAutoRepeat():
                self._release()
        elif kind in (QEvent.Type.WindowDeactivate, QEvent.Type.ApplicationDeactivate):
            self._release()
        return False

    def _release(self) -> None:
        since, self._since = self._since, None
        app = QCoreApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        if since is not None:
            self.up.emit(self._now() - since <= TAP_NS)
