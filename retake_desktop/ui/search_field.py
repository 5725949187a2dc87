"""A field to search by, which a click or Escape empties."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from retake_desktop.ui import style


class SearchField(QLineEdit):
    """Qt's own button for emptying looks through every icon theme of the system, 60 ms at the start of the program."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._emptying = QAction(style.icon("x", "muted"), self.tr("Empty the search"), self)
        self._emptying.triggered.connect(self.clear)
        self.addAction(self._emptying, QLineEdit.ActionPosition.TrailingPosition)
        self._emptying.setVisible(False)
        self.textChanged.connect(lambda text: self._emptying.setVisible(bool(text)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape empties it before it means anything else."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)
