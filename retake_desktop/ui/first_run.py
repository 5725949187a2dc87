"""The first run: something to try before any account, and one calm path to the real service."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from retake_desktop.services.secrets import TokenSource
from retake_desktop.services.settings import Settings
from retake_desktop.ui.job_answers import AccountState
from retake_desktop.ui.jobs import Jobs
from retake_desktop.ui.main_window import MainWindow
from retake_desktop.ui.notices import Notices
from retake_desktop.ui.opening import Opening
from retake_desktop.ui.preferences import Preferences
from retake_desktop.ui.setting_up import SettingUp

if TYPE_CHECKING:
    from retake_desktop.ui.dialogs.guide import Guide


class FirstRun(QObject):
    """Answers the offer of the empty window, and keeps the guide in step."""

    def __init__(
        self,
        window: MainWindow,
        jobs: Jobs,
        preferences: Preferences,
        setting_up: SettingUp,
        opening: Opening,
        notices: Notices,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._preferences = preferences
        self._setting_up = setting_up
        self._opening = opening
        self._notices = notices
        self._guide: Guide | None = None
        window.welcome.token_asked.connect(self.open)
        window.welcome.demo_asked.connect(self.try_demo)
        window.welcome.later_asked.connect(self._never_again)
        window.top_bar.guide_asked.connect(self.open)
        window.top_bar.demo_switched.connect(setting_up.use_demo)
        jobs.account_changed.connect(self._on_account)
        preferences.changed.connect(self._on_settings)

    def open(self) -> None:
        """Shows the guide as far as it has come. Whoever wants the real service is no longer on the demo."""
        if self._guide is None:
            from retake_desktop.ui.dialogs.guide import Guide

            self._guide = Guide(self._window)
            self._guide.storage_asked.connect(self._setting_up.storage_wanted)
            self._guide.finished_up.connect(self._never_again)
            self._setting_up.serve(self._guide.token)
        account = self._setting_up.account
        if account is not None and account.is_demo:
            self._setting_up.use_demo(False)
        self._guide.show_hosting(self._preferences.settings.hosting)
        self._guide.show_ready(_has_token(account))
        self._guide.open_up()

    def try_demo(self) -> None:
        """Turns to the demo service and puts the sample on stage."""
        self._setting_up.use_demo(True)
        self._opening.open_sample()
        self._notices.say(
            self.tr("You are on the demo service: retakes are made here with a plain effect, and cost nothing.")
        )

    def _never_again(self) -> None:
        self._preferences.change(is_introduced=True)

    def _on_account(self, account: AccountState) -> None:
        if self._guide is not None:
            self._guide.show_ready(_has_token(account))

    def _on_settings(self, settings: Settings) -> None:
        if self._guide is not None:
            self._guide.show_hosting(settings.hosting)


def _has_token(account: AccountState | None) -> bool:
    return account is not None and not account.is_demo and account.source is not TokenSource.NONE
