"""Looking at what would be sent before it is paid for: the window is cut, kept, and used for the job as it is."""

import asyncio
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import msgspec

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import RetakeError
from retake_desktop.domain.job import Progress
from retake_desktop.domain.records import from_plain, to_plain
from retake_desktop.domain.retake import RetakeRequest
from retake_desktop.media.prepare import Prepared
from retake_desktop.services.pipeline.tools import Tools

_CUT = 1
"""To be raised when windows are cut differently: those that were looked at before are then cut anew."""
_MOST_KEPT = 6
OnProgress = Callable[[Progress], None]


async def looked_at(
    tools: Tools, clip: Clip, request: RetakeRequest, max_bytes: int, on_progress: OnProgress
) -> Prepared:
    """The window for `request`, at most `max_bytes` long, as it would be sent; nothing is sent.

    It lies in the cache, where a later job for the same selection takes it from. Raises as `media.prepare` does.
    """
    folder = tools.folders.cache / "windows"
    path = folder / f"{_key(clip, request, max_bytes)}.mp4"
    kept = await asyncio.to_thread(_kept, path)
    if kept is not None:
        return kept
    with suppress(OSError):
        await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True, mode=0o700)
    part = path.with_suffix(".part")
    try:
        made = await tools.worker.prepare(clip, request, str(part), max_bytes, on_progress)
        await asyncio.to_thread(_settle, made, part, path)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return replace(made, path=str(path))


async def cut_window(
    tools: Tools, clip: Clip, request: RetakeRequest, output: str, max_bytes: int, on_progress: OnProgress
) -> Prepared:
    """The window for a job, in `output`: the very file that was looked at, where it was, else newly cut."""
    looked = tools.folders.cache / "windows" / f"{_key(clip, request, max_bytes)}.mp4"
    taken = await asyncio.to_thread(_taken, looked, output)
    return taken or await tools.worker.prepare(clip, request, output, max_bytes, on_progress)


def _key(clip: Clip, request: RetakeRequest, max_bytes: int) -> str:
    """Names everything that decides how the window looks, and nothing else: a new prompt changes no picture."""
    parts = (_CUT, clip.fingerprint, request.span, request.whole, request.context, request.audio_track, max_bytes)
    return sha256(msgspec.json.encode(parts, enc_hook=to_plain)).hexdigest()[:32]


def _taken(looked: Path, output: str) -> Prepared | None:
    """The kept window under its job's own name. The cache may be emptied; what a job needs may not."""
    kept = _kept(looked)
    if kept is None:
        return None
    try:
        linked(looked, Path(output))
    except OSError:
        return None
    return replace(kept, path=output)


def linked(file: Path, output: Path) -> None:
    """The content of `file` under a further name, without a copy where the disk can do that. Raises OSError."""
    output.unlink(missing_ok=True)
    try:
        os.link(file, output)
    except OSError:
        shutil.copyfile(file, output)


def _kept(path: Path) -> Prepared | None:
    try:
        prepared = msgspec.json.decode(path.with_suffix(".json").read_bytes(), type=Prepared, dec_hook=from_plain)
        whole = path.stat().st_size == prepared.size_bytes
    except (OSError, ValueError, msgspec.DecodeError, RetakeError):
        return None
    return replace(prepared, path=str(path)) if whole else None


def _settle(made: Prepared, part: Path, path: Path) -> None:
    """Gives the finished window its name, after its record, and lets the oldest ones go."""
    path.with_suffix(".json").write_bytes(msgspec.json.encode(made, enc_hook=to_plain))
    part.replace(path)
    windows = sorted(path.parent.glob("*.mp4"), key=lambda file: file.stat().st_mtime, reverse=True)
    for old in windows[_MOST_KEPT:]:
        old.unlink(missing_ok=True)
        old.with_suffix(".json").unlink(missing_ok=True)
