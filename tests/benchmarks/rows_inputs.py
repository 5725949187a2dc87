"""First frame and exact seeks over the codecs, sizes, GOPs and lengths that people bring."""

import asyncio
import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from retake_desktop.media.cache import DiskCache
from retake_desktop.media.frames import FrameReader
from retake_desktop.media.picture import Picture
from retake_desktop.media.probe import probe
from retake_desktop.media.worker import Listeners, MediaWorker
from tests.benchmarks.footage import INPUTS, Input, film_of, ordinary_1080p
from tests.benchmarks.measuring import Samples, row, seconds_of, taken_in_turns
from tests.benchmarks.peers import mpv

_SEEKS = 3
"""A round. One seek alone says more of where it fell than of who is quicker."""


def first_frame(path: Path, size: tuple[int, int], runs: int, *, is_cold: bool = False) -> Samples:
    """Drop to first exact frame at `size`, as the window opens a file: the warm media worker reads it.

    `is_cold`: nothing of the file is in memory, for mpv neither.
    """
    with opening(size) as open_ours, mpv() as player:

        def load() -> None:
            player.load(path)

        if not is_cold:
            return taken_in_turns(runs, lambda: open_ours(path), load)
        return cold(runs, (path, lambda: open_ours(path)), (path, load))


@contextmanager
def opening(size: tuple[int, int], cache: DiskCache | None = None) -> Iterator[Callable[[Path], None]]:
    """Opens a file as the window does, up to its clip and its first exact frame in `size`."""

    async def opened(path: Path, worker: MediaWorker) -> None:
        firsts: list[Picture] = []
        listeners = Listeners(on_first=lambda _, picture: firsts.append(picture), box=size)
        clip = await worker.probe(str(path), listeners)
        if not firsts or (firsts[0].width, firsts[0].height) != size:
            with FrameReader(clip) as reader:
                reader.picture(0, size)

    with asyncio.Runner() as runner:
        worker = MediaWorker(cache=cache)
        try:
            runner.run(worker.warm_up())
            yield lambda path: runner.run(opened(path, worker))
        finally:
            runner.run(worker.close())


Cold = tuple[Path, Callable[[], None]]
"""A file, and what is timed when nothing of it is in memory."""


def cold(runs: int, ours: Cold, theirs: Cold) -> Samples:
    """Both in turn, each after the system has forgotten its file; the programs themselves are warm."""
    times: list[list[float]] = []
    for _ in range(runs + 1):
        times.append([])
        for path, action in (ours, theirs):
            forget(path)
            times[-1].append(seconds_of(action))
    return Samples([one for one, _ in times[1:]], [other for _, other in times[1:]])


def forget(path: Path) -> None:
    """Has the system drop what it holds of a file in memory."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


@row("open-2h-cold", reach=None, peer="opening ten seconds of the same film, as cold", cold=True)
def open_two_hours_cold(runs: int) -> Samples:
    """Drop to first exact frame and all frame times of two hours of 1080p, nothing of the file in memory."""
    long, short = film_of(7_200), film_of(10)
    with opening((1920, 1080)) as open_film:
        return cold(runs, (long, lambda: open_film(long)), (short, lambda: open_film(short)))


@row("open-2h", reach=None, peer="opening ten seconds of the same film")
def open_two_hours(runs: int) -> Samples:
    """The same with both files in the system's memory."""
    long, short = film_of(7_200), film_of(10)
    with opening((1920, 1080)) as open_film:
        return taken_in_turns(runs, lambda: open_film(long), lambda: open_film(short))


def _opened_again(container: str, runs: int) -> Samples:
    long, short = film_of(7_200, container), film_of(10, container)
    with TemporaryDirectory() as folder, opening((1920, 1080), DiskCache(Path(folder))) as open_film:
        open_film(long)
        return taken_in_turns(runs, lambda: open_film(long), lambda: open_film(short))


@row("open-2h-mkv-again", reach=None, peer="opening ten seconds of the same film")
def open_mkv_again(runs: int) -> Samples:
    """Two hours in MKV that were opened before."""
    return _opened_again("mkv", runs)


@row("open-2h-ts-again", reach=None, peer="opening ten seconds of the same film")
def open_ts_again(runs: int) -> Samples:
    """Two hours in TS that were opened before."""
    return _opened_again("ts", runs)


@row("first-frame-cold", reach=None, peer="a running mpv's loadfile to playback-restart, as cold", cold=True)
def first_frame_cold(runs: int) -> Samples:
    """Drop to first exact frame at full size of the ordinary clip, nothing of the file in memory."""
    return first_frame(ordinary_1080p(), (1920, 1080), runs, is_cold=True)


def exact_seeks(source: Input, runs: int) -> Samples:
    """The same random frames, at full size, one after the other."""
    path = source.path()
    clip = probe(str(path))
    chance = random.Random(5)  # noqa: S311 - repeatable, not secret
    wanted = [[chance.randrange(len(clip.frames)) for _ in range(_SEEKS)] for _ in range(runs + 1)]
    ours, theirs = iter(wanted), iter(wanted)
    with FrameReader(clip) as reader, mpv() as player:
        player.load(path)

        def seek_ours() -> None:
            for index in next(ours):
                reader.picture(index, source.size)

        def seek_theirs() -> None:
            for index in next(theirs):
                player.seek(float((index + 0.5) / source.rate))

        return taken_in_turns(runs, seek_ours, seek_theirs)


def _rows_of(name: str, source: Input) -> None:
    def dropping(runs: int) -> Samples:
        return first_frame(source.path(), source.size, runs)

    def seeking(runs: int) -> Samples:
        return exact_seeks(source, runs)

    dropping.__doc__ = f"Drop to first exact frame at full size: {source.about}."
    seeking.__doc__ = f"{_SEEKS} exact seeks to random frames at full size: {source.about}."
    rows: tuple[tuple[str, str, Callable[[int], Samples]], ...] = (
        ("open", "a running mpv's loadfile to playback-restart", dropping),
        ("seek", "mpv's exact seek", seeking),
    )
    for what, peer, measure in rows:
        row(f"{what}-{name}", reach=None, peer=peer)(measure)


for _name, _source in INPUTS.items():
    _rows_of(_name, _source)
