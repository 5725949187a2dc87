"""Broken files, through the worker as in the app: each gives a clear error or a clip, soon, in bounded memory."""

import asyncio
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pytest

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.media.memory import resident_bytes
from retake_desktop.media.worker import MediaWorker
from tests.fakes.broken import broken_files

LONGEST = 10
"""Seconds that anyone waits for any file."""
LARGEST = 2 << 30
"""Bytes that the child may hold: the worker's own limit for a probe."""


@dataclass
class Figures:
    """What became of all files."""

    outcomes: Counter[str] = field(default_factory=Counter)
    crashes: list[str] = field(default_factory=list)
    bugs: list[str] = field(default_factory=list)
    longest: tuple[float, str] = (0.0, "")
    largest: int = 0

    def __str__(self) -> str:
        seconds, which = self.longest
        return (
            f"{dict(self.outcomes)}; children that died: {self.crashes}; bugs: {self.bugs}; "
            f"longest {seconds:.2f} s ({which}); most memory {self.largest >> 20} MB"
        )


async def opened_all(folder: Path, count: int, seed: int) -> Figures:
    figures = Figures()
    worker = MediaWorker()
    await worker.warm_up()
    try:
        for what, path in broken_files(folder, count, seed):
            begun = time.monotonic()
            figures.outcomes[await outcome(worker, path, what, figures)] += 1
            figures.longest = max(figures.longest, (time.monotonic() - begun, what))
            child = worker._idle
            if child is not None:
                figures.largest = max(figures.largest, resident_bytes(child._process.pid))
    finally:
        await worker.close()
    return figures


async def outcome(worker: MediaWorker, path: Path, what: str, figures: Figures) -> str:
    try:
        clip = await worker.probe(str(path))
    except RetakeError as error:
        detail = error.problem.detail
        if "broke down" in detail:
            figures.crashes.append(f"{what}: {detail}")
        if error.kind is not ErrorKind.UNREADABLE_MEDIA or not detail or "internal error" in detail:
            figures.bugs.append(f"{what}: {error}")
        return "refused"
    assert_sound(clip, what)
    return "read with findings" if clip.findings else "read"


def assert_sound(clip: Clip, what: str) -> None:
    """A clip as the app relies on it."""
    ticks = clip.frames.ticks
    assert ticks[0] == 0, what
    assert all(a < b for a, b in pairwise(ticks)), what
    assert clip.frames.end > ticks[-1], what
    assert clip.frame_rate > 0, what
    assert min(clip.width, clip.height, clip.coded_width, clip.coded_height) > 0, what
    assert clip.rotation in (0, 90, 180, 270), what


def check(figures: Figures) -> None:
    sys.stderr.write(f"broken files: {figures}\n")
    assert figures.bugs == []
    assert figures.longest[0] < LONGEST
    assert figures.largest < LARGEST
    assert figures.outcomes["refused"]
    assert figures.outcomes["read"]
    assert figures.outcomes["read with findings"]


def test_some_hundred_broken_files_are_refused_or_read(tmp_path: Path) -> None:
    check(asyncio.run(opened_all(tmp_path, 252, seed=1)))


@pytest.mark.full
@pytest.mark.timeout(900)
def test_two_thousand_broken_files_are_refused_or_read(tmp_path: Path) -> None:
    check(asyncio.run(opened_all(tmp_path, 2240, seed=2)))
