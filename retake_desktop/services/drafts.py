"""What a person had selected and written for each video, so that it is there when they come back to it."""

import os
from fractions import Fraction
from pathlib import Path

import msgspec

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError, os_reason
from retake_desktop.domain.retake import MAX_PROMPT, Mode
from retake_desktop.domain.span import Span

MOST = 200
"""Videos whose drafts are kept; the one that was left alone for longest goes first."""
_LARGEST_FILE = 8 * 1024 * 1024
_LONGEST_PROMPT = 4 * MAX_PROMPT


class Draft(msgspec.Struct, frozen=True):
    """`start` and `end` are seconds of clip time, as exact fractions ("1001/30")."""

    start: str
    end: str
    prompt: str = ""
    mode: Mode = Mode.PICTURE_AND_SOUND

    @classmethod
    def of(cls, span: Span, prompt: str, mode: Mode) -> "Draft":
        return cls(str(span.start), str(span.end), prompt, mode)

    def span(self, clip: Clip) -> Span | None:
        """The selection on frame boundaries of `clip`; None where it is none of it."""
        try:
            span = Span(Fraction(self.start), Fraction(self.end)).snapped(clip.frames)
        except (ValueError, ZeroDivisionError):
            return None
        return span if span.duration > 0 else None


def load(path: Path) -> dict[str, Draft]:
    """The drafts in `path` by the videos' fingerprints, the oldest first; none where the file is missing or broken."""
    try:
        if path.stat().st_size > _LARGEST_FILE:
            return {}
        found = msgspec.json.decode(path.read_bytes(), type=dict[str, Draft])
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return {}
    return {key: draft for key, draft in found.items() if len(draft.prompt) <= _LONGEST_PROMPT}


def save(path: Path, drafts: dict[str, Draft]) -> None:
    """Writes atomically, readable by this person only. Raises RetakeError(FILE_TROUBLE)."""
    part = path.with_suffix(".part")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(msgspec.json.encode(drafts))
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise RetakeError(ErrorKind.FILE_TROUBLE, f"{path}: {os_reason(error)}") from error
