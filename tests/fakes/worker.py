"""The media worker without a child process: the same functions, in threads of this process."""

import asyncio
from collections.abc import Callable, Sequence

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.job import Progress
from retake_desktop.domain.retake import RetakeRequest
from retake_desktop.domain.window import Window
from retake_desktop.media.kept_take import KeptTake
from retake_desktop.media.prepare import Prepared, prepare
from retake_desktop.media.probe import probe
from retake_desktop.media.splice import SpliceReport, splice
from retake_desktop.media.verify import verify
from retake_desktop.media.worker import MediaWorker

OnProgress = Callable[[Progress], None]


class InProcessWorker(MediaWorker):
    """For tests of what is around the media work: no child to start for each."""

    def __init__(self) -> None:
        super().__init__()
        self.prepared = 0

    async def probe(self, path: str) -> Clip:
        return await asyncio.to_thread(probe, path)

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

    async def splice(
        self, original: Clip, takes: Sequence[KeptTake], output: str, on_progress: OnProgress
    ) -> SpliceReport:
        return await asyncio.to_thread(splice, original, takes, output, _on_loop(on_progress))

    async def close(self) -> None:
        return


def _on_loop(on_progress: OnProgress) -> OnProgress:
    """Progress from a thread, told on the loop."""
    loop = asyncio.get_running_loop()

    def tell(progress: Progress) -> None:
        loop.call_soon_threadsafe(on_progress, progress)

    return tell
