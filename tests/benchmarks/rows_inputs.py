"""First frame and exact seeks over the codecs, sizes, GOPs and lengths that people bring."""

import asyncio
import random
from collections.abc import Callable
from pathlib import Path

from retake_desktop.media.frames import FrameReader
from retake_desktop.media.picture import Picture
from retake_desktop.media.probe import probe
from retake_desktop.media.worker import Listeners, MediaWorker
from tests.benchmarks.footage import INPUTS, Input
from tests.benchmarks.measuring import Samples, row, taken_in_turns
from tests.benchmarks.peers import mpv

_SEEKS = 3
"""A round. One seek alone says more of where it fell than of who is quicker."""


def first_frame(path: Path, size: tuple[int, int], runs: int) -> Samples:
    """Drop to first exact frame at `size`, as the window opens a file: the warm media worker reads it."""

    async def opened(worker: MediaWorker) -> None:
        firsts: list[Picture] = []
        listeners = Listeners(on_first=lambda _, picture: firsts.append(picture), box=size)
        clip = await worker.probe(str(path), listeners)
        if not firsts or (firsts[0].width, firsts[0].height) != size:
            with FrameReader(clip) as reader:
                reader.picture(0, size)

    with asyncio.Runner() as runner, mpv() as player:
        worker = MediaWorker()

        def open_ours() -> None:
            runner.run(opened(worker))

        try:
            runner.run(worker.warm_up())
            return taken_in_turns(runs, open_ours, lambda: player.load(path))
        finally:
            runner.run(worker.close())


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
    def opening(runs: int) -> Samples:
        return first_frame(source.path(), source.size, runs)

    def seeking(runs: int) -> Samples:
        return exact_seeks(source, runs)

    opening.__doc__ = f"Drop to first exact frame at full size: {source.about}."
    seeking.__doc__ = f"{_SEEKS} exact seeks to random frames at full size: {source.about}."
    rows: tuple[tuple[str, str, Callable[[int], Samples]], ...] = (
        ("open", "a running mpv's loadfile to playback-restart", opening),
        ("seek", "mpv's exact seek", seeking),
    )
    for what, peer, measure in rows:
        row(f"{what}-{name}", reach=None, peer=peer)(measure)


for _name, _source in INPUTS.items():
    _rows_of(_name, _source)
