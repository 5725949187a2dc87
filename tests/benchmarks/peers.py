"""The programs that are compared with, each used in its fastest way for the same outcome."""

import json
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from tests.benchmarks.measuring import MissingPeerError

_START_SECONDS = 20


def program(name: str) -> str:
    """Where `name` is installed. Raises MissingPeerError."""
    found = shutil.which(name)
    if found is None:
        raise MissingPeerError(f"{name} is not installed (on Debian: apt-get install {name})")
    return found


def ffmpeg(*arguments: str) -> None:
    """Runs ffmpeg to its end."""
    command = [program("ffmpeg"), "-nostdin", "-v", "error", "-y", *arguments]
    subprocess.run(command, check=True)


class Mpv:
    """A running mpv that decodes but draws nothing, driven through its IPC socket."""

    def __init__(self, process: "subprocess.Popen[bytes]", address: Path) -> None:
        self._process = process
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(str(address))
        self._lines = cast("BinaryIO", self._socket.makefile("rb"))

    def load(self, path: Path) -> None:
        """Returns when the first picture is there."""
        self._do("loadfile", str(path))

    def seek(self, seconds: float, how: str = "exact") -> None:
        """Returns when the picture is there. `how`: "exact" or "keyframes"."""
        self._do("seek", seconds, f"absolute+{how}")

    def close(self) -> None:
        self._socket.close()
        self._process.terminate()
        self._process.wait(timeout=_START_SECONDS)

    def _do(self, *command: object) -> None:
        self._socket.sendall(json.dumps({"command": command}).encode() + b"\n")
        for line in self._lines:
            if json.loads(line).get("event") == "playback-restart":
                return
        raise RuntimeError("mpv has gone away")


@contextmanager
def mpv() -> Iterator[Mpv]:
    """A warm mpv. Raises MissingPeerError."""
    with tempfile.TemporaryDirectory() as folder:
        address = Path(folder) / "mpv"
        options = ["--idle", "--no-config", "--vo=null", "--ao=null", "--pause", "--no-terminal", "--keep-open=always"]
        process = subprocess.Popen([program("mpv"), *options, f"--input-ipc-server={address}"])
        deadline = time.monotonic() + _START_SECONDS
        while not address.exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        player = Mpv(process, address)
        try:
            yield player
        finally:
            player.close()
