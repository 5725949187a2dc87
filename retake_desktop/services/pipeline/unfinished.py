"""Half-written films: which ones there are is on record, so that none stays behind when the app dies meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from retake_desktop.media.kept_take import part_of
from retake_desktop.services.folders import Folders
from retake_desktop.services.ownership import JobLocks

_FOLDER = "unfinished"


@contextmanager
def noted(folders: Folders, job_id: str, output: Path) -> Iterator[None]:
    """While the film of a job is written to what will be `output`; at the end nothing half-written is there."""
    part = part_of(str(output))
    note = folders.data / _FOLDER / job_id
    with suppress(OSError):
        note.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        note.write_bytes(bytes(part))
    try:
        yield
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
            note.unlink(missing_ok=True)


def sweep(folders: Folders, locks: JobLocks) -> None:
    """Removes what a process has left that died over it. Films that another process is writing stay."""
    with suppress(OSError):
        for note in (folders.data / _FOLDER).iterdir():
            if locks.own(note.name.removesuffix("-shared")):
                _clear(note)
                locks.release(note.name.removesuffix("-shared"))


def _clear(note: Path) -> None:
    with suppress(OSError, ValueError):
        part = Path(note.read_bytes().decode("utf-8", "surrogateescape"))
        if part.suffix == ".part":
            part.unlink(missing_ok=True)
        note.unlink()
