"""What a person has chosen, as one typed record in one JSON file."""

import os
from pathlib import Path

import msgspec

from retake_desktop.domain.errors import ErrorKind, RetakeError, os_reason
from retake_desktop.domain.retake import MODEL_ID


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Settings with their defaults. Unknown fields of a newer version are ignored."""

    model_id: str = MODEL_ID
    theme: str = "dark"
    """"dark", "light" or "system"."""
    recent: tuple[str, ...] = ()
    """Paths of videos opened lately, newest first."""
    volume: int = 100


def load(path: Path) -> tuple[Settings, str | None]:
    """The settings in `path`, and where a broken file was set aside (None when nothing was wrong)."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Settings), None
    except FileNotFoundError:
        return Settings(), None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, OSError):
        return Settings(), _set_aside(path)


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
