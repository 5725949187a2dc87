"""How much room everything takes, per video, and making the cache empty."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from retake_desktop.services.room import Room
from retake_desktop.ui import style, text
from retake_desktop.ui.preferences import short_name


class RoomDialog(QDialog):
    """`clear_asked`: the cache shall be made empty. Paid results are never among what it removes."""

    clear_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Room on disk"))
        self.resize(640, 380)
        self._total = QLabel(self.tr("Looking…"))
        self._total.setFont(style.font(style.TextRole.HEADING, strong=True))
        self._words = QLabel(
            self.tr("Results are what was paid for; they are never removed by themselves. The cache can be made anew.")
        )
        self._words.setWordWrap(True)
        self._words.setProperty("tone", "muted")
        columns = (self.tr("Video"), self.tr("Takes"), self.tr("Results"), self.tr("Sent"), self.tr("Films"))
        self._table = QTableWidget(0, len(columns))
        self._table.setAccessibleName(self.tr("Room per video"))
        self._table.setHorizontalHeaderLabels(columns)
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.verticalHeader().hide()
        self._table.setShowGrid(False)
        self._table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self._table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._clear = QPushButton(self.tr("Clear the cache"))
        self._clear.setEnabled(False)
        self._clear.clicked.connect(self._on_clear)
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.addWidget(self._clear)
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(style.GAP_LARGE, style.GAP_LARGE, style.GAP_LARGE, style.GAP_LARGE)
        column.setSpacing(style.GAP)
        column.addWidget(self._total)
        column.addWidget(self._words)
        column.addWidget(self._table, 1)
        column.addLayout(buttons)

    def show_room(self, room: Room) -> None:
        self._total.setText(
            self.tr("{total} in all, {cache} of it cache").format(
                total=text.size(room.total), cache=text.size(room.cache)
            )
        )
        self._clear.setText(self.tr("Clear the cache ({size})").format(size=text.size(room.cache)))
        self._clear.setEnabled(room.cache > 0)
        self._clear.setToolTip("" if room.cache else self.tr("It is empty."))
        self._table.setRowCount(len(room.sources))
        for row, source in enumerate(room.sources):
            sizes = (text.size(source.results), text.size(source.windows), text.size(source.films))
            for place, words in enumerate((short_name(source.source), text.number(source.takes), *sizes)):
                cell = QTableWidgetItem(words)
                cell.setToolTip(source.source if place == 0 else "")
                if place:
                    cell.setTextAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
                self._table.setItem(row, place, cell)

    def _on_clear(self) -> None:
        self._clear.setEnabled(False)
        self._clear.setToolTip(self.tr("It is being cleared."))
        self.clear_asked.emit()
