"""A network that breaks on purpose: a TCP proxy in front of a server, which cuts or slows what goes up."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class CuttingProxy:
    """Cuts each of the first `cuts` connections after `cut_after` bytes upwards. `per_second` is bytes, 0 for no limit.

    `went_up` counts what reached the server.
    """

    target: int
    cuts: int = 0
    cut_after: int = 0
    per_second: float = 0
    went_up: int = 0
    port: int = 0
    connections: int = 0
    ended: int = 0
    """Connections that have nothing more to pass on in either direction."""
    _listening: socket.socket = field(default_factory=socket.socket)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def running(self) -> Iterator["CuttingProxy"]:
        self._listening.bind(("127.0.0.1", 0))
        self._listening.listen()
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()
        try:
            yield self
        finally:
            self._listening.shutdown(socket.SHUT_RDWR)  # wakes the thread that waits for a connection
            self._listening.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _peer = self._listening.accept()
            except OSError:
                return
            self.connections += 1
            server = socket.create_connection(("127.0.0.1", self.target))
            threading.Thread(target=self._up, args=(client, server), daemon=True).start()
            threading.Thread(target=self._down, args=(server, client), daemon=True).start()

    def _up(self, client: socket.socket, server: socket.socket) -> None:
        passed = 0
        began = time.monotonic()
        with suppress(OSError):
            while data := client.recv(65536):
                server.sendall(data)
                passed += len(data)
                self.went_up += len(data)
                if self._is_to_cut(passed):
                    for end in (client, server):
                        end.shutdown(socket.SHUT_RDWR)
                    return
                if self.per_second:
                    time.sleep(max(0.0, began + passed / self.per_second - time.monotonic()))
            server.shutdown(socket.SHUT_WR)

    def _is_to_cut(self, passed: int) -> bool:
        with self._lock:
            if self.cuts and passed > self.cut_after:
                self.cuts -= 1
                return True
            return False

    def _down(self, server: socket.socket, client: socket.socket) -> None:
        """Reads on to the end also when the client is gone: what the server still does is then over."""
        while True:
            try:
                data = server.recv(65536)
            except OSError:
                break
            if not data:
                break
            with suppress(OSError):
                client.sendall(data)
        for end in (client, server):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self.ended += 1
