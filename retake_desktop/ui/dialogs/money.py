"""The person's own spending limits, as they stand in the settings."""

from decimal import Decimal

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from retake_desktop.domain.amounts import read_amount
from retake_desktop.ui import style

_LONGEST = 16


class AmountField(QLineEdit):
    """US dollars, or nothing for no limit. What cannot be read is marked and changes nothing."""

    chosen = Signal(object)
    """A Decimal, or None for no limit."""
    checked = Signal()

    def __init__(self, name: str, amount: Decimal | None, placeholder: str) -> None:
        super().__init__(_written(amount))
        self.is_valid = True
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setMaxLength(_LONGEST)
        self.setFixedWidth(self.fontMetrics().horizontalAdvance("$1000000.00") + 3 * style.GAP)
        self.textChanged.connect(self._on_changed)

    def _on_changed(self, words: str) -> None:
        try:
            amount = read_amount(words)
        except ValueError:
            self._mark(is_valid=False)
        else:
            self._mark(is_valid=True)
            self.chosen.emit(amount)
        self.checked.emit()

    def _mark(self, *, is_valid: bool) -> None:
        self.is_valid = is_valid
        self.setProperty("invalid", not is_valid)
        self.style().polish(self)


class MoneySection(QWidget):
    """Ask above so much a retake, stop above so much a day. Both hold at once, also on the command line."""

    ask_above_chosen = Signal(object)
    stop_above_chosen = Signal(object)

    def __init__(self, ask_above: Decimal | None, stop_above: Decimal | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ask_above = AmountField(self.tr("Ask above, US dollars a retake"), ask_above, self.tr("never"))
        self.stop_above = AmountField(self.tr("Stop above, US dollars a day"), stop_above, self.tr("no limit"))
        self.ask_above.setToolTip(self.tr("Asks beside the price before a press of Retake that may cost more."))
        self.stop_above.setToolTip(self.tr("Counts what is spent and on its way today, by your own clock."))
        self._note = QLabel()
        self._note.setWordWrap(True)
        self._lay_out()
        self.ask_above.chosen.connect(self.ask_above_chosen)
        self.stop_above.chosen.connect(self.stop_above_chosen)
        for field in (self.ask_above, self.stop_above):
            field.checked.connect(self._on_checked)
        self._on_checked()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(style.GAP)
        grid.setVerticalSpacing(style.GAP_SMALL)
        grid.setColumnStretch(3, 1)
        rows = (
            (self.tr("Ask me above"), self.ask_above, self.tr("dollars a retake")),
            (self.tr("Stop above"), self.stop_above, self.tr("dollars a day")),
        )
        for row, (before, field, after) in enumerate(rows):
            grid.addWidget(QLabel(before), row, 0)
            grid.addWidget(field, row, 1)
            grid.addWidget(QLabel(after), row, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.GAP_SMALL)
        column.addLayout(grid)
        column.addWidget(self._note)

    def focus_field(self) -> None:
        self.stop_above.setFocus()

    def _on_checked(self) -> None:
        wrong = [field for field in (self.ask_above, self.stop_above) if not field.is_valid]
        self._note.setText(
            self.tr("Write an amount like 2.50, or leave it empty for no limit. Until then the last one holds.")
            if wrong
            else self.tr("A retake of unknown price is asked about while a limit is set. The demo costs nothing.")
        )
        self._note.setProperty("tone", "warning" if wrong else "muted")
        self._note.style().polish(self._note)
        for field in (self.ask_above, self.stop_above):
            field.setAccessibleDescription(self._note.text() if field in wrong else field.toolTip())


def _written(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:.2f}".replace(".", QLocale().decimalPoint())
