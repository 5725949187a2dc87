"""Two clips in review: pictures that are left out, and memory."""

import json
import os
import subprocess
import sys

from tests.benchmarks.footage import pair_of
from tests.benchmarks.measuring import MissingPeerError, Samples, Unit, row
from tests.benchmarks.memory import most_until_it_ends

_PATIENCE = 1200


def _measured(what: str, size: str, seconds: int, *, memory: bool = False) -> dict[str, int]:
    """What the child says, and its memory as `pss` where that is asked for: looking at it costs pictures."""
    before, after = pair_of(size)
    command = [sys.executable, "-m", "tests.benchmarks.review_child", what, str(before), str(after), str(seconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        most = most_until_it_ends(child, _PATIENCE) if memory else 0
        said, _ = child.communicate(timeout=_PATIENCE)
    if child.returncode:
        raise RuntimeError(f"{what} ended with {child.returncode}")
    found: dict[str, int] = {**json.loads(said.splitlines()[-1]), "pss": most}
    if not found["shown"]:
        raise MissingPeerError(f"{what} showed no picture (on Debian: apt-get install vlc-plugin-video-output)")
    if found["wrong"]:
        raise RuntimeError(f"{found['wrong']} pairs were not of the same instant")
    return found


def _left_out(what: str) -> float:
    found = _measured(what, "1920x1080", 20)
    return 100 * (1 - found["shown"] / found["due"])


@row("review-left-out", reach=1.0, unit=Unit.PERCENT)
def review_left_out(runs: int) -> Samples:
    """Share of pictures not painted while two 1080p sources at 25 fps play side by side in the window; all that are
    painted must be the right pairs."""
    return Samples([_left_out("app") for _ in range(runs)])


@row("vlc-left-out", reach=None, unit=Unit.PERCENT)
def vlc_left_out(runs: int) -> Samples:
    """The same two files in libVLC's own two players, each in its half of a window: frames of either that it did
    not display."""
    if "DISPLAY" not in os.environ:
        raise MissingPeerError("libVLC's players need an X11 display (xvfb-run)")
    return Samples([_left_out("vlc") for _ in range(runs)])


@row("review-memory-4k", reach=600.0, unit=Unit.MEGABYTES)
def review_memory(runs: int) -> Samples:
    """The most that the process tree takes (PSS) from the start, with two 4K clips in review, to the end of 60 s of
    playing them."""
    return Samples([_measured("app", "3840x2160", 60, memory=True)["pss"] / 1e6 for _ in range(min(runs, 2))])


@row("vlc-memory-4k", reach=None, unit=Unit.MEGABYTES)
def vlc_memory(runs: int) -> Samples:
    """The same two 4K clips in libVLC's own two players."""
    if "DISPLAY" not in os.environ:
        raise MissingPeerError("libVLC's players need an X11 display (xvfb-run)")
    return Samples([_measured("vlc", "3840x2160", 20, memory=True)["pss"] / 1e6 for _ in range(min(runs, 2))])
