"""A thin asynchronous client of the Model API: one call, one request; no redirects, the token to the API host only."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx

from retake_desktop.domain.errors import Doubt, ErrorKind, RetakeError
from retake_desktop.domain.job import Progress
from retake_desktop.services.api import wire
from retake_desktop.services.api.deadline import awake_timeout
from retake_desktop.services.api.early_answer import hear_early_answers
from retake_desktop.services.api.retry import (
    Verdict,
    read_date,
    read_retry_after,
    verdict_on_answer,
    verdict_on_broken_connection,
)
from retake_desktop.services.api.trouble import error_from
from retake_desktop.services.transfer import new_http

LARGEST_REPLY = 4_000_000
"""Bytes. A longer body is no answer of this service."""
_GET_DEADLINE = 40.0
_POST_DEADLINE = 600.0
_PIECE = 128 * 1024
_TIMEOUT = httpx.Timeout(20, connect=10)
_SUBMISSION_TIMEOUT = httpx.Timeout(90, connect=15)
_BALANCE_URL = "https://api.runcomfy.net/prod/v2/balance"
_SHORTEST_SECRET = 8
"""Letters. Taking out anything shorter would garble the service's words and hide nothing."""
_BROKEN = (httpx.HTTPError, TimeoutError, UnicodeError)
"""What a connection raises. UnicodeError: httpx looks at a redirect's host, which need not be a name."""
_Read = TypeVar("_Read")


