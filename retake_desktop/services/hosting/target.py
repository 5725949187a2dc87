"""What every hosting target can do."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from retake_desktop.domain.job import Progress


@dataclass(frozen=True, slots=True)
class Hosted:
    """Where a window lies for the service to fetch; `url` is None when it travels inside the request."""

    target: str
    url: str | None


class Target(Protocol):
    """`max_bytes` is the largest file that the target takes."""

    name: str
    max_bytes: int

    async def put(self, window: Path, on_progress: Callable[[Progress], None]) -> Hosted:
        """Brings the file there. Raises RetakeError: OFFLINE (worth another try), REFUSED, FILE_TROUBLE."""
        ...
