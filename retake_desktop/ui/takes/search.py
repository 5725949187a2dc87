"""Which takes the list shows: those that hold every word of a search, of one kind or of all."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import lru_cache

from retake_desktop.domain.job import Job, Stage, Wait
from retake_desktop.domain.mark import TakeMark
from retake_desktop.domain.problems import QT_TRANSLATE_NOOP
from retake_desktop.ui import text
from retake_desktop.ui.takes.naming import source_name

_ASKING_WAITS = frozenset({Wait.TOKEN, Wait.OTHER_ACCOUNT, Wait.FOREIGN_HOST, Wait.HOSTING})
_ENDED = frozenset({Stage.FAILED, Stage.CANCELLED, Stage.EXPIRED, Stage.DISCARDED})


class Show(Enum):
    """A kind of takes, by the English of its name; translated for display in context "Takes"."""

    ALL = QT_TRANSLATE_NOOP("Takes", "All takes")
    UNDERWAY = QT_TRANSLATE_NOOP("Takes", "On their way")
    NEEDS_YOU = QT_TRANSLATE_NOOP("Takes", "Waiting for you")
    READY = QT_TRANSLATE_NOOP("Takes", "Ready to review")
    KEPT = QT_TRANSLATE_NOOP("Takes", "Kept")
    ENDED = QT_TRANSLATE_NOOP("Takes", "Failed, cancelled, discarded")
    REMOVED = QT_TRANSLATE_NOOP("Takes", "Removed from the list")


def is_of(show: Show, job: Job, mark: TakeMark) -> bool:
    """Whether `job` is of that kind. Removed takes are of no other kind than REMOVED."""
    if mark.is_removed or show is Show.REMOVED:
        return mark.is_removed and show is Show.REMOVED
    return show is Show.ALL or _KINDS[show](job)


def needs_person(job: Job) -> bool:
    """Whether nothing goes on before the person does something."""
    return job.stage in {Stage.UNKNOWN, Stage.DOWNLOAD_FAILED} or job.wait in _ASKING_WAITS


_KINDS: dict[Show, Callable[[Job], bool]] = {
    Show.UNDERWAY: lambda job: job.is_open,
    Show.NEEDS_YOU: needs_person,
    Show.READY: lambda job: job.stage is Stage.READY,
    Show.KEPT: lambda job: job.stage is Stage.KEPT,
    Show.ENDED: lambda job: job.stage in _ENDED,
}


@dataclass(frozen=True, slots=True)
class Query:
    words: str = ""
    show: Show = Show.ALL


class Search:
    """Remembers what each take can be found by: ten thousand of them are searched at every key."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Job, TakeMark, str]] = {}

    def finds(self, query: Query, job: Job, mark: TakeMark) -> bool:
        if not is_of(query.show, job, mark):
            return False
        if not query.words:
            return True
        words = query.words.casefold().split()
        return all(word in self._haystack(job, mark) for word in words)

    def _haystack(self, job: Job, mark: TakeMark) -> str:
        known = self._known.get(job.id)
        if known is None or known[0] is not job or known[1] != mark:
            parts = (
                mark.name,
                job.request.prompt,
                source_name(job.request.source),
                _day(job.created_at.replace(minute=0, second=0, microsecond=0)),
                text.stage(job.stage),
                text.mode(job.request.mode),
                job.request_id or "",
            )
            known = job, mark, "\n".join(parts).casefold()
            self._known[job.id] = known
        return known[2]


@lru_cache(maxsize=10_000)
def _day(hour: datetime) -> str:
    """The day as it is shown, and as it sorts: both can be searched for. By the hour, since zones differ by hours."""
    return f"{text.day(hour)} {hour.astimezone():%Y-%m-%d}"
