"""What takes how much space, per source, and what of it can be made free without losing anything that was paid for."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from retake_desktop.domain.job import Job
from retake_desktop.services.folders import Folders


@dataclass(frozen=True, slots=True)
class SourceRoom:
    """Bytes that belong to the takes of one source: paid results, the windows that were sent, finished films."""

    source: str
    takes: int
    results: int
    windows: int
    films: int

    @property
    def total(self) -> int:
        return self.results + self.windows + self.films


@dataclass(frozen=True, slots=True)
class Room:
    """All that the app takes, in bytes: `sources`, the greatest first; `cache` can be made anew at any time; `other`
    is the record, the logs and whatever else lies in the app's data folder."""

    sources: tuple[SourceRoom, ...]
    cache: int
    other: int

    @property
    def total(self) -> int:
        return sum(one.total for one in self.sources) + self.cache + self.other


def measure(folders: Folders, jobs: Iterable[Job]) -> Room:
    """Looks at every file of the app; blocks. What cannot be looked at counts as nothing."""
    by_source: dict[str, list[Job]] = {}
    for job in jobs:
        by_source.setdefault(job.request.source, []).append(job)
    sources = [_source_room(source, takes) for source, takes in by_source.items()]
    sources = sorted((one for one in sources if one.total), key=lambda one: one.total, reverse=True)
    named = sum(one.results + one.windows for one in sources)
    return Room(tuple(sources), _folder(folders.cache), max(0, _folder(folders.data) - named))


def clear_cache(folders: Folders, jobs: Iterable[Job]) -> int:
    """Removes what can be made anew, and returns how many bytes that were.

    Never what a job names (results, windows, films) and nothing in the data folder, wherever the folders lie.
    """
    precious = {Path(path).absolute() for job in jobs for path in _files_of(job)}
    data, cache = folders.data.absolute(), folders.cache.absolute()
    freed = 0
    for path in list(_files(cache)):
        # The data folder may lie in the cache's, or be the same, where a person has set it so.
        if path in precious or (data.is_relative_to(cache) and path.is_relative_to(data)):
            continue
        with suppress(OSError):
            size = path.stat().st_size
            path.unlink()
            freed += size
    return freed


def _source_room(source: str, jobs: list[Job]) -> SourceRoom:
    return SourceRoom(
        source,
        len(jobs),
        _sizes(job.result_path for job in jobs) + _sizes(f"{job.result_path}.changes.json" for job in jobs),
        _sizes(job.window_path for job in jobs),
        _sizes(job.film.path for job in jobs if job.film is not None),
    )


def _files_of(job: Job) -> Iterator[str]:
    films = (job.final_path, None if job.film is None else job.film.path)
    yield from filter(None, (job.result_path, job.window_path, *films))


def _sizes(paths: Iterable[str | None]) -> int:
    """Bytes of these files, each counted once: takes of one press share their window, kept ones their film."""
    return sum(_size(Path(path)) for path in {path for path in paths if path})


def _folder(folder: Path) -> int:
    return sum(_size(path) for path in _files(folder))


def _files(folder: Path) -> Iterator[Path]:
    with suppress(OSError):
        for path in folder.rglob("*"):
            if path.is_file() and not path.is_symlink():
                yield path


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
