"""Requests on disk, so that they outlive the service and several services can share one folder.

Each request has a folder of its own: `request.json` (what was asked, never changed), `state.json` (replaced as a
whole), `input.mp4` when the video came inline, `output.mp4` once there is one. Whoever changes the state holds the
request's lock, an OS lock that ends with the process; a state of "in progress" without a held lock is left over from a
service that died, and counts as queued again.
"""

import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

from retake_desktop.demo.files import replace_file
from retake_desktop.demo.wire import ResultWord
from retake_desktop.domain.retake import Mode

_ID = re.compile(r"[A-Za-z0-9_-]{1,128}")
_LOCK_TRIES = 200


class Order(msgspec.Struct, frozen=True):
    """What was asked. `owner` is a fingerprint of the token; `video` is the URL, None when the video came inline;
    times are seconds, `created_at` since the epoch."""

    request_id: str
    owner: str
    created_at: float
    prompt: str
    video: str | None
    start_time: float
    duration: float
    mode: Mode


class State(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where a request stands. `finished_at` is seconds since the epoch, `cost` US dollars."""

    word: ResultWord = ResultWord.IN_QUEUE
    finished_at: float | None = None
    error: str | None = None
    cost: float | None = None


class RequestStore:
    """All requests of one folder. Safe to use from several threads and processes."""

    def __init__(self, folder: Path, sleep: Callable[[float], None] = time.sleep) -> None:
        self._requests = folder / "requests"
        self._locks = folder / "locks"
        self._sleep = sleep
        self._orders: dict[str, Order] = {}
        self._closed: set[str] = set()
        self._guard = threading.Lock()
        for path in (self._requests, self._locks):
            path.mkdir(parents=True, exist_ok=True)

    def add(self, order: Order, inline: bytes | None) -> None:
        """Puts a request into the queue. It is there as a whole or not at all."""
        draft = self._requests / f".{order.request_id}"
        draft.mkdir()
        if inline is not None:
            (draft / "input.mp4").write_bytes(inline)
        (draft / "request.json").write_bytes(msgspec.json.encode(order))
        (draft / "state.json").write_bytes(msgspec.json.encode(State()))
        draft.rename(self._requests / order.request_id)

    def order(self, request_id: str) -> Order | None:
        """What was asked, or None when there is no such request (any more)."""
        if not is_request_id(request_id) or not (self._requests / request_id).is_dir():
            return None
        if request_id not in self._orders:
            try:
                self._orders[request_id] = msgspec.json.decode(
                    (self._requests / request_id / "request.json").read_bytes(), type=Order
                )
            except (OSError, msgspec.MsgspecError):
                return None
        return self._orders[request_id]

    def state(self, request_id: str) -> State:
        """Where the request stands now."""
        state = self._read(request_id)
        if state.word is not ResultWord.IN_PROGRESS:
            return state
        with self.claim(request_id) as mine:
            if not mine:
                return state
            state = self._read(request_id)
            if state.word is ResultWord.IN_PROGRESS:
                state = State()
                self.write(request_id, state)
        return state

    def waiting(self) -> list[Order]:
        """Every request that is not finished, oldest first; one that is being worked on is among them."""
        with self._guard:
            closed = set(self._closed)
        orders = []
        for path in self._requests.iterdir():
            if path.name in closed or not (order := self.order(path.name)):
                continue
            if self._read(path.name).word.is_final:
                with self._guard:
                    self._closed.add(path.name)
            else:
                orders.append(order)
        return sorted(orders, key=lambda order: (order.created_at, order.request_id))

    def is_final(self, request_id: str) -> bool:
        """Whether nothing more will happen to the request."""
        return self._read(request_id).word.is_final

    def position(self, request_id: str) -> int:
        """The request's place in the queue; 1 is next."""
        queued = [o.request_id for o in self.waiting() if self._read(o.request_id).word is ResultWord.IN_QUEUE]
        return queued.index(request_id) + 1 if request_id in queued else 1

    @contextmanager
    def claim(self, request_id: str) -> Iterator[bool]:
        """Tries once for the request's lock; yields whether it was free and is now held."""
        lock = FileLock(self._locks / f"{request_id}.lock", timeout=0)
        try:
            lock.acquire()
        except Timeout:
            yield False
            return
        try:
            yield True
        finally:
            lock.release()

    def write(self, request_id: str, state: State) -> None:
        """Replaces the state. Only for whoever holds the claim."""
        replace_file(self._requests / request_id / "state.json", msgspec.json.encode(state))

    def cancel(self, request_id: str, now: float) -> bool:
        """Takes a queued request out of the queue; False when it has begun or finished."""
        for _ in range(_LOCK_TRIES):
            with self.claim(request_id) as mine:
                state = self._read(request_id)
                if state.word is ResultWord.CANCELLED:
                    return True
                if mine and not state.word.is_final:
                    self.write(request_id, State(ResultWord.CANCELLED, finished_at=now, cost=0.0))
                    return True
            if state.word is not ResultWord.IN_QUEUE:
                return False
            # Somebody holds the lock of a queued request: it is about to begin, or was only looked at.
            self._sleep(0.005)
        return False

    def inline_video(self, request_id: str) -> Path:
        return self._requests / request_id / "input.mp4"

    def output(self, request_id: str) -> Path:
        return self._requests / request_id / "output.mp4"

    def prune(self, before: float) -> None:
        """Forgets requests that finished before `before` (seconds since the epoch), and what a crash left of others."""
        for path in self._requests.iterdir():
            if not self._is_outdated(path, before):
                continue
            shutil.rmtree(path, ignore_errors=True)
            (self._locks / f"{path.name}.lock").unlink(missing_ok=True)
            self._orders.pop(path.name, None)

    def _is_outdated(self, path: Path, before: float) -> bool:
        if not is_request_id(path.name):
            return path.stat().st_mtime < before
        state = self._read(path.name)
        return state.word.is_final and (state.finished_at or 0) < before

    def _read(self, request_id: str) -> State:
        try:
            return msgspec.json.decode((self._requests / request_id / "state.json").read_bytes(), type=State)
        except (OSError, msgspec.MsgspecError):
            # Pruned by another process between two looks.
            return State(ResultWord.CANCELLED)


def is_request_id(text: str) -> bool:
    return _ID.fullmatch(text) is not None
