"""The app as a process that is killed at a chosen write of its record of jobs.

RETAKE_DIES_AT is "before N" (the N-th write is made, its COMMIT is not) or "after N" (it is on record, and nothing was
done about it). Whoever lives says at the end, on standard error, how many writes there were.
"""

import os
import signal
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from retake_desktop.__main__ import main
from retake_desktop.services.history.base import Record

_transaction = Record._transaction


class Fate:
    """Counts the writes of this process."""

    def __init__(self, when: str, number: int) -> None:
        self.writes = 0
        self._when = when
        self._number = number

    def comes(self, when: str) -> None:
        if (when, self.writes) == (self._when, self._number):
            os.kill(os.getpid(), signal.SIGKILL)


def live(text: str) -> int:
    when, number = text.split()
    fate = Fate(when, int(number))

    @contextmanager
    def transaction(self: Record) -> Iterator[sqlite3.Connection]:
        with _transaction(self) as connection:
            yield connection
            fate.writes += 1
            fate.comes("before")
        fate.comes("after")

    Record._transaction = transaction  # type: ignore[method-assign]  # this is where it dies
    code = main()
    print(f"writes: {fate.writes}", file=sys.stderr)  # noqa: T201 - read by the test
    return code


if __name__ == "__main__":
    sys.exit(live(os.environ["RETAKE_DIES_AT"]))
