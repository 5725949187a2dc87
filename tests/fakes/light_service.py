"""The service's calls and nothing behind them: for many jobs at once, where making videos would take all the time."""

import re
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

_REQUEST = re.compile(r"/v1/requests/([^/]+)/(status|result)")


class LightService:
    """A with-statement. Every request runs until `finished` is set, and its result is the file `video`.

    `polls` are the times (by `clock`, seconds) at which each request was asked for; `submitted` those of the answers
    to the submissions. `at_once` is the largest number of submissions that were being received at the same time.
    """

    def __init__(self, video: Path, clock: Callable[[], float] = time.monotonic, receiving: float = 0) -> None:
        self.finished = threading.Event()
        self.submitted: dict[str, float] = {}
        self.polls: dict[str, list[float]] = defaultdict(list)
        self.prompts: list[str] = []
        self.at_once = 0
        self._receiving_now = 0
        self._clock = clock
        self._receiving = receiving
        self._video = video.read_bytes()
        self._guard = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def submit(self, body: bytes) -> bytes:
        with self._guard:
            self._receiving_now += 1
            self.at_once = max(self.at_once, self._receiving_now)
        time.sleep(self._receiving)
        with self._guard:
            self._receiving_now -= 1
            self.prompts.append(msgspec.json.decode(body)["prompt"])
            request_id = f"r{len(self.prompts)}"
            self.submitted[request_id] = self._clock()
        return msgspec.json.encode({"request_id": request_id})

    def asked(self, path: str) -> bytes:
        known = _REQUEST.match(path)
        if known is None:
            return self._video
        request_id, call = known.groups()
        if call == "status":
            with self._guard:
                self.polls[request_id].append(self._clock())
            return msgspec.json.encode({"status": "completed" if self.finished.is_set() else "in_progress"})
        return msgspec.json.encode({"status": "succeeded", "output": {"video": f"{self.url}/{request_id}.mp4"}})


class _Server(ThreadingHTTPServer):
    request_queue_size = 128


def _handler(service: LightService) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            self._answer(service.submit(self.rfile.read(int(self.headers["Content-Length"]))))

        def do_GET(self) -> None:
            self._answer(service.asked(self.path))

        def _answer(self, body: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_request(self, *_what: object) -> None:
            return

    return Handler
