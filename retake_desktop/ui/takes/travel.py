"""How much longer a file travels, from how fast it has travelled in the last seconds."""

from collections import deque
from collections.abc import Callable

from retake_desktop.domain.job import Job, Stage

_TRAVELLING = frozenset({Stage.HOSTING, Stage.SUBMITTING, Stage.DOWNLOADING})
_LOOK_BACK = 8.0
"""Seconds over which the speed is measured: long enough to be calm, short enough to follow a change."""
_SOONEST = 1.5
"""Seconds of travel before anything is said."""


class Travel:
    """`monotonic` reads a clock in seconds."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._seen: dict[tuple[str, Stage], deque[tuple[float, int]]] = {}

    def note(self, job: Job) -> None:
        """Takes down how far the file of `job` is, or forgets it when it no longer travels."""
        if job.stage not in _TRAVELLING or job.progress is None:
            for stage in _TRAVELLING:
                self._seen.pop((job.id, stage), None)
            return
        now, done = self._monotonic(), job.progress.done
        seen = self._seen.setdefault((job.id, job.stage), deque(maxlen=200))
        if seen and done < seen[-1][1]:
            seen.clear()  # it began anew
        seen.append((now, done))
        while now - seen[0][0] > _LOOK_BACK and len(seen) > 2:
            seen.popleft()

    def seconds_left(self, job: Job) -> float | None:
        """None while that cannot be told: too early, no total, or nothing moves."""
        seen = self._seen.get((job.id, job.stage))
        if not seen or job.progress is None or job.progress.total is None:
            return None
        (began, first), (_latest, last) = seen[0], seen[-1]
        # Against the clock, not the last sign of life: a file that has stopped gets no nearer.
        took = self._monotonic() - began
        if took < _SOONEST or last <= first:
            return None
        return (job.progress.total - last) * took / (last - first)
