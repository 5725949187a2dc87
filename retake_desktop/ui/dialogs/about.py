"""What this app is: its version, its licence, and every library inside with theirs."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from retake_desktop import __version__
from retake_desktop.services.versions import Part
from retake_desktop.ui import style
from retake_desktop.ui.clipboard import copy
from retake_desktop.ui.dialogs.section import note, write

_WIDTH, _HEIGHT = 620, 540
_OF_THE_SCREEN = 0.92


class About(QDialog):
    """What it shows has to be read from disk, and comes with `show_parts`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About Retake Desktop"))
        self._versions = ""
        title = QLabel(self.tr("Retake Desktop {version}").format(version=__version__))
        title.setFont(style.font(style.TextRole.HEADING, strong=True))
        words = note(
            self.tr(
                "Redo one bad moment of a video and keep every other frame as it was shot. Free software under the GNU "
                "General Public License, version 3 or later. Retakes are made and billed by RunComfy; this app is not "
                "made by them."
            ),
            "",
        )
        self._system = note()
        self._system.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._table = self._make_table()
        self._licences = QPlainTextEdit()
        self._licences.setReadOnly(True)
        self._licences.setAccessibleName(self.tr("Licences in full"))
        tabs = QTabWidget()
        tabs.setAccessibleName(self.tr("Pages"))
        tabs.setDocumentMode(True)
        tabs.addTab(self._table, self.tr("What is inside"))
        tabs.addTab(self._licences, self.tr("Licences"))
        column = QVBoxLayout(self)
        column.setContentsMargins(style.GAP_LARGE, style.GAP_LARGE, style.GAP_LARGE, style.GAP_LARGE)
        column.setSpacing(style.GAP)
        column.addWidget(title)
        column.addWidget(words)
        column.addWidget(self._system)
        column.addWidget(tabs, 1)
        column.addLayout(self._buttons())
        room = self.screen().availableSize() * _OF_THE_SCREEN
        self.resize(min(_WIDTH, room.width()), min(_HEIGHT, room.height()))

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(0, 3)
        table.setAccessibleName(self.tr("What is inside"))
        table.setHorizontalHeaderLabels([self.tr("Part"), self.tr("Version"), self.tr("Licence")])
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        return table

    def _buttons(self) -> QHBoxLayout:
        self._copy = QPushButton(self.tr("Copy versions"))
        self._copy.clicked.connect(self._on_copy)
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.close)
        row = QHBoxLayout()
        row.addWidget(self._copy)
        row.addStretch(1)
        row.addWidget(close)
        return row

    def show_parts(
        self, surroundings: Mapping[str, str], parts: Sequence[Part], licences: Sequence[tuple[str, str]]
    ) -> None:
        """System and libraries, and the licences as titles with their texts."""
        told = [f"{name}: {words}" for name, words in surroundings.items()]
        rows = [(part.name, part.version, part.licence) for part in parts]
        # What is copied is for whoever helps, and stays as it is in reports.
        self._versions = "\n".join([*told, *(f"{name} {version}" for name, version, _licence in rows)])
        write(self._system, "  ·  ".join(f"{self._named(name)}: {words}" for name, words in surroundings.items()))
        self._table.setRowCount(len(rows))
        for row, cells in enumerate(rows):
            for column, words in enumerate(cells):
                self._table.setItem(row, column, QTableWidgetItem(words))
        self._licences.setPlainText("\n\n".join(f"{title}\n{'=' * len(title)}\n\n{words}" for title, words in licences))

    def _named(self, name: str) -> str:
        known = {"installation": self.tr("installation"), "system": self.tr("system"), "machine": self.tr("machine")}
        return known.get(name, name)

    def _on_copy(self) -> None:
        copy(self._versions)
