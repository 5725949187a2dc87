"""The price before, and what stands between it and the retake: a low balance, the person's own limits."""

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.price import Price
from retake_desktop.domain.retake import RetakeRequest
from retake_desktop.domain.spending import Decision
from retake_desktop.ui import style, text
from retake_desktop.ui.compose.price_line import Cost, Costing, how_it_is_billed, price_line, why_that_much
from retake_desktop.ui.compose.question import SpendingQuestion


class Money(QWidget):
    """The price line, a note when the balance is below it, and the question of the spending guard."""

    settled = Signal()
    """A question was asked, answered or withdrawn."""
    look_asked = Signal()
    """The person wants to see what will be sent before it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._balance: Decimal | None = None
        self._cost = Cost(None, None)
        self._costing = Costing()
        self.line = _readout(self.tr("Price"))
        self._why = _small("muted")
        self._low = _small("warning")
        self.look = QPushButton(self.tr("Look at what will be sent"))
        self.look.setProperty("kind", "link")
        self.look.clicked.connect(self.look_asked)
        self.question = SpendingQuestion()
        self.question.left.connect(self.settled)
        self.question.agreed.connect(self.settled)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.GAP_SMALL)
        for widget in (self.line, self._why, self.look, self._low, self.question):
            column.addWidget(widget)

    def show_price(self, request: RetakeRequest, clip: Clip | None, price: Price | None, *, is_demo: bool) -> None:
        known = None if is_demo else price
        self._cost = Cost(None, None) if clip is None else self._costing.cost_of(request, clip, known)
        line = "" if clip is None else price_line(self._cost, clip, request.takes, is_demo=is_demo)
        if line != self.line.toPlainText():
            self.line.setPlainText(line)
            self.line.setAccessibleDescription(line)
        self._why.setText("" if clip is None else why_that_much(request, clip, self._cost))
        self._why.setVisible(clip is not None)
        self.line.setToolTip(how_it_is_billed(self._cost, price))
        self._show_balance(request.takes)

    def set_balance(self, balance: Decimal | None) -> None:
        """US dollars; None where the balance is not known, and then nothing is said of it."""
        self._balance = balance

    def show_look(self, *, is_looking: bool, why_not: str) -> None:
        """Whether the window can be looked at now; it is being cut while `is_looking`."""
        self.look.setText(self.tr("Cutting it…") if is_looking else self.tr("Look at what will be sent"))
        self.look.setEnabled(not is_looking and not why_not)
        self.look.setToolTip(why_not or self.tr("Cuts it as it would be sent, and sends nothing."))
        self.look.setAccessibleDescription(self.look.toolTip())

    def ask(self, decision: Decision) -> None:
        self.question.put(decision)
        self.settled.emit()

    def withdraw(self) -> None:
        """Whatever was asked is out of date."""
        if self.question.is_open:
            self.question.withdraw()
            self.settled.emit()

    def _show_balance(self, takes: int) -> None:
        one = self._cost.one
        is_low = self._balance is not None and one is not None and one * takes > self._balance
        words = ""
        if is_low and self._balance is not None:
            words = self.tr("Your RunComfy balance is {amount}, less than this may cost.").format(
                amount=text.money(self._balance)
            )
        self._low.setText(words)
        self._low.setVisible(is_low)


def _small(tone: str) -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setFont(style.font(style.TextRole.SMALL))
    label.setProperty("tone", tone)
    label.hide()
    return label


def _readout(name: str) -> QPlainTextEdit:
    """A read-only text field rather than a label: a label with a name of its own hides its text from screen readers."""
    field = QPlainTextEdit()
    field.setAccessibleName(name)
    field.setReadOnly(True)
    field.setTabChangesFocus(True)
    field.setProperty("kind", "readout")
    field.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    field.setFixedHeight(2 * field.fontMetrics().lineSpacing() + style.GAP)
    field.document().setDocumentMargin(0)
    return field
