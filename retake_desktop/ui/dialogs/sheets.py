"""A small window to read: the shortcuts."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from retake_desktop.ui import style


class ShortcutSheet(QDialog):
    """Lists keys and what they do, in two columns of pairs."""

    def __init__(self, rows: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        list_ = QWidget()
        grid = QGridLayout(list_)
        grid.setContentsMargins(0, 0, style.GAP_LARGE, 0)
        grid.setHorizontalSpacing(style.GAP_LARGE)
        grid.setVerticalSpacing(style.GAP_TINY)
        half = (len(rows) + 1) // 2
        for number, (keys, what) in enumerate(rows):
            column, row = (number // half) * 2, number % half
            key_label = QLabel(keys)
            key_label.setProperty("tone", "tag")
            key_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            grid.addWidget(key_label, row, column)
            grid.addWidget(QLabel(what), row, column + 1)
        self._lay_out(list_)

    def _lay_out(self, list_: QWidget) -> None:
        """On a low screen the list scrolls."""
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(list_)
        area.setMinimumWidth(list_.sizeHint().width())
        close = QPushButton(QCoreApplication.translate("Sheets", "Close"))
        close.clicked.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(style.GAP_LARGE, style.GAP_LARGE, style.GAP_LARGE, style.GAP_LARGE)
        column.setSpacing(style.GAP_LARGE)
        column.addWidget(area)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignTrailing)
        around = 3 * style.GAP_LARGE + close.sizeHint().height()
        room = self.screen().availableGeometry().height() * 9 // 10
        self.resize(self.sizeHint().width(), min(list_.sizeHint().height() + around, room))
