"""What each take sent, as rows of a table, newest first."""

from enum import IntEnum
from fractions import Fraction
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Qt

from retake_desktop.domain.privacy import Sending
from retake_desktop.domain.problems import QT_TRANSLATE_NOOP
from retake_desktop.ui import text
from retake_desktop.ui.dialogs.record_table import RecordTable
from retake_desktop.ui.preferences import short_name


class Column(IntEnum):
    WHEN = 0
    VIDEO = 1
    CLIP = 2
    TO = 3
    UNTIL = 4
    PROMPT = 5


_HEADINGS = {
    Column.WHEN: QT_TRANSLATE_NOOP("Sent", "Sent"),
    Column.VIDEO: QT_TRANSLATE_NOOP("Sent", "From"),
    Column.CLIP: QT_TRANSLATE_NOOP("Sent", "Clip"),
    Column.TO: QT_TRANSLATE_NOOP("Sent", "To"),
    Column.UNTIL: QT_TRANSLATE_NOOP("Sent", "Kept there until about"),
    Column.PROMPT: QT_TRANSLATE_NOOP("Sent", "Prompt"),
}
_WAYS = {
    "inline": QT_TRANSLATE_NOOP("Sent", "inside the request"),
    "storage": QT_TRANSLATE_NOOP("Sent", "through your storage"),
    "url": QT_TRANSLATE_NOOP("Sent", "as an address"),
}


class SentTable(RecordTable):
    """Read only."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__([_tr(_HEADINGS[column]) for column in Column], parent)

    def value(self, record: Sending, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return _cell(record, Column(column))
        if role == Qt.ItemDataRole.ToolTipRole and column in {Column.VIDEO, Column.PROMPT}:
            return record.source if column == Column.VIDEO else record.prompt
        return None


def _cell(sending: Sending, column: Column) -> str:
    match column:
        case Column.WHEN:
            return text.moment(sending.at)
        case Column.VIDEO:
            return short_name(sending.source)
        case Column.CLIP:
            return _clip(sending)
        case Column.TO:
            return _to(sending)
        case Column.UNTIL:
            return "" if sending.until is None else text.day(sending.until)
        case Column.PROMPT:
            return " ".join(sending.prompt.split())


def _clip(sending: Sending) -> str:
    parts = []
    if sending.seconds is not None:
        parts.append(text.seconds(Fraction(sending.seconds)))
    if sending.size is not None:
        parts.append(text.size(sending.size))
    return ", ".join(parts)


def _to(sending: Sending) -> str:
    if sending.is_demo:
        return _tr("nowhere: the demo service is on this computer")
    if sending.way in _WAYS:
        return _tr("{server}, {way}").format(server=sending.to, way=_tr(_WAYS[sending.way]))
    return sending.to


def _tr(words: str) -> str:
    return QCoreApplication.translate("Sent", words)
