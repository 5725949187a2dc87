"""Takes by their source: each group newest first, the group with the newest take on top."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from retake_desktop.domain.job import Job


class Groups:
    """Changes cost no more than they touch: ten thousand takes come in many pages, and one of them moves at a time."""

    def __init__(self) -> None:
        self._groups: dict[str, list[Job]] = {}

    def __iter__(self) -> Iterator[tuple[str, list[Job]]]:
        """Source and takes."""
        for source in sorted(self._groups, key=lambda one: age(self._groups[one][0]), reverse=True):
            yield source, self._groups[source]

    def clear(self) -> None:
        self._groups.clear()

    def add(self, jobs: Iterable[Job]) -> None:
        """`jobs` have to be new here; newest first, they need no sorting."""
        unsorted = set()
        for job in jobs:
            group = self._groups.setdefault(job.request.source, [])
            if group and age(group[-1]) < age(job):
                unsorted.add(job.request.source)
            group.append(job)
        for source in unsorted:
            self._groups[source].sort(key=age, reverse=True)

    def insert(self, job: Job) -> int:
        """Puts in a new take where its age belongs; its place in its group."""
        group = self._groups.setdefault(job.request.source, [])
        place = 0
        while place < len(group) and age(group[place]) > age(job):
            place += 1
        group.insert(place, job)
        return place

    def renew(self, job: Job, place: int) -> None:
        """A new snapshot of the take at `place` in its group."""
        self._groups[job.request.source][place] = job

    def drop(self, job: Job) -> None:
        left = [other for other in self._groups[job.request.source] if other.id != job.id]
        if left:
            self._groups[job.request.source] = left
        else:
            del self._groups[job.request.source]


def age(job: Job) -> tuple[datetime, int]:
    """What takes are put in order by: those of one press keep their order."""
    return job.created_at, -job.take
