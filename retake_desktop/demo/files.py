"""Uploaded videos: under names that cannot be guessed, because whoever knows a name may fetch the file."""

import os
import re
import secrets
from collections.abc import AsyncIterator, Callable
from pathlib import Path, PurePosixPath

from retake_desktop.demo.refusals import invalid_input, too_large

_NAME = re.compile(r"[A-Za-z0-9_-]{20,64}\.[a-z0-9]{2,4}")
_OFFERED = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}")
_SUFFIXES = frozenset({".mp4", ".mov", ".mkv", ".webm", ".m4v"})


def unguessable() -> str:
    return secrets.token_urlsafe(24)


def replace_file(path: Path, content: bytes) -> None:
    """Writes so that readers see the old content or the new, never a part."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    draft.write_bytes(content)
    draft.replace(path)


class FileStore:
    """The uploads of one folder."""

    def __init__(self, folder: Path, max_bytes: int, new_name: Callable[[], str] = unguessable) -> None:
        self._folder = folder / "files"
        self._max_bytes = max_bytes
        self._new_name = new_name
        self._folder.mkdir(parents=True, exist_ok=True)

    async def add(self, offered: str, chunks: AsyncIterator[bytes]) -> str:
        """Stores an upload and returns the name it got. Raises RefusalError (413001, 422001), keeping nothing."""
        suffix = PurePosixPath(offered).suffix.lower()
        if not _OFFERED.fullmatch(offered) or suffix not in _SUFFIXES:
            kinds = ", ".join(sorted(_SUFFIXES))
            raise invalid_input(
                [{"loc": ["path", "name"], "msg": f"Expected a name ending in {kinds}.", "type": "name"}]
            )
        name = self._new_name() + suffix
        draft = self._folder / f".{name}"
        try:
            await self._receive(draft, chunks)
            draft.replace(self._folder / name)
        finally:
            draft.unlink(missing_ok=True)
        return name

    async def _receive(self, draft: Path, chunks: AsyncIterator[bytes]) -> None:
        size = 0
        # Chunks of at most 64 KiB go into the page cache without stalling the loop.
        with draft.open("wb") as file:
            async for chunk in chunks:
                size += len(chunk)
                if size > self._max_bytes:
                    raise too_large(self._max_bytes)
                file.write(chunk)
        if not size:
            raise invalid_input([{"loc": ["body"], "msg": "The file is empty.", "type": "empty"}])

    def path(self, name: str) -> Path | None:
        """Where the upload lies, or None when there is none of that name."""
        if not _NAME.fullmatch(name):
            return None
        path = self._folder / name
        return path if path.is_file() else None

    def delete(self, name: str) -> bool:
        path = self.path(name)
        if path is None:
            return False
        path.unlink(missing_ok=True)
        return True

    def prune(self, before: float) -> None:
        """Deletes uploads last written before `before` (seconds since the epoch), unfinished ones too."""
        for path in self._folder.iterdir():
            try:
                if path.stat().st_mtime < before:
                    path.unlink()
            except FileNotFoundError:
                continue
