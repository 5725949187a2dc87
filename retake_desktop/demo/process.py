"""The demo service as a child process of the window or the command line."""

import queue
import re
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from retake_desktop.domain.errors import ErrorKind, RetakeError

_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d{1,5}")


def default_command(folder: Path) -> list[str]:
    """How this program, from source or frozen, is started as a demo service that shares `folder`."""
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "retake_desktop"]
    return [*program, "demo-service", "--port", "0", "--with-parent", "--folder", str(folder)]


class DemoProcess:
    """A demo service that lives in a process of its own, at most as long as this one.

    The child ends when its standard input does, so it never outlives a parent that was killed.
    """

    def __init__(
        self,
        folder: Path,
        command: Sequence[str] | None = None,
        ready_within: float = 30.0,
        stop_within: float = 5.0,
    ) -> None:
        """`start` runs `command`, `default_command(folder)` if None, and waits at most `ready_within` seconds.

        `stop` kills a child that has not ended by itself after `stop_within` seconds.
        """
        self._command = list(command or default_command(folder))
        self._ready_within = ready_within
        self._stop_within = stop_within
        self._child: subprocess.Popen[str] | None = None
        self._reader: threading.Thread | None = None
        self._url = ""

    @property
    def url(self) -> str:
        """The API base, once started."""
        return self._url

    @property
    def is_running(self) -> bool:
        return self._child is not None and self._child.poll() is None

    def start(self) -> None:
        """Blocks until the service answers. Raises RetakeError (OFFLINE) when it does not come up in time."""
        self.stop()
        hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)
        try:
            self._child = subprocess.Popen(  # noqa: S603 - our own executable, arguments without a shell
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
                errors="replace",
                creationflags=hidden,
            )
        except OSError as error:
            raise RetakeError(ErrorKind.OFFLINE, "the demo service could not be started") from error
        addresses: queue.Queue[str | None] = queue.Queue()
        self._reader = threading.Thread(
            target=_read, args=(self._child.stdout, addresses), name="demo-process-output", daemon=True
        )
        self._reader.start()
        self._url = self._first(addresses)

    def _first(self, addresses: "queue.Queue[str | None]") -> str:
        try:
            address = addresses.get(timeout=self._ready_within)
        except queue.Empty:
            address = None
        if address is None:
            self.stop()
            raise RetakeError(ErrorKind.OFFLINE, "the demo service did not come up")
        return address

    def stop(self) -> None:
        """Ends the child: by closing its input, then by force. Safe to call twice."""
        child, self._child = self._child, None
        if child is None:
            return
        if child.stdin:
            child.stdin.close()
        try:
            child.wait(self._stop_within)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        if self._reader:
            self._reader.join(self._stop_within)
        if child.stdout:
            child.stdout.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def _read(output: IO[str] | None, addresses: "queue.Queue[str | None]") -> None:
    """Reports the address in the ready line, or None at the end of the output, and keeps the pipe from filling up."""
    for line in output or ():
        if found := _ADDRESS.search(line):
            addresses.put(found[0])
    addresses.put(None)
