"""The demo service, running: in a thread for tests, or as the whole process for `demo-service`."""

import asyncio
import os
import signal
import socket
import sys
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import FrameType, TracebackType
from typing import Self

import uvicorn

from retake_desktop.demo.application import application
from retake_desktop.demo.calls import Calls
from retake_desktop.demo.connection import CuttableProtocol
from retake_desktop.demo.fault_middleware import FaultMiddleware
from retake_desktop.demo.faults import Fault, FaultPlan
from retake_desktop.demo.file_calls import FileCalls
from retake_desktop.demo.files import FileStore
from retake_desktop.demo.options import DEFAULT, DemoOptions
from retake_desktop.demo.processing import Processor
from retake_desktop.demo.received import Received
from retake_desktop.demo.request_store import RequestStore
from retake_desktop.demo.retaking import Effect, Retaker, apply
from retake_desktop.domain.errors import ErrorKind, RetakeError

HOST = "127.0.0.1"
_GRACE_SECONDS = 1
"""How long answers in progress are waited for when the service stops."""


class DemoService:
    """A demo service on loopback, from `start` to `stop` (or as a with-statement).

    `folder` holds requests and files; several services, in one process or many, may share it. Port 0 takes a free one.
    `effect` writes the answers' videos. Raises RetakeError: SERVICE_TROUBLE when the port is taken, FILE_TROUBLE when
    the folder cannot be used.
    """

    def __init__(
        self,
        folder: Path,
        options: DemoOptions = DEFAULT,
        *,
        port: int = 0,
        faults: Sequence[Fault] = (),
        effect: Effect = apply,
    ) -> None:
        self.faults = FaultPlan(faults)
        self.received = Received()
        try:
            store = RequestStore(folder)
            files = FileStore(folder, options.max_video_bytes)
        except OSError as error:
            raise RetakeError(ErrorKind.FILE_TROUBLE, f"the demo folder cannot be used: {error.strerror}") from error
        self._processor = Processor(store, files, Retaker(store, files, self.faults, options, effect), options)
        calls = Calls(store, self.received, options, self._processor.wake)
        inner = application(calls, FileCalls(files, store, options), self.faults, self.received)
        outer = FaultMiddleware(inner, self.faults, self.received)
        self._socket = _listening(port)
        self._server = uvicorn.Server(_configuration(outer))
        self._thread = threading.Thread(target=self._serve, name="demo-service", daemon=True)

    @property
    def url(self) -> str:
        """The API base, without a slash at the end. Connections are taken as soon as the object exists."""
        return f"http://{HOST}:{self._port}"

    @property
    def _port(self) -> int:
        return int(self._socket.getsockname()[1])

    def start(self) -> None:
        self._processor.start()
        self._thread.start()

    def stop(self) -> None:
        """Ends everything; a request that was being worked on goes back to the queue."""
        self._server.should_exit = True
        self._thread.join()
        self._processor.stop()
        self._socket.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _serve(self) -> None:
        # In this thread uvicorn leaves the process's signal handlers alone.
        asyncio.run(self._server.serve(sockets=[self._socket]))


def _listening(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if os.name == "posix":
            # On Windows this option would let two services share a port.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise RetakeError(ErrorKind.SERVICE_TROUBLE, f"port {port} on {HOST} cannot be used") from error
    return listener


def _configuration(app: FaultMiddleware) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=CuttableProtocol,
        ws="none",
        lifespan="off",
        log_config=None,
        # Bugs in calls are logged by the application; uvicorn would print them, and cut connections, a second time.
        log_level="critical",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=60,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )


def run_service(
    folder: Path,
    port: int = 0,
    token: str | None = None,
    faults: Sequence[Fault] = (),
    *,
    options: DemoOptions = DEFAULT,
    with_parent: bool = False,
) -> int:
    """Runs a demo service until SIGINT or SIGTERM, or with `with_parent` until standard input ends. Returns 0.

    Prints one line with the address on standard output when it answers. To be called from the main thread.
    Raises RetakeError like `DemoService`.
    """
    ended = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        ended.set()

    with DemoService(folder, _with_token(options, token), port=port, faults=faults) as service:
        for name in ("SIGINT", "SIGTERM", "SIGBREAK"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), end)
        if with_parent:
            threading.Thread(target=_wait_for_end_of_input, args=(ended,), name="parent-watch", daemon=True).start()
        sys.stdout.write(f"The demo service is ready at {service.url}\n")
        sys.stdout.flush()
        # In steps, because on Windows a wait without end cannot be interrupted by Ctrl+C.
        while not ended.wait(0.5):
            pass
    return 0


def _with_token(options: DemoOptions, token: str | None) -> DemoOptions:
    return options if token is None else replace(options, token=token)


def _wait_for_end_of_input(ended: threading.Event) -> None:
    """The parent holds the other end of the pipe: it closes when the parent ends, however that happens."""
    try:
        # Not through sys.stdin: a daemon thread in its lock makes the interpreter abort at exit.
        while os.read(0, 4096):
            pass
    except OSError:
        pass
    ended.set()
