"""Help when something is wrong, and the files that the app keeps: looked at in the background, shown in dialogs."""

import asyncio
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices

from retake_desktop.domain.errors import Problem
from retake_desktop.media.cache import DiskCache
from retake_desktop.services.folders import Folders
from retake_desktop.services.pipeline.checkup import Finding, looked_at
from retake_desktop.services.secrets import TokenStore
from retake_desktop.ui.background import Background
from retake_desktop.ui.dialogs.reading import CheckDialog, HelpPage
from retake_desktop.ui.dialogs.settings import SettingsDialog
from retake_desktop.ui.help_pages import Page, heading, paragraphs
from retake_desktop.ui.main_window import MainWindow
from retake_desktop.ui.setting_up import SettingUp


@dataclass(frozen=True, slots=True)
class CareTools:
    """What is looked after. `cache` is the one that previews come from."""

    folders: Folders = field(default_factory=Folders.of_this_person)
    tokens: TokenStore = field(default_factory=TokenStore)
    cache: DiskCache | None = None


class Care(QObject):
    """Opens the pages of help and the self-check, and serves the settings' section on files."""

    def __init__(self, window: MainWindow, setting_up: SettingUp, tools: CareTools) -> None:
        super().__init__(window)
        self._window = window
        self._tools = tools
        self._cache = tools.cache or DiskCache(tools.folders.cache)
        self._background = Background(self)
        self._check: CheckDialog | None = None
        self._settings: SettingsDialog | None = None
        window.top_bar.check_asked.connect(self.check)
        window.top_bar.page_asked.connect(self.show_page)
        setting_up.made.connect(self._on_settings_made)

    def check(self) -> None:
        """Opens the self-check; what it finds comes when it is there."""
        if self._check is None:
            self._check = CheckDialog(self._window)
            self._check.again_asked.connect(self._look)
            self._look()
        self._check.show()
        self._check.raise_()
        self._check.activateWindow()

    def show_page(self, page: Page) -> None:
        dialog = HelpPage(heading(page), paragraphs(page), self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    def close(self) -> None:
        self._background.close()

    def _look(self) -> None:
        self._background.run(self._findings, self._on_found)

    def _findings(self) -> tuple[Finding, ...]:
        return asyncio.run(looked_at(self._tools.folders, self._tools.tokens, lambda _finding: None))

    def _on_found(self, found: tuple[Finding, ...] | Problem) -> None:
        if self._check is not None:
            self._check.show_findings(found)

    # -- the settings' files

    def _on_settings_made(self, dialog: SettingsDialog) -> None:
        self._settings = dialog
        dialog.files.clear_asked.connect(self._clear)
        dialog.files.folder_asked.connect(self._show_folder)
        dialog.chosen.connect(self._on_chosen)
        dialog.shown.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        self._background.run(self._cache.size, self._on_size)

    def _clear(self) -> None:
        self._background.run(self._cache.clear, lambda _none: self._measure())

    def _on_chosen(self, name: str, value: object) -> None:
        if name == "cache_limit" and isinstance(value, int):
            self._background.run(lambda: self._cache.limit_to(value), lambda _none: self._measure())

    def _on_size(self, size: int | Problem) -> None:
        if self._settings is not None and isinstance(size, int):
            self._settings.files.show_size(size)

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._tools.folders.data)))
