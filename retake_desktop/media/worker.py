"""Long media work in a child process, which can be killed at once and whose crash hurts nobody."""

import asyncio
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

import msgspec

from retake_desktop.domain.alignment import Alignment
from retake_desktop.domain.changes import Changes
from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.job import Progress
from retake_desktop.domain.retake import Mode, RetakeRequest
from retake_desktop.domain.span import Span
from retake_desktop.domain.window import Window
from retake_desktop.media import worker_protocol as protocol
from retake_desktop.media.comparison import Comparison, SideBySideReport
from retake_desktop.media.kept_take import KeptTake, part_of
from retake_desktop.media.large import TURN
from retake_desktop.media.worker_link import Child, Ears, Limits, Listeners, own_command

if TYPE_CHECKING:
    from retake_desktop.media.cache import DiskCache
    from retake_desktop.media.hardware import Verdict
    from retake_desktop.media.prepare import Prepared
    from retake_desktop.media.splice import SplicePlan, SpliceReport

__all__ = ["Listeners", "MediaWorker", "child_main"]

PATIENCE = 8.0
"""Seconds without a sign of life after which reading a file is given up."""
_SLOWEST_READING = 250_000
"""Bytes a second: a file that is read more slowly is not being read, but gone round in circles."""
_LONGEST_TRIAL = 60.0
"""Seconds for which a graphics card is tried, at low priority."""
_PROBE_MEMORY = 2 << 30
"""Bytes. The first frame of an 8K film takes less than half."""
_UNLIMITED, _NOBODY, _DEAF = Limits(), Listeners(), Ears()


def child_main() -> int:
    """The child process itself: what `python -m retake_desktop.media.worker` and the frozen app's flag run."""
    from retake_desktop.media.worker_child import run

    return run()


