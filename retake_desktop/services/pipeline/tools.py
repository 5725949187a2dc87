"""What the steps work with, handed in once."""

import asyncio
import random
import shutil
import time
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from retake_desktop.media.worker import MediaWorker
from retake_desktop.services.folders import Folders
from retake_desktop.services.history import History
from retake_desktop.services.ownership import JobLocks
from retake_desktop.services.pipeline.connections import Connections
from retake_desktop.services.pipeline.hosts import Hosts
from retake_desktop.services.pipeline.turns import AT_ONCE
from retake_desktop.services.transfer import HostRule


@dataclass(frozen=True, slots=True)
class Clocks:
    """Time and chance, as parameters: tests take no time. `monotonic` is in seconds, `chance` in [0, 1)."""

    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    chance: Callable[[], float] = random.random


@dataclass(slots=True)
class Tools:
    """`patience` is the seconds without any usable answer of the service after which a job is left to rest.

    None (the window) never gives up. `allowed_hosts` are further hosts that results may be fetched from.
    """

    folders: Folders
    history: History
    locks: JobLocks
    worker: MediaWorker
    connections: Connections
    clocks: Clocks = field(default_factory=Clocks)
    patience: float | None = None
    allowed_hosts: tuple[str, ...] = ()
    at_once: int = AT_ONCE
    """Clips that travel at a time, and results."""
    new_id: Callable[[], str] = lambda: uuid.uuid4().hex
    free_space: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free
    """Bytes that can still be written in a folder."""
    hosts: Hosts = field(init=False)
    """The person's storage, as the settings name it."""

    def __post_init__(self) -> None:
        self.hosts = Hosts(self.folders, now=self.clocks.now)

    def host_rule(self, api_base: str) -> HostRule:
        """Where a result may come from. This machine counts only while the API itself is on it."""
        rule = HostRule()
        return HostRule(rule.domains + self.allowed_hosts, loopback=self.connections.is_local(api_base))
