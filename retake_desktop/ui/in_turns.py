"""Drawing much of the window without holding it up: a part in a turn of the event loop."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget


class InTurns(QObject):
    """From now on `parts` are not drawn; in each of the next turns one of them is, in their order."""

    def __init__(self, parts: Sequence[QWidget], parent: QObject) -> None:
        super().__init__(parent)
        self._parts = list(parts)
        for part in parts:
            part.setUpdatesEnabled(False)
        self._turn = QTimer(self, interval=1)
        self._turn.timeout.connect(self._draw_next)
        self._turn.start()

    def _draw_next(self) -> None:
        if self._parts:
            self._parts.pop(0).setUpdatesEnabled(True)
        else:
            self._turn.stop()
            self.deleteLater()
