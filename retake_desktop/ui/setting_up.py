"""Account, service, look and all other settings: the dialog and what follows from it."""

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from retake_desktop.domain.errors import ErrorKind, Problem
from retake_desktop.services.secrets import TokenSource
from retake_desktop.services.settings import Settings
from retake_desktop.ui.job_answers import AccountState, ConnectionReport
from retake_desktop.ui.jobs import Jobs
from retake_desktop.ui.main_window import MainWindow
from retake_desktop.ui.preferences import Preferences
from retake_desktop.ui.style import Style, Theme

if TYPE_CHECKING:
    from retake_desktop.ui.dialogs.settings import SettingsDialog
    from retake_desktop.ui.dialogs.token import TokenSection

_SETTLE = 700
"""Milliseconds after the last letter of a model's id until the service is asked about it."""
_TOKEN_TROUBLE = frozenset({ErrorKind.KEYRING_TROUBLE, ErrorKind.INVALID_REQUEST})


class SettingUp(QObject):
    """Makes the dialog when it is first asked for, and keeps it and the window in step with the job thread.

    `is_guest` is true where a video or a token was given at the start: then the first run offers nothing.
    """

    storage_wanted = Signal()
    made = Signal(object)
    """The SettingsDialog, when it is first opened."""
    restart_wanted = Signal()
    demo_used = Signal(bool)
    service_switched = Signal()

    def __init__(
        self, window: MainWindow, jobs: Jobs, preferences: Preferences, style: Style, *, is_guest: bool
    ) -> None:
        super().__init__(window)
        self._window = window
        self._jobs = jobs
        self._preferences = preferences
        self._style = style
        self._is_guest = is_guest
        self.account: AccountState | None = None
        self._balance: Decimal | None = None
        self._before = preferences.settings
        self._dialog: SettingsDialog | None = None
        self._token_sections: list[TokenSection] = []
        window.top_bar.settings_asked.connect(self.open)
        jobs.account_changed.connect(self._on_account)
        jobs.price_known.connect(window.compose.set_price)
        jobs.balance_known.connect(self._on_balance)
        jobs.connection_tested.connect(self._on_tested)
        jobs.command_failed.connect(self._on_command_failed)
        preferences.changed.connect(self._on_settings)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE)
        self._settle.timeout.connect(self._use)
        self._on_settings(preferences.settings)
        self._use()

    def open(self) -> None:
        self._jobs.refresh_price()
        self._the_dialog().open_up()

    def open_at_model(self) -> None:
        self._the_dialog().open_at_model()

    def open_at_money(self) -> None:
        self._the_dialog().open_at_money()

    def open_at_token(self) -> None:
        self._the_dialog().open_at_token()

    def is_token_in_sight(self) -> bool:
        return any(section.isVisible() for section in self._token_sections)

    def use_demo(self, is_demo: bool) -> None:
        """Turns to the other service; from here on, what the window says is what a press of Retake would do."""
        if not is_demo:
            self._window.top_bar.show_demo(False)
            self._window.compose.set_service(is_demo=False)
        self._window.compose.set_price(None)
        self._jobs.use_demo(is_demo)
        self.service_switched.emit()

    def serve(self, section: "TokenSection") -> None:
        """Makes a place to enter the token work."""
        self._token_sections.append(section)
        section.save_asked.connect(self._on_save_token)
        section.forget_asked.connect(self._jobs.forget_token)
        section.test_asked.connect(self._jobs.test_connection)
        section.retry_asked.connect(self._jobs.look_for_account)
        if self.account is not None:
            section.show_account(self.account)
        section.show_balance(self._balance)

    def _the_dialog(self) -> "SettingsDialog":
        if self._dialog is None:
            from retake_desktop.ui.dialogs.settings import SettingsDialog

            self._dialog = SettingsDialog(self._preferences.settings, self._window)
            self._dialog.chosen.connect(self._on_chosen)
            self._dialog.money.ask_above_chosen.connect(self._on_ask_above)
            self._dialog.money.stop_above_chosen.connect(self._on_stop_above)
            self._dialog.service.storage_asked.connect(self.storage_wanted)
            self._dialog.service.demo_asked.connect(self.use_demo)
            self._dialog.look.restart_asked.connect(self.restart_wanted)
            self._dialog.service.show_hosting(self._preferences.settings.hosting)
            self._dialog.service.show_demo(self.account is not None and self.account.is_demo)
            self.serve(self._dialog.token)
            self.made.emit(self._dialog)
        return self._dialog

    def _on_chosen(self, name: str, value: object) -> None:
        self._preferences.change(**{name: value})

    def _on_ask_above(self, amount: Decimal | None) -> None:
        self._preferences.change(ask_above=amount)

    def _on_stop_above(self, amount: Decimal | None) -> None:
        self._preferences.change(stop_above_per_day=amount)

    def _on_save_token(self, token: str, session_only: bool) -> None:
        self._jobs.save_token(token, session_only=session_only)

    def _on_account(self, account: AccountState) -> None:
        self.account = account
        self._window.top_bar.show_demo(account.is_demo)
        self._window.compose.set_service(is_demo=account.is_demo)
        self._offer()
        if self._dialog is not None:
            self._dialog.service.show_demo(account.is_demo)
        for section in self._token_sections:
            section.show_account(account)
        self.demo_used.emit(account.is_demo)

    def _offer(self) -> None:
        """The first run's offer: only where nothing was given, and never again once it was answered."""
        account = self.account
        lacks_token = account is not None and account.source is TokenSource.NONE
        answered = self._is_guest or self._preferences.settings.is_introduced
        self._window.welcome.offer_token(lacks_token and not answered)

    def _on_balance(self, balance: Decimal | None) -> None:
        self._balance = balance
        self._window.compose.set_balance(balance)
        for section in self._token_sections:
            section.show_balance(balance)

    def _on_tested(self, report: ConnectionReport) -> None:
        for section in self._token_sections:
            section.show_report(report)
        if report.price is not None:
            self._window.compose.set_price(report.price)

    def _on_command_failed(self, job_id: str, problem: Problem) -> None:
        if not job_id and problem.kind in _TOKEN_TROUBLE:
            for section in self._token_sections:
                if section.isVisible():
                    section.show_problem(problem)

    def _use(self) -> None:
        self._jobs.use(self._preferences.settings)

    def _on_settings(self, settings: Settings) -> None:
        before, self._before = self._before, settings
        known = {theme.value: theme for theme in Theme}
        self._style.set_theme(known.get(settings.theme, Theme.DARK))
        self._window.compose.set_model(settings.model_id)
        self._window.compose.set_service(hosting=settings.hosting)
        if self._dialog is not None:
            self._dialog.service.show_hosting(settings.hosting)
            self._dialog.advanced.show_settings(settings)
        self._offer()
        if (settings.model_id, settings.api_address) != (before.model_id, before.api_address):
            self._window.compose.set_price(None)
        if settings.guard != before.guard:
            self._window.compose.money.withdraw()
        if (settings.guard, settings.api_address, settings.network) != (
            before.guard,
            before.api_address,
            before.network,
        ):
            self._use()
        # A model's id is typed letter by letter, and each letter is not worth a question to the service.
        self._settle.start()
