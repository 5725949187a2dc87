"""Carries out the planned faults around the real calls, and keeps the log of what was received."""

import asyncio
import re
from typing import Any

import msgspec
from starlette.datastructures import MutableHeaders
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from retake_desktop.demo.connection import cut
from retake_desktop.demo.faults import (
    Answer,
    Call,
    Cut,
    Delay,
    Drip,
    Fault,
    FaultPlan,
    Lie,
    Lying,
    Patch,
    When,
)
from retake_desktop.demo.received import Entry, Received
from retake_desktop.demo.refusals import response_for

ENTRY = "retake_desktop.entry"
"""Key of the request's log entry in `scope["state"]`."""
_ROUTES = (
    ("POST", re.compile(r"/v1/models/.+"), Call.SUBMIT),
    ("GET", re.compile(r"/v1/requests/[^/]+/status"), Call.STATUS),
    ("GET", re.compile(r"/v1/requests/[^/]+/result"), Call.RESULT),
    ("POST", re.compile(r"/v1/requests/[^/]+/cancel"), Call.CANCEL),
    ("GET", re.compile(r"/v1/models/?"), Call.MODELS),
    ("GET", re.compile(r"/v1/models/.+"), Call.MODEL),
    ("PUT", re.compile(r"/demo/uploads/.+"), Call.UPLOAD),
    ("GET", re.compile(r"/demo/files/.+"), Call.FILE),
    ("GET", re.compile(r"/demo/outputs/.+"), Call.OUTPUT),
)


def call_of(method: str, path: str) -> Call | None:
    """Which of the service's calls this is; HEAD counts as GET."""
    wanted = "GET" if method == "HEAD" else method
    return next((call for verb, pattern, call in _ROUTES if verb == wanted and pattern.fullmatch(path)), None)


class FaultMiddleware:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp, plan: FaultPlan, received: Received) -> None:
        self._app = app
        self._plan = plan
        self._received = received

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        call = call_of(scope["method"], scope["path"])
        entry = self._received.begin(scope["method"], scope["path"], call)
        scope["state"][ENTRY] = entry
        faults = self._plan.take(call) if call else []
        watched = _watching(send, entry)
        if faults:
            await self._strike(faults, scope, receive, watched)
        else:
            await self._app(scope, receive, watched)

    async def _strike(self, faults: list[Fault], scope: Scope, receive: Receive, send: Send) -> None:
        await _wait(faults, When.BEFORE_READING)
        if _cut_at(faults, When.BEFORE_READING):
            await cut(scope, receive)
            return
        instead = next((f for f in faults if isinstance(f, Answer)), None)
        if _cut_at(faults, When.AFTER_READING) or (instead and not instead.accepted):
            await _drain(receive)
            if _cut_at(faults, When.AFTER_READING):
                await cut(scope, receive)
                return
        answer = _Answer()
        if not instead or instead.accepted:
            await self._app(scope, receive, answer.take)
        if instead:
            await _response(instead)(scope, receive, answer.replace())
        _tamper(faults, answer)
        await _wait(faults, When.BEFORE_ANSWERING)
        if _cut_at(faults, When.BEFORE_ANSWERING):
            await cut(scope, receive)
            return
        short = _cut_at(faults, When.IN_ANSWER)
        if short is not None:
            await _send_part(answer, short, scope, receive, send)
        else:
            await _send_whole(answer, next((fault for fault in faults if isinstance(fault, Drip)), None), send)


async def _wait(faults: list[Fault], when: When) -> None:
    await asyncio.sleep(sum(fault.seconds for fault in faults if isinstance(fault, Delay) and fault.when is when))


class _Answer:
    """A whole answer, caught before it goes out."""

    def __init__(self) -> None:
        self.start: Message = {}
        self.body = b""

    async def take(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.start = message
        else:
            self.body += message.get("body", b"")

    def replace(self) -> Send:
        self.body = b""
        return self.take

    def change(self, body: bytes) -> None:
        self.body = body
        headers = MutableHeaders(raw=list(self.start["headers"]))
        headers["content-length"] = str(len(body))
        self.start["headers"] = headers.raw


def _watching(send: Send, entry: Entry) -> Send:
    async def watch(message: Message) -> None:
        if message["type"] == "http.response.start":
            entry.status = message["status"]
        await send(message)

    return watch


def _cut_at(faults: list[Fault], when: When) -> Cut | None:
    return next((fault for fault in faults if isinstance(fault, Cut) and fault.when is when), None)


async def _drain(receive: Receive) -> None:
    while (message := await receive())["type"] == "http.request" and message.get("more_body"):
        pass


def _response(fault: Answer) -> Response:
    if fault.text is not None:
        return HTMLResponse(fault.text, fault.status, fault.headers)
    return response_for(fault.body, fault.status, fault.headers)


async def _send_whole(answer: _Answer, drip: Drip | None, send: Send) -> None:
    await send(answer.start)
    step = -(-len(answer.body) // drip.pieces) or 1 if drip else len(answer.body) or 1
    for start in range(0, len(answer.body), step):
        await send({"type": "http.response.body", "body": answer.body[start : start + step], "more_body": True})
        if drip:
            await asyncio.sleep(drip.seconds)
    await send({"type": "http.response.body", "body": b""})


async def _send_part(answer: _Answer, short: Cut, scope: Scope, receive: Receive, send: Send) -> None:
    await send(answer.start)
    await send({"type": "http.response.body", "body": answer.body[: short.after_bytes], "more_body": True})
    await cut(scope, receive, flush=True)


def _tamper(faults: list[Fault], answer: _Answer) -> None:
    for fault in faults:
        match fault:
            case Lying(lie=Lie.TRUNCATED):
                answer.change(answer.body[: len(answer.body) // 2])
            case Lying(lie=Lie.DUPLICATE_KEYS):
                answer.change(b'{"status":"failed","request_id":"not-this-one",' + answer.body.lstrip()[1:])
            case Lying(lie=Lie.HUGE):
                answer.change(b'{"padding":"' + b" " * 8_000_000 + b'",' + answer.body.lstrip()[1:])
            case Lying(lie=lie):
                answer.change(msgspec.json.encode(_lied(msgspec.json.decode(answer.body), lie)))
            case Patch():
                true = msgspec.json.decode(answer.body)
                kept = {key: value for key, value in true.items() if key not in fault.remove}
                answer.change(msgspec.json.encode(kept | fault.set))


def _lied(body: dict[str, Any], lie: Lie) -> dict[str, Any]:
    match lie:
        case Lie.UNKNOWN_STATUS:
            return body | {"status": "warming_up"}
        case Lie.WRONG_TYPES:
            return {key: [value] if isinstance(value, str) else str(value) for key, value in body.items()}
        case Lie.NO_REQUEST_ID:
            return {key: value for key, value in body.items() if key != "request_id"}
        case Lie.NO_OUTPUT:
            return {key: value for key, value in body.items() if key != "output"}
        case Lie.OUTPUT_IN_VIDEOS:
            output = body.get("output")
            return body | {"output": {"videos": [output["video"]]}} if output else body
        case _:
            return body
