"""Labels that fit: a text that shortens, a text that never loses a line, an icon in the colours of the theme."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QLabel, QSizePolicy, QWidget

from retake_desktop.ui import style


class Shortening(QLabel):
    """One line that ends with an ellipsis where it does not fit; the whole of it is then the tool tip."""

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._whole = ""
        self.say(words)

    def say(self, words: str) -> None:
        self._whole = words
        self._fit()

    def sizeHint(self) -> QSize:
        wanted = self.fontMetrics().horizontalAdvance(self._whole) + 2 * self.margin()
        return QSize(wanted, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        shown = shortened(self._whole, self.fontMetrics(), self.width())
        if shown != self.text():
            self.setText(shown)
        left_out = self._whole if shown != self._whole else ""
        self.setToolTip(left_out)
        self.setAccessibleName(left_out)


class ShorteningBox(QCheckBox):
    """A check box whose text ends with an ellipsis where it does not fit; its accessible name is the whole text."""

    _BESIDE = 14 + 8 + 3 * style.GAP_TINY
    """Pixels of the box itself and the air around it."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = words
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setText(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setText(shortened(self._whole, self.fontMetrics(), self.width() - self._BESIDE))


def shortened(words: str, metrics: QFontMetrics, width: int) -> str:
    """`words`, or their beginning and an ellipsis where they are wider than `width` pixels."""
    return metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(0, width))


class Wrapped(QLabel):
    """Text over several lines, none of which a crowded panel cuts off."""

    def __init__(self, tone: str = "", role: style.TextRole = style.TextRole.BODY) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(style.font(role))
        if tone:
            self.setProperty("tone", tone)

    def setText(self, words: str) -> None:  # noqa: N802 - Qt's name
        super().setText(words)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        self.setMinimumHeight(max(0, self.heightForWidth(self.width())))


class Words(QLabel):
    """On one line where there is room, otherwise on two smaller ones: every word counts."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("tone", "muted")
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)

    def say(self, words: str) -> None:
        self.setText(words)
        self.setToolTip(words)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # Another theme's style sheet takes the font back.
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit()

    def _fit(self) -> None:
        has_room = QFontMetrics(style.font()).horizontalAdvance(self.text()) <= self.width()
        wanted = style.font(style.TextRole.BODY if has_room else style.TextRole.SMALL)
        if wanted != self.font():
            self.setFont(wanted)


class Sign(QLabel):
    """An icon in a text's place; it follows the theme and the scale of the screen."""

    def __init__(self, name: str = "info", tone: str = "muted", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._tone = tone
        self.setFixedSize(style.ICON_SIZE, style.ICON_SIZE)

    def put(self, name: str, tone: str) -> None:
        """From now on icon `name` in the colour of the token `tone`."""
        self._name, self._tone = name, tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - all of it is drawn
        painter = QPainter(self)
        style.icon(self._name, self._tone).paint(painter, self.rect())
        painter.end()
