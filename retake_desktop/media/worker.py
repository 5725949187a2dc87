"""Long media work in a child process, which can be killed at once and whose crash hurts nobody."""

import asyncio
import logging
import os
import subprocess
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.job import Progress
from retake_desktop.domain.retake import RetakeRequest
from retake_desktop.domain.window import Window
from retake_desktop.media import worker_protocol as protocol
from retake_desktop.media.kept_take import KeptTake

if TYPE_CHECKING:
    from retake_desktop.media.prepare import Prepared
    from retake_desktop.media.splice import SpliceReport

_LOG = logging.getLogger(__name__)
_PRIVATE = "RUNCOMFY_API_TOKEN"
"""Left out of the child's environment: it reads files that nobody has vouched for."""


def child_main() -> int:
    """The child process itself: what `python -m retake_desktop.media.worker` and the frozen app's flag run."""
    from retake_desktop.media.worker_child import run

    return run()


class MediaWorker:
    """Runs media functions in child processes: one for each call under way, one idle in reserve.

    To be used from one asyncio loop. Cancelling a call kills its child at once. A child that dies by itself raises
    RetakeError with the call's kind of trouble. `command` starts a child; the default is this app's own.
    """

    def __init__(self, command: Sequence[str] | None = None) -> None:
        self._command = tuple(command) if command else _own_command()
        self._idle: _Child | None = None
        self._busy: set[_Child] = set()
        self._starting: asyncio.Task[None] | None = None
        self._closed = False

    async def warm_up(self) -> None:
        """Has a child ready, so that the first probe need not wait for one to start."""
        if self._idle is None and not self._closed:
            child = await _Child.start(self._command)
            await self._give_back(child)

    async def probe(self, path: str) -> Clip:
        """The file as a clip. Raises RetakeError(UNREADABLE_MEDIA | FILE_TROUBLE)."""
        return protocol.decoded(await self._run(protocol.Probe(path), ErrorKind.UNREADABLE_MEDIA), Clip)

    async def prepare(
        self, clip: Clip, request: RetakeRequest, output: str, max_bytes: int, on_progress: Callable[[Progress], None]
    ) -> "Prepared":
        """See `media.prepare`."""
        from retake_desktop.media.prepare import Prepared

        call = protocol.Prepare(clip, request, output, max_bytes)
        return protocol.decoded(await self._run_long(call, on_progress), Prepared)

    async def verify(self, path: str, window: Window | None) -> Clip:
        """See `media.verify`. Raises RetakeError(DOWNLOAD_FAILED)."""
        return protocol.decoded(await self._run(protocol.Verify(path, window), ErrorKind.DOWNLOAD_FAILED), Clip)

    async def splice(
        self, original: Clip, takes: Sequence[KeptTake], output: str, on_progress: Callable[[Progress], None]
    ) -> "SpliceReport":
        """See `media.splice`."""
        from retake_desktop.media.splice import SpliceReport

        call = protocol.Splice(original, tuple(takes), output)
        return protocol.decoded(await self._run_long(call, on_progress), SpliceReport)

    async def close(self) -> None:
        """Ends all children."""
        self._closed = True
        if self._starting:
            self._starting.cancel()
            with suppress(asyncio.CancelledError):
                await self._starting
        children = [*self._busy, *([self._idle] if self._idle else [])]
        self._idle = None
        for child in children:
            await child.kill()

    async def _run_long(self, call: protocol.Call, on_progress: Callable[[Progress], None]) -> msgspec.Raw:
        """Long work takes its child away, and lowers its priority for good: another one is started in its place."""
        if self._starting is None or self._starting.done():
            self._starting = asyncio.create_task(self._refill())
        return await self._run(call, ErrorKind.MEDIA_FAILED, on_progress, keep=False)

    async def _refill(self) -> None:
        await asyncio.sleep(0)  # After the long call has taken the idle child.
        await self.warm_up()

    async def _run(
        self,
        call: protocol.Call,
        trouble: ErrorKind,
        on_progress: Callable[[Progress], None] | None = None,
        *,
        keep: bool = True,
    ) -> msgspec.Raw:
        message = _framed(call)
        child = await self._take()
        self._busy.add(child)
        is_whole = False
        try:
            result = await child.ask(message, trouble, on_progress)
            is_whole = keep
            return result
        except RetakeError:
            is_whole = keep
            raise
        finally:
            self._busy.discard(child)
            await (self._give_back(child) if is_whole else child.kill())

    async def _take(self) -> "_Child":
        child, self._idle = self._idle, None
        if child is not None and child.is_alive:
            return child
        return await _Child.start(self._command)

    async def _give_back(self, child: "_Child") -> None:
        if self._idle is None and child.is_alive and not self._closed:
            self._idle = child
        else:
            await child.kill()


