"""The one call that costs money, against a service that misbehaves byte by byte."""

import asyncio
import socket
import ssl
import time
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from pathlib import Path

import httpx
import pytest
import trustme

from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.retake import MODEL_ID, Mode
from retake_desktop.services.api import client as client_module
from retake_desktop.services.api import early_answer
from retake_desktop.services.api.client import LARGEST_REPLY, ApiClient, Submitted
from retake_desktop.services.api.retry import Verdict
from retake_desktop.services.api.wire import Submission
from tests.fakes.byte_server import ByteServer, Script, Visit, answering, http_answer

TOKEN = "rc_token_0123456789abcdef"
PROMPT = "Change the coat to red, please"
LARGE = "data:video/mp4;base64," + "A" * 12_000_000
"""More than the buffers of both ends hold, so that a server that does not read stops the client."""


def a_submission(video_url: str = "https://films.example/coat.mp4") -> Submission:
    return Submission(MODEL_ID, PROMPT, video_url, Fraction(1), Fraction(5, 2), Mode.PICTURE_AND_SOUND)


class Sending:
    """An `on_sending` that counts, and notes what the server had seen by then."""

    def __init__(self, server: ByteServer | None = None, error: Exception | None = None) -> None:
        self.times = 0
        self.seen_before: list[bytes] = []
        self._server = server
        self._error = error

    async def __call__(self) -> None:
        self.times += 1
        if self._server is not None:
            # Time enough for anything already under way to arrive.
            await asyncio.sleep(0.05)
            self.seen_before = self._server.received
        if self._error is not None:
            raise self._error


def submit(base: str, sending: Sending, submission: Submission | None = None) -> Submitted:
    async def once() -> Submitted:
        async with ApiClient(base, TOKEN) as client:
            return await client.submit(submission or a_submission(), sending)

    return asyncio.run(once())


def submit_to(script: Script, video_url: str = "https://films.example/coat.mp4") -> tuple[Submitted, Sending]:
    """What became of a submission to a server that follows `script`; one connection and one POST in any case."""
    sending = Sending()
    with ByteServer(script) as server:
        submitted = submit(server.url, sending, a_submission(video_url))
        server.settle()
    assert len(server.visits) == 1
    assert server.received[0].count(b"POST /v1/models/") <= 1
    assert (submitted.request_id is not None) == (submitted.verdict is Verdict.ACCEPTED)
    assert (submitted.error is None) == (submitted.verdict is Verdict.ACCEPTED)
    return submitted, sending


def test_an_accepted_submission_names_its_request_id() -> None:
    submitted, sending = submit_to(answering(200, {"request_id": "req_1-A", "status_url": "https://evil.example"}))
    assert (submitted.verdict, submitted.request_id) == (Verdict.ACCEPTED, "req_1-A")
    assert sending.times == 1


def test_a_submission_is_one_post_to_the_models_path_with_the_token_and_the_exact_body() -> None:
    with ByteServer(answering(200, {"request_id": "r"})) as server:
        submit(server.url, Sending())
        server.settle()
    [request] = server.received
    head, _, body = request.partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    assert lines[0] == b"POST /v1/models/ltx/ltx-2/retake-video HTTP/1.1"
    assert f"authorization: bearer {TOKEN}".encode() in [line.lower() for line in lines]
    assert b"content-type: application/json" in [line.lower() for line in lines]
    assert body == (
        b'{"prompt":"Change the coat to red, please","video_url":"https://films.example/coat.mp4",'
        b'"start_time":1.0,"duration":2.5,"retake_mode":"replace_audio_and_video"}'
    )


def test_it_is_told_before_the_first_byte_leaves() -> None:
    with ByteServer(answering(200, {"request_id": "r"})) as server:
        sending = Sending(server)
        submit(server.url, sending)
    assert sending.seen_before == [b""]


