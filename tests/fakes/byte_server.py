"""A TCP server on loopback that follows a script for each connection, byte for byte: a service that misbehaves."""

import json
import re
import socket
import struct
import threading
from collections.abc import Callable, Sequence
from functools import partial
from types import TracebackType
from typing import Self

_LENGTH = re.compile(rb"(?i)\r\ncontent-length: *(\d+)")
_PATIENCE = 10.0
"""Seconds that a script waits for the client before it gives up."""


class Visit:
    """One connection, as its script sees it. `received` grows with what the client has sent."""

    def __init__(self, connection: socket.socket) -> None:
        self.received = b""
        self.stop = threading.Event()
        self._connection = connection
        connection.settimeout(_PATIENCE)

    def head(self) -> bytes:
        """Reads up to the blank line after the request's headers (and no more than came with it)."""
        while b"\r\n\r\n" not in self.received:
            self._more()
        return self.received.partition(b"\r\n\r\n")[0]

    def body(self) -> bytes:
        """Reads the whole request; its body."""
        length = _LENGTH.search(self.head())
        expected = int(length[1]) if length else 0
        start = self.received.index(b"\r\n\r\n") + 4
        while len(self.received) < start + expected:
            self._more()
        return self.received[start:]

    def send(self, *parts: bytes) -> None:
        for part in parts:
            self._connection.sendall(part)

    def reset(self) -> None:
        """Ends the connection at once, as a crashed process does."""
        self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._connection.close()

    def hold(self) -> None:
        """Keeps the connection open and silent until the server is closed."""
        self.stop.wait(_PATIENCE)

    def close(self) -> None:
        self._connection.close()

    def _more(self) -> None:
        chunk = self._connection.recv(65_536)
        if not chunk:
            raise ConnectionError("the client went away")
        self.received += chunk


Script = Callable[[Visit], None]


class ByteServer:
    """Serves one script a connection, in order; the last one serves all further connections.

    `visits` are the connections so far, whatever became of them.
    """

    def __init__(self, *scripts: Script, host: str = "127.0.0.1") -> None:
        self.visits: list[Visit] = []
        self._scripts: Sequence[Script] = scripts
        self._threads: list[threading.Thread] = []
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._socket = socket.socket(family)
        # Small buffers, so that a body of some MB cannot vanish in them.
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
        self._socket.bind((host, 0))
        self._socket.listen()
        self.port: int = self._socket.getsockname()[1]
        self.url = f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._threads[0].join(_PATIENCE)
        self.settle()
        self._socket.close()

    def settle(self) -> None:
        """Ends the scripts that hold, and waits until those of all connections so far have ended."""
        for visit in self.visits:
            visit.stop.set()
        for thread in self._threads[1:]:
            thread.join(_PATIENCE)

    @property
    def received(self) -> list[bytes]:
        return [visit.received for visit in self.visits]

    def _start(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        self._threads.append(thread)

    def _accept(self) -> None:
        while True:
            try:
                connection, _peer = self._socket.accept()
            except OSError:
                return
            visit = Visit(connection)
            script = self._scripts[min(len(self.visits), len(self._scripts) - 1)]
            self.visits.append(visit)
            self._start(partial(_follow, script, visit))


def _follow(script: Script, visit: Visit) -> None:
    try:
        script(visit)
    except OSError:
        return  # the client went away in the middle, as clients do
    finally:
        visit.close()


def http_answer(status: int, body: bytes | object = b"", **headers: str) -> bytes:
    """An HTTP/1.1 answer; a body that is not bytes is sent as JSON. Underscores in header names become hyphens."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    lines = {"Content-Length": str(len(content)), "Connection": "close"} | given
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value)
    return f"HTTP/1.1 {status} Said\r\n{head}\r\n".encode() + content


def answering(status: int, body: bytes | object = b"", **headers: str) -> Script:
    """A script that reads the whole request and answers once."""

    def script(visit: Visit) -> None:
        visit.body()
        visit.send(http_answer(status, body, **headers))

    return script
