"""What every hosting target can do."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from retake_desktop.domain.job import Progress

STORAGE = "storage"
"""The name of every target that is the person's own."""


@dataclass(frozen=True, slots=True)
class Hosted:
    """Where a window lies for the service to fetch; `url` is None when it travels inside the request.

    `expires` is when the address stops working, None when it does not. `key` is the window's name in a storage.
    """

    target: str
    url: str | None
    expires: datetime | None = None
    key: str | None = None


class Target(Protocol):
    """`max_bytes` is the largest file that the target takes."""

    name: str
    max_bytes: int

    async def put(self, window: Path, on_progress: Callable[[Progress], None]) -> Hosted:
        """Brings the file there; a cancelled task stops it at once.

        Raises RetakeError: OFFLINE (worth another try), REFUSED, HOSTING_TROUBLE, FILE_TROUBLE.
        """
        ...


class Storage(Protocol):
    """A place of the person's own. What is put there is removed again, so each file has a key that is known before."""

    name: str
    max_bytes: int

    async def put(self, window: Path, key: str, on_progress: Callable[[Progress], None]) -> None:
        """Uploads the file under `key`, in place of an earlier one. A cancelled task stops it at once.

        Raises RetakeError: OFFLINE (worth another try), HOSTING_TROUBLE, FILE_TROUBLE.
        """
        ...

    async def address(self, key: str) -> Hosted:
        """A fresh public address of what lies under `key`. Raises RetakeError(HOSTING_TROUBLE)."""
        ...

    async def remove(self, key: str) -> None:
        """Deletes it; what is gone already is no trouble. Raises RetakeError: OFFLINE, HOSTING_TROUBLE."""
        ...
