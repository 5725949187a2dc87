"""Help when something is wrong, and the files that the app keeps: looked at in the background, shown in dialogs."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QUrl, qVersion
from PySide6.QtGui import QDesktopServices

from retake_desktop.domain.errors import Problem
from retake_desktop.media.cache import DiskCache
from retake_desktop.services.folders import Folders
from retake_desktop.services.secrets import TokenStore
from retake_desktop.services.updates import Release
from retake_desktop.ui.background import Background
from retake_desktop.ui.help_pages import Page, heading, paragraphs
from retake_desktop.ui.main_window import MainWindow
from retake_desktop.ui.setting_up import SettingUp

if TYPE_CHECKING:
    from retake_desktop.services import versions
    from retake_desktop.services.pipeline.checkup import Finding
    from retake_desktop.ui.dialogs.about import About
    from retake_desktop.ui.dialogs.reading import CheckDialog
    from retake_desktop.ui.dialogs.settings import SettingsDialog

    Inside = tuple[dict[str, str], tuple[versions.Part, ...], tuple[tuple[str, str], ...]]
    """System, libraries, licences."""


@dataclass(frozen=True, slots=True)
class CareTools:
    """What is looked after. `cache` is the one that previews come from."""

    folders: Folders = field(default_factory=Folders.of_this_person)
    tokens: TokenStore = field(default_factory=TokenStore)
    cache: DiskCache | None = None
    release: Release | None = None
    """Where it is looked for newer versions; None: nowhere."""


class Care(QObject):
    """Opens the pages of help and the self-check, and serves the settings' section on files."""

    def __init__(self, window: MainWindow, setting_up: SettingUp, tools: CareTools) -> None:
        super().__init__(window)
        self._window = window
        self._tools = tools
        self._cache = tools.cache or DiskCache(tools.folders.cache)
        self._background = Background(self)
        self._check: CheckDialog | None = None
        self._about: About | None = None
        self._settings: SettingsDialog | None = None
        window.top_bar.check_asked.connect(self.check)
        window.top_bar.page_asked.connect(self.show_page)
        window.top_bar.about_asked.connect(self.show_about)
        setting_up.made.connect(self._on_settings_made)

    def check(self) -> None:
        """Opens the self-check; what it finds comes when it is there."""
        if self._check is None:
            from retake_desktop.ui.dialogs.reading import CheckDialog

            self._check = CheckDialog(self._window)
            self._check.again_asked.connect(self._look)
            self._look()
        self._check.show()
        self._check.raise_()
        self._check.activateWindow()

    def show_page(self, page: Page) -> None:
        from retake_desktop.ui.dialogs.reading import HelpPage

        dialog = HelpPage(heading(page), paragraphs(page), self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    def show_about(self) -> None:
        """Versions and licences come when they are read."""
        if self._about is None:
            from retake_desktop.ui.dialogs.about import About

            self._about = About(self._window)
            self._background.run(_inside, self._on_inside)
        self._about.show()
        self._about.raise_()
        self._about.activateWindow()

    def close(self) -> None:
        self._background.close()

    def _on_inside(self, found: "Inside | Problem") -> None:
        if self._about is not None and not isinstance(found, Problem):
            self._about.show_parts(*found)

    def _look(self) -> None:
        self._background.run(self._findings, self._on_found)

    def _findings(self) -> "tuple[Finding, ...]":
        from retake_desktop.services.pipeline.checkup import looked_at

        return asyncio.run(looked_at(self._tools.folders, self._tools.tokens, lambda _finding: None))

    def _on_found(self, found: "tuple[Finding, ...] | Problem") -> None:
        if self._check is not None:
            self._check.show_findings(found)

    # -- the settings' files

    def _on_settings_made(self, dialog: "SettingsDialog") -> None:
        self._settings = dialog
        dialog.advanced.offer_updates(self._tools.release)
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
        if name == "cache_folder" and isinstance(value, str):
            folder = Path(value) if value else self._tools.folders.cache
            self._background.run(lambda: self._cache.move_to(folder), lambda _none: self._measure())

    def _on_size(self, size: int | Problem) -> None:
        if self._settings is not None and isinstance(size, int):
            self._settings.files.show_size(size)

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._tools.folders.data)))


def _inside() -> "Inside":
    # Not at the top: loading the decoder would hold up the window's first appearance.
    from retake_desktop.media import codecs, sound
    from retake_desktop.services import versions

    surroundings = {**versions.surroundings(), "Qt": qVersion(), "FFmpeg": codecs.version(), "libVLC": sound.version()}
    return surroundings, versions.parts(), versions.licence_texts()
