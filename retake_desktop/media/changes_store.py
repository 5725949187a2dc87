"""The curve of changes, kept beside its result: measuring decodes both videos, reading it back takes no time."""

from hashlib import sha256
from pathlib import Path

import msgspec

from retake_desktop.domain.changes import Changes
from retake_desktop.domain.clip import Clip
from retake_desktop.domain.records import from_plain, to_plain
from retake_desktop.domain.retake import Mode
from retake_desktop.domain.span import Span
from retake_desktop.domain.window import Window
from retake_desktop.media.changes import OnProgress, changes

_MEASURE = 1
"""To be raised when the measure itself changes: what was saved before is then measured anew."""
_MOST_BYTES = 1 << 20


class _Stored(msgspec.Struct, frozen=True):
    key: str
    changes: Changes


def kept_changes(
    original: Clip,
    result: Clip,
    window: Window,
    span: Span,
    mode: Mode,
    on_progress: OnProgress = lambda _progress: None,
) -> Changes:
    """What `changes` says, from the file beside the result where it still fits these two videos and this mapping.

    A file that cannot be written is not missed. Raises as `changes` does.
    """
    path = changes_file(result.path)
    key = _key(original, result, window, span, mode)
    stored = _read(path)
    if stored is not None and stored.key == key:
        return stored.changes
    measured = changes(original, result, window, span, mode, on_progress)
    _write(path, _Stored(key, measured))
    return measured


def changes_file(result: str) -> Path:
    """Where the curve of the result file `result` is kept."""
    return Path(f"{result}.changes.json")


def _key(original: Clip, result: Clip, window: Window, span: Span, mode: Mode) -> str:
    parts = (_MEASURE, original.fingerprint, result.fingerprint, window, span, mode)
    return sha256(msgspec.json.encode(parts, enc_hook=to_plain)).hexdigest()


def _read(path: Path) -> _Stored | None:
    try:
        if path.stat().st_size > _MOST_BYTES:
            return None
        return msgspec.json.decode(path.read_bytes(), type=_Stored, dec_hook=from_plain)
    except (OSError, ValueError, msgspec.DecodeError):
        return None


def _write(path: Path, stored: _Stored) -> None:
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(msgspec.json.encode(stored, enc_hook=to_plain))
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
