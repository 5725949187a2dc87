"""What becomes of open takes when the app is closed: said once, in the window, and in nobody's way."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QHideEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from retake_desktop.ui import style
from retake_desktop.ui.labels import Sign
from retake_desktop.ui.motion import Arrival

_SECONDS = 10
"""Time to read two sentences. Without an answer the window then closes, as was asked."""
_TICK = 1000


class FarewellBar(QFrame):
    """Says why it may be closed, counts down, and closes; `Stay` stops that. A second close is immediate."""

    quit_asked = Signal()
    stay_asked = Signal()
    silenced = Signal(bool)
    """Whether this is not to be said again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "notice")
        self._left = 0
        self._icon = Sign()
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._silence = QCheckBox(self.tr("Don't say this again"))
        self._silence.toggled.connect(self._on_silenced)
        self._stay = QPushButton(self.tr("Stay"))
        self._stay.clicked.connect(self._on_stay)
        self._quit = QPushButton()
        self._quit.setAccessibleName(self.tr("Close now"))
        self._quit.clicked.connect(self.quit_asked)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK)
        self._timer.timeout.connect(self._on_tick)
        self._lay_out()
        self._arrival = Arrival(self)
        self.hide()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(style.GAP_TINY)
        words.addWidget(self._words)
        words.addWidget(self._silence)
        row = QHBoxLayout(self)
        row.setContentsMargins(style.GAP, style.GAP_SMALL, style.GAP_SMALL, style.GAP_SMALL)
        row.setSpacing(style.GAP_SMALL)
        row.addWidget(self._icon)
        row.addLayout(words, 1)
        row.addWidget(self._stay)
        row.addWidget(self._quit)

    def say(self, words: str) -> None:
        """Shows `words` and begins to count down."""
        self._words.setText(words)
        self.setAccessibleName(words)
        self._left = _SECONDS
        self._show_left()
        self.show()
        self._arrival.begin("accent")
        self._timer.start()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        self._stay.setFocus(Qt.FocusReason.OtherFocusReason)

    def words(self) -> str:
        """What is shown now; empty when nothing is."""
        return self._words.text() if self.isVisibleTo(self.parentWidget() or self) else ""

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        super().hideEvent(event)

    def _on_tick(self) -> None:
        self._left -= 1
        self._show_left()
        if self._left <= 0:
            self._timer.stop()
            self.quit_asked.emit()

    def _show_left(self) -> None:
        self._quit.setText(self.tr("Close now ({seconds})").format(seconds=self._left))

    def _on_silenced(self, is_silent: bool) -> None:
        self.silenced.emit(is_silent)

    def _on_stay(self) -> None:
        self.hide()
        self.stay_asked.emit()