def test_a_refused_connection_is_sent_again_and_was_never_sending() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        sending = Sending()
        submitted = submit(f"http://127.0.0.1:{port}", sending)
    assert submitted.verdict is Verdict.SEND_AGAIN
    assert submitted.error is not None
    assert submitted.error.kind is ErrorKind.OFFLINE
    assert sending.times == 0


def test_a_host_that_does_not_exist_is_sent_again_and_was_never_sending() -> None:
    sending = Sending()
    submitted = submit("https://no-such-host.invalid", sending)
    assert submitted.verdict is Verdict.SEND_AGAIN
    assert sending.times == 0


@pytest.mark.parametrize("error", [RetakeError(ErrorKind.HISTORY_TROUBLE, "disk full"), RuntimeError("a bug")])
def test_nothing_is_sent_when_the_step_could_not_be_recorded(error: Exception) -> None:
    with ByteServer(lambda visit: visit.hold()) as server:
        sending = Sending(error=error)
        with pytest.raises(type(error)) as raised:
            submit(server.url, sending)
    assert raised.value is error
    assert b"".join(server.received) == b""
    assert sending.times == 1


def _stops_reading(visit: Visit) -> None:
    visit.head()
    visit.reset()


@pytest.mark.parametrize("_race", range(8))
def test_a_connection_that_breaks_before_the_whole_body_was_sent_is_sent_again(_race: int) -> None:
    """Several times, because it breaks before, between or in the writes."""
    submitted, sending = submit_to(_stops_reading, LARGE)
    assert submitted.verdict is Verdict.SEND_AGAIN
    assert sending.times == 1


def test_a_slow_uplink_is_not_a_broken_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "_SUBMISSION_TIMEOUT", httpx.Timeout(5, write=1.0))

    def script(visit: Visit) -> None:
        visit.head()
        while len(visit.received) < len(LARGE):
            visit.stop.wait(0.2)
            goal = min(len(visit.received) + 2_000_000, len(LARGE))
            while len(visit.received) < goal:
                visit._more()
        visit.body()
        visit.send(http_answer(200, {"request_id": "slow"}))

    assert submit_to(script, LARGE)[0].request_id == "slow"


def test_a_connection_closed_in_the_middle_of_the_body_is_sent_again() -> None:
    def script(visit: Visit) -> None:
        visit.head()
        while len(visit.received) < 1_000_000:
            visit._more()

    assert submit_to(script, LARGE)[0].verdict is Verdict.SEND_AGAIN


def test_a_service_that_takes_no_more_bytes_is_sent_to_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "_SUBMISSION_TIMEOUT", httpx.Timeout(5, write=0.3))
    submitted, _ = submit_to(lambda visit: visit.hold(), LARGE)
    assert submitted.verdict is Verdict.SEND_AGAIN


def test_silence_after_the_whole_request_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "_SUBMISSION_TIMEOUT", httpx.Timeout(0.3))

    def script(visit: Visit) -> None:
        visit.body()
        visit.hold()

    submitted, _ = submit_to(script)
    assert submitted.verdict is Verdict.UNKNOWN
    assert submitted.error is not None
    assert submitted.error.detail == "no answer in time"


def test_an_answer_that_drips_for_ever_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "_POST_DEADLINE", 0.5)

    def script(visit: Visit) -> None:
        visit.body()
        visit.send(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        while not visit.stop.wait(0.05):
            visit.send(b" ")

    assert submit_to(script)[0].verdict is Verdict.UNKNOWN


def _ends(how: Callable[[Visit], None]) -> Script:
    def script(visit: Visit) -> None:
        visit.body()
        how(visit)

    return script


@pytest.mark.parametrize(
    "how",
    [
        Visit.close,
        Visit.reset,
        lambda visit: visit.send(b"HTTP/1.1 2"),
        lambda visit: visit.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n" + b'{"request_id": "r'),
        lambda visit: visit.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"),
        lambda visit: visit.send(b"SSH-2.0-OpenSSH_9.2\r\n"),
        lambda visit: visit.send(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc"),
        lambda visit: visit.send(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}"),
    ],
    ids=["closed", "reset", "half a status line", "half a body", "half a chunk", "not HTTP", "not gzip", "two lengths"],
)
def test_a_connection_that_breaks_after_the_whole_request_is_unknown(how: Callable[[Visit], None]) -> None:
    submitted, sending = submit_to(_ends(how))
    assert submitted.verdict is Verdict.UNKNOWN
    assert sending.times == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308, 408, 409, 425, 500, 501, 502, 503, 504, 520, 529])