class ApiClient:
    """The service at `base` for one account. `clock` reads the wall clock (for Retry-After dates)."""

    def __init__(self, base: str, token: str, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.base = base
        self._token = token
        self._headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
        self._clock = clock
        self._http = new_http(base, _TIMEOUT)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        await self._http.aclose()

    async def status(self, request_id: str) -> wire.Status:
        """Raises RetakeError, as do all calls below: OFFLINE, SERVICE_TROUBLE, BAD_TOKEN, EXPIRED, ..."""
        return await self._ask("GET", wire.request_path(request_id, "status"), wire.read_status)

    async def result(self, request_id: str) -> wire.Result:
        path = wire.request_path(request_id, "result") + "?include_cost=true"
        result = await self._ask("GET", path, wire.read_result)
        return replace(result, error=_without(result.error, self._token))

    async def cancel(self, request_id: str) -> bool:
        """Whether the service accepted the cancellation; False means that it goes on and is billed."""
        return await self._ask("POST", wire.request_path(request_id, "cancel"), wire.read_cancel)

    async def model(self, model_id: str) -> wire.Model:
        """The model's description. Raises RetakeError(MODEL_GONE) when the service does not offer it.

        A page that says 404 is some proxy's, and says nothing about the model: SERVICE_TROUBLE.
        """
        try:
            return await self._ask("GET", wire.model_path(model_id), lambda body: wire.read_model(model_id, body))
        except RetakeError as error:
            if error.kind is ErrorKind.EXPIRED:
                gone = error.doubt is not Doubt.NO_ANSWER
                kind, detail = (ErrorKind.MODEL_GONE, model_id) if gone else (ErrorKind.SERVICE_TROUBLE, error.detail)
                raise RetakeError(kind, detail) from error
            raise

    async def balance(self) -> Decimal | None:
        """US dollars; None where the balance is not known, which includes every API base but the default one."""
        if self.base != wire.DEFAULT_BASE:
            return None
        return await self._ask("GET", _BALANCE_URL, wire.read_balance)

    async def _ask(self, method: str, path: str, read: Callable[[bytes], _Read]) -> _Read:
        url = path if path.startswith("https://") else self.base + path
        try:
            async with (
                asyncio.timeout(_GET_DEADLINE),
                self._http.stream(method, url, headers=self._headers) as answer,
            ):
                body = await _read(answer)
        except _BROKEN as error:
            raise RetakeError(ErrorKind.OFFLINE, _network_reason(error)) from error
        try:
            found = None if answer.is_success else error_from(answer.status_code, body)
            if found is not None:
                raise found
            return read(body)
        except RetakeError as error:
            detail = _without(error.detail, self._token)
            raise RetakeError(error.kind, detail, retry_after=self._pause_in(answer), doubt=error.doubt) from None

    def _pause_in(self, answer: httpx.Response) -> timedelta | None:
        # A date is meant by the service's clock: this machine's may be a day off.
        now = read_date(answer.headers.get("Date")) or self._clock()
        return read_retry_after(answer.headers.get("Retry-After"), now)

    async def submit(
        self,
        submission: wire.Submission,
        on_sending: Callable[[], Awaitable[None]],
        on_progress: Callable[[Progress], None] = lambda _progress: None,
    ) -> "Submitted":
        """Sends one submission over a fresh connection, once, and says what became of it; does not raise for that.

        A RetakeError that `on_sending` raises is passed on, and nothing has been sent.

        `on_sending` is awaited when a connection stands and the first byte is about to leave: what it records
        separates *not sent* from *sending*. It is not called when no connection came about. `on_progress` is told the
        bytes of the request that have left: with an inline clip they are many.
        """
        ended = await self._sent(submission, _Sending(on_sending, on_progress))
        if ended.error is not None:
            detail = _without(ended.error.detail, self._token, submission.prompt)
            ended.error = RetakeError(ended.error.kind, detail, retry_after=ended.error.retry_after)
        return ended

    async def _sent(self, submission: wire.Submission, progress: "_Sending") -> "Submitted":
        body = wire.submission_body(submission)
        path = self.base + wire.model_path(submission.model_id)
        headers = self._headers | {"Content-Type": "application/json", "Content-Length": str(len(body))}
        answer: httpx.Response | None = None
        try:
            async with (
                awake_timeout(_POST_DEADLINE),
                hear_early_answers(new_http(self.base, _SUBMISSION_TIMEOUT)) as http,
                http.stream(
                    "POST", path, headers=headers, content=progress.pieces(body), extensions={"trace": progress.trace}
                ) as answer,
            ):
                reply = await _read(answer)
        except _BROKEN as error:
            verdict = verdict_on_broken_connection(whole_request_sent=progress.may_be_whole(error))
            return Submitted(verdict, error=RetakeError(ErrorKind.OFFLINE, _network_reason(error)))
        except RetakeError as error:
            if answer is None:
                raise  # `on_sending` could not record the step: nothing has left
            verdict = verdict_on_answer(
                answer.status_code,
                has_request_id=False,
                error_status=None,
                whole_request_sent=progress.whole_request_sent,
            )
            return Submitted(verdict, error=error)
        return self._submitted(answer, reply, progress)

    def _submitted(self, answer: httpx.Response, reply: bytes, progress: "_Sending") -> "Submitted":
        request_id = wire.read_submission(reply)
        error = error_from(answer.status_code, reply, self._pause_in(answer))
        verdict = verdict_on_answer(
            answer.status_code,
            has_request_id=request_id is not None,
            error_status=_STATUS_OF_KIND.get(error.kind) if error else None,
            whole_request_sent=progress.whole_request_sent,
        )
        if verdict is Verdict.ACCEPTED:
            return Submitted(verdict, request_id=request_id)
        if error is not None and error.kind is ErrorKind.EXPIRED:
            error = RetakeError(ErrorKind.MODEL_GONE, error.detail)
        return Submitted(verdict, error=error or RetakeError(ErrorKind.SERVICE_TROUBLE, "it named no request id"))


_STATUS_OF_KIND = {
    ErrorKind.MODEL_GONE: 400,
    ErrorKind.NO_BALANCE: 400,
    ErrorKind.BAD_TOKEN: 401,
    ErrorKind.OTHER_ACCOUNT: 403,
    ErrorKind.EXPIRED: 404,
    ErrorKind.REFUSED: 422,
    ErrorKind.RATE_LIMITED: 429,
}


class Submitted:
    """How a submission ended. `request_id` is there exactly when it was accepted; otherwise `error` says why not."""

    def __init__(self, verdict: Verdict, request_id: str | None = None, error: RetakeError | None = None) -> None:
        self.verdict = verdict
        self.request_id = request_id
        self.error = error


class _Sending:
    """Follows one request through httpcore's trace events."""

    def __init__(
        self,
        on_sending: Callable[[], Awaitable[None]],
        on_progress: Callable[[Progress], None] = lambda _progress: None,
    ) -> None:
        self._on_sending = on_sending
        self._on_progress = on_progress
        self._is_submission = False
        self.whole_request_sent = False
        self._gave_last_byte = False

    def may_be_whole(self, error: Exception) -> bool:
        """Whether the service may have the whole request, after the connection ended in `error`."""
        timed_out = isinstance(error, TimeoutError | httpx.WriteTimeout)
        return self.whole_request_sent or (timed_out and self._gave_last_byte)

    async def trace(self, event: str, info: dict[str, Any]) -> None:
        if event.endswith("send_request_headers.started"):
            # The CONNECT to a proxy comes by here first.
            self._is_submission = info["request"].method == b"POST"
            if self._is_submission:
                await self._on_sending()
        elif event.endswith("send_request_body.complete"):
            self.whole_request_sent = self._is_submission

    async def pieces(self, body: bytes) -> AsyncIterator[bytes]:
        """The body in pieces, each with the write timeout to itself: a slow uplink is not a broken one.

        The last byte comes alone. A connection found broken by one write reports it at the next, and so before
        the request counts as wholly sent.
        """
        last = len(body) - 1
        for start in range(0, last, _PIECE):
            self._on_progress(Progress(start, len(body)))
            yield body[start : min(start + _PIECE, last)]
        self._gave_last_byte = True
        yield body[last:]


async def _read(answer: httpx.Response) -> bytes:
    body = bytearray()
    async for chunk in answer.aiter_bytes():
        body += chunk
        if len(body) > LARGEST_REPLY:
            raise RetakeError(ErrorKind.SERVICE_TROUBLE, "its answer is far too long")
    return bytes(body)


def _without(text: str, *secrets: str) -> str:
    """`text` without what the service may have echoed of what only it should know."""
    for secret in secrets:
        if len(secret) >= _SHORTEST_SECRET:
            text = text.replace(secret, "[…]")
    return text


def _network_reason(error: Exception) -> str:
    match error:
        case TimeoutError() | httpx.TimeoutException():
            return "no answer in time"
        case httpx.ConnectError():
            return "no connection"
        case _:
            return "the connection broke"
