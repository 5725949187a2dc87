"""How long the app takes to its window, frozen and from the source tree, each in turn on one machine."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

_PROJECT = Path(__file__).resolve().parents[1]
_TITLE = "Retake Desktop"
_PATIENCE = 300.0
_REACH = 1.5


def trouble_with_starting(executable: Path, surroundings: dict[str, str], runs: int = 3) -> list[str]:
    """Starts both `runs` times after a first one that fills the caches, and prints the times; what is wrong with them.

    The shortest of each counts: a busy machine makes a start longer and never shorter. Needs xdotool, and a Python with
    the app's libraries, which is the one that runs this.
    """
    from_source = {**surroundings, "PYTHONPATH": str(_PROJECT), "PATH": os.environ["PATH"]}
    commands = {
        "bundle": ([str(executable), "--demo"], surroundings),
        "source": ([sys.executable, "-m", "retake_desktop", "--demo"], from_source),
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for run in range(runs + 1):
        for name, (command, environment) in commands.items():
            seconds = _to_window(command, environment)
            if run:
                times[name].append(seconds)
    for name, taken in times.items():
        print(f"start to window, {name}: {min(taken):.2f} s ({', '.join(f'{each:.2f}' for each in taken)})")
    ratio = min(times["bundle"]) / min(times["source"])
    print(f"the bundle starts in {ratio:.2f} times what the source tree takes (reach {_REACH})")
    return [] if ratio < _REACH else [f"the bundle's window takes {ratio:.2f} times as long as the source tree's"]


def _to_window(command: Sequence[str], environment: dict[str, str]) -> float:
    began = time.monotonic()
    with subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _await_window(process)
            seconds = time.monotonic() - began
            process.send_signal(signal.SIGTERM)
            process.wait(_PATIENCE)
        finally:
            process.kill()
    return seconds


def _await_window(process: "subprocess.Popen[bytes]") -> None:
    ask = ["xdotool", "search", "--onlyvisible", "--name", _TITLE]
    deadline = time.monotonic() + _PATIENCE
    while not subprocess.run(ask, env=dict(os.environ), capture_output=True, check=False).stdout.strip():
        if process.poll() is not None or time.monotonic() > deadline:
            raise SystemExit(f"{process.args!r} shows no window")
        time.sleep(0.01)
