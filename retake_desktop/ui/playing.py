"""Playback as the person has it in the settings: the volume of last time, and what a finished take does."""

from PySide6.QtCore import QObject, QTimer

from retake_desktop.domain.job import Job
from retake_desktop.services.settings import Settings
from retake_desktop.ui.main_window import MainWindow
from retake_desktop.ui.playback.playback import Playback
from retake_desktop.ui.preferences import Preferences
from retake_desktop.ui.reviewing import Reviewing

_REST_MS = 500
"""After the last change of the volume, before it is remembered."""


class Playing(QObject):
    """Follows the settings, and keeps in them how loud it is."""

    def __init__(self, window: MainWindow, playback: Playback, preferences: Preferences, reviewing: Reviewing) -> None:
        super().__init__(window)
        self._volume = window.transport.volume
        self._playback = playback
        self._preferences = preferences
        self._reviewing = reviewing
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._remember)
        self._volume.set_percent(preferences.settings.volume)
        self._volume.percent_changed.connect(self._rest.start)
        preferences.changed.connect(self._on_settings)
        reviewing.opened.connect(self._on_review)
        window.closed.connect(self._remember)
        self._on_settings(preferences.settings)

    def _remember(self) -> None:
        self._rest.stop()
        self._preferences.change(volume=self._volume.percent)

    def _on_settings(self, settings: Settings) -> None:
        self._reviewing.opens_by_itself = settings.opens_review

    def _on_review(self, job: Job) -> None:
        if self._preferences.settings.loops_review:
            self._playback.set_loop(job.request.span)
            self._playback.play()
