"""One child process of the media worker, as the app sees it: asked, listened to, watched, ended."""

import asyncio
import logging
import os
import subprocess
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.job import Progress
from retake_desktop.media import worker_protocol as protocol
from retake_desktop.media.memory import resident_bytes
from retake_desktop.media.picture import Picture

_LOG = logging.getLogger(__name__)
_PRIVATE = "RUNCOMFY_API_TOKEN"
"""Left out of the child's environment: it reads files that nobody has vouched for."""
_KEPT_MEMORY = 64 << 20
"""Bytes that a child holds for what it decodes next."""
_READ_AHEAD = 1 << 20
"""Bytes of a child's output that are held before it must wait."""
_LOOK_EVERY = 0.2
"""Seconds between two looks at the child's memory."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a call may take: `silence` and `total` in seconds (None: any time), `memory` in bytes held at once."""

    silence: float | None = None
    total: float | None = None
    memory: int = 8 << 30


@dataclass(frozen=True, slots=True)
class Listeners:
    """Who hears what comes before a call's result; a first picture comes no larger than `box` pixels.

    `on_first` hears, just before the result, that the picture is the clip's frame 0 exactly as `FrameReader` gives it.
    """

    on_progress: Callable[[Progress], None] | None = None
    on_glimpse: Callable[[Picture], None] | None = None
    on_first: Callable[[Clip, Picture], None] | None = None
    box: tuple[int, int] = (640, 640)


@dataclass(frozen=True, slots=True)
class Ears:
    """What a child's messages before its result are given to."""

    progress: Callable[[Progress], None] | None = None
    glimpse: Callable[[protocol.Glimpsed], None] | None = None


class Child:
    """One running child process."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._is_unwanted = False
        self._is_greedy = False
        self._log = asyncio.create_task(self._log_lines())

    @classmethod
    async def start(cls, command: Sequence[str]) -> "Child":
        return cls(
            await asyncio.create_subprocess_exec(
                *command,
                stdin=PIPE,
                stdout=PIPE,
                stderr=PIPE,
                limit=_READ_AHEAD,
                env=child_environment(),
                creationflags=creation_flags(),
            )
        )

    @property
    def is_alive(self) -> bool:
        return self._process.returncode is None

    async def ask(self, message: bytes, trouble: ErrorKind, limits: Limits, ears: Ears) -> msgspec.Raw:
        """Sends a call and waits for its result.

        Raises RetakeError, with `trouble` when the child dies over it or is ended because it exceeds `limits`.
        """
        watch = asyncio.create_task(self._watch_memory(limits.memory))
        try:
            return await self._answer(message, trouble, limits, ears)
        except (asyncio.IncompleteReadError, ConnectionError, msgspec.DecodeError) as error:
            raise RetakeError(trouble, await self._last_words()) from error
        except TimeoutError as error:
            await self.kill()
            raise RetakeError(trouble, "reading it got stuck") from error
        finally:
            watch.cancel()

    async def _answer(self, message: bytes, trouble: ErrorKind, limits: Limits, ears: Ears) -> msgspec.Raw:
        assert self._process.stdin is not None  # noqa: S101 - started with a pipe
        self._process.stdin.write(message)
        await self._process.stdin.drain()
        begun = await self._reply()
        assert isinstance(begun, protocol.Begun)  # noqa: S101 - the child sends this first
        async with asyncio.timeout(limits.total):
            while True:
                async with asyncio.timeout(limits.silence):
                    reply = await self._reply()
                match reply:
                    case protocol.Done():
                        return reply.result
                    case protocol.Failed():
                        raise RetakeError(reply.kind, reply.detail)
                    case protocol.Broken():
                        _LOG.error("the media worker failed: %s", reply.trace)
                        raise RetakeError(trouble, f"internal error: {reply.name}")
                    case protocol.Advanced() if ears.progress:
                        ears.progress(reply.progress)
                    case protocol.Glimpsed() if ears.glimpse:
                        ears.glimpse(reply)

    async def _watch_memory(self, limit: int) -> None:
        """Ends a child that holds more. On Linux the child's own limit mostly comes first; other systems have none."""
        while self.is_alive:
            if await asyncio.to_thread(resident_bytes, self._process.pid) > limit:
                self._is_greedy = True
                self._process.kill()
                return
            await asyncio.sleep(_LOOK_EVERY)

    async def _reply(self) -> protocol.Reply:
        assert self._process.stdout is not None  # noqa: S101 - started with a pipe
        head = await self._process.stdout.readexactly(protocol.LENGTH_BYTES)
        payload = await self._process.stdout.readexactly(int.from_bytes(head, "big"))
        return protocol.decoded_reply(payload)

    async def _last_words(self) -> str:
        if self._is_unwanted:
            return "the app is closing"
        await self.kill()
        if self._is_greedy:
            return "it takes more memory than a video should"
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


def own_command(module: str, flag: str) -> tuple[str, ...]:
    """Starts `module` of this app as a process: a frozen app has no Python, and does so itself when given `flag`."""
    if getattr(sys, "frozen", False):
        return sys.executable, flag
    return sys.executable, "-m", module


def child_environment() -> dict[str, str]:
    """The app's own, so that the child finds the same package, with fewer arenas: each reserves address space.

    A child decodes one file after the other: pages that it keeps in between are not filled with zeros for each one,
    which takes a third of the time to a first picture. Source: mallopt(3).
    """
    environment = {name: value for name, value in os.environ.items() if name != _PRIVATE}
    root = str(Path(__file__).parents[2])
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, (root, environment.get("PYTHONPATH"))))
    environment.setdefault("MALLOC_ARENA_MAX", "2")
    environment.setdefault("MALLOC_MMAP_THRESHOLD_", str(_KEPT_MEMORY // 2))
    environment.setdefault("MALLOC_TRIM_THRESHOLD_", str(_KEPT_MEMORY))
    environment["PYTHONFAULTHANDLER"] = "1"
    return environment


def creation_flags() -> int:
    if sys.platform == "win32":
        return subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
    return 0
