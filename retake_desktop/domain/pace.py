"""How long retakes have taken this person so far: measured, never made up."""

from bisect import insort
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from statistics import median

from retake_desktop.domain.job import Job, Stage

ENOUGH = 3
"""Finished retakes of a similar length, before anything is said of what is usual."""
_RECENT = 50
"""Services get faster and slower: older retakes tell little."""
_MADE = frozenset({Stage.DOWNLOADING, Stage.DOWNLOAD_FAILED, Stage.READY, Stage.KEPT, Stage.DISCARDED})


@dataclass(frozen=True, slots=True)
class _Kind:
    """What must be the same for two retakes to take about as long."""

    is_demo: bool
    api_base: str
    model_id: str


class Pace:
    """Learns from finished retakes; tell it of each snapshot with `note`, in any order."""

    def __init__(self) -> None:
        self._made: dict[_Kind, list[tuple[datetime, str, Fraction, timedelta]]] = {}
        self._known: set[str] = set()

    def note(self, job: Job) -> None:
        """Learns from `job` once it has been made; every other job, and one that is known, is passed over."""
        if job.stage not in _MADE or job.id in self._known or job.submitted_at is None or job.finished_at is None:
            return
        took = job.finished_at - job.submitted_at
        if took <= timedelta(0):
            return  # the clock was moved meanwhile
        made = self._made.setdefault(_kind(job), [])
        if len(made) == _RECENT and job.finished_at < made[0][0]:
            return
        self._known.add(job.id)
        insort(made, (job.finished_at, job.id, _length(job), took))
        del made[:-_RECENT]

    def usual(self, job: Job) -> timedelta | None:
        """The median time from submission to result of retakes of half to twice the length; None below three."""
        length = _length(job)
        alike = [took for _at, _id, other, took in self._made.get(_kind(job), ()) if length <= 2 * other <= 4 * length]
        return timedelta(seconds=median(took.total_seconds() for took in alike)) if len(alike) >= ENOUGH else None


def _kind(job: Job) -> _Kind:
    return _Kind(job.service.is_demo, job.service.api_base, job.request.model_id)


def _length(job: Job) -> Fraction:
    return job.window.duration if job.window is not None else job.request.span.duration