@pytest.mark.parametrize("body", [b"", b"<html>Bad gateway</html>", b'{"error_message": "try again"}'])
def test_codes_that_a_proxy_may_send_leave_it_unknown(status: int, body: bytes) -> None:
    assert submit_to(answering(status, body))[0].verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>Welcome to the hotel's network</html>",
        b"[]",
        b"null",
        b'"r"',
        b"{}",
        b'{"request_id": "r"',
        b'{"request_id": null}',
        b'{"request_id": 5}',
        b'{"request_id": ""}',
        b'{"request_id": "../../v1/models"}',
        b'{"request_id": "' + b"a" * 129 + b'"}',
        b'{"request_id": "\xff"}',
        b'{"error_code": 500001, "error_message": "internal"}',
        b'{"error_code": 409001, "error_message": "in conflict with another request"}',
        b'{"error_code": 999, "error_message": "nobody knows"}',
        b"[" * 100_000,
    ],
)
def test_a_200_without_a_usable_request_id_is_unknown(body: bytes) -> None:
    assert submit_to(answering(200, body))[0].verdict is Verdict.UNKNOWN


def test_an_answer_of_many_megabytes_is_unknown() -> None:
    def script(visit: Visit) -> None:
        visit.body()
        visit.send(b"HTTP/1.1 200 OK\r\n\r\n", b" " * (LARGEST_REPLY + 100_000))

    submitted, _ = submit_to(script)
    assert submitted.verdict is Verdict.UNKNOWN
    assert submitted.error is not None
    assert submitted.error.kind is ErrorKind.SERVICE_TROUBLE


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, ErrorKind.REFUSED),
        (401, ErrorKind.BAD_TOKEN),
        (402, ErrorKind.NO_BALANCE),
        (403, ErrorKind.BAD_TOKEN),
        (404, ErrorKind.MODEL_GONE),
        (410, ErrorKind.MODEL_GONE),
        (413, ErrorKind.REFUSED),
        (415, ErrorKind.REFUSED),
        (422, ErrorKind.REFUSED),
    ],
)
@pytest.mark.parametrize("body", [b"", b"<html>no</html>", b'{"error_message": "no"}'])
def test_a_plain_no_is_a_refusal(status: int, kind: ErrorKind, body: bytes) -> None:
    submitted, sending = submit_to(answering(status, body))
    assert submitted.verdict is Verdict.REFUSED
    assert submitted.error is not None
    assert submitted.error.kind is kind
    assert sending.times == 1


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (400001, ErrorKind.MODEL_GONE),
        (400002, ErrorKind.NO_BALANCE),
        (10001, ErrorKind.NO_BALANCE),
        (400004, ErrorKind.BAD_TOKEN),
        (401001, ErrorKind.BAD_TOKEN),
        (404001, ErrorKind.MODEL_GONE),
        (422001, ErrorKind.REFUSED),
    ],
)
@pytest.mark.parametrize("status", [200, 400])
def test_the_services_own_codes_refuse_also_inside_a_200(status: int, code: int, kind: ErrorKind) -> None:
    submitted, _ = submit_to(answering(status, {"error_code": code, "error_message": "no"}))
    assert submitted.verdict is Verdict.REFUSED
    assert submitted.error is not None
    assert submitted.error.kind is kind


