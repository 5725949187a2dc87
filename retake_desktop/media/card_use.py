"""Which graphics cards decode in this process, for whoever keeps a record of it: a driver may take the process down.

Apart from what decodes, so that a record of the last run can be read without loading that.
"""

import platform
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from retake_desktop import __version__

_NVIDIA = Path("/proc/driver/nvidia/version")

Told = Callable[[tuple[str, ...]], object]
"""Called with the signatures of all cards in use, at each change, before a card is opened and after it was closed."""


def drivers() -> str:
    """What changes with the drivers: the system's version, which most come with, and NVIDIA's own."""
    own = ""
    with suppress(OSError):
        own = _NVIDIA.read_text(encoding="utf-8", errors="replace").partition("\n")[0]
    # Not `platform.platform()`: that starts a program to learn the processor's name.
    return f"{platform.system()} {platform.release()} {platform.version()} {own}".strip()


def signature(device: str) -> str:
    """Stands for `device` as long as neither its driver nor this app changes."""
    return f"{device}, Retake Desktop {__version__}, {drivers()}"


def is_current(card: str) -> bool:
    """Whether `signature` would still give this."""
    return card == signature(card.partition(",")[0])


class CardUse:
    """Counts the readers of each card. Any thread may tell."""

    def __init__(self) -> None:
        self._told: Told = lambda _cards: None
        self._readers: Counter[str] = Counter()
        self._changing = threading.Lock()

    def report_to(self, told: Told) -> None:
        self._told = told

    def begin(self, device: str) -> None:
        """About to be opened: opening may be what fails."""
        self._count(signature(device), 1)

    def end(self, device: str) -> None:
        """Closed, as often as begun."""
        self._count(signature(device), -1)

    def _count(self, card: str, step: int) -> None:
        with self._changing:
            before = tuple(sorted(+self._readers))
            self._readers[card] += step
            after = tuple(sorted(+self._readers))
            if after != before:
                self._told(after)


CARD_USE = CardUse()
"""That of this process."""
