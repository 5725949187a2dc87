"""The programs that are compared with, each used in its fastest way for the same outcome."""

import json
import os
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
    """A running mpv, driven through its IPC socket."""

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

    def number(self, name: str) -> int:
        """The value of the property `name`; 0 where mpv has none yet."""
        self._socket.sendall(json.dumps({"command": ["get_property", name], "request_id": 7}).encode() + b"\n")
        for line in self._lines:
            said = json.loads(line)
            if said.get("request_id") == 7:
                return int(said.get("data") or 0)
        raise RuntimeError("mpv has gone away")

    def processor(self) -> float:
        """Seconds of processor that it has taken so far."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def play(self) -> None:
        self._socket.sendall(json.dumps({"command": ["set_property", "pause", False]}).encode() + b"\n")

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
def mpv(*shown: str) -> Iterator[Mpv]:
    """A warm mpv; with `shown`, its options for a window, it draws as well. Raises MissingPeerError."""
    with tempfile.TemporaryDirectory() as folder:
        address = Path(folder) / "mpv"
        options = ["--idle", "--no-config", "--ao=null", "--pause", "--no-terminal", "--keep-open=always"]
        picture = shown or ("--vo=null",)
        process = subprocess.Popen([program("mpv"), *options, *picture, f"--input-ipc-server={address}"])
        deadline = time.monotonic() + _START_SECONDS
        while not address.exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        player = Mpv(process, address)
        try:
            yield player
        finally:
            player.close()
