"""An edge around a picture that was reached with the keyboard; a click shows none, and nothing frames the picture."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from retake_desktop.ui import style

_BY_KEYBOARD = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
_WIDTH = 2


class FocusRing(QWidget):
    """Lies over `target` while that has the focus."""

    def __init__(self, target: QWidget) -> None:
        super().__init__(target)
        self._target = target
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        target.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent):
            self.setVisible(event.gotFocus() and event.reason() in _BY_KEYBOARD)
            self._cover()
        elif event.type() is QEvent.Type.Resize:
            self._cover()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the edge is all there is
        painter = QPainter(self)
        for edge in range(_WIDTH):
            painter.setPen(style.colour("accent"))
            painter.drawRect(self.rect().adjusted(edge, edge, -edge - 1, -edge - 1))
        painter.end()

    def _cover(self) -> None:
        if self.isVisible():
            self.setGeometry(self._target.rect())
            self.raise_()
