"""Time that passes only when somebody waits for it."""

import asyncio
from datetime import UTC, datetime, timedelta

from retake_desktop.services.pipeline import Clocks


class PatientClocks:
    """A wall clock and a monotonic clock that jump ahead by every sleep; the sleeps themselves take a moment only.

    `pause` is what a sleep really takes, so that a service on another thread gets its turn.
    """

    def __init__(self, pause: float = 0.01) -> None:
        self.started = datetime(2026, 11, 22, 12, tzinfo=UTC)
        self.passed = 0.0
        self.pause = pause
        self.sleeps = 0

    def as_clocks(self) -> Clocks:
        return Clocks(now=self.now, monotonic=lambda: self.passed, sleep=self.sleep, chance=lambda: 0.0)

    def now(self) -> datetime:
        return self.started + timedelta(seconds=self.passed)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(self.pause)
        self.passed += seconds
        self.sleeps += 1
