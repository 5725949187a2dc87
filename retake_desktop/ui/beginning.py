"""The first moments of the window: what can wait is done once it has been drawn."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

_LONGEST_MS = 1000
"""A window that is begun as an icon is never drawn."""


class Beginning(QObject):
    """Does `deeds` in their order, once, when `window`, which has just been shown, has been drawn."""

    def __init__(self, window: QWidget, *deeds: Callable[[], None]) -> None:
        super().__init__(window)
        self._deeds = deeds
        self._is_drawn = False
        self._handle = window.windowHandle()
        self._handle.installEventFilter(self)
        QTimer.singleShot(_LONGEST_MS, self, self._go)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Expose and not self._is_drawn:
            self._is_drawn = True
            # The window is drawn while it hears of this.
            QTimer.singleShot(0, self, self._go)
        return False

    def _go(self) -> None:
        deeds, self._deeds = self._deeds, ()
        for deed in deeds:
            deed()
