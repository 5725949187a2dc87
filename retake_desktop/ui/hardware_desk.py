"""Has the graphics card tried for clips that are worth it, on the job thread; readers opened afterwards go by it."""

import asyncio
import logging
from pathlib import Path

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import RetakeError
from retake_desktop.media.cache import DiskCache
from retake_desktop.media.card_use import signature
from retake_desktop.media.worker import MediaWorker
from retake_desktop.services.settings import Settings

_log = logging.getLogger(__name__)


class HardwareDesk:
    """Never raises: without a card the processor decodes, as it does until a trial is over."""

    def __init__(self, worker: MediaWorker, folder: Path) -> None:
        """`folder` is where trials are remembered, unless the settings name another place for what may be lost."""
        self._worker = worker
        self._folder = folder

    async def look(self, clip: Clip, settings: Settings) -> None:
        """Lets the card decode `clip`, or not, from the next time on that it is read."""
        # Not at the top: loading the decoder would hold up the window's first appearance.
        from retake_desktop.media.hardware import PERMITS, GraphicsCard, is_worth_trying
        from retake_desktop.media.hardware_memory import remember, remembered

        if not settings.uses_graphics_card:
            PERMITS.clear()
            return
        if not is_worth_trying(clip) or PERMITS.was_tried(clip):
            return
        cache = DiskCache(Path(settings.cache_folder or self._folder), settings.cache_limit)
        verdict = await asyncio.to_thread(remembered, cache, clip)
        if verdict is None:
            try:
                verdict = await self._worker.try_hardware(clip)
            except RetakeError:
                return  # The app is closing, which says nothing about the card.
            await asyncio.to_thread(remember, cache, clip, verdict)
        if verdict.device is not None and signature(verdict.device) in settings.lost_cards:
            _log.info("%s is left off: the app crashed while it decoded", verdict.device)
            return  # Not a word to the permits: it may be chosen again.
        _log.info("%s %d x %d: %s", clip.codec, clip.coded_width, clip.coded_height, verdict.reason)
        PERMITS.allow(clip, None if verdict.device is None else GraphicsCard(verdict.device))
