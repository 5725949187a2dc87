"""How cost grows with what there is: each thing at four sizes, and the exponent of the curve through them.

    python -m tests.benchmarks.growth [NAME ...]

An exponent of 1 means twice the amount costs twice the time; near 0, that the amount does not matter. `most` is what
each may have at most: what a person waits for at a screen must not depend on the amount, what is done for each part of
it may be in proportion. Exit codes: 0 when all keep within, 1 when one grows faster.
"""

import math
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from retake_desktop.domain.job import Job, Stage
from retake_desktop.media.cache import CacheKey, DiskCache
from retake_desktop.services.history import History
from retake_desktop.ui.takes.model import TakesModel
from tests.benchmarks.footage import film_of
from tests.benchmarks.measuring import seconds_of
from tests.benchmarks.rows_inputs import opening
from tests.services.examples import NOON, a_job

_RUNS = 5
_COUNTS = (10, 100, 1_000, 10_000)
_LENGTHS = (10, 60, 600, 7_200)
"""Seconds of video."""
_SLACK = 0.1
"""How far an exponent may lie above its most: four points and a busy machine give no more exactness."""

Cost = Callable[[Path, int], AbstractContextManager[Callable[[], object]]]
"""Prepares something of a size in a folder, untimed, and gives what is timed."""


@dataclass(frozen=True)
class Growth:
    """`most` is the exponent that `cost` may have over `sizes`."""

    about: str
    sizes: Sequence[int]
    most: float
    cost: Cost


def _opening(container: str, *, again: bool = False) -> Cost:
    @contextmanager
    def prepared(folder: Path, seconds: int) -> Iterator[Callable[[], object]]:
        path = film_of(seconds, container)
        with opening((1280, 720), DiskCache(folder / "readings") if again else None) as open_it:
            yield lambda: open_it(path)

    return prepared


@contextmanager
def open_record(folder: Path, count: int) -> Iterator[Callable[[], object]]:
    path = _record(folder / f"jobs-{count}.sqlite", count)
    yield lambda: History(path).close()


@contextmanager
def first_page(folder: Path, count: int) -> Iterator[Callable[[], object]]:
    with closing(History(_record(folder / f"page-{count}.sqlite", count))) as history:
        yield lambda: next(history.pages(_COUNTS[0]))


@contextmanager
def whole_record(folder: Path, count: int) -> Iterator[Callable[[], object]]:
    path = _record(folder / f"all-{count}.sqlite", count)

    def read() -> None:
        with closing(History(path)) as history:
            if len(history.jobs()) != count:
                raise RuntimeError("jobs are missing")

    yield read


@contextmanager
def one_step(_folder: Path, count: int) -> Iterator[Callable[[], object]]:
    model = TakesModel()
    jobs = list(_jobs(count))
    model.add(jobs)
    stages = iter([Stage.READY, Stage.KEPT] * 1_000_000)

    def change() -> None:
        for _ in range(20):
            model.put(replace(jobs[count // 2], stage=next(stages)))

    yield change


@contextmanager
def cache_entry(folder: Path, count: int) -> Iterator[Callable[[], object]]:
    cache = DiskCache(folder / f"cache-{count}")
    for number in range(count):
        cache.put(_key(number), b"x" * 100)

    def use() -> None:
        for number in range(20):
            cache.put(_key(number), b"y" * 100)
            if cache.get(_key(number)) is None:
                raise RuntimeError("the entry is gone")

    yield use


GROWTHS = {
    "opening": Growth(
        "opening an MP4 of so many seconds, all its times and its first picture", _LENGTHS, 0.25, _opening("mp4")
    ),
    "opening-mkv": Growth("the same of an MKV, whose times stand at its frames only", _LENGTHS, 1.0, _opening("mkv")),
    "opening-ts": Growth("the same of a TS", _LENGTHS, 1.0, _opening("ts")),
    "mkv-again": Growth("an MKV that was opened before", _LENGTHS, 0.25, _opening("mkv", again=True)),
    "ts-again": Growth("a TS that was opened before", _LENGTHS, 0.25, _opening("ts", again=True)),
    "open-record": Growth("opening the record of so many jobs, all looked over for damage", _COUNTS, 1.0, open_record),
    "first-page": Growth("reading the first page of so many jobs", _COUNTS, 0.25, first_page),
    "whole-record": Growth("reading all of so many jobs", _COUNTS, 1.0, whole_record),
    "one-step": Growth("a step of one take in a list of so many", _COUNTS, 0.25, one_step),
    "cache-entry": Growth("keeping and reading an entry in a cache of so many", _COUNTS, 0.25, cache_entry),
}


def exponent(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """The slope of the straight line through the points in logarithms."""
    return statistics.linear_regression([math.log(size) for size in sizes], [math.log(each) for each in seconds]).slope


def main(names: Sequence[str]) -> int:
    too_fast = 0
    with tempfile.TemporaryDirectory() as folder:
        for name in names or GROWTHS:
            growth = GROWTHS[name]
            medians = [_median(growth.cost, Path(folder), size) for size in growth.sizes]
            found = exponent(growth.sizes, medians)
            grows = found > growth.most + _SLACK
            too_fast += grows
            points = ", ".join(_point(size, each) for size, each in zip(growth.sizes, medians, strict=True))
            verdict = "GROWS TOO FAST" if grows else "within"
            sys.stdout.write(f"{name:14} exponent {found:+.2f}, at most {growth.most:.2f}: {verdict}   {points}\n")
            sys.stdout.flush()
    return 1 if too_fast else 0


def _point(size: int, seconds: float) -> str:
    return f"{size}: {seconds * 1000:.1f} ms"


def _median(cost: Cost, folder: Path, size: int) -> float:
    with cost(folder, size) as action:
        action()
        return statistics.median(seconds_of(action) for _ in range(_RUNS))


def _jobs(count: int) -> Iterator[Job]:
    for number in range(count):
        source = replace(a_job().request, source=f"/films/{number % 50}.mp4")
        yield a_job(f"job-{number}", request=source, stage=Stage.READY, created_at=NOON + timedelta(minutes=number))


def _record(path: Path, count: int) -> Path:
    history = History(path)
    history.add(_jobs(count))
    history.close()
    return path


def _key(number: int) -> CacheKey:
    return CacheKey(f"film {number}", "filmstrip", "", 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
