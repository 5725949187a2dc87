"""The record of a run of the window: it stays where the run does not end as it should. What is told of it at the next
start is in `crashes`, which is loaded there only.

Locked as `filelock` would, whose loading takes a third as long as the window until it is drawn.
"""

import contextlib
import faulthandler
import os
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from retake_desktop.services.logs import redacted

_BEGIN, _END = "run-", ".log"


class Run:
    """The record of a run that goes on."""

    def __init__(self, path: Path, words: IO[str] | None) -> None:
        self._path = path
        self._words = words
        self.has_failed = False

    def note_cards(self, cards: Sequence[str]) -> None:
        """From now on these decode. Where that cannot be written, it stays unknown."""
        if self._words is None:
            return
        with contextlib.suppress(OSError):
            if cards:
                cards_path(self._path).write_text("\n".join(cards), encoding="utf-8")
            else:
                cards_path(self._path).unlink(missing_ok=True)

    def fail(self, error: BaseException) -> None:
        """`error` ends the run: its traceback is for the next start."""
        self.has_failed = True
        if self._words is not None:
            with contextlib.suppress(OSError):
                self._words.write(redacted("".join(traceback.format_exception(error))))
                self._words.flush()

    def end(self) -> None:
        """Nothing is left of a run that has not failed."""
        words = self._words
        if words is not None:
            with contextlib.suppress(OSError):
                words.close()
            if not self.has_failed:
                self.note_cards(())
                self._path.unlink(missing_ok=True)
        self._words = None


@contextlib.contextmanager
def on_record(folder: Path, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Iterator[Run]:
    """A run of this process, for the length of a with-statement. Where it dies, a file in `folder` stays and says why.

    An error that ends it leaves its traceback, too. Where nothing can be written, the run goes on without a record.
    """
    began = now()
    path = folder / f"{_BEGIN}{began:%Y%m%d-%H%M%S}-{os.getpid()}{_END}"
    stack = contextlib.ExitStack()
    run = Run(path, _begun(path, began, stack))
    try:
        yield run
    except Exception as error:
        run.fail(error)
        raise
    finally:
        faulthandler.disable()
        run.end()
        stack.close()
        if not run.has_failed:
            with contextlib.suppress(OSError):
                lock_path(path).unlink(missing_ok=True)


def _begun(path: Path, began: datetime, stack: contextlib.ExitStack) -> IO[str] | None:
    """The file of this run, open and locked until `stack` closes; None where the disk is full or may not be written."""
    try:
        stack.enter_context(locked(path))
        file = stack.enter_context(path.open("w", encoding="utf-8"))
        file.write(f"{began.isoformat(timespec='seconds')}\n")
        file.flush()
    except OSError:
        return None
    faulthandler.enable(file)
    return file


def records(folder: Path) -> list[Path]:
    """The records in `folder`, oldest first: of runs that died, and of those that go on."""
    try:
        return sorted(path for path in folder.iterdir() if path.name.startswith(_BEGIN) and path.suffix == _END)
    except OSError:
        return []


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Holds the record at `path` alone; the system lets go of it with the process. Raises OSError where it is held."""
    held = os.open(lock_path(path), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(held, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(held)


def cards_path(path: Path) -> Path:
    return path.with_suffix(".cards")


def lock_path(path: Path) -> Path:
    return path.with_suffix(".lock")
