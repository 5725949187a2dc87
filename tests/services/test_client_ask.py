"""The calls that cost nothing, against a service that misbehaves."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from email.utils import format_datetime
from typing import TypeVar

import httpx
import pytest

from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.price import Price
from retake_desktop.services.api import client as client_module
from retake_desktop.services.api.client import LARGEST_REPLY, ApiClient
from retake_desktop.services.api.wire import RemoteState, Status
from tests.fakes.byte_server import ByteServer, Script, Visit, answering, http_answer

TOKEN = "rc_token_0123456789abcdef"
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
Answer = TypeVar("Answer")


def ask(base: str, call: Callable[[ApiClient], Awaitable[Answer]]) -> Answer:
    async def once() -> Answer:
        async with ApiClient(base, TOKEN, clock=lambda: NOW) as client:
            return await call(client)

    return asyncio.run(once())


def ask_server(script: Script, call: Callable[[ApiClient], Awaitable[Answer]]) -> tuple[Answer, bytes]:
    """The answer, and what the server had received for it."""
    with ByteServer(script) as server:
        answer = ask(server.url, call)
        server.settle()
    [received] = server.received
    return answer, received


def error_of(script: Script, call: Callable[[ApiClient], Awaitable[object]] = lambda c: c.status("r")) -> RetakeError:
    with ByteServer(script) as server:
        with pytest.raises(RetakeError) as raised:
            ask(server.url, call)
        server.settle()
    assert len(server.visits) == 1
    return raised.value


def test_a_status_is_asked_for_by_id_with_the_token() -> None:
    script = answering(200, {"status": "in_queue", "queue_position": 3, "status_url": "https://evil.example"})
    status, received = ask_server(script, lambda client: client.status("req-1"))
    assert status == Status(RemoteState.QUEUED, 3)
    assert received.startswith(b"GET /v1/requests/req-1/status HTTP/1.1\r\n")
    assert b"authorization: bearer " + TOKEN.encode() in received.lower()


def test_a_result_is_asked_for_with_its_cost() -> None:
    script = answering(200, {"status": "succeeded", "output": {"video": "https://v"}, "cost": 0.7})
    result, received = ask_server(script, lambda client: client.result("req-1"))
    assert (result.state, result.videos, result.cost_usd) == (RemoteState.FINISHED, ("https://v",), Decimal("0.7"))
    assert received.startswith(b"GET /v1/requests/req-1/result?include_cost=true HTTP/1.1\r\n")


def test_a_cancellation_is_a_post_without_a_body() -> None:
    script = answering(202, {"status": "completed", "outcome": "cancelled"})
    accepted, received = ask_server(script, lambda client: client.cancel("req-1"))
    assert accepted is True
    assert received.startswith(b"POST /v1/requests/req-1/cancel HTTP/1.1\r\n")
    assert received.endswith(b"\r\n\r\n")


def test_a_job_that_is_too_far_to_cancel_goes_on() -> None:
    script = answering(202, {"status": "completed", "outcome": "not_cancellable"})
    assert ask_server(script, lambda client: client.cancel("req-1"))[0] is False


def test_a_models_price_is_read_live() -> None:
    script = answering(200, {"model_id": "a/b", "base_price_usd": 0.1, "price_unit": "second"})
    model, received = ask_server(script, lambda client: client.model("ltx/ltx-2/retake-video"))
    assert model.price == Price(Decimal("0.1"), "second")
    assert received.startswith(b"GET /v1/models/ltx/ltx-2/retake-video HTTP/1.1\r\n")


@pytest.mark.parametrize("script", [answering(404), answering(200, {"error_code": 400001})])
def test_a_model_that_is_not_offered_is_called_gone(script: Script) -> None:
    assert error_of(script, lambda client: client.model("a/b")).kind is ErrorKind.MODEL_GONE


def test_an_id_that_would_leave_the_path_asks_nothing() -> None:
    with ByteServer(answering(200, {})) as server:
        for call in (ApiClient.status, ApiClient.result, ApiClient.cancel):
            with pytest.raises(RetakeError) as refused:
                ask(server.url, lambda client, call=call: call(client, "../models"))  # type: ignore[misc]  # no inference through defaults
            assert refused.value.kind is ErrorKind.INVALID_REQUEST
    assert server.visits == []


def test_a_failed_job_with_an_error_code_is_a_result() -> None:
    body = {"status": "failed", "error_code": 422001, "error_message": "filtered"}
    result, _ = ask_server(answering(200, body), lambda client: client.result("r"))
    assert (result.state, result.error) == (RemoteState.FAILED, "filtered")


def test_a_finished_job_with_a_stray_error_code_keeps_its_paid_video() -> None:
    body = {"status": "succeeded", "output": {"video": "https://v"}, "error_code": 500001}
    result, _ = ask_server(answering(200, body), lambda client: client.result("r"))
    assert (result.state, result.videos) == (RemoteState.FINISHED, ("https://v",))


@pytest.mark.parametrize(
    ("script", "kind"),
    [
        (answering(200, {"error_code": 400004, "error_message": "expired"}), ErrorKind.BAD_TOKEN),
        (answering(200, {"status": 404, "error_code": 404001}), ErrorKind.EXPIRED),
        (answering(200, b"<html>Please log in</html>"), ErrorKind.SERVICE_TROUBLE),
        (answering(204), ErrorKind.SERVICE_TROUBLE),
        (answering(307, Location="/elsewhere"), ErrorKind.SERVICE_TROUBLE),
        (answering(307, Location="https://xn--.example/"), ErrorKind.OFFLINE),
        (answering(401), ErrorKind.BAD_TOKEN),
        (answering(403, {"error_code": 403001}), ErrorKind.OTHER_ACCOUNT),
        (answering(404), ErrorKind.EXPIRED),
        (answering(408), ErrorKind.SERVICE_TROUBLE),
        (answering(429), ErrorKind.RATE_LIMITED),
        (answering(500, b"<html>"), ErrorKind.SERVICE_TROUBLE),
        (answering(503), ErrorKind.SERVICE_TROUBLE),
        (Visit.close, ErrorKind.OFFLINE),
        (Visit.reset, ErrorKind.OFFLINE),
        (lambda visit: visit.send(b"SMTP ready\r\n"), ErrorKind.OFFLINE),
        (lambda visit: visit.send(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}"), ErrorKind.OFFLINE),
    ],
)
@pytest.mark.parametrize("call", [lambda client: client.status("r"), lambda client: client.result("r")])
def test_every_misbehaviour_is_named(
    script: Script, kind: ErrorKind, call: Callable[[ApiClient], Awaitable[object]]
) -> None:
    def reading_first(visit: Visit) -> None:
        visit.head()
        script(visit)

    assert error_of(reading_first, call).kind is kind


def test_a_refused_connection_is_offline() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        with pytest.raises(RetakeError) as raised:
            ask(f"http://127.0.0.1:{unused.getsockname()[1]}", lambda client: client.status("r"))
    assert (raised.value.kind, raised.value.detail) == (ErrorKind.OFFLINE, "no connection")


@pytest.mark.parametrize(("header", "pause"), [("9", 9), ("Sun, 22 Nov 2026 12:00:20 GMT", 20)])
def test_the_pause_that_a_service_asks_for_is_passed_on(header: str, pause: int) -> None:
    for status, body in ((429, {}), (503, {}), (200, {"error_code": 429001})):
        error = error_of(answering(status, body, Retry_After=header))
        assert error.retry_after == timedelta(seconds=pause)


def test_silence_ends_by_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "_TIMEOUT", httpx.Timeout(0.2))
    assert error_of(Visit.hold).detail == "no answer in time"


def test_dripping_ends_by_the_deadline_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "_GET_DEADLINE", 0.3)

    def drips(visit: Visit) -> None:
        visit.send(b"HTTP/1.1 200 OK\r\n\r\n{")
        while not visit.stop.wait(0.02):
            visit.send(b" ")

    assert error_of(drips).detail == "no answer in time"


@pytest.mark.parametrize("off", [timedelta(days=1), timedelta(days=-1)])
def test_a_date_to_ask_again_is_read_by_the_services_own_clock(off: timedelta) -> None:
    service_time = datetime(2026, 11, 22, 12, tzinfo=UTC)
    headers = {
        "Date": format_datetime(service_time, usegmt=True),
        "Retry_After": format_datetime(service_time + timedelta(seconds=40), usegmt=True),
    }

    async def asked(base: str) -> None:
        async with ApiClient(base, TOKEN, clock=lambda: service_time + off) as client:
            with pytest.raises(RetakeError) as told:
                await client.status("r")
        assert told.value.retry_after == timedelta(seconds=40)

    with ByteServer(answering(503, b"", **headers)) as server:
        asyncio.run(asked(server.url))


def test_an_endless_body_is_not_read_to_its_end() -> None:
    def endless(visit: Visit) -> None:
        visit.head()
        visit.send(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            visit.send(b" " * 65_536)

    assert LARGEST_REPLY < 10_000_000
    assert error_of(endless).kind is ErrorKind.SERVICE_TROUBLE


def test_the_token_follows_no_redirect() -> None:
    with ByteServer(answering(200, {"status": "completed"})) as thief:
        for status in (301, 302, 303, 307, 308):
            assert error_of(answering(status, Location=thief.url)).kind is ErrorKind.SERVICE_TROUBLE
    assert thief.visits == []


def test_an_echoed_token_is_taken_out_of_what_the_service_says() -> None:
    said = f"no account for Bearer {TOKEN}"
    assert error_of(answering(401, {"message": said})).detail == "no account for Bearer […]"
    assert error_of(answering(200, {"error_code": 400004, "message": said})).detail == "no account for Bearer […]"
    result, _ = ask_server(answering(200, {"status": "failed", "error": said}), lambda client: client.result("r"))
    assert result.error == "no account for Bearer […]"


def test_the_balance_is_asked_of_runcomfy_alone() -> None:
    with ByteServer(answering(200, {"balance_usd": 5})) as server:
        assert ask(server.url, ApiClient.balance) is None
    assert server.visits == []


def test_connections_are_reused_between_polls() -> None:
    def two_answers(visit: Visit) -> None:
        for _ in range(2):
            visit.head()
            visit.received = b""
            visit.send(http_answer(200, {"status": "in_progress"}, Connection="keep-alive"))

    async def twice(client: ApiClient) -> None:
        await client.status("r")
        await client.status("r")

    with ByteServer(two_answers) as server:
        ask(server.url, twice)
    assert len(server.visits) == 1
