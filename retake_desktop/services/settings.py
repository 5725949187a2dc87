"""What a person has chosen, as one typed record in one JSON file."""

import os
from decimal import Decimal
from pathlib import Path

import msgspec

from retake_desktop.domain.amounts import is_amount
from retake_desktop.domain.errors import ErrorKind, RetakeError, os_reason
from retake_desktop.domain.hosting import HostingSettings
from retake_desktop.domain.network import Network
from retake_desktop.domain.retake import MODEL_ID
from retake_desktop.domain.spending import Guard

BASE_NAME = "RUNCOMFY_API_URL"
"""The environment's name for the service's address."""
SCALES = (0, 100, 125, 150, 175, 200)
"""Per cent; 0 leaves the size to the system."""
LANGUAGES = ("", "en", "zh_CN")
"""What the window can speak; the empty one is the system's."""
AT_ONCE = range(1, 17)
VOLUMES = range(101)
CACHE_LIMITS = range(100_000_000, 1_000_000_000_001)
"""Bytes."""
_LONGEST = 200


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Settings with their defaults. Unknown fields of a newer version are ignored."""

    model_id: str = MODEL_ID
    theme: str = "dark"
    """"dark", "light" or "system"."""
    recent: tuple[str, ...] = ()
    """Paths of videos opened lately, newest first."""
    volume: int = 100
    """Per cent."""
    opens_review: bool = True
    """Whether a finished take is shown by itself when nothing was touched since Retake."""
    loops_review: bool = False
    """Whether the moment plays over and over as soon as a take is shown."""
    uses_graphics_card: bool = True
    """Whether large videos are decoded there, where a trial has shown that nothing changes but the time it takes."""
    lost_cards: tuple[str, ...] = ()
    """Graphics cards that decoded when the app crashed, by their `signature`: left off until that changes."""
    ask_above: Decimal | None = None
    """US dollars. A press of Retake that may cost more is asked about first; None never asks."""
    stop_above_per_day: Decimal | None = None
    """US dollars. A press that would bring the day above it is not sent; None never stops."""
    hosting: HostingSettings = HostingSettings()
    """How a clip gets to the service; the storage's secret is in the keyring."""
    says_farewell: bool = True
    """Whether quitting says what becomes of the takes that are still open."""
    is_introduced: bool = False
    """Whether the offer of the first run was answered; then it is never made again."""
    scale: int = 0
    """Size of the whole window in per cent, from the next start."""
    language: str = ""
    """One of `LANGUAGES`, from the next start; what this version does not speak counts as ""."""
    moves: bool = True
    """Whether small movements say where something has come; none are made where the system asks for none."""
    shortcuts: dict[str, str] = {}
    """Keys in Qt's portable writing by the name of what they do, where they are not the usual ones."""
    cache_limit: int = 1 << 30
    """Bytes that previews may take on disk."""
    cache_folder: str = ""
    """Where previews lie; "" for the system's own place."""
    api_address: str = ""
    """Of the service; "" for RunComfy's own. RUNCOMFY_API_URL wins over it."""
    at_once: int = 4
    """Clips that travel at a time, and results."""
    looks_for_updates: bool = True
    """Only where an address for it was set when the app was built."""
    told_version: str = ""
    """The newer version that was told of already."""
    network: Network = Network()
    """Proxy and certificates."""

    def __post_init__(self) -> None:
        for limit in (self.ask_above, self.stop_above_per_day):
            if limit is not None and not is_amount(limit):
                raise ValueError("a spending limit must be between 0 and 1,000,000 dollars")
        if (
            self.volume not in VOLUMES
            or self.scale not in SCALES
            or self.at_once not in AT_ONCE
            or self.cache_limit not in CACHE_LIMITS
        ):
            raise ValueError("a size or a number is out of its range")
        if any(len(words) > _LONGEST for pair in self.shortcuts.items() for words in pair):
            raise ValueError("a shortcut is too long")

    @property
    def guard(self) -> Guard:
        return Guard(self.ask_above, self.stop_above_per_day)


_BROKEN = (msgspec.DecodeError, UnicodeDecodeError, RecursionError, OSError)


def load(path: Path) -> tuple[Settings, str | None]:
    """The settings in `path`, and where a broken file was set aside (None when nothing was wrong)."""
    try:
        return _read(path), None
    except FileNotFoundError:
        return Settings(), None
    except _BROKEN:
        return Settings(), _set_aside(path)


def peek(path: Path) -> Settings:
    """The settings in `path`, or the usual ones; a broken file stays for whoever has to tell of it."""
    try:
        return _read(path)
    except _BROKEN:
        return Settings()


def _read(path: Path) -> Settings:
    return msgspec.json.decode(path.read_bytes(), type=Settings)


def _set_aside(path: Path) -> str | None:
    aside = path.with_suffix(".broken.json")
    try:
        path.replace(aside)
    except OSError:
        return None
    return str(aside)


def save(path: Path, settings: Settings) -> None:
    """Writes atomically. Raises RetakeError(FILE_TROUBLE)."""
    part = path.with_suffix(".part")
    try:
        with part.open("wb") as file:
            file.write(msgspec.json.format(msgspec.json.encode(settings)))
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise RetakeError(ErrorKind.FILE_TROUBLE, f"{path}: {os_reason(error)}") from error
