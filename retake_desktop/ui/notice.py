"""A line above the picture that says what happened, with one button: instead of a box in the way."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from retake_desktop.ui import style
from retake_desktop.ui.labels import Sign
from retake_desktop.ui.motion import Arrival

_ICONS = {"muted": "info", "warning": "triangle-alert", "danger": "circle-alert"}


class NoticeBar(QFrame):
    """Shows one notice at a time; a newer one takes the place of the older."""

    acted = Signal(str)
    """The key of the action whose button was pressed."""
    said = Signal(str, str)
    """Words and tone of a notice that now stands there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "notice")
        self._key = ""
        self._first = ""
        self._icon = Sign()
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._button = QPushButton()
        self._close = QToolButton()
        self._close.setIcon(style.icon("x", "muted"))
        self._close.setAccessibleName(self.tr("Dismiss notice"))
        self._close.setToolTip(self.tr("Dismiss"))
        row = QHBoxLayout(self)
        row.setContentsMargins(style.GAP, style.GAP_SMALL, style.GAP_SMALL, style.GAP_SMALL)
        row.setSpacing(style.GAP_SMALL)
        row.addWidget(self._icon)
        row.addWidget(self._words, 1)
        row.addWidget(self._button)
        row.addWidget(self._close)
        self._arrival = Arrival(self)
        self._button.clicked.connect(self._on_pressed)
        self._close.clicked.connect(self.hide)
        self.hide()

    def show_notice(self, words: str, *, tone: str = "muted", action: str = "", key: str = "") -> None:
        """`tone` is "muted", "warning" or "danger"; `action` labels the button, `key` comes back in `acted`."""
        is_there = self.words() == words == self._first
        self._first = ""
        self._put(words, tone, action)
        self._key = key
        if not is_there:
            self._arrival.begin(tone)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        self.said.emit(words, tone)

    def begin(self, words: str, *, tone: str = "muted", action: str = "") -> None:
        """Stands there from the window's first picture on, without arriving. It is for `show_notice` to say it."""
        self._first = words
        self._put(words, tone, action)

    def renew(self, before: str, words: str) -> None:
        """How far something is, in place of `before` and without a stir: not where that was dismissed, or is not said
        any more."""
        if self.words() == before:
            self._words.setText(words)
            self.setAccessibleName(words)

    def _put(self, words: str, tone: str, action: str) -> None:
        self._words.setText(words)
        self._icon.put(_ICONS[tone], tone)
        self._button.setText(action)
        self._button.setVisible(bool(action))
        self.setAccessibleName(words)
        self.show()

    def words(self) -> str:
        """What is shown now; empty when nothing is."""
        return self._words.text() if self.isVisibleTo(self.parentWidget() or self) else ""

    def _on_pressed(self) -> None:
        key = self._key
        self.hide()
        self.acted.emit(key)
