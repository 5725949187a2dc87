"""The paid retakes as rows of a table, newest first."""

from datetime import datetime
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, Qt

from retake_desktop.domain.problems import QT_TRANSLATE_NOOP
from retake_desktop.ui import style, text
from retake_desktop.ui.dialogs.record_table import RecordTable

if TYPE_CHECKING:
    from retake_desktop.services.receipts import Receipt


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


class SpendingTable(RecordTable):
    """Read only; an amount that the service has not named is called an estimate."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__([_tr(_HEADINGS[column]) for column in Column], parent)

    def value(self, record: "Receipt", column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return _cell(record, Column(column))
        if role == Qt.ItemDataRole.ForegroundRole and column == Column.COST and record.cost_usd is None:
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