class MediaWorker:
    """Runs media functions in child processes: one for each call under way, one idle in reserve.

    To be used from one asyncio loop. Cancelling a call kills its child at once. A child that dies by itself raises
    RetakeError with the call's kind of trouble. `command` starts a child; the default is this app's own. `patience` is
    for how many seconds a probe may show no sign of life, `probe_memory` how many bytes it may hold. What takes long to
    read of a file is kept in `cache`.
    """

    def __init__(
        self,
        command: Sequence[str] | None = None,
        patience: float = PATIENCE,
        probe_memory: int = _PROBE_MEMORY,
        cache: "DiskCache | None" = None,
    ) -> None:
        self._patience = patience
        self._probe_memory = probe_memory
        self._cache = cache
        self._command = tuple(command) if command else own_command("retake_desktop.media.worker", "--media-worker")
        self._idle: Child | None = None
        self._busy: set[Child] = set()
        self._measuring: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._starting: asyncio.Task[None] | None = None
        self._closed = False

    async def warm_up(self) -> None:
        """Has a child ready, so that the first probe need not wait for one to start."""
        if self._idle is None and not self._closed:
            child = await Child.start(self._command)
            await self._give_back(child)

    async def probe(self, path: str, listeners: Listeners = _NOBODY) -> Clip:
        """The file as a clip. Raises RetakeError(UNREADABLE_MEDIA | FILE_TROUBLE).

        `listeners` get the first picture as soon as it is decoded; where finding all frames takes a while, progress
        in bytes; and where that picture is frame 0 of the clip, word of it.
        """
        limits = Limits(self._patience, self._patience + _size_of(path) / _SLOWEST_READING, self._probe_memory)
        seen: list[protocol.Glimpsed] = []

        def see(glimpsed: protocol.Glimpsed) -> None:
            seen.append(glimpsed)
            if listeners.on_glimpse:
                listeners.on_glimpse(glimpsed.picture)

        is_looked_at = listeners.on_glimpse or listeners.on_first
        place = None if self._cache is None else self._cache.place
        call = protocol.Probe(path, listeners.box if is_looked_at else None, place)
        ears = Ears(listeners.on_progress, see)
        clip = protocol.decoded(await self._run(call, ErrorKind.UNREADABLE_MEDIA, limits, ears), Clip)
        if listeners.on_first and seen and seen[0].origin == clip.origin:
            listeners.on_first(clip, seen[0].picture)
        return clip

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

    async def align(
        self, sent: str, result: Clip, window: Window, mode: Mode, on_progress: Callable[[Progress], None]
    ) -> Alignment:
        """See `media.alignment`; `sent` is the path of the prepared window."""
        call = protocol.Align(sent, result, window, mode)
        return protocol.decoded(await self._run_long(call, on_progress), Alignment)

    async def changes(
        self,
        original: Clip,
        result: Clip,
        window: Window,
        span: Span,
        mode: Mode,
        on_progress: Callable[[Progress], None],
    ) -> Changes:
        """See `media.changes`; measured once, then read from the file beside the result.

        Whoever asks while a result is being measured waits for that, instead of having it measured at the same time.
        """
        call = protocol.Compare(original, result, window, span, mode)
        measuring = self._measuring.setdefault(result.path, asyncio.Lock())
        async with measuring, TURN.of_task(original, result):
            return protocol.decoded(await self._run_long(call, on_progress), Changes)

    async def splice(
        self, original: Clip, takes: Sequence[KeptTake], output: str, on_progress: Callable[[Progress], None]
    ) -> "SpliceReport":
        """See `media.splice`."""
        from retake_desktop.media.splice import SpliceReport

        call = protocol.Splice(original, tuple(takes), output)
        try:
            return protocol.decoded(await self._run_long(call, on_progress), SpliceReport)
        finally:
            # What a child leaves that was killed over it.
            with suppress(OSError):
                part_of(output).unlink(missing_ok=True)

    async def side_by_side(
        self, comparison: Comparison, output: str, on_progress: Callable[[Progress], None]
    ) -> SideBySideReport:
        """See `media.side_by_side`."""
        call = protocol.SideBySide(comparison, output)
        try:
            return protocol.decoded(await self._run_long(call, on_progress), SideBySideReport)
        finally:
            with suppress(OSError):
                part_of(output).unlink(missing_ok=True)

    async def still(self, comparison: Comparison, time: Fraction) -> bytes:
        """A PNG, see `media.side_by_side.still`. Raises RetakeError(MEDIA_FAILED | FILE_TROUBLE)."""
        return protocol.decoded(await self._run(protocol.Still(comparison, time), ErrorKind.MEDIA_FAILED), bytes)

    async def plan_splice(self, original: Clip, takes: Sequence[KeptTake]) -> "SplicePlan":
        """See `media.splice.plan`. Raises RetakeError(MEDIA_FAILED | FILE_TROUBLE)."""
        from retake_desktop.media.splice import SplicePlan

        call = protocol.PlanSplice(original, tuple(takes))
        return protocol.decoded(await self._run(call, ErrorKind.MEDIA_FAILED), SplicePlan)

    async def try_hardware(self, clip: Clip) -> "Verdict":
        """See `media.hardware_trial`. A driver that ends the child, or keeps it waiting, is one that is not used.

        Raises RetakeError(MEDIA_FAILED) when the trial was given up because this worker is closed.
        """
        from retake_desktop.media.hardware import Verdict

        call = protocol.TryHardware(clip)
        limits = Limits(total=_LONGEST_TRIAL)
        try:
            async with TURN.of_task(clip):
                found = await self._run(call, ErrorKind.MEDIA_FAILED, limits, keep=False)
        except RetakeError as error:
            if self._closed:
                raise
            return Verdict(None, error.detail)
        return protocol.decoded(found, Verdict)

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
        return await self._run(call, ErrorKind.MEDIA_FAILED, ears=Ears(on_progress), keep=False)

    async def _refill(self) -> None:
        await asyncio.sleep(0)  # After the long call has taken the idle child.
        await self.warm_up()

    async def _run(
        self,
        call: protocol.Call,
        trouble: ErrorKind,
        limits: Limits = _UNLIMITED,
        ears: Ears = _DEAF,
        *,
        keep: bool = True,
    ) -> msgspec.Raw:
        message = _framed(call)
        child = await self._take()
        self._busy.add(child)
        is_whole = False
        try:
            result = await child.ask(message, trouble, limits, ears)
            is_whole = keep
            return result
        except RetakeError:
            is_whole = keep
            raise
        finally:
            self._busy.discard(child)
            await (self._give_back(child) if is_whole else child.kill())

    async def _take(self) -> "Child":
        child, self._idle = self._idle, None
        if child is not None and child.is_alive:
            return child
        return await Child.start(self._command)

    async def _give_back(self, child: "Child") -> None:
        if self._idle is None and child.is_alive and not self._closed:
            self._idle = child
        else:
            await child.kill()


def _size_of(path: str) -> int:
    """Bytes of the file, 0 when that cannot be told: then the child will say why."""
    try:
        return Path(path).stat().st_size
    except (OSError, ValueError):
        return 0


def _framed(call: protocol.Call) -> bytes:
    try:
        return protocol.framed(call)
    except UnicodeEncodeError as error:
        raise RetakeError(ErrorKind.FILE_TROUBLE, "its name is no proper text; rename it first") from error


if __name__ == "__main__":
    sys.exit(child_main())
