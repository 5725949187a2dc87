"""What retakes have cost: the month, the day, every paid one, and receipts to keep."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from retake_desktop.domain.errors import Problem
from retake_desktop.domain.spending import Amount
from retake_desktop.ui import problems, style, text
from retake_desktop.ui.dialogs.spending_table import SpendingTable

if TYPE_CHECKING:
    from retake_desktop.ui.ledger import Account

_SIZE = (760, 520)


class SpendingDialog(QDialog):
    """Shows an `Account`. Everything that comes of an export is said in place."""

    wanted = Signal()
    """Shown: the account is asked for."""
    export_asked = Signal(str, bool)
    """The file, and whether prompts go into it."""
    reveal_asked = Signal(str)
    limits_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Spending"))
        self.resize(*_SIZE)
        self._path = ""
        self._month = _label(style.TextRole.HEADING)
        self._today = _label(style.TextRole.BODY)
        self._today.setProperty("tone", "muted")
        self._model = SpendingTable(self)
        self._table = self._make_table()
        self._empty = _label(style.TextRole.BODY)
        self._prompts = QCheckBox(self.tr("With the prompts"))
        self._prompts.setToolTip(self.tr("Receipts hold ids, times, lengths and amounts; prompts only if you want."))
        self._csv = self._export_button(self.tr("Save as CSV…"), ".csv")
        self._json = self._export_button(self.tr("Save as JSON…"), ".json")
        self._limits = QPushButton(self.tr("Limits…"))
        self._limits.clicked.connect(self.limits_asked)
        self._close = QPushButton(self.tr("Close"))
        self._close.setAutoDefault(False)
        self._close.clicked.connect(self.close)
        self._outcome = _label(style.TextRole.BODY)
        self._outcome.setAccessibleName(self.tr("Export result"))
        self._reveal = QPushButton(self.tr("Show in folder"))
        style.put_icon(self._reveal, "folder-open")
        self._reveal.clicked.connect(lambda: self.reveal_asked.emit(self._path))
        self._lay_out()
        self._say("", "")
        self._show_rows(0)

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setAccessibleName(self.tr("Paid retakes"))
        table.setModel(self._model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeading)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        # The widths come from the rows in sight: measuring 10,000 would hold the window up.
        table.horizontalHeader().setResizeContentsPrecision(0)
        table.horizontalHeader().setStretchLastSection(True)
        return table

    def _export_button(self, words: str, suffix: str) -> QPushButton:
        button = QPushButton(words)
        style.put_icon(button, "download")
        button.clicked.connect(lambda: self._choose_file(suffix))
        return button

    def _lay_out(self) -> None:
        outcome = QHBoxLayout()
        outcome.addWidget(self._outcome, 1)
        outcome.addWidget(self._reveal)
        row = QHBoxLayout()
        row.setSpacing(style.GAP_SMALL)
        row.addWidget(self._csv)
        row.addWidget(self._json)
        row.addWidget(self._prompts)
        row.addStretch(1)
        row.addWidget(self._limits)
        row.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(style.GAP_LARGE, style.GAP_LARGE, style.GAP_LARGE, style.GAP_LARGE)
        column.setSpacing(style.GAP)
        column.addWidget(self._month)
        column.addWidget(self._today)
        column.addWidget(self._table, 1)
        column.addWidget(self._empty, 1)
        column.addLayout(row)
        column.addLayout(outcome)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.wanted.emit()

    def show_account(self, account: "Account") -> None:
        found = account.spending
        self._month.setText(self.tr("This month: {amount}").format(amount=amount_words(found.month)))
        today = [self.tr("Today: {amount}.").format(amount=amount_words(found.today))]
        if found.committed.jobs:
            today.append(self.tr("May still come on top: {amount}.").format(amount=amount_words(found.committed)))
        self._today.setText(text.sentences(today))
        self._model.load(account.receipts)
        self._show_rows(len(account.receipts))

    def show_exported(self, path: str, count: int) -> None:
        self._path = path
        self._say(self.tr("Saved as {path}. Receipts: {count}.").format(path=path, count=text.number(count)), "accent")

    def show_problem(self, problem: Problem) -> None:
        self._path = ""
        self._say(problems.message(problem), "danger")

    def _show_rows(self, count: int) -> None:
        self._table.setVisible(count > 0)
        self._empty.setVisible(count == 0)
        self._empty.setText(self.tr("Nothing has been paid yet. Retakes on the demo service cost nothing."))
        for button in (self._csv, self._json):
            button.setEnabled(count > 0)
            button.setToolTip("" if count else self.tr("There are no receipts yet."))
            button.setAccessibleDescription(button.toolTip())
        self._prompts.setEnabled(count > 0)

    def _choose_file(self, suffix: str) -> None:
        dialog = QFileDialog(self, self.tr("Save receipts"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix.removeprefix("."))
        dialog.setNameFilter(f"{suffix.removeprefix('.').upper()} (*{suffix})")
        dialog.selectFile(f"retake-receipts{suffix}")
        dialog.fileSelected.connect(self._on_file)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _on_file(self, path: str) -> None:
        self._say(self.tr("Saving the receipts…"), "muted")
        self.export_asked.emit(path, self._prompts.isChecked())

    def _say(self, words: str, tone: str) -> None:
        self._outcome.setText(words)
        self._outcome.setAccessibleDescription(words)
        self._outcome.setProperty("tone", tone)
        self._outcome.style().polish(self._outcome)
        self._reveal.setVisible(tone == "accent")


def amount_words(amount: Amount) -> str:
    """`$4.20 for 6 retakes, $0.70 of it estimated`; what is not known is counted, never as nothing."""
    parts = [_tr("{amount} for {count}").format(amount=text.money(amount.usd), count=_retakes(amount.jobs))]
    if amount.estimated:
        parts.append(_tr("{amount} of it estimated").format(amount=text.money(amount.estimated)))
    if amount.unknown_jobs:
        parts.append(_tr("{count} of unknown cost on top").format(count=_retakes(amount.unknown_jobs)))
    return ", ".join(parts)


def _retakes(count: int) -> str:
    return _tr("one retake") if count == 1 else _tr("{count} retakes").format(count=text.number(count))


def _tr(words: str) -> str:
    return QCoreApplication.translate("Spending", words)


def _label(role: style.TextRole) -> QLabel:
    label = QLabel()
    label.setFont(style.font(role, strong=role is style.TextRole.HEADING))
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
