"""How much memory a process and all it has started take."""

import subprocess
import time
from pathlib import Path

_LOOK_SECONDS = 0.25


def family(pid: int) -> list[int]:
    """The process and all that descend from it, those that are there."""
    found = [pid]
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = listed.read_text(encoding="ascii").split()
        except OSError:
            continue
        for child in children:
            found += family(int(child))
    return found


def pss(pid: int) -> int:
    """Bytes of one process, what it shares with others in equal parts; 0 when it has gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) << 10 for line in lines if line.startswith("Pss:"))


def most_until_it_ends(process: "subprocess.Popen[str]", seconds: float) -> int:
    """The most bytes that `process` and what it starts take at once, looked at four times a second.

    From outside: to be looked at holds a process up for milliseconds, but then not its window's thread alone.
    Raises TimeoutExpired after `seconds`.
    """
    most, deadline = 0, time.monotonic() + seconds
    while process.poll() is None:
        if time.monotonic() > deadline:
            process.kill()
            raise subprocess.TimeoutExpired(process.args, seconds)
        most = max(most, sum(pss(pid) for pid in family(process.pid)))
        time.sleep(_LOOK_SECONDS)
    return most