def test_a_request_id_wins_over_an_error_beside_it() -> None:
    submitted, _ = submit_to(answering(200, {"request_id": "r", "error_code": 400002, "error_message": "low"}))
    assert (submitted.verdict, submitted.request_id) == (Verdict.ACCEPTED, "r")


@pytest.mark.parametrize("header", ["never", "-1", "Mon, 01 Jan 99999999999 00:00:00 GMT", "9" * 400])
def test_an_odd_retry_after_loses_no_request_id(header: str) -> None:
    submitted, _ = submit_to(answering(200, {"request_id": "r"}, Retry_After=header))
    assert submitted.request_id == "r"


def test_a_429_is_sent_again_after_the_pause_that_it_asks_for() -> None:
    submitted, _ = submit_to(answering(429, {"error_message": "slow down"}, Retry_After="7"))
    assert submitted.verdict is Verdict.SEND_AGAIN
    assert submitted.error is not None
    assert submitted.error.kind is ErrorKind.RATE_LIMITED
    assert submitted.error.retry_after is not None
    assert submitted.error.retry_after.total_seconds() == 7


@pytest.mark.parametrize("then", [Visit.hold, Visit.close, Visit.reset], ids=["holds", "closes", "resets"])
@pytest.mark.parametrize(
    ("status", "verdict"), [(413, Verdict.REFUSED), (401, Verdict.REFUSED), (429, Verdict.SEND_AGAIN),
                            (503, Verdict.SEND_AGAIN), (408, Verdict.SEND_AGAIN), (302, Verdict.UNKNOWN)]
)  # fmt: skip
def test_an_early_answer_to_a_body_that_nobody_reads_is_heard_at_once(
    status: int, verdict: Verdict, then: Callable[[Visit], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(early_answer, "_GRACE", 0.2)

    def script(visit: Visit) -> None:
        visit.head()
        visit.send(http_answer(status, {"error_message": "too much"}))
        time.sleep(0.1)
        then(visit)

    began = time.monotonic()
    submitted, _ = submit_to(script, LARGE)
    assert submitted.verdict is verdict
    assert submitted.error is not None
    assert submitted.error.detail == "too much"
    assert time.monotonic() - began < 5


def test_an_early_413_is_heard_through_tls_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "root.pem")
    monkeypatch.setattr(early_answer, "_GRACE", 0.2)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "root.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)

    def script(visit: Visit, status: int) -> None:
        visit._connection = context.wrap_socket(visit._connection, server_side=True)
        visit.head()
        if status == 200:
            visit.body()
        visit.send(http_answer(status, {"request_id": "r"} if status == 200 else {"error_message": "too large"}))
        visit.hold()

    for status, verdict in [(413, Verdict.REFUSED), (200, Verdict.ACCEPTED)]:
        with ByteServer(partial(script, status=status)) as server:
            submitted = submit(f"https://localhost:{server.port}", Sending(), a_submission(LARGE))
        assert submitted.verdict is verdict


def test_a_last_byte_that_may_have_left_is_never_called_unsent(monkeypatch: pytest.MonkeyPatch) -> None:
    """The buffers are full up to the last byte, which waits in vain; it may leave in the very moment of giving up."""
    monkeypatch.setattr(client_module, "_SUBMISSION_TIMEOUT", httpx.Timeout(5, write=0.3))
    sending = client_module._Sending(Sending())
    assert sending.may_be_whole(httpx.WriteTimeout("")) is False

    async def all_given() -> None:
        assert [piece async for piece in sending.pieces(b"xyz")] == [b"xy", b"z"]

    asyncio.run(all_given())
    assert sending.may_be_whole(httpx.WriteTimeout("")) is True
    assert sending.may_be_whole(httpx.WriteError("")) is False


def test_an_early_answer_with_a_request_id_is_believed() -> None:
    def script(visit: Visit) -> None:
        visit.head()
        visit.send(http_answer(200, {"request_id": "early"}))
        visit.body()

    assert submit_to(script, LARGE)[0].request_id == "early"


def test_the_token_follows_no_redirect() -> None:
    with ByteServer(answering(200, {"request_id": "stolen"})) as thief:
        for status in (301, 302, 303, 307, 308):
            submitted, _ = submit_to(answering(status, b"", Location=f"{thief.url}/v1/models/ltx/ltx-2/retake-video"))
            assert submitted.verdict is Verdict.UNKNOWN
    assert thief.visits == []


@pytest.mark.parametrize("location", ["https://xn--.example/", "https://[bad", "http://a b/", "\x7f", "https://a:b/"])
def test_an_odd_redirect_leaves_it_unknown(location: str) -> None:
    assert submit_to(answering(307, b"", Location=location))[0].verdict is Verdict.UNKNOWN


def test_every_submission_has_a_connection_of_its_own() -> None:
    def keeps_open(visit: Visit) -> None:
        visit.body()
        visit.send(http_answer(200, {"request_id": "r"}, Connection="keep-alive"))
        visit.hold()

    async def three(base: str) -> None:
        async with ApiClient(base, TOKEN) as client:
            for _ in range(3):
                assert (await client.submit(a_submission(), Sending())).request_id == "r"

    with ByteServer(keeps_open) as server:
        asyncio.run(three(server.url))
    assert [received.count(b"POST ") for received in server.received] == [1, 1, 1]


def test_nothing_that_the_service_echoes_gives_token_prompt_or_clip_away() -> None:
    clip = "data:video/mp4;base64," + "QUJD" * 1000
    echo = {"error_message": f"bad header 'Bearer {TOKEN}' for {PROMPT}", "input": clip}
    submitted, _ = submit_to(answering(422, echo), clip)
    assert submitted.error is not None
    assert "bad header" in submitted.error.detail
    assert TOKEN not in submitted.error.detail
    assert PROMPT not in submitted.error.detail

    submitted, _ = submit_to(answering(422, {"message": f"{clip} is no video"}), clip)
    assert submitted.error is not None
    assert "is no video" in submitted.error.detail
    assert "QUJD" not in submitted.error.detail


def test_a_cancelled_submission_is_not_called_anything() -> None:
    """Closing the app leaves the attempt on record as *sending*: nobody guesses."""

    async def given_up(base: str) -> None:
        async with ApiClient(base, TOKEN) as client:
            task = asyncio.create_task(client.submit(a_submission(), Sending()))
            await asyncio.sleep(0.2)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    with ByteServer(_ends(Visit.hold)) as server:
        asyncio.run(given_up(server.url))


def _tunnel_that_breaks(visit: Visit) -> None:
    assert visit.head().startswith(b"CONNECT ")
    visit.send(b"HTTP/1.1 200 Connection established\r\n\r\n")


@pytest.mark.parametrize("script", [answering(502), _tunnel_that_breaks], ids=["refuses", "breaks before TLS"])
def test_a_proxy_that_fails_before_the_submission_left_means_not_sent(
    script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ByteServer(script) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        monkeypatch.delenv("NO_PROXY", raising=False)
        sending = Sending()
        submitted = submit("https://api.example", sending)
        proxy.settle()
    assert submitted.verdict is Verdict.SEND_AGAIN
    assert sending.times == 0
    assert TOKEN.encode() not in proxy.received[0]


def test_a_service_on_this_machine_is_never_reached_through_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    with ByteServer(answering(502)) as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        assert submit_to(answering(200, {"request_id": "r"}))[0].request_id == "r"
    assert proxy.visits == []


def test_a_service_on_the_ipv6_loopback_is_reached(tmp_path: Path) -> None:
    with ByteServer(answering(200, {"request_id": "six"}), host="::1") as server:
        assert submit(server.url, Sending()).request_id == "six"
