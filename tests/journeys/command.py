"""The command line as a person or a script runs it: a process of its own, folders of its own, JSON lines read back."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_COMMAND = (sys.executable, "-m", "retake_desktop")


@dataclass(frozen=True)
class Ran:
    """What a finished command printed. `events` are its JSON lines; anything else on stdout fails the reading."""

    code: int
    out: str
    notices: str

    @property
    def events(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def done(self) -> list[dict[str, Any]]:
        return [event for event in self.events if event["event"] == "done"]

    def stages(self, job: str) -> list[str]:
        return [event["stage"] for event in self.events if event["event"] == "stage" and event["job"] == job]


def environment(home: Path, **more: str) -> dict[str, str]:
    """A clean environment with its own folders and no account unless `more` brings one."""
    home.mkdir(parents=True, exist_ok=True)
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
    return {
        **kept,
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        **more,
    }


def started(home: Path, *arguments: str, **more: str) -> subprocess.Popen[str]:
    """A command on its way."""
    return subprocess.Popen(
        [*_COMMAND, *arguments],
        env=environment(home, **more),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ran(home: Path, *arguments: str, **more: str) -> Ran:
    """A command from start to end. Its notices never hold a traceback."""
    return finished(started(home, *arguments, **more))


def finished(process: subprocess.Popen[str], timeout: float = 90) -> Ran:
    out, notices = process.communicate(timeout=timeout)
    assert "Traceback" not in notices, notices
    return Ran(process.returncode, out, notices)
