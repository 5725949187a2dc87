"""What a demo service has received, for tests and for the curious: no tokens, no bodies, no queries."""

import threading
from collections import deque

import msgspec

from retake_desktop.demo.faults import Call

_KEPT = 10_000


class Entry(msgspec.Struct):
    """One HTTP request. `status` is None while it is unanswered or when the connection was cut; `accepted` is the id of
    the request that a submission put into the queue."""

    method: str
    path: str
    call: Call | None
    status: int | None = None
    accepted: str | None = None


class Log(msgspec.Struct):
    accepted_submissions: int
    entries: list[Entry]


class Received:
    """The log of one service. Safe to use from several threads."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._entries: deque[Entry] = deque(maxlen=_KEPT)
        self._accepted = 0

    def begin(self, method: str, path: str, call: Call | None) -> Entry:
        entry = Entry(method, path, call)
        with self._guard:
            self._entries.append(entry)
        return entry

    def accept(self, entry: Entry, request_id: str) -> None:
        with self._guard:
            entry.accepted = request_id
            self._accepted += 1

    @property
    def accepted_submissions(self) -> int:
        """Submissions that were accepted, whether or not the client heard of it."""
        return self._accepted

    def log(self) -> Log:
        with self._guard:
            return Log(self._accepted, [msgspec.structs.replace(entry) for entry in self._entries])
