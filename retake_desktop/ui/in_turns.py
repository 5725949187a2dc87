"""Drawing much of the window without holding it up: a part in a turn of the event loop."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget


class InTurns(QObject):
    """Nothing in `window` is drawn any more in this turn of the event loop. In the next one all of it is but those of
    `parts` that have not been seen yet; they follow, a turn for each.

    What has been seen is not among them: it would be gone for a moment.
    """

    def __init__(self, window: QWidget, parts: Sequence[QWidget]) -> None:
        super().__init__(window)
        self._waiting = [window, *(part for part in parts if not part.isVisible())]
        for widget in reversed(self._waiting):
            widget.setUpdatesEnabled(False)
        self._turn = QTimer(self, interval=1)
        self._turn.timeout.connect(self._draw_next)
        self._turn.start()

    def _draw_next(self) -> None:
        if self._waiting:
            self._waiting.pop(0).setUpdatesEnabled(True)
        else:
            self._turn.stop()
            self.deleteLater()
