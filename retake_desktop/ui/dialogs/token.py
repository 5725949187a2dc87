"""The API token and the test of the connection, as they stand in the settings."""

from decimal import Decimal

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from retake_desktop.domain.errors import ErrorKind, Problem
from retake_desktop.services.secrets import TokenSource
from retake_desktop.ui import problems, style, text
from retake_desktop.ui.from_below import said
from retake_desktop.ui.job_answers import AccountState, ConnectionReport

_SETTLE = 200
"""Milliseconds after a paste until it is saved."""


class TokenField(QLineEdit):
    """Shows dots. A paste is saved at once; what is typed letter by letter, when the field is left."""

    settled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("API token"))
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMaxLength(4096)
        self._length = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLE)
        self._timer.timeout.connect(self.settled)
        self.textChanged.connect(self._on_changed)
        self.returnPressed.connect(self.settled)

    def _on_changed(self, words: str) -> None:
        came_at_once = abs(len(words) - self._length) > 1
        self._length = len(words)
        if came_at_once and words:
            self._timer.start()
        else:
            self._timer.stop()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.settled.emit()


class TokenSection(QWidget):
    """Enter, test and forget the token. Everything that comes of it is said in place."""

    save_asked = Signal(str, bool)
    """The token, and whether it is for this session only."""
    forget_asked = Signal()
    test_asked = Signal()
    retry_asked = Signal()
    """The keyring is to be asked once more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._saved = ""
        self._account: AccountState | None = None
        self._field = TokenField()
        self._where = _label("muted")
        self._session = QCheckBox(self.tr("Keep for this session only"))
        self._session.setToolTip(self.tr("The token stays in memory and is gone when the window closes."))
        self._test = QPushButton(self.tr("Test connection"))
        self._forget = QPushButton(self.tr("Forget token"))
        self._retry = QPushButton(self.tr("Ask the keyring again"))
        self._retry.hide()
        self._balance = _label("muted")
        self._balance.hide()
        self._stored = _label("")
        self._result = _label("")
        self._result.setAccessibleName(self.tr("Connection result"))
        self._lay_out()
        self._field.settled.connect(self._save)
        self._session.toggled.connect(self._on_session_toggled)
        self._test.clicked.connect(self._on_test)
        self._forget.clicked.connect(self._on_forget)
        self._retry.clicked.connect(self._on_retry)
        self._refresh()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self._test)
        row.addWidget(self._retry)
        row.addWidget(self._forget)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.GAP_SMALL)
        for widget in (self._field, self._where, self._balance, self._session):
            column.addWidget(widget)
        column.addLayout(row)
        column.addWidget(self._stored)
        column.addWidget(self._result)

    def show_account(self, account: AccountState) -> None:
        self._account = account
        self._retry.setVisible(account.trouble is not None and account.trouble.kind is ErrorKind.KEYRING_TROUBLE)
        if account.trouble is not None and account.source is not TokenSource.SESSION:
            self._say_stored(problems.message(account.trouble), "warning")
        elif self._saved:
            self._say_stored(self.tr("Saved."), "muted")
        else:
            self._say_stored("", "")
        self._refresh()

    def show_balance(self, balance: Decimal | None) -> None:
        """US dollars; nothing is shown where it is not known."""
        words = "" if balance is None else self.tr("Balance: {amount}").format(amount=text.money(balance))
        self._balance.setText(words)
        self._balance.setVisible(balance is not None)

    def show_report(self, report: ConnectionReport) -> None:
        if report.problem is not None:
            self._say(problems.message(report.problem), "danger")
        else:
            self._say(_told(report, is_demo=self._is_demo()), "accent")

    def show_problem(self, problem: Problem) -> None:
        """Saving or forgetting did not work."""
        if problem.kind is ErrorKind.KEYRING_TROUBLE:
            self._saved = ""
            self._retry.show()
        self._say_stored(problems.message(problem), "danger")

    def focus_field(self) -> None:
        self._field.setFocus()

    def settle(self) -> None:
        """Saves what was typed and not saved yet."""
        self._save()

    def clear(self) -> None:
        self._saved = ""
        self._field.clear()
        self._say("", "")
        self._say_stored("", "")

    def _refresh(self) -> None:
        source = self._account.source if self._account else TokenSource.NONE
        fixed = source is TokenSource.ENVIRONMENT
        self._field.setEnabled(not fixed)
        self._session.setEnabled(not fixed)
        self._forget.setEnabled(source in (TokenSource.KEYRING, TokenSource.SESSION))
        self._forget.setToolTip("" if self._forget.isEnabled() else self.tr("There is no stored token."))
        self._forget.setAccessibleDescription(self._forget.toolTip())
        self._where.setText(self._where_it_is(source))
        self._field.setPlaceholderText("•" * 24 if source is not TokenSource.NONE else self.tr("Paste it here"))
        self._field.setAccessibleDescription(self._where.text())

    def _where_it_is(self, source: TokenSource) -> str:
        told = {
            TokenSource.ENVIRONMENT: self.tr("RUNCOMFY_API_TOKEN is set in the environment and wins over this field."),
            TokenSource.SESSION: self.tr("A token is in use for this session. Paste another to replace it."),
            TokenSource.KEYRING: self.tr("A token is stored in the system keyring. Paste another to replace it."),
            TokenSource.NONE: self.tr("You find it in your RunComfy profile. It is saved as soon as it is pasted."),
        }[source]
        if self._is_demo():
            return text.sentences((self.tr("The demo service is in use and needs no token."), told))
        return told

    def _is_demo(self) -> bool:
        return self._account is not None and self._account.is_demo

    def _save(self) -> None:
        token = self._field.text().strip()
        if token and token != self._saved:
            self._saved = token
            self._say_stored(self.tr("Saving the token…"), "muted")
            self.save_asked.emit(token, self._session.isChecked())

    def _on_session_toggled(self) -> None:
        self._saved = ""
        self._save()

    def _on_test(self) -> None:
        self._save()
        self._say(self.tr("Asking the service…"), "muted")
        self.test_asked.emit()

    def _on_forget(self) -> None:
        self.clear()
        self.forget_asked.emit()

    def _on_retry(self) -> None:
        """A token that is still in the field is what the keyring could not take."""
        self._retry.hide()
        self._say_stored(self.tr("Asking the keyring…"), "muted")
        if self._field.text().strip():
            self._save()
        else:
            self.retry_asked.emit()

    def _say(self, words: str, tone: str) -> None:
        """What the test of the connection came to."""
        _write(self._result, words, tone)

    def _say_stored(self, words: str, tone: str) -> None:
        """What became of the token that was entered."""
        _write(self._stored, words, tone)


def _write(label: QLabel, words: str, tone: str) -> None:
    label.setText(words)
    label.setAccessibleDescription(words)
    label.setVisible(bool(words))
    label.setProperty("tone", tone)
    label.style().polish(label)


def _told(report: ConnectionReport, *, is_demo: bool) -> str:
    parts = [_tr("The demo service answers.") if is_demo else _tr("The token is valid.")]
    parts.append(_tr("The model {model} is available.").format(model=report.model_id))
    if not is_demo:
        parts.append(_price(report))
        parts.append(_balance(report))
    return text.sentences(parts)


def _price(report: ConnectionReport) -> str:
    if report.price is None:
        return _tr("Its price is unknown.")
    return _tr("It costs {amount} per {unit}.").format(
        amount=text.money(report.price.base_usd), unit=said(report.price.unit)
    )


def _balance(report: ConnectionReport) -> str:
    if report.balance_usd is None:
        return _tr("The balance is unknown.")
    return _tr("The balance is {amount}.").format(amount=text.money(report.balance_usd))


def _tr(words: str) -> str:
    return QCoreApplication.translate("TokenSection", words)


def _label(tone: str) -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("tone", tone)
    return label
