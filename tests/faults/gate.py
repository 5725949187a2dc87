"""Between the app's process and a demo service: passes every exchange on, and chooses the instant of a submission."""

import re
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from threading import Event, Lock
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from tests.fakes.byte_server import ByteServer, Visit

_SUBMISSION = b"POST /v1/models/"
_KEEP_ALIVE = re.compile(rb"(?i)\r\nconnection: [^\r]*")


class Instant(StrEnum):
    """Where a submission stands when the gate stops passing it on."""

    HEAD_ONLY = "its headers have left"
    WHOLE_REQUEST = "the service has accepted it and not answered"
    HALF_REPLY = "half of the reply was sent"
    WHOLE_REPLY = "the reply was sent"


@dataclass(frozen=True, slots=True)
class Seen:
    """One request as it crossed the wire."""

    head: bytes
    body: bytes


class Gate:
    """A with-statement. `reached` is set when a submission stands at `instant`, where it is then held.

    `answered` are the times (seconds, monotonic) at which an answered submission had begun to leave, and at which its
    reply had left as a whole; `latency` is how long, in seconds, each of these replies is kept back.
    """

    def __init__(self, service: str, instant: Instant | None = None, latency: float = 0) -> None:
        self.reached = Event()
        self.answered: list[tuple[float, float]] = []
        self._instant = instant
        self._latency = latency
        self._port = urlsplit(service).port or 0
        self._held: list[Visit] = []
        self._guard = Lock()
        self._server = ByteServer(self._exchange)
        self.url = self._server.url

    def __enter__(self) -> Self:
        self._server.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.__exit__(kind, error, trace)

    def release(self) -> None:
        """Lets go of what is held, unanswered, and holds nothing from now on."""
        self._instant = None
        with self._guard:
            for visit in self._held:
                visit.stop.set()

    @property
    def requests(self) -> list[Seen]:
        halves = [received.partition(b"\r\n\r\n") for received in self._server.received]
        return [Seen(head, body) for head, _blank, body in halves]

    @property
    def submissions(self) -> int:
        """Submissions of which at least the first bytes came."""
        return sum(seen.head.startswith(_SUBMISSION) for seen in self.requests)

    def _exchange(self, visit: Visit) -> None:
        """One connection, one request: the service closes it after its answer, and so does the gate."""
        head = visit.head()
        began = time.monotonic()
        is_submission = head.startswith(_SUBMISSION)
        if is_submission and self._holds(visit, Instant.HEAD_ONLY):
            return
        body = visit.body()
        with socket.create_connection(("127.0.0.1", self._port), timeout=60) as service:
            service.sendall(_KEEP_ALIVE.sub(b"\r\nConnection: close", head) + b"\r\n\r\n" + body)
            if is_submission:
                self._pass_reply(visit, _whole(service.recv), began)
            else:
                while chunk := service.recv(65_536):
                    visit.send(chunk)

    def _pass_reply(self, visit: Visit, reply: bytes, began: float) -> None:
        if self._holds(visit, Instant.WHOLE_REQUEST):
            return
        time.sleep(self._latency)
        if self._instant is Instant.HALF_REPLY:
            visit.send(reply[: reply.index(b"\r\n\r\n") + 20])
            self._holds(visit, Instant.HALF_REPLY)
            return
        visit.send(reply)
        self.answered.append((began, time.monotonic()))
        if self._instant is Instant.WHOLE_REPLY:
            self.reached.set()

    def _holds(self, visit: Visit, instant: Instant) -> bool:
        if self._instant is not instant:
            return False
        with self._guard:
            self._held.append(visit)
        self.reached.set()
        visit.hold()
        return True


def _whole(receive: Callable[[int], bytes]) -> bytes:
    content = b""
    while chunk := receive(65_536):
        content += chunk
    return content
