"""A long day at the window: the same story again and again, and at its end the app holds no more than at its start.

`RETAKE_SOAK_ROUNDS=300 bash packaging/test.sh --full tests/benchmarks/test_soak.py -s` prints what it held every few
rounds. A round takes some seconds, in which a person would need some minutes.
"""

import gc
import os
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from statistics import median

import pytest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from retake_desktop.demo.service import DemoService
from retake_desktop.domain.job import Stage
from retake_desktop.media.cache import DiskCache
from retake_desktop.media.large import trim
from retake_desktop.media.overview import in_a_child
from retake_desktop.media.previews import Previews
from tests.benchmarks.memory import family, pss
from tests.fakes.footage import make_clip
from tests.journeys.test_window import LONG, QUICK, Session, session

pytestmark = [pytest.mark.full, pytest.mark.timeout(4 * 3600)]

ROUNDS = int(os.environ.get("RETAKE_SOAK_ROUNDS", "24"))
_SETTLED = 8
"""Rounds after which everything that is made once has been made. Memory is compared over as many, by their medians:
what is read and decoded just then makes a tenth of it."""
_TOLD_EVERY = 8
_MORE_MEMORY = 0.10
_MORE_PER_ROUND = 0.2
"""MB: a take on record stays in the list, the latest 300 with their pictures of 0.08 MB."""
_MORE_FILES, _MORE_THREADS = 3, 2
"""Open files and readings that may come and go with what is going on at the moment."""


@dataclass(frozen=True)
class Held:
    """`memory` in MB (PSS of this process and its children), the others as counts; `cache` in bytes on disk."""

    memory: float
    threads: int
    files: int
    children: int
    cache: int


def _held(cache: Path) -> Held:
    gc.collect()
    # As the window does whenever its person rests.
    trim()
    pids = family(os.getpid())
    return Held(
        sum(map(pss, pids)) / 1e6,
        threading.active_count(),
        len(list(Path("/proc/self/fd").iterdir())),
        len(pids) - 1,
        sum(path.stat().st_size for path in cache.rglob("*") if path.is_file()),
    )


def _memory(rounds: Sequence[Held]) -> float:
    return median(one.memory for one in rounds)


@pytest.fixture
def service(tmp_path: Path) -> Iterator[DemoService]:
    folder = tmp_path / "service"
    folder.mkdir()
    with DemoService(folder, QUICK) as running:
        yield running


def test_after_hundreds_of_retakes_the_app_holds_what_it_held_after_a_few(
    qtbot: QtBot, tmp_path: Path, service: DemoService
) -> None:
    films = tmp_path / "films"
    films.mkdir()
    clips = [
        make_clip(films / f"film-{number}.mp4", frames=200, rate=Fraction(25), size=(320, 180), gop=25)
        for number in range(4)
    ]
    cache = tmp_path / "person" / "cache"
    seen: list[Held] = []
    with (
        closing(Previews(DiskCache(cache), in_a_child)) as previews,
        session(qtbot, tmp_path, service, previews=previews) as made,
    ):
        for number in range(ROUNDS):
            _round(qtbot, made, clips[number % len(clips)], number)
            seen.append(_held(cache))
            if number % _TOLD_EVERY == _TOLD_EVERY - 1:
                sys.stderr.write(f"after {number + 1} rounds: {seen[-1]}\n")
    assert service.received.accepted_submissions == ROUNDS
    settled, end = seen[_SETTLED - 1], seen[-1]
    before, after = (_memory(part) for part in (seen[_SETTLED - 1 : 2 * _SETTLED - 1], seen[-_SETTLED:]))
    assert after <= before * (1 + _MORE_MEMORY) + _MORE_PER_ROUND * (ROUNDS - _SETTLED), seen
    assert end.threads <= settled.threads + _MORE_THREADS, seen
    assert end.files <= settled.files + _MORE_FILES, seen
    assert end.children <= settled.children, seen
    assert 0 < end.cache <= max(one.cache for one in seen[:_SETTLED]), seen


def _round(qtbot: QtBot, made: Session, clip: Path, number: int) -> None:
    """Open, scrub, retake, compare, then keep or discard, and close the review."""
    person, retaking = made.person, made.workbench.retaking
    prompt = f"A red coat, take {number}"
    made.drops(clip)
    qtbot.waitUntil(lambda: retaking.clip is not None and retaking.clip.path == str(clip), timeout=LONG)
    for index in (40, 41, 120, 30, 199, 0):
        _scrub_to(qtbot, made, index)
    for name, time in (("Selection end", "00:00:04.000"), ("Selection start", "00:00:02.000")):
        person.sees(name, QLineEdit).setText(time)
    person.sees("Prompt", QPlainTextEdit).clear()
    person.types("Prompt", prompt)
    person.presses("Retake")
    _until_reviewed(qtbot, made, prompt)
    for mode in ("Wipe", "A/B", "Difference", "Side by side"):
        person.presses(mode)
        made.playback.step(1)
    decision, stage = ("Keep", Stage.KEPT) if number % 2 else ("Discard", Stage.DISCARDED)
    person.presses(decision)
    qtbot.waitUntil(
        lambda: any(job.stage is stage and job.request.prompt == prompt for job in made.jobs_seen), timeout=LONG
    )
    made.workbench.reviewing.leave()
    made.jobs_seen.clear()


def _scrub_to(qtbot: QtBot, made: Session, index: int) -> None:
    made.playback.seek_frame(index)
    qtbot.waitUntil(lambda: made.playback.index == index, timeout=LONG)


def _until_reviewed(qtbot: QtBot, made: Session, prompt: str) -> None:
    def is_open() -> bool:
        job = made.workbench.reviewing.job
        return made.window.is_reviewing and job is not None and job.request.prompt == prompt

    qtbot.waitUntil(is_open, timeout=2 * LONG)
