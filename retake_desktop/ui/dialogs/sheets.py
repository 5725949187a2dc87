"""A small window to read: the shortcuts."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from retake_desktop.ui import style


class ShortcutSheet(QDialog):
    """Lists keys and what they do, in two columns of pairs."""

    def __init__(self, rows: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(style.GAP_LARGE)
        grid.setVerticalSpacing(style.GAP_SMALL)
        half = (len(rows) + 1) // 2
        for number, (keys, what) in enumerate(rows):
            column, row = (number // half) * 2, number % half
            key_label = QLabel(keys)
            key_label.setProperty("tone", "tag")
            key_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            grid.addWidget(key_label, row, column)
            grid.addWidget(QLabel(what), row, column + 1)
        _dress(self, grid)


def _dress(dialog: QDialog, content: QGridLayout) -> None:
    close = QPushButton(QCoreApplication.translate("Sheets", "Close"))
    close.clicked.connect(dialog.close)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(style.GAP_LARGE, style.GAP_LARGE, style.GAP_LARGE, style.GAP_LARGE)
    column.setSpacing(style.GAP_LARGE)
    column.addLayout(content)
    column.addWidget(close, 0, Qt.AlignmentFlag.AlignTrailing)
