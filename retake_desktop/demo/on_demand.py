"""The demo service as a child of the window or of a command: started when first needed, ended with it."""

import asyncio
from pathlib import Path
from types import TracebackType
from typing import Self

from retake_desktop.demo.process import DemoProcess


class DemoOnDemand:
    """Awaiting `address` brings the demo service up over `folder`; again, should it have died."""

    def __init__(self, folder: Path) -> None:
        self._process = DemoProcess(folder)
        self._starting = asyncio.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.stop()

    async def address(self) -> str:
        """The base URL. Raises RetakeError(OFFLINE) when it does not come up."""
        async with self._starting:
            if not self._process.is_running:
                await asyncio.to_thread(self._process.start)
        return self._process.url
