"""The privacy ledger: opened, filled from the records, and what is deleted where it is in use."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from retake_desktop.domain.errors import ErrorKind, Problem
from retake_desktop.domain.privacy import Held, Privacy
from retake_desktop.ui.draft_shelf import DraftShelf
from retake_desktop.ui.jobs import Jobs
from retake_desktop.ui.main_window import MainWindow
from retake_desktop.ui.preferences import Preferences
from retake_desktop.ui.setting_up import SettingUp

if TYPE_CHECKING:
    from retake_desktop.ui.dialogs.privacy import PrivacyDialog
    from retake_desktop.ui.dialogs.settings import SettingsDialog


class PrivacyDesk(QObject):
    """What the window has in memory is deleted there, everything else on the job thread."""

    def __init__(
        self, window: MainWindow, jobs: Jobs, preferences: Preferences, shelf: DraftShelf, setting_up: SettingUp
    ) -> None:
        super().__init__(window)
        self._window = window
        self._jobs = jobs
        self._preferences = preferences
        self._shelf = shelf
        self._dialog: PrivacyDialog | None = None
        window.top_bar.privacy_asked.connect(self.open)
        setting_up.made.connect(self._on_settings_made)
        jobs.privacy_known.connect(self._on_known)
        jobs.account_changed.connect(self._look_again)
        jobs.command_failed.connect(self._on_failed)
        preferences.saved.connect(self._look_again)
        shelf.written.connect(self._look_again)

    def open(self) -> None:
        if self._dialog is None:
            from retake_desktop.ui.dialogs.privacy import PrivacyDialog

            self._dialog = PrivacyDialog(self._window)
            self._dialog.again_asked.connect(self._jobs.look_at_privacy)
            self._dialog.delete_asked.connect(self._on_delete)
        self._jobs.look_at_privacy()
        self._dialog.show()
        self._dialog.raise_()
        self._dialog.activateWindow()

    def _on_settings_made(self, dialog: "SettingsDialog") -> None:
        dialog.files.privacy_asked.connect(self.open)

    def _on_known(self, found: Privacy | Problem) -> None:
        if self._dialog is not None:
            self._dialog.show_privacy(found)

    def _on_delete(self, what: Held) -> None:
        place = self._preferences.settings.hosting.place
        if what is Held.TOKEN:
            self._jobs.forget_token()
        elif what is Held.SECRET and place is not None:
            self._jobs.forget_storage(place)
        elif what is Held.DRAFTS:
            self._shelf.clear()
        elif what is Held.RECENT:
            self._preferences.change(recent=())
        else:
            self._jobs.delete_now(what)

    def _look_again(self) -> None:
        if self._dialog is not None and self._dialog.isVisible():
            self._jobs.look_at_privacy()

    def _on_failed(self, job_id: str, problem: Problem) -> None:
        is_mine = not job_id and problem.kind is ErrorKind.KEYRING_TROUBLE
        if self._dialog is not None and self._dialog.isVisible() and is_mine:
            self._dialog.show_privacy(problem)
