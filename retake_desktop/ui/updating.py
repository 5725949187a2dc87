"""Says once that a newer version exists, where the app was built to look for one. Nothing is ever downloaded."""

import asyncio
import logging

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices

from retake_desktop import __version__
from retake_desktop.domain.errors import Problem
from retake_desktop.services.updates import Newer, Release, newer_than
from retake_desktop.ui.background import Background
from retake_desktop.ui.notices import Notices
from retake_desktop.ui.preferences import Preferences

_log = logging.getLogger(__name__)
_PATIENCE = 5000
"""Milliseconds after the start, which has better things to do."""


class Updating(QObject):
    """`release` is None where no address was set at build time: then nothing is ever asked."""

    def __init__(
        self, preferences: Preferences, notices: Notices, release: Release | None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._notices = notices
        self._release = release
        self._background = Background(self)
        if release is not None:
            QTimer.singleShot(_PATIENCE, self, self.look)

    def look(self) -> None:
        """Asks, unless the person does not want it."""
        known = self._release
        if known is not None and self._preferences.settings.looks_for_updates:
            self._background.run(lambda: asyncio.run(newer_than(__version__, known)), self._on_found)

    def close(self) -> None:
        """Ends the background work."""
        self._background.close()

    def _on_found(self, found: Newer | Problem | None) -> None:
        if isinstance(found, Problem):
            _log.info("whether there is a newer version could not be told: %s", found.detail)
        elif found is not None and found.version != self._preferences.settings.told_version:
            self._preferences.change(told_version=found.version)
            words = self.tr("Retake Desktop {version} is there.").format(version=found.version)
            self._notices.say(words, action=self.tr("What is new…"), deed=lambda: _show(found.page))


def _show(page: str) -> None:
    QDesktopServices.openUrl(QUrl(page))
