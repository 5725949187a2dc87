"""The paid retakes as rows of a table, newest first."""

from collections.abc import Sequence
from datetime import datetime
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from retake_desktop.domain.problems import QT_TRANSLATE_NOOP
from retake_desktop.ui import style, text

if TYPE_CHECKING:
    from retake_desktop.services.receipts import Receipt

AnyIndex = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


class Column(IntEnum):
    WHEN = 0
    COST = 1
    SENT = 2
    OUTCOME = 3
    REQUEST = 4


_HEADINGS = {
    Column.WHEN: QT_TRANSLATE_NOOP("Spending", "Asked for"),
    Column.COST: QT_TRANSLATE_NOOP("Spending", "Cost"),
    Column.SENT: QT_TRANSLATE_NOOP("Spending", "Sent"),
    Column.OUTCOME: QT_TRANSLATE_NOOP("Spending", "Outcome"),
    Column.REQUEST: QT_TRANSLATE_NOOP("Spending", "Request id"),
}


class SpendingTable(QAbstractTableModel):
    """Read only; an amount that the service has not named is called an estimate."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._receipts: Sequence[Receipt] = ()

    def load(self, receipts: "Sequence[Receipt]") -> None:
        self.beginResetModel()
        self._receipts = receipts
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._receipts)

    def columnCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802 - Qt's name
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _tr(_HEADINGS[Column(section)])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._receipts):
            return None
        receipt, column = self._receipts[index.row()], Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return _cell(receipt, column)
        if role == Qt.ItemDataRole.ForegroundRole and column is Column.COST and receipt.cost_usd is None:
            return style.colour("muted")
        return None


def _cell(receipt: "Receipt", column: Column) -> str:
    match column:
        case Column.WHEN:
            return text.moment(datetime.fromisoformat(receipt.submitted_at or receipt.created_at))
        case Column.COST:
            return _cost(receipt)
        case Column.SENT:
            return "" if receipt.seconds is None else text.seconds_of(receipt.seconds)
        case Column.OUTCOME:
            return text.stage(receipt.outcome)
        case Column.REQUEST:
            return receipt.request_id or ""


def _cost(receipt: "Receipt") -> str:
    if receipt.cost_usd is not None:
        return text.money(receipt.cost_usd)
    if receipt.estimate_usd is not None:
        return _tr("about {amount} (estimate)").format(amount=text.money(receipt.estimate_usd))
    return _tr("not known")


def _tr(words: str) -> str:
    return QCoreApplication.translate("Spending", words)
