"""Closing the window while takes are open: nothing is lost, and that is said once."""

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from retake_desktop.domain.job import Job
from retake_desktop.domain.keeping import kept_until
from retake_desktop.ui import text
from retake_desktop.ui.main_window import MainWindow
from retake_desktop.ui.preferences import Preferences


class Quitting(QObject):
    """Says which takes go on where and until when they wait, unless the person wants to hear no more of it."""

    def __init__(self, window: MainWindow, preferences: Preferences) -> None:
        super().__init__(window)
        self._window = window
        self._preferences = preferences
        self.has_said_farewell = False
        window.may_close = self._may_close
        window.farewell.quit_asked.connect(window.close)
        window.farewell.stay_asked.connect(self._on_stay)
        window.farewell.silenced.connect(self._on_silenced)

    def _may_close(self) -> bool:
        open_jobs = [job for job in self._window.takes.jobs() if job.is_open]
        if not open_jobs or self.has_said_farewell or not self._preferences.settings.says_farewell:
            return True
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication) and app.isSavingSession():
            return True  # the person logs out: nothing is to stand in the way of that
        self.has_said_farewell = True
        self._window.farewell.say(self._words(open_jobs))
        return False

    def _words(self, jobs: Sequence[Job]) -> str:
        kept = [until for job in jobs if (until := kept_until(job)) is not None]
        sentences = []
        if kept:
            words = self.tr("What is being made goes on at the service. Start again by about {day} to fetch it.")
            sentences.append(words.format(day=text.day(min(kept))))
        if len(kept) < len(jobs):
            sentences.append(self.tr("What is still on this computer goes on the next time you start Retake Desktop."))
        return text.sentences(sentences)

    def _on_stay(self) -> None:
        self.has_said_farewell = False

    def _on_silenced(self, is_silent: bool) -> None:
        self._preferences.change(says_farewell=not is_silent)
