"""Bytes on disk that may be lost: what was read from a file once and would take long to read again."""

import os
import stat
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from time import time

DEFAULT_LIMIT = 1 << 30
"""Bytes."""
_SUBFOLDER = "previews"
_SUFFIX = ".preview"
_PART_SUFFIX = ".part"
_MAGIC = b"RTK1"
_DIGEST_BYTES = 32
_NAME_LENGTH = 64
_ROOM = 10
"""Eviction makes room of a tenth of the limit, so that it need not run with every entry."""
_STALE_PART = 3600
"""Seconds after which a file that was never finished belongs to nobody."""
_TOUCH_AFTER = 60
"""Seconds. Reading an entry marks it as used, but not again and again."""


@dataclass(frozen=True, slots=True)
class CacheKey:
    """What an entry holds: `kind` of data of the content `fingerprint`, made in a way that `parameters` spell out.

    `version` is raised whenever the same parameters would give other bytes.
    """

    fingerprint: str
    kind: str
    parameters: str
    version: int

    @property
    def name(self) -> str:
        parts = (self.fingerprint, self.kind, self.parameters, str(self.version))
        # With lengths, or two keys could run together into the same text.
        return sha256("".join(f"{len(part)}:{part}" for part in parts).encode(errors="surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class CachePlace:
    """What a cache is opened with; `limit` is in bytes."""

    folder: str
    limit: int


class DiskCache:
    """Entries in a folder of their own below `folder`, together at most `limit` bytes: the longest unused go first.

    Any number of threads and processes may use it at once. It never raises: what cannot be written is not kept, what
    cannot be read, or has been damaged, is not there. `clock` gives seconds since 1970.
    """

    def __init__(self, folder: Path, limit: int = DEFAULT_LIMIT, clock: Callable[[], float] = time) -> None:
        self._folder = folder / _SUBFOLDER
        self._limit = limit
        self._clock = clock
        self._lock = threading.Lock()
        self._until_look: int | None = None

    @property
    def place(self) -> "CachePlace":
        """Where it lies now, for another process."""
        with self._lock:
            return CachePlace(str(self._folder.parent), self._limit)

    def get(self, key: CacheKey) -> bytes | None:
        """The entry's bytes exactly as they were put, or None. A damaged entry is removed."""
        path = self._path(key)
        try:
            whole = path.read_bytes()
            last_use = path.stat().st_mtime
        except OSError:
            return None
        payload = _payload(whole, key)
        if payload is None:
            self.drop(key)
        elif abs(self._clock() - last_use) > _TOUCH_AFTER:
            self._touch(path)
        return payload

    def put(self, key: CacheKey, payload: bytes) -> None:
        """Keeps `payload`, whole or not at all, in place of what was there. More than the whole limit is not kept."""
        head = _MAGIC + bytes.fromhex(key.name) + sha256(payload).digest()
        size = len(head) + len(payload)
        if size > self._limit:
            return
        path = self._path(key)
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            _write(path, head, payload)
            self._touch(path)
            self._make_room(size)

    def limit_to(self, limit: int) -> None:
        """From now on at most `limit` bytes; what is too much goes at once."""
        with self._lock:
            self._limit, self._until_look = limit, None
        self._make_room(0)

    def move_to(self, folder: Path) -> None:
        """From now on below `folder`; what lies at the old place is removed, since it can be made again."""
        if folder / _SUBFOLDER == self._folder:
            return
        self.clear()
        with self._lock:
            self._folder, self._until_look = folder / _SUBFOLDER, None

    def drop(self, key: CacheKey) -> None:
        """Removes an entry, say one whose bytes made no sense to who read them."""
        _remove(self._path(key))

    def size(self) -> int:
        """Bytes that the entries take now."""
        return sum(entry.size for entry in self._entries())

    def clear(self) -> None:
        """Removes all entries, and nothing that is not one."""
        for entry in self._entries():
            _remove(entry.path)
        self._remove_parts(older_than=float("-inf"))
        with suppress(OSError):
            for folder in [*self._folder.iterdir(), self._folder]:
                with suppress(OSError):
                    folder.rmdir()  # Fails, as it should, where anything is left inside.

    def _path(self, key: CacheKey) -> Path:
        return self._folder / key.name[:2] / f"{key.name}{_SUFFIX}"

    def _touch(self, path: Path) -> None:
        now = self._clock()
        with suppress(OSError):
            os.utime(path, (now, now))

    def _make_room(self, added: int) -> None:
        """Looks at the folder after every tenth of the limit that was written: other processes write there too."""
        with self._lock:
            if self._until_look is not None:
                self._until_look -= added
                if self._until_look > 0:
                    return
            entries = sorted(self._entries(), key=lambda entry: entry.last_use)
            total = sum(entry.size for entry in entries)
            if total > self._limit:
                for entry in entries:
                    if total <= self._limit - self._limit // _ROOM:
                        break
                    _remove(entry.path)
                    total -= entry.size
                self._remove_parts(older_than=_STALE_PART)
            self._until_look = min(self._limit // _ROOM, self._limit - total)

    def _entries(self) -> Iterator["_Entry"]:
        for path in self._files(_SUFFIX):
            with suppress(OSError):
                status = path.stat(follow_symlinks=False)
                if stat.S_ISREG(status.st_mode):
                    yield _Entry(path, status.st_size, status.st_mtime)

    def _remove_parts(self, older_than: float) -> None:
        for path in self._files(_PART_SUFFIX):
            with suppress(OSError):
                if self._clock() - path.stat(follow_symlinks=False).st_mtime >= older_than:
                    _remove(path)

    def _files(self, suffix: str) -> Iterator[Path]:
        """Files that carry this cache's own names, in folders that do."""
        with suppress(OSError):
            for folder in self._folder.iterdir():
                if _is_hexadecimal(folder.name, 2) and folder.is_dir() and not folder.is_symlink():
                    for path in folder.iterdir():
                        name = path.name.removesuffix(suffix)
                        if name != path.name and _is_hexadecimal(name[:_NAME_LENGTH], _NAME_LENGTH):
                            yield path


@dataclass(frozen=True, slots=True)
class _Entry:
    path: Path
    size: int
    last_use: float


def _is_hexadecimal(text: str, length: int) -> bool:
    return len(text) == length and set(text) <= set("0123456789abcdef")


def _payload(whole: bytes, key: CacheKey) -> bytes | None:
    head = _MAGIC + bytes.fromhex(key.name)
    payload = whole[len(head) + _DIGEST_BYTES :]
    intact = whole[: len(head)] == head and whole[len(head) : len(head) + _DIGEST_BYTES] == sha256(payload).digest()
    return payload if intact else None


def _write(path: Path, head: bytes, payload: bytes) -> None:
    """Under a name that no other thread or process uses, then moved. Not synced: a lost entry is only made again."""
    handle, part = tempfile.mkstemp(prefix=path.stem, suffix=_PART_SUFFIX, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(head)
            file.write(payload)
        Path(part).replace(path)
    except OSError:
        _remove(Path(part))
        raise


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
