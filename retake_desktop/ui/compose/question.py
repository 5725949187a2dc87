"""What the spending guard has to say, beside the price: a question about this retake, or that the day is full."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from retake_desktop.domain.spending import Decision, Verdict
from retake_desktop.domain.spending_words import told
from retake_desktop.ui import style, text
from retake_desktop.ui.motion import appear


class SpendingQuestion(QFrame):
    """Hidden until there is something to say. The focus goes to the answer that costs nothing."""

    agreed = Signal(object)
    """The Decision that the person said yes to."""
    left = Signal()
    limits_asked = Signal()
    """The person wants to change the limits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._decision: Decision | None = None
        self.setProperty("surface", "card")
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._leave = QPushButton(self.tr("Not now"))
        self._go = QPushButton(self.tr("Retake anyway"))
        self._limits = QPushButton(self.tr("Change the limit"))
        row = QHBoxLayout()
        row.setSpacing(style.GAP_SMALL)
        for button in (self._leave, self._go, self._limits):
            row.addWidget(button, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(style.GAP, style.GAP_SMALL, style.GAP, style.GAP)
        column.setSpacing(style.GAP_SMALL)
        column.addWidget(self._words)
        column.addLayout(row)
        self._leave.clicked.connect(self._on_left)
        self._go.clicked.connect(self._on_agreed)
        self._limits.clicked.connect(self._on_limits)
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether something waits for the person's answer."""
        return self._decision is not None

    @property
    def stops(self) -> bool:
        """Whether nothing can be sent today, so that there is nothing to agree to."""
        return self._decision is not None and self._decision.verdict is Verdict.STOP

    def put(self, decision: Decision) -> None:
        """Says why the guard asks or stops, and offers what can be done about it."""
        self._decision = decision
        words = told(decision, text.money, _translated)
        self._words.setText(words)
        self.setAccessibleName(words)
        for button in (self._leave, self._go, self._limits):
            button.setAccessibleDescription(words)
        self._go.setVisible(not self.stops)
        self._limits.setVisible(self.stops)
        self.show()
        appear(self)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        self._leave.setFocus(Qt.FocusReason.OtherFocusReason)

    def withdraw(self) -> None:
        """What was asked about has changed."""
        self._decision = None
        self.hide()

    def _on_agreed(self) -> None:
        decision = self._decision
        self.withdraw()
        if decision is not None:
            self.agreed.emit(decision)

    def _on_left(self) -> None:
        self.withdraw()
        self.left.emit()

    def _on_limits(self) -> None:
        self.withdraw()
        self.left.emit()
        self.limits_asked.emit()


def _translated(sentence: str) -> str:
    return QCoreApplication.translate("Spending", sentence)
