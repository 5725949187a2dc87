"""How a window gets to where the service can fetch it."""

import asyncio
import base64
import contextlib
import os
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.job import Progress
from retake_desktop.services.hosting import DemoTarget, Hosted, InlineTarget, Target
from retake_desktop.services.hosting.inline import LARGEST_BYTES, PREFERRED_BYTES, data_uri

TOKEN = "demo-token-0123456789"


@pytest.fixture
def window(tmp_path: Path) -> Path:
    path = tmp_path / "window ü.mp4"
    path.write_bytes(bytes(range(256)) * 500)
    return path


def put(target: Target, window: Path) -> tuple[Hosted, list[Progress]]:
    seen: list[Progress] = []
    return asyncio.run(target.put(window, seen.append)), seen


@pytest.mark.parametrize("size", [0, 1, 2, 3, 1000])
def test_an_inline_clip_comes_back_byte_for_byte(tmp_path: Path, size: int) -> None:
    path = tmp_path / "w.mp4"
    path.write_bytes(os.urandom(size))
    uri = data_uri(path)
    assert uri.startswith("data:video/mp4;base64,")
    assert base64.b64decode(uri.removeprefix("data:video/mp4;base64,"), validate=True) == path.read_bytes()


def test_an_inline_clip_needs_no_address(window: Path) -> None:
    hosted, seen = put(InlineTarget(), window)
    assert hosted == Hosted("inline", None)
    assert seen == [Progress(128_000, 128_000)]


def test_the_preferred_inline_size_stays_below_what_the_model_takes_encoded() -> None:
    assert InlineTarget.max_bytes == PREFERRED_BYTES
    assert PREFERRED_BYTES * 4 / 3 < 15_000_000 * 1.03
    assert LARGEST_BYTES == 32 * 2**20


@pytest.mark.parametrize(("size", "fits"), [(LARGEST_BYTES, True), (LARGEST_BYTES + 1, False)])
def test_a_clip_over_32_mib_never_travels_inline(tmp_path: Path, size: int, fits: bool) -> None:
    path = tmp_path / "w.mp4"
    with path.open("wb") as file:
        file.truncate(size)
    if fits:
        put(InlineTarget(), path)
    else:
        with pytest.raises(RetakeError) as refused:
            put(InlineTarget(), path)
        assert refused.value.kind is ErrorKind.REFUSED


def test_a_vanished_window_is_told(tmp_path: Path) -> None:
    for vanish in (lambda: put(InlineTarget(), tmp_path / "gone.mp4"), lambda: data_uri(tmp_path / "gone.mp4")):
        with pytest.raises(RetakeError) as raised:
            vanish()
        assert raised.value.kind is ErrorKind.FILE_TROUBLE


@dataclass
class Shelf:
    """A small upload service: what was stored, and how to answer next."""

    url: str = ""
    stored: dict[str, bytes] = field(default_factory=dict)
    authorizations: list[str] = field(default_factory=list)
    answer: Response | None = None

    async def take(self, request: Request) -> Response:
        self.authorizations.append(request.headers.get("Authorization", ""))
        self.stored[request.path_params["name"]] = await request.body()
        return self.answer or JSONResponse({"url": f"{self.url}/files/{request.path_params['name']}"}, 201)


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    made = Shelf()
    app = Starlette(routes=[Route("/demo/uploads/{name}", made.take, methods=["PUT"])])
    with _serving(app) as made.url:
        yield made


@contextlib.contextmanager
def _serving(app: Starlette) -> Iterator[str]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off", ws="none"))
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join()


def test_the_demo_service_keeps_the_window_and_names_its_address(shelf: Shelf, window: Path) -> None:
    hosted, seen = put(DemoTarget(shelf.url, TOKEN, new_name=lambda: "w1"), window)
    assert hosted == Hosted("demo", f"{shelf.url}/files/w1.mp4")
    assert shelf.stored == {"w1.mp4": window.read_bytes()}
    assert shelf.authorizations == [f"Bearer {TOKEN}"]
    assert seen[-1] == Progress(128_000, 128_000)


def test_two_windows_never_share_a_name(shelf: Shelf, window: Path) -> None:
    target = DemoTarget(shelf.url, TOKEN)
    assert put(target, window)[0].url != put(target, window)[0].url
    assert len(shelf.stored) == 2


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Response(status_code=401), ErrorKind.REFUSED),
        (Response(status_code=413), ErrorKind.REFUSED),
        (Response(status_code=307, headers={"Location": "https://evil.example"}), ErrorKind.REFUSED),
        (Response(status_code=500), ErrorKind.OFFLINE),
        (Response(status_code=503), ErrorKind.OFFLINE),
        (Response(b"", 201), ErrorKind.SERVICE_TROUBLE),
        (Response(b"<html>", 200), ErrorKind.SERVICE_TROUBLE),
        (Response(b'{"uri": "x"}', 200), ErrorKind.SERVICE_TROUBLE),
        (Response(b'{"url": 5}', 200), ErrorKind.SERVICE_TROUBLE),
        (Response(b'{"url": "\xff"}', 200), ErrorKind.SERVICE_TROUBLE),
        (Response(b"[" * 9000, 200), ErrorKind.SERVICE_TROUBLE),
    ],
)
def test_every_other_answer_of_the_demo_service_is_told(
    shelf: Shelf, window: Path, answer: Response, kind: ErrorKind
) -> None:
    shelf.answer = answer
    with pytest.raises(RetakeError) as raised:
        put(DemoTarget(shelf.url, TOKEN), window)
    assert raised.value.kind is kind


def test_a_demo_service_that_is_gone_is_worth_another_try(window: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        with pytest.raises(RetakeError) as raised:
            put(DemoTarget(f"http://127.0.0.1:{unused.getsockname()[1]}", TOKEN), window)
    assert raised.value.kind is ErrorKind.OFFLINE
