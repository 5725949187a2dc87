"""What runs of the window left behind that did not end as they should."""

import contextlib
import re
from dataclasses import dataclass
from pathlib import Path

from retake_desktop.services.runs import cards_path, lock_path, locked, records

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


def collect(folder: Path) -> tuple[Unfinished, ...]:
    """The runs that died since this was last asked, oldest first; their last words move to `crash.log`."""
    found = {}
    for path in records(folder):
        try:
            with locked(path):
                found[path] = _read(path)
        except FileNotFoundError:
            lock_path(path).unlink(missing_ok=True)  # It has just ended well.
        except OSError:
            continue  # It is running.
    if found:
        with contextlib.suppress(OSError):
            _append(folder / CRASHES, "".join(map(_words, found.values())))
            for path in found:
                for left in (path, cards_path(path), lock_path(path)):
                    left.unlink(missing_ok=True)
    return tuple(found.values())


def _read(path: Path) -> Unfinished:
    began, _line, trace = _beginning(path).partition("\n")
    cards: tuple[str, ...] = ()
    with contextlib.suppress(OSError):
        cards = tuple(_beginning(cards_path(path)).splitlines())
    return Unfinished(began, trace.strip(), cards)


def _beginning(path: Path) -> str:
    with path.open("rb") as file:
        return file.read(_MOST_OF_ONE).decode("utf-8", "replace")


def _words(run: Unfinished) -> str:
    cards = f" while a graphics card decoded: {'; '.join(run.cards)}" if run.cards else ""
    return f"--- a run that began {run.began} ended unexpectedly{cards}\n{run.trace}".rstrip() + "\n"


def _append(path: Path, words: str) -> None:
    before = path.read_bytes() if path.exists() else b""
    part = path.with_suffix(".part")
    part.write_bytes((before + words.encode())[-_MOST:])
    part.replace(path)