class _Child:
    """One running child process."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._is_unwanted = False
        self._log = asyncio.create_task(self._log_lines())

    @classmethod
    async def start(cls, command: Sequence[str]) -> "_Child":
        return cls(
            await asyncio.create_subprocess_exec(
                *command, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=_environment(), creationflags=_creation_flags()
            )
        )

    @property
    def is_alive(self) -> bool:
        return self._process.returncode is None

    async def ask(
        self, message: bytes, trouble: ErrorKind, on_progress: Callable[[Progress], None] | None
    ) -> msgspec.Raw:
        """Sends a call and waits for its result. Raises RetakeError, with `trouble` when the child dies over it."""
        try:
            assert self._process.stdin is not None  # noqa: S101 - started with a pipe
            self._process.stdin.write(message)
            await self._process.stdin.drain()
            while True:
                reply = await self._reply()
                if isinstance(reply, protocol.Done):
                    return reply.result
                if isinstance(reply, protocol.Failed):
                    raise RetakeError(reply.kind, reply.detail)
                if isinstance(reply, protocol.Broken):
                    _LOG.error("the media worker failed: %s", reply.trace)
                    raise RetakeError(trouble, f"internal error: {reply.name}")
                if on_progress:
                    on_progress(reply.progress)
        except (asyncio.IncompleteReadError, ConnectionError, msgspec.DecodeError) as error:
            raise RetakeError(trouble, await self._last_words()) from error

    async def _reply(self) -> protocol.Reply:
        assert self._process.stdout is not None  # noqa: S101 - started with a pipe
        head = await self._process.stdout.readexactly(protocol.LENGTH_BYTES)
        payload = await self._process.stdout.readexactly(int.from_bytes(head, "big"))
        return protocol.decoded_reply(payload)

    async def _last_words(self) -> str:
        if self._is_unwanted:
            return "the app is closing"
        await self.kill()
        code = self._process.returncode or 0
        how = f"signal {-code}" if code < 0 else f"exit code {code}"
        _LOG.warning("the media worker died: %s", how)
        return f"the program that reads it broke down, {how}"

    async def kill(self) -> None:
        """Ends the process now and waits until it is gone."""
        self._is_unwanted = True
        if self.is_alive:
            with suppress(ProcessLookupError):
                self._process.kill()
        await asyncio.shield(self._gone())

    async def _gone(self) -> None:
        if self._process.stdin is not None:
            self._process.stdin.close()
        await self._process.wait()
        await self._log

    async def _log_lines(self) -> None:
        assert self._process.stderr is not None  # noqa: S101 - started with a pipe
        while line := await self._process.stderr.readline():
            _LOG.debug("media worker: %s", line.decode(errors="replace").rstrip())


def _framed(call: protocol.Call) -> bytes:
    try:
        return protocol.framed(call)
    except UnicodeEncodeError as error:
        raise RetakeError(ErrorKind.FILE_TROUBLE, "its name is no proper text; rename it first") from error


def _own_command() -> tuple[str, ...]:
    if getattr(sys, "frozen", False):
        return sys.executable, "--media-worker"
    return sys.executable, "-m", "retake_desktop.media.worker"


def _environment() -> dict[str, str]:
    """The app's own, so that the child finds the same package, with fewer arenas: each reserves address space."""
    environment = {name: value for name, value in os.environ.items() if name != _PRIVATE}
    root = str(Path(__file__).parents[2])
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, (root, environment.get("PYTHONPATH"))))
    environment.setdefault("MALLOC_ARENA_MAX", "2")
    environment["PYTHONFAULTHANDLER"] = "1"
    return environment


def _creation_flags() -> int:
    if sys.platform == "win32":
        return subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
    return 0


if __name__ == "__main__":
    sys.exit(child_main())
