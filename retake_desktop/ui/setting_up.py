"""Account, look and model: the settings dialog and what follows from it."""

from PySide6.QtCore import QObject

from retake_desktop.domain.errors import ErrorKind, Problem
from retake_desktop.domain.price import Price
from retake_desktop.services.secrets import TokenSource
from retake_desktop.services.settings import Settings
from retake_desktop.ui.dialogs.settings import SettingsDialog
from retake_desktop.ui.job_desk import AccountState, ConnectionReport
from retake_desktop.ui.jobs import Jobs
from retake_desktop.ui.main_window import MainWindow
from retake_desktop.ui.preferences import Preferences
from retake_desktop.ui.style import Style, Theme

_TOKEN_TROUBLE = frozenset({ErrorKind.KEYRING_TROUBLE, ErrorKind.INVALID_REQUEST})


class SettingUp(QObject):
    """Makes the dialog when it is first asked for, and keeps it and the window in step with the job thread.

    `is_guest` is true where a video or a token was given at the start: then the first run offers nothing.
    """

    def __init__(
        self, window: MainWindow, jobs: Jobs, preferences: Preferences, style: Style, *, is_guest: bool
    ) -> None:
        super().__init__(window)
        self._window = window
        self._jobs = jobs
        self._preferences = preferences
        self._style = style
        self._is_guest = is_guest
        self._account: AccountState | None = None
        self._dialog: SettingsDialog | None = None
        window.top_bar.settings_asked.connect(self.open)
        window.welcome.token_asked.connect(self.open_at_token)
        jobs.account_changed.connect(self._on_account)
        jobs.price_known.connect(self._on_price)
        jobs.connection_tested.connect(self._on_tested)
        jobs.command_failed.connect(self._on_command_failed)
        preferences.changed.connect(self._on_settings)
        self._on_settings(preferences.settings)

    def open(self) -> None:
        self._the_dialog().open_up()

    def open_at_token(self) -> None:
        self._the_dialog().open_at_token()

    def _the_dialog(self) -> SettingsDialog:
        if self._dialog is None:
            self._dialog = SettingsDialog(self._preferences.settings, self._window)
            self._dialog.theme_chosen.connect(self._on_theme)
            self._dialog.model_chosen.connect(self._on_model)
            self._dialog.token.save_asked.connect(self._on_save_token)
            self._dialog.token.forget_asked.connect(self._jobs.forget_token)
            self._dialog.token.test_asked.connect(self._jobs.test_connection)
            if self._account is not None:
                self._dialog.token.show_account(self._account)
        return self._dialog

    def _on_save_token(self, token: str, session_only: bool) -> None:
        self._jobs.save_token(token, session_only=session_only)

    def _on_account(self, account: AccountState) -> None:
        self._account = account
        self._window.top_bar.show_demo(account.is_demo)
        self._window.compose.set_demo(account.is_demo)
        lacks_token = account.source is TokenSource.NONE and not account.is_demo
        self._window.welcome.offer_token(lacks_token and not self._is_guest)
        if self._dialog is not None:
            self._dialog.token.show_account(account)

    def _on_price(self, price: Price | None) -> None:
        self._window.compose.set_price(price)

    def _on_tested(self, report: ConnectionReport) -> None:
        if self._dialog is not None:
            self._dialog.token.show_report(report)
        if report.price is not None:
            self._window.compose.set_price(report.price)

    def _on_command_failed(self, job_id: str, problem: Problem) -> None:
        if not job_id and problem.kind in _TOKEN_TROUBLE and self._dialog is not None and self._dialog.isVisible():
            self._dialog.token.show_problem(problem)

    def _on_theme(self, theme: Theme) -> None:
        self._preferences.change(theme=theme.value)

    def _on_model(self, model_id: str) -> None:
        self._preferences.change(model_id=model_id)

    def _on_settings(self, settings: Settings) -> None:
        known = {theme.value: theme for theme in Theme}
        self._style.set_theme(known.get(settings.theme, Theme.DARK))
        self._window.compose.set_model(settings.model_id)
