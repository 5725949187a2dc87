"""The keyboard shortcuts as they stand in the settings: every one can be changed, and none can be had twice."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
)

from retake_desktop.services.settings import Settings
from retake_desktop.ui import style
from retake_desktop.ui.dialogs.section import Section, note, write
from retake_desktop.ui.shortcuts import SHORTCUTS, Obstacle, Shortcut, described, holder, obstacle

_ROWS_SHOWN = 8


class ShortcutSection(Section):
    """A table of what the keys do; the field under it takes new ones for the chosen row."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(QCoreApplication.translate("ShortcutSection", "Keyboard shortcuts"))
        self._own = dict(settings.shortcuts)
        self._table = QTableWidget(len(SHORTCUTS), 2)
        self._edit = QKeySequenceEdit()
        self._edit.setMaximumSequenceLength(1)
        self._edit.setAccessibleName(self.tr("New keys"))
        for field in self._edit.findChildren(QLineEdit):
            # The part of Qt's that really has the focus; a screen reader reads this one's name.
            field.setAccessibleName(self.tr("New keys, pressed here"))
        self._usual = QPushButton(self.tr("Usual keys"))
        self._all_usual = QPushButton(self.tr("All as usual"))
        self._said = note(self.tr("Choose a row, click the field under the table and press the new keys."))
        self._set_up_table()
        for button in (self._usual, self._all_usual):
            button.setAutoDefault(False)
        self.add(self._table)
        self.add_row(self.tr("New keys"), self._edit, self._usual, self._all_usual)
        self.add(self._said)
        self._edit.keySequenceChanged.connect(self._on_keys)
        self._usual.clicked.connect(self._on_usual)
        self._all_usual.clicked.connect(self._on_all_usual)
        self._table.currentCellChanged.connect(self._on_row)
        self._refresh()
        self._table.setCurrentCell(0, 0)

    def _set_up_table(self) -> None:
        table = self._table
        table.setAccessibleName(self.tr("What the keys do"))
        table.setHorizontalHeaderLabels([self.tr("What"), self.tr("Keys")])
        table.verticalHeader().hide()
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeading)
        table.verticalHeader().setDefaultSectionSize(style.CONTROL_HEIGHT)
        table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setFixedHeight(style.CONTROL_HEIGHT * (_ROWS_SHOWN + 1))
        for number in range(len(SHORTCUTS)):
            for column in range(2):
                table.setItem(number, column, QTableWidgetItem())

    @property
    def _row(self) -> Shortcut:
        return SHORTCUTS[max(self._table.currentRow(), 0)]

    def _refresh(self) -> None:
        for number, row in enumerate(SHORTCUTS):
            keys, what = described(row, self._own)
            for column, words in enumerate((what, keys)):
                item = self._table.item(number, column)
                if item is not None:
                    item.setText(words)
        is_own = self._row.verb.name.lower() in self._own
        for button, is_on in ((self._usual, is_own), (self._all_usual, bool(self._own))):
            button.setEnabled(is_on)
            button.setToolTip("" if is_on else self.tr("These are the usual keys."))
            button.setAccessibleDescription(button.toolTip())

    def _on_row(self, *_cell: int) -> None:
        self._edit.blockSignals(True)
        self._edit.clear()
        self._edit.blockSignals(False)
        self._refresh()

    def _on_keys(self, sequence: QKeySequence) -> None:
        keys = sequence.toString(QKeySequence.SequenceFormat.PortableText)
        if not keys:
            return
        row = self._row
        problem = obstacle(row, keys, self._own)
        if problem is None:
            self._put({**self._own, row.verb.name.lower(): keys})
            write(
                self._said, self.tr("{what}: {keys}.").format(what=described(row)[1], keys=described(row, self._own)[0])
            )
        else:
            write(self._said, self._why(problem, row, keys), "warning")

    def _why(self, problem: Obstacle, row: Shortcut, keys: str) -> str:
        other = holder(row, keys, self._own)
        if problem is Obstacle.TAKEN and other is not None:
            return self.tr("{keys} is already taken by “{what}”. Nothing was changed.").format(
                keys=keys, what=described(other)[1]
            )
        if problem is Obstacle.TYPED:
            return self.tr("This works while you write, too, so it needs Ctrl or Alt. Nothing was changed.")
        return self.tr("These keys cannot be used. Nothing was changed.")

    def _on_usual(self) -> None:
        """Back to the usual keys, unless another row has been given them meanwhile."""
        row = self._row
        rest = {name: keys for name, keys in self._own.items() if name != row.verb.name.lower()}
        if holder(row, row.keys, rest) is not None:
            write(self._said, self._why(Obstacle.TAKEN, row, row.keys), "warning")
            return
        self._put(rest)

    def _on_all_usual(self) -> None:
        self._put({})

    def _put(self, own: dict[str, str]) -> None:
        self._own = own
        self._refresh()
        self.chosen.emit("shortcuts", dict(own))
