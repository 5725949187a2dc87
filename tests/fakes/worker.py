"""The media worker without a child process: the same functions, in threads of this process, the slow ones once each."""

import asyncio
from collections.abc import Callable, Sequence

from retake_desktop.domain.alignment import Alignment
from retake_desktop.domain.changes import Changes
from retake_desktop.domain.clip import Clip
from retake_desktop.domain.job import Progress
from retake_desktop.domain.retake import Mode, RetakeRequest
from retake_desktop.domain.span import Span
from retake_desktop.domain.window import Window
from retake_desktop.media.changes_store import kept_changes
from retake_desktop.media.kept_take import KeptTake
from retake_desktop.media.prepare import Prepared
from retake_desktop.media.probe import probe
from retake_desktop.media.splice import SplicePlan, SpliceReport, plan, splice
from retake_desktop.media.verify import verify
from retake_desktop.media.worker import Listeners, MediaWorker
from tests.fakes.remembered import align, prepare

OnProgress = Callable[[Progress], None]
_NOBODY = Listeners()


class InProcessWorker(MediaWorker):
    """For tests of what is around the media work: no child to start for each."""

    def __init__(self) -> None:
        super().__init__()
        self.prepared = 0

    async def probe(self, path: str, listeners: Listeners = _NOBODY) -> Clip:
        on_progress = _on_loop(listeners.on_progress) if listeners.on_progress else None
        return await asyncio.to_thread(probe, path, None, on_progress)

    async def prepare(
        self,
        clip: Clip,
        request: RetakeRequest,
        output: str,
        max_bytes: int,
        on_progress: OnProgress,
    ) -> Prepared:
        self.prepared += 1
        return await asyncio.to_thread(prepare, clip, request, output, max_bytes, _on_loop(on_progress))

    async def verify(self, path: str, window: Window | None) -> Clip:
        return await asyncio.to_thread(verify, path, window)

    async def align(self, sent: str, result: Clip, window: Window, mode: Mode, on_progress: OnProgress) -> Alignment:
        clip = await self.probe(sent)
        return await asyncio.to_thread(align, clip, result, window, mode, _on_loop(on_progress))

    async def changes(
        self, original: Clip, result: Clip, window: Window, span: Span, mode: Mode, on_progress: OnProgress
    ) -> Changes:
        return await asyncio.to_thread(kept_changes, original, result, window, span, mode, _on_loop(on_progress))

    async def splice(
        self, original: Clip, takes: Sequence[KeptTake], output: str, on_progress: OnProgress
    ) -> SpliceReport:
        return await asyncio.to_thread(splice, original, takes, output, _on_loop(on_progress))

    async def plan_splice(self, original: Clip, takes: Sequence[KeptTake]) -> SplicePlan:
        return await asyncio.to_thread(plan, original, takes)

    async def close(self) -> None:
        return


def _on_loop(on_progress: OnProgress) -> OnProgress:
    """Progress from a thread, told on the loop."""
    loop = asyncio.get_running_loop()

    def tell(progress: Progress) -> None:
        loop.call_soon_threadsafe(on_progress, progress)

    return tell
