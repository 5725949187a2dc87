"""Which runs of the window ended as they should, and what those left behind that did not."""

import contextlib
import faulthandler
import os
import re
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from filelock import FileLock, Timeout

from retake_desktop.services.logs import redacted

CRASHES = "crash.log"
_MOST_OF_ONE = 64 * 1024
"""Bytes of one run's last words."""
_MOST = 256 * 1024
"""Bytes of the file that keeps them."""
_NATIVE = re.compile(r"Fatal Python error: |Windows fatal exception: (?!code )")
"""How faulthandler begins. What has but a code on Windows was handled by somebody, and the run went on."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A run that did not end by itself. `trace` is where it stood, "" when it was ended from outside: killed, or with
    the power. `cards` decoded at that moment."""

    began: str
    trace: str
    cards: tuple[str, ...] = ()

    @property
    def suspects(self) -> tuple[str, ...]:
        """The graphics cards whose driver may have ended it: it was native code that did."""
        return self.cards if _NATIVE.match(self.trace) else ()


class Run:
    """The record of a run that goes on."""

    def __init__(self, path: Path | None) -> None:
        self._path = path

    def note_cards(self, cards: Sequence[str]) -> None:
        """From now on these decode. Where that cannot be written, it stays unknown."""
        if self._path is None:
            return
        with contextlib.suppress(OSError):
            if cards:
                self._path.write_text("\n".join(cards), encoding="utf-8")
            else:
                self._path.unlink(missing_ok=True)

    def end(self) -> None:
        self.note_cards(())
        self._path = None


@contextlib.contextmanager
def on_record(folder: Path, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Iterator[Run]:
    """A run of this process, for the length of a with-statement. Where it dies, a file in `folder` stays and says why.

    An error that ends it leaves its traceback, too. Where nothing can be written, the run goes on without a record.
    """
    began = now()
    path = folder / f"run-{began:%Y%m%d-%H%M%S}-{os.getpid()}.log"
    with contextlib.ExitStack() as stack:
        file = _begun(path, began, stack)
        run = Run(None if file is None else _cards_path(path))
        try:
            yield run
        except Exception:
            if file is not None:
                with contextlib.suppress(OSError):
                    file.write(redacted(traceback.format_exc()))
            raise
        finally:
            faulthandler.disable()
        if file is not None:
            file.close()
            path.unlink(missing_ok=True)
            run.end()
    if file is not None:
        _lock_path(path).unlink(missing_ok=True)


def _begun(path: Path, began: datetime, stack: contextlib.ExitStack) -> IO[str] | None:
    """The file of this run, open and locked until `stack` closes; None where the disk is full or may not be written."""
    try:
        stack.enter_context(_lock(path))
        file = stack.enter_context(path.open("w", encoding="utf-8"))
        file.write(f"{began.isoformat(timespec='seconds')}\n")
        file.flush()
    except OSError:
        return None
    faulthandler.enable(file)
    return file


def collect(folder: Path) -> tuple[Unfinished, ...]:
    """The runs that died since this was last asked, oldest first; their last words move to `crash.log`."""
    found = []
    for path in sorted(folder.glob("run-*.log")):
        lock = _lock(path)
        try:
            lock.acquire(timeout=0)
        except (Timeout, OSError):
            continue  # It is running.
        with contextlib.suppress(OSError), lock:
            began, _line, trace = path.read_bytes()[:_MOST_OF_ONE].decode("utf-8", "replace").partition("\n")
            cards = _cards_of(path)
            _append(folder / CRASHES, "\n".join((_headline(began, cards), trace)))
            path.unlink()
            found.append(Unfinished(began, trace.strip(), cards))
        for beside in (_cards_path(path), _lock_path(path)):
            with contextlib.suppress(OSError):
                beside.unlink()
    return tuple(found)


def _cards_of(path: Path) -> tuple[str, ...]:
    with contextlib.suppress(OSError):
        words = _cards_path(path).read_bytes()[:_MOST_OF_ONE].decode("utf-8", "replace")
        return tuple(words.splitlines())
    return ()


def _headline(began: str, cards: Sequence[str]) -> str:
    ended = f"--- a run that began {began} ended unexpectedly"
    return f"{ended} while a graphics card decoded: {'; '.join(cards)}" if cards else ended


def _append(path: Path, words: str) -> None:
    before = path.read_bytes() if path.exists() else b""
    path.write_bytes((before + words.rstrip().encode() + b"\n")[-_MOST:])


def _lock(path: Path) -> FileLock:
    return FileLock(_lock_path(path))


def _cards_path(path: Path) -> Path:
    return path.with_suffix(".cards")


def _lock_path(path: Path) -> Path:
    return path.with_suffix(".lock")
