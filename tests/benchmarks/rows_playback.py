"""One clip played on the stage, beside the same clip in mpv."""

import os
import time
from dataclasses import dataclass
from functools import cache

from tests.benchmarks.footage import ordinary_1080p
from tests.benchmarks.measuring import MissingPeerError, Samples, Unit, row
from tests.benchmarks.peers import mpv
from tests.benchmarks.rows_window import own_folders, told
from tests.benchmarks.windows import SHOWN_SECONDS

_RATE = 25
_MOST_RUNS = 3


@dataclass(frozen=True)
class Played:
    """`left_out` in percent of the pictures that came due, `processor` in seconds for `SHOWN_SECONDS` of playing."""

    left_out: float
    processor: float


@cache
def _both(runs: int) -> tuple[tuple[Played, Played], ...]:
    """Ours and mpv's, in turns, drawn in the same size; measured once for all rows that look at it."""
    return tuple(_one_after_the_other() for _ in range(min(runs, _MOST_RUNS)))


def _one_after_the_other() -> tuple[Played, Played]:
    if "DISPLAY" not in os.environ:
        raise MissingPeerError("what is painted needs an X11 display (xvfb-run)")
    with own_folders() as environment:
        due, painted, processor, width, height = told(environment, "app", "play", str(ordinary_1080p())).split(",")
    ours = Played(100 * (1 - int(painted) / int(due)), float(processor))
    return ours, _in_mpv(int(width), int(height))


def _in_mpv(width: int, height: int) -> Played:
    with mpv("--vo=x11", "--hwdec=no", f"--geometry={width}x{height}") as player:
        player.load(ordinary_1080p())
        before = player.processor()
        player.play()
        time.sleep(SHOWN_SECONDS)
        processor = player.processor() - before
        dropped = player.number("frame-drop-count") + player.number("decoder-frame-drop-count")
    return Played(100 * dropped / (SHOWN_SECONDS * _RATE), processor)


@row("play-left-out", reach=1.0, unit=Unit.PERCENT)
def play_left_out(runs: int) -> Samples:
    """Share of pictures not painted while a 1080p clip at 25 fps plays on the stage of the whole window."""
    return Samples([ours.left_out for ours, _ in _both(runs)])


@row("mpv-left-out", reach=None, unit=Unit.PERCENT)
def mpv_left_out(runs: int) -> Samples:
    """Share of pictures that mpv drops of the same clip in a window of the same size, in the same run."""
    return Samples([theirs.left_out for _, theirs in _both(runs)])


@row("play-processor", reach=None, peer="mpv")
def play_processor(runs: int) -> Samples:
    """Processor time for 15 s of it, window and all, against mpv's."""
    return Samples([ours.processor for ours, _ in _both(runs)], [theirs.processor for _, theirs in _both(runs)])
