"""First frame and scrubbing."""

import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from PySide6.QtWidgets import QApplication

from retake_desktop.domain.clip import Clip
from retake_desktop.media.frames import FrameReader
from retake_desktop.media.probe import probe
from retake_desktop.media.scrub import REACH, ScrubCache
from retake_desktop.ui.playback.material import Material, Shot
from retake_desktop.ui.playback.playback import Playback
from retake_desktop.ui.playback.soundtrack import Soundtrack
from retake_desktop.ui.player.stage import Stage
from tests.benchmarks import rows_inputs
from tests.benchmarks.footage import RATE, SECONDS, ordinary_1080p
from tests.benchmarks.measuring import Samples, row, seconds_of, taken_in_turns
from tests.benchmarks.peers import ffmpeg, mpv

FULL = (1920, 1080)


@row("first-frame", reach=1.0, peer="a running mpv's loadfile to playback-restart")
def first_frame(runs: int) -> Samples:
    """Drop to first exact frame at full size: the warm media worker reads the file and gives the picture."""
    return rows_inputs.first_frame(ordinary_1080p(), FULL, runs)


@row("scrub-cached", reach=0.016)
def scrub_cached(runs: int) -> Samples:
    """p95 from the move of the playhead to the cached frame painted on a 960 x 540 stage."""
    with _stage() as (playback, stage, _):
        moves = []
        for index in _places(40 * runs):
            moves.append(seconds_of(partial(_move_and_paint, playback, stage, index)))
            _wait_until(lambda: False, 0.012)
        return Samples(moves, quantile=0.95)


@row("scrub-rest", reach=1.0, peer="mpv's exact seek")
def scrub_rest(runs: int) -> Samples:
    """Rest of the playhead to the exact frame at full size, through the window's engine."""
    with _stage() as (playback, _, exact), mpv() as player:
        player.load(ordinary_1080p())
        places = iter(_places(4 * runs + 1))
        theirs = iter(_places(4 * runs + 1))

        def rest() -> None:
            index = next(places)
            playback.seek_frame(index)
            if not _wait_until(lambda: bool(exact) and exact[-1] == index, 60):
                raise RuntimeError(f"frame {index} never came")

        return taken_in_turns(4 * runs, rest, lambda: player.seek(_inside(next(theirs))))


@row("keyframe-seek", reach=None, peer="mpv's keyframe seek")
def keyframe_seek(runs: int) -> Samples:
    """A jump to a keyframe, decoded at full size: what an exact seek costs at least."""
    clip = probe(str(ordinary_1080p()))
    keyframes = list(range(0, len(clip.frames), 250))
    places = iter(keyframes * (runs + 1))
    theirs = iter(keyframes * (runs + 1))
    with FrameReader(clip) as reader, mpv() as player:
        player.load(ordinary_1080p())

        def jump() -> None:
            reader._kept.clear()
            reader._frames._frames._recent.clear()
            reader.picture(next(places), FULL)

        return taken_in_turns(
            2 * runs,
            jump,
            lambda: player.seek(_inside(next(theirs)), "keyframes"),
        )


@row("scrub-fill", reach=1.0, peer="ffmpeg decoding and scaling the same 20 s")
def scrub_fill(runs: int) -> Samples:
    """The cache of 10 s to either side of the middle, from nothing."""
    path, clip = ordinary_1080p(), probe(str(ordinary_1080p()))
    begin = SECONDS / 2 - float(REACH)

    def fill() -> None:
        cache = ScrubCache(clip)
        cache.centre_on(len(clip.frames) // 2)
        if not cache.fill(lambda: False):
            raise RuntimeError("the cache was not filled")
        cache.close()

    def scale() -> None:
        scaled = ("-an", "-vf", "scale=320:-2:flags=fast_bilinear", "-f", "null", "-")
        ffmpeg("-ss", str(begin), "-t", str(float(2 * REACH)), "-i", str(path), *scaled)

    return taken_in_turns(runs, fill, scale)


def _places(count: int) -> list[int]:
    """Frames so near the middle that all of them stay cached, the same in every run."""
    chance = random.Random(11)  # noqa: S311 - repeatable, not secret
    middle = SECONDS * RATE // 2
    return [chance.randrange(middle - 9 * RATE // 2, middle + 9 * RATE // 2) for _ in range(count)]


def _inside(index: int) -> float:
    return (index + 0.5) / RATE


@contextmanager
def _stage() -> Iterator[tuple[Playback, Stage, list[int]]]:
    """The window's engine and stage on the ordinary clip, with the neighbourhood of its middle cached."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication(sys.argv[:1])
    clip: Clip = probe(str(ordinary_1080p()))
    playback = Playback(sound=Soundtrack(lambda _: None, lambda: None))
    stage = Stage(playback)
    exact: list[int] = []

    def note(shot: Shot) -> None:
        if shot.is_exact:
            exact.append(shot.index)

    playback.shot_shown.connect(note)
    material = Material(clip)
    try:
        stage.resize(960, 540)
        stage.show()
        middle = len(clip.frames) // 2
        playback.load(material, clip.frames.start_of(middle))
        around = range(middle - 9 * RATE, middle + 9 * RATE)
        if not _wait_until(lambda: all(_is_cached(playback, material, index) for index in around), 120):
            raise RuntimeError("the cache was not filled")
        yield playback, stage, exact
    finally:
        stage.close()
        playback.close()
        application.processEvents()


def _is_cached(playback: Playback, material: Material, index: int) -> bool:
    return playback._scrubber.shot(material, index) is not None


def _move_and_paint(playback: Playback, stage: Stage, index: int) -> None:
    playback.seek_frame(index)
    if not _wait_until(lambda: stage.shot is not None and stage.shot.index == index, 5):
        raise RuntimeError(f"frame {index} was not shown")
    stage.repaint()


def _wait_until(is_so: Callable[[], bool], seconds: float) -> bool:
    """Lets the window work until `is_so`, or until the time is up."""
    deadline = time.perf_counter() + seconds
    while not is_so():
        if time.perf_counter() > deadline:
            return False
        QApplication.processEvents()
        time.sleep(0.0005)
    return True
