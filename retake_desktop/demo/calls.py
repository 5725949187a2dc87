"""The service's calls, as RunComfy documents them. Plain functions of Starlette run in a thread, off the event loop."""

import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from retake_desktop.demo import catalog
from retake_desktop.demo.access import account_of
from retake_desktop.demo.fault_middleware import ENTRY
from retake_desktop.demo.options import DemoOptions
from retake_desktop.demo.received import Received
from retake_desktop.demo.refusals import (
    invalid_input,
    malformed_id,
    no_such_model,
    not_found,
    not_yours,
    response_for,
    too_large,
)
from retake_desktop.demo.request_store import Order, RequestStore, is_request_id
from retake_desktop.demo.sources import inline_video
from retake_desktop.demo.wire import (
    CancelAnswer,
    Outcome,
    ResultAnswer,
    ResultWord,
    StatusAnswer,
    StatusWord,
    Submitted,
    parse_input,
)
from retake_desktop.domain.retake import MODEL_ID

_BODY_OVERHEAD = 64 * 1024
"""Bytes of JSON around an inline video."""


def _new_id() -> str:
    return str(uuid.uuid4())


class Calls:
    """The Model API. `added` is told about every accepted submission; `now` is seconds since the epoch."""

    def __init__(
        self,
        store: RequestStore,
        received: Received,
        options: DemoOptions,
        added: Callable[[], None],
        now: Callable[[], float] = time.time,
        new_id: Callable[[], str] = _new_id,
    ) -> None:
        self._store = store
        self._received = received
        self._options = options
        self._added = added
        self._now = now
        self._new_id = new_id

    async def submit(self, request: Request) -> Response:
        owner = account_of(request, self._options.token)
        if request.path_params["model_id"] != MODEL_ID:
            raise no_such_model(request.path_params["model_id"])
        body = await self._body(request)
        request_id = await run_in_threadpool(self._accept, owner, body)
        self._received.accept(request.scope["state"][ENTRY], request_id)
        self._added()
        base = _request_url(request, request_id)
        return response_for(Submitted(request_id, f"{base}/status", f"{base}/result", f"{base}/cancel"))

    async def _body(self, request: Request) -> bytes:
        limit = self._options.max_video_bytes * 4 // 3 + _BODY_OVERHEAD
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > limit:
                raise too_large(self._options.max_video_bytes)
        return bytes(body)

    def _accept(self, owner: str, body: bytes) -> str:
        wanted = parse_input(body)
        inline = inline_video(wanted.video_url, self._options.max_video_bytes)
        order = Order(
            request_id=self._new_id(),
            owner=owner,
            created_at=self._now(),
            prompt=wanted.prompt,
            video=wanted.video_url if inline is None else None,
            start_time=wanted.start_time,
            duration=wanted.duration,
            mode=wanted.retake_mode,
        )
        self._store.add(order, inline)
        return order.request_id

    def status(self, request: Request) -> Response:
        order = self._own_order(request)
        word = self._store.state(order.request_id).word
        base = _request_url(request, order.request_id)
        position = self._store.position(order.request_id) if word is ResultWord.IN_QUEUE else None
        return response_for(StatusAnswer(order.request_id, word.status, f"{base}/status", f"{base}/result", position))

    def result(self, request: Request) -> Response:
        order = self._own_order(request)
        state = self._store.state(order.request_id)
        answer = ResultAnswer(order.request_id, state.word, _iso(order.created_at), error=state.error)
        if state.finished_at is not None:
            answer.finished_at = _iso(state.finished_at)
        if state.word is ResultWord.SUCCEEDED:
            answer.output = {"video": f"{_origin(request)}/demo/outputs/{order.request_id}.mp4"}
        if request.query_params.get("include_cost", "").lower() in {"true", "1"}:
            answer.cost = state.cost
        return response_for(answer)

    def cancel(self, request: Request) -> Response:
        order = self._own_order(request)
        cancelled = self._store.cancel(order.request_id, self._now())
        word = StatusWord.CANCELLED if cancelled else self._store.state(order.request_id).word.status
        outcome = Outcome.CANCELLED if cancelled else Outcome.NOT_CANCELLABLE
        return response_for(CancelAnswer(order.request_id, word, outcome), 202)

    def model(self, request: Request) -> Response:
        account_of(request, self._options.token)
        if request.path_params["model_id"] != MODEL_ID:
            raise no_such_model(request.path_params["model_id"])
        return response_for(catalog.model())

    def models(self, request: Request) -> Response:
        account_of(request, self._options.token)
        query = request.query_params
        with_schema = query.get("include_schema", "").lower() in {"true", "1"}
        limit, offset = _count(request, "limit", 50), _count(request, "offset", 0)
        page = catalog.models(query.get("search", ""), query.get("category", ""), with_schema, limit, offset)
        return response_for(page)

    def categories(self, request: Request) -> Response:
        account_of(request, self._options.token)
        return response_for({"categories": list(catalog.CATEGORIES)})

    def _own_order(self, request: Request) -> Order:
        owner = account_of(request, self._options.token)
        request_id = request.path_params["request_id"]
        if not is_request_id(request_id):
            raise malformed_id()
        order = self._store.order(request_id)
        if order is None:
            raise not_found("The request")
        if order.owner != owner:
            raise not_yours()
        return order


def _origin(request: Request) -> str:
    """Scheme and host as the client addressed them; the application lets loopback hosts in only."""
    return f"{request.url.scheme}://{request.url.netloc}"


def _request_url(request: Request, request_id: str) -> str:
    return f"{_origin(request)}/v1/requests/{request_id}"


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _count(request: Request, name: str, default: int) -> int:
    text = request.query_params.get(name, str(default))
    if not text.isascii() or not text.isdigit() or len(text) > 6:
        raise invalid_input([{"loc": ["query", name], "msg": "Expected a whole number.", "type": "int_parsing"}])
    return int(text)
