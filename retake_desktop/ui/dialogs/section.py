"""A section of the settings: a heading and what is set under it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from retake_desktop.ui import style


class Section(QWidget):
    """A titled column. `chosen` names a field of the Settings and its new value."""

    chosen = Signal(str, object)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        heading = QLabel(title)
        heading.setFont(style.font(style.TextRole.HEADING, strong=True))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(style.GAP_SMALL)
        self._column.addWidget(heading)

    def add(self, widget: QWidget) -> None:
        self._column.addWidget(widget)

    def add_row(self, *widgets: QWidget | str) -> None:
        """Side by side; a text becomes a caption, and the last one is followed by the free space."""
        row = QHBoxLayout()
        row.setSpacing(style.GAP_SMALL)
        for widget in widgets:
            row.addWidget(QLabel(widget) if isinstance(widget, str) else widget)
        row.addStretch(1)
        self._column.addLayout(row)

    def words(self) -> str:
        """Everything that can be read in it, for the search."""
        found = [self.title]
        for child in self.findChildren(QWidget):
            found += [child.accessibleName(), child.toolTip(), child.statusTip()]
            if isinstance(child, QLabel | QAbstractButton):
                found.append(child.text())
            elif isinstance(child, QLineEdit):
                found.append(child.placeholderText())
        return " ".join(found).casefold()


def note(words: str = "", tone: str = "muted") -> QLabel:
    """A sentence that wraps."""
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    write(label, words, tone)
    return label


def write(label: QLabel, words: str, tone: str = "muted") -> None:
    """Says `words` in `tone`; a label with nothing to say takes no room."""
    label.setText(words)
    label.setAccessibleDescription(words)
    label.setVisible(bool(words))
    label.setProperty("tone", tone)
    label.style().polish(label)
