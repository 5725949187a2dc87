"""What can honestly be said of how a take will go on: no percentage that nobody knows."""

import time
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from retake_desktop.domain.job import Job, Stage
from retake_desktop.domain.keeping import kept_until
from retake_desktop.domain.pace import Pace
from retake_desktop.ui import text
from retake_desktop.ui.takes.travel import Travel

_AT_WORK = frozenset({Stage.QUEUED, Stage.RUNNING, Stage.CANCELLING})
_LONG = timedelta(minutes=10)
"""Where nothing is known of what is usual, this is long."""
_SOON = timedelta(days=2)


class Outlook:
    """Knows every take that was made, and how fast files travel; `now` is the wall clock."""

    def __init__(self, now: Callable[[], datetime], monotonic: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._pace = Pace()
        self._travel = Travel(monotonic)

    def load(self, jobs: Iterable[Job]) -> None:
        for job in jobs:
            self.note(job)

    def note(self, job: Job) -> None:
        """A new snapshot of a take."""
        self._pace.note(job)
        self._travel.note(job)

    def figures(self, job: Job) -> str:
        """What can be counted: bytes and time left, time at the service against what is usual, cost."""
        usual = self._pace.usual(job) if job.stage in _AT_WORK else None
        return text.figures(job, self._now(), usual=usual, seconds_left=self._travel.seconds_left(job))

    def words(self, job: Job) -> str:
        """Whether the app may be closed, and until when the service keeps the result; empty where neither matters."""
        until = kept_until(job)
        if until is None:
            return ""
        day = text.day(until)
        if job.stage in _AT_WORK:
            sentence = (
                _words("Still being made, longer than usual. You may close the app; it goes on at the service.")
                if self._takes_long(job)
                else _words("You may close the app; it goes on at the service.")
            )
            kept = _words("The result is kept there until about {day}.").format(day=day)
            return text.sentences((sentence, kept))
        if until - self._now() < _SOON:
            return _words("Fetch it soon: it is kept at the service until about {day} only.").format(day=day)
        return _words("Kept at the service until about {day}.").format(day=day)

    def _takes_long(self, job: Job) -> bool:
        usual = self._pace.usual(job)
        limit = _LONG if usual is None else max(2 * usual, timedelta(minutes=1))
        return self._now() - (job.submitted_at or job.created_at) > limit


def _words(sentence: str) -> str:
    return QCoreApplication.translate("Outlook", sentence)
