"""Ctrl-C and a polite kill: the job stays open, and a submission on its way is waited for."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@asynccontextmanager
async def interruptible() -> AsyncIterator[asyncio.Event]:
    """Inside, the first signal sets the event; a second one ends the process the usual way."""
    loop = asyncio.get_running_loop()
    asked = asyncio.Event()

    def on_signal() -> None:
        asked.set()
        for number in _SIGNALS:
            loop.remove_signal_handler(number)

    try:
        for number in _SIGNALS:
            loop.add_signal_handler(number, on_signal)
    except NotImplementedError:
        # Windows' event loop knows no signal handlers; KeyboardInterrupt then ends the command.
        yield asked
        return
    try:
        yield asked
    finally:
        for number in _SIGNALS:
            loop.remove_signal_handler(number)
