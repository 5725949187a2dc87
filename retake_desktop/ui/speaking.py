"""Says aloud what changes by itself, for whoever uses a screen reader: each new stage of a take, and every notice."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from retake_desktop.domain.job import Job, Stage
from retake_desktop.ui import problems, text
from retake_desktop.ui.jobs import Jobs
from retake_desktop.ui.main_window import MainWindow

Announce = Callable[[QWidget, str, bool], None]
"""The widget that it is about, the words, and whether they may interrupt others."""
_URGENT = frozenset({Stage.UNKNOWN, Stage.FAILED, Stage.EXPIRED, Stage.DOWNLOAD_FAILED})
_LONGEST = 60
"""Characters of a prompt that are enough to know the take."""


def announce(widget: QWidget, words: str, is_urgent: bool) -> None:
    """Hands `words` to the screen reader, where one is running."""
    if not QAccessible.isActive():
        return
    event = QAccessibleAnnouncementEvent(widget, words)
    urgency = QAccessible.AnnouncementPoliteness
    event.setPoliteness(urgency.Assertive if is_urgent else urgency.Polite)
    QAccessible.updateAccessibility(event)


class Speaking(QObject):
    """Hears of takes and of notices; the first snapshot of a take from an earlier session is no news."""

    def __init__(self, window: MainWindow, jobs: Jobs, say: Announce = announce) -> None:
        super().__init__(window)
        self._window = window
        self._say = say
        self._stages: dict[str, tuple[Stage, object]] = {}
        jobs.jobs_loaded.connect(self._on_loaded)
        jobs.job_changed.connect(self._on_job)
        window.notice.said.connect(self._on_notice)

    def _on_loaded(self, jobs: tuple[Job, ...]) -> None:
        self._stages.update((job.id, (job.stage, job.wait)) for job in jobs)

    def _on_job(self, job: Job) -> None:
        before, now = self._stages.get(job.id), (job.stage, job.wait)
        self._stages[job.id] = now
        if before != now:
            self._say(self._window.takes, _told(job), job.stage in _URGENT)

    def _on_notice(self, words: str, tone: str) -> None:
        self._say(self._window.notice, words, tone == "danger")


def _told(job: Job) -> str:
    """`Calm water in the bay: Ready to review`, with what went wrong where something did."""
    prompt = job.request.prompt if len(job.request.prompt) <= _LONGEST else job.request.prompt[:_LONGEST] + "…"
    words = [f"{prompt}: {text.status(job)}"]
    if job.problem is not None:
        words.append(problems.message(job.problem))
    elif job.wait is not None:
        words.append(text.wait(job.wait))
    return ". ".join(words)
