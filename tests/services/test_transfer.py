"""Bringing paid results home: whole, unmixed, and from nowhere else."""

import asyncio
import contextlib
import resource
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.job import Progress
from retake_desktop.services import transfer
from retake_desktop.services.transfer import HostRule, download, upload
from tests.fakes.byte_server import ByteServer, Script, Visit, answering, http_answer

VIDEO = bytes(range(256)) * 4000
HERE = HostRule(loopback=True)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "take 1.mp4"


def part_of(target: Path) -> Path:
    return target.with_name(target.name + ".part")


def fetch(url: str, target: Path, rule: HostRule = HERE) -> list[Progress]:
    seen: list[Progress] = []
    asyncio.run(download(url, target, rule, seen.append))
    return seen


def error_of(url: str, target: Path, rule: HostRule = HERE) -> RetakeError:
    with pytest.raises(RetakeError) as raised:
        fetch(url, target, rule)
    assert not target.exists()
    return raised.value


def error_at(script: Script, target: Path) -> RetakeError:
    with ByteServer(script) as server:
        return error_of(f"{server.url}/o.mp4", target)


def headers_of(received: bytes) -> dict[str, str]:
    lines = received.partition(b"\r\n\r\n")[0].decode().split("\r\n")[1:]
    return {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}


def cut_after(count: int, etag: str = '"v1"', video: bytes = VIDEO) -> Script:
    def script(visit: Visit) -> None:
        visit.head()
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(video)}\r\nETag: {etag}\r\n\r\n"
        visit.send(head.encode(), video[:count])

    return script


def resuming(
    etag: str = '"v1"', video: bytes = VIDEO, shift: int = 0, end: int | None = None, total: int | None = None
) -> Script:
    """Serves the range asked for when If-Range fits, else everything; `shift`, `end`, `total` make it lie."""

    def script(visit: Visit) -> None:
        asked = headers_of(visit.head())
        if asked.get("if-range") != etag and not shift:
            visit.send(http_answer(200, video, ETag=etag))
            return
        start = int(asked["range"].removeprefix("bytes=").removesuffix("-")) + shift
        last = (end or len(video)) - 1
        told = f"bytes {start}-{last}/{total or len(video)}"
        visit.send(http_answer(206, video[start : last + 1], Content_Range=told, ETag=etag))

    return script


def test_a_file_comes_whole_and_leaves_nothing_beside_it(target: Path) -> None:
    with ByteServer(answering(200, VIDEO, ETag='"v1"')) as server:
        seen = fetch(f"{server.url}/o.mp4", target)
    assert target.read_bytes() == VIDEO
    assert list(target.parent.glob("take*")) == [target]
    assert seen[-1] == Progress(len(VIDEO), len(VIDEO))
    assert [step.done for step in seen] == sorted({step.done for step in seen})


def test_no_token_and_no_compression_are_ever_sent(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    netrc = target.parent / "netrc"
    netrc.write_text("default login me password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    with ByteServer(cut_after(1000), resuming()) as server:
        with pytest.raises(RetakeError):
            fetch(f"{server.url}/o.mp4", target)
        fetch(f"{server.url}/o.mp4", target)
    assert len(server.received) == 2
    for received in server.received:
        headers = headers_of(received)
        assert "authorization" not in headers
        assert "cookie" not in headers
        assert headers["accept-encoding"] == "identity"


@pytest.mark.parametrize("cut", [1, 1000, len(VIDEO) - 1])
def test_a_cut_download_goes_on_where_it_was_cut(target: Path, cut: int) -> None:
    with ByteServer(cut_after(cut), resuming()) as server:
        url = f"{server.url}/o.mp4"
        assert error_of(url, target).kind is ErrorKind.DOWNLOAD_FAILED
        assert part_of(target).read_bytes() == VIDEO[:cut]
        seen = fetch(url, target)
    asked = headers_of(server.received[1])
    assert (asked["range"], asked["if-range"]) == (f"bytes={cut}-", '"v1"')
    assert target.read_bytes() == VIDEO
    assert seen[-1] == Progress(len(VIDEO), len(VIDEO))
    assert seen[0].done > cut


def test_a_file_that_changed_meanwhile_starts_over(target: Path) -> None:
    newer = VIDEO[::-1]
    with ByteServer(cut_after(1000), resuming('"v2"', newer)) as server:
        error_of(f"{server.url}/o.mp4", target)
        fetch(f"{server.url}/o.mp4", target)
    assert target.read_bytes() == newer


@pytest.mark.parametrize("etag", ['W/"v1"', "v1", ""])
def test_without_a_strong_tag_nothing_is_stitched_together(target: Path, etag: str) -> None:
    with ByteServer(cut_after(1000, etag), answering(200, VIDEO)) as server:
        error_of(f"{server.url}/o.mp4", target)
        fetch(f"{server.url}/o.mp4", target)
    assert "range" not in headers_of(server.received[1])
    assert target.read_bytes() == VIDEO


@pytest.mark.parametrize("shift", [-1, 1, 500])
def test_another_range_than_asked_for_is_refused_and_the_next_try_starts_over(target: Path, shift: int) -> None:
    with ByteServer(cut_after(1000), resuming(shift=shift), answering(200, VIDEO)) as server:
        url = f"{server.url}/o.mp4"
        error_of(url, target)
        assert error_of(url, target).kind is ErrorKind.DOWNLOAD_FAILED
        fetch(url, target)
    assert target.read_bytes() == VIDEO


def test_a_range_of_a_newer_version_is_not_glued_to_the_older_one(target: Path) -> None:
    def ignores_if_range(visit: Visit) -> None:
        visit.head()
        told = f"bytes 1000-{len(VIDEO) - 1}/{len(VIDEO)}"
        visit.send(http_answer(206, VIDEO[::-1][1000:], Content_Range=told, ETag='"v2"'))

    with ByteServer(cut_after(1000), ignores_if_range, answering(200, VIDEO[::-1])) as server:
        url = f"{server.url}/o.mp4"
        error_of(url, target)
        assert error_of(url, target).kind is ErrorKind.DOWNLOAD_FAILED
        fetch(url, target)
    assert target.read_bytes() == VIDEO[::-1]


def test_a_range_that_ends_early_is_not_taken_for_the_whole(target: Path) -> None:
    with ByteServer(cut_after(1000), resuming(end=2000), resuming()) as server:
        url = f"{server.url}/o.mp4"
        error_of(url, target)
        assert error_of(url, target).detail == f"2000 of {len(VIDEO)} bytes came"
        fetch(url, target)
    assert target.read_bytes() == VIDEO


@pytest.mark.parametrize("told", ["", "bytes */5", "bytes", "nonsense", "bytes 1000-"])
def test_a_partial_answer_that_does_not_say_which_part_is_refused(target: Path, told: str) -> None:
    def script(visit: Visit) -> None:
        visit.head()
        visit.send(http_answer(206, VIDEO[1000:], Content_Range=told))

    with ByteServer(cut_after(1000), script) as server:
        error_of(f"{server.url}/o.mp4", target)
        if told != "bytes 1000-":
            assert error_of(f"{server.url}/o.mp4", target).kind is ErrorKind.DOWNLOAD_FAILED


def test_a_range_past_the_end_starts_over(target: Path) -> None:
    with ByteServer(cut_after(1000), answering(416), answering(200, VIDEO)) as server:
        url = f"{server.url}/o.mp4"
        error_of(url, target)
        assert error_of(url, target).kind is ErrorKind.DOWNLOAD_FAILED
        fetch(url, target)
    assert "range" not in headers_of(server.received[2])
    assert target.read_bytes() == VIDEO


@pytest.mark.parametrize("status", [403, 404, 410])
def test_an_address_that_has_expired_is_told_apart(target: Path, status: int) -> None:
    error = error_at(answering(status, b"<Error>Request has expired</Error>"), target)
    assert error.kind is ErrorKind.EXPIRED
    assert not part_of(target).exists()


@pytest.mark.parametrize("status", [201, 204, 304, 400, 401, 429, 500, 502, 503])
def test_any_other_answer_is_worth_another_try(target: Path, status: int) -> None:
    assert error_at(answering(status, b""), target).kind is ErrorKind.DOWNLOAD_FAILED


@pytest.mark.parametrize(
    "script",
    [
        Visit.close,
        Visit.reset,
        lambda visit: visit.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc"),
        lambda visit: visit.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"),
        lambda visit: visit.send(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
        lambda visit: visit.send(b"not HTTP at all\r\n\r\n"),
    ],
)
def test_every_broken_answer_is_worth_another_try(target: Path, script: Script) -> None:
    def reading_first(visit: Visit) -> None:
        visit.head()
        script(visit)

    assert error_at(reading_first, target).kind is ErrorKind.DOWNLOAD_FAILED


def test_a_file_that_is_far_too_large_is_refused_before_it_is_read(target: Path) -> None:
    def script(visit: Visit) -> None:
        visit.head()
        visit.send(b"HTTP/1.1 200 OK\r\nContent-Length: 2000000001\r\n\r\n")
        visit.hold()

    assert error_at(script, target).detail == "it is far too large for a result"


def test_a_file_that_never_ends_is_stopped(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transfer, "LARGEST_DOWNLOAD", 1_000_000)

    def endless(visit: Visit) -> None:
        visit.head()
        visit.send(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            visit.send(bytes(65_536))

    assert error_at(endless, target).detail == "it is far too large for a result"
    assert part_of(target).stat().st_size < 2_000_000


def test_redirects_on_allowed_hosts_are_followed(target: Path) -> None:
    with ByteServer(answering(200, VIDEO)) as storage:
        hops = [answering(302, Location="/second"), answering(307, Location=f"{storage.url}/o.mp4")]
        with ByteServer(*hops) as server:
            fetch(f"{server.url}/first", target)
    assert server.received[1].startswith(b"GET /second ")
    assert target.read_bytes() == VIDEO


@pytest.mark.parametrize(
    "location",
    [
        "https://evil.example/o.mp4",
        "//evil.example/o.mp4",
        "http://cdn.runcomfy.net/o.mp4",
        "ftp://cdn.runcomfy.net/o.mp4",
        "file:///etc/passwd",
        "https://cdn.runcomfy.net.evil.example/",
        "https://user:secret@cdn.runcomfy.net/o.mp4",
    ],
)
def test_a_redirect_to_a_foreign_host_is_refused(target: Path, location: str) -> None:
    assert error_at(answering(302, Location=location), target).kind is ErrorKind.FOREIGN_HOST


@pytest.mark.parametrize(
    "location", ["https://[bad/o.mp4", "https://xn--.runcomfy.net/", "https://a:b/", "http://\x7f/"]
)
def test_a_redirect_to_nowhere_is_told_and_not_a_crash(target: Path, location: str) -> None:
    kind = error_at(answering(302, Location=location), target).kind
    assert kind in {ErrorKind.FOREIGN_HOST, ErrorKind.DOWNLOAD_FAILED}


def test_redirects_in_a_circle_end(target: Path) -> None:
    with ByteServer(answering(302, Location="/again")) as server:
        assert error_of(f"{server.url}/again", target).detail == "too many redirects"
    assert len(server.visits) == 5


@pytest.mark.parametrize(
    "url",
    [
        "https://runcomfy.net/o.mp4",
        "https://playgrounds-storage-public.runcomfy.net/o.mp4",
        "https://files.runcomfy.com:443/o.mp4",
        "HTTPS://CDN.RunComfy.NET/o.mp4",
    ],
)
def test_runcomfys_own_hosts_may_be_fetched_from(url: str) -> None:
    HostRule().check(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "o.mp4",
        "http://cdn.runcomfy.net/o.mp4",
        "https://evil.example/o.mp4",
        "https://runcomfy.net.evil.example/o.mp4",
        "https://evilruncomfy.net/o.mp4",
        "https://evil.example/runcomfy.net",
        "https://evil.example?.runcomfy.net",
        "https://evil.example#.runcomfy.net",
        "https://cdn.runcomfy.net@evil.example/",
        "https://cdn.runcomfy.net\\@evil.example/",
        "https://127.0.0.1\\@cdn.runcomfy.net/",
        "https://user:secret@cdn.runcomfy.net/",
        "https://evil.example\t.runcomfy.net/",
        "https://[bad",
        "https://xn--.runcomfy.net/",
        "https://" + "a" * 70 + ".runcomfy.net/",
        "https://127.0.0.1/o.mp4",
        "http://127.0.0.1/o.mp4",
        "http://localhost/o.mp4",
        "data:video/mp4;base64,AAAA",
        "file:///etc/passwd",
    ],
)
def test_every_other_host_is_foreign(url: str) -> None:
    with pytest.raises(RetakeError) as foreign:
        HostRule().check(url)
    assert foreign.value.kind is ErrorKind.FOREIGN_HOST


def test_this_machine_counts_only_while_the_service_is_on_it(target: Path) -> None:
    for url in ("http://127.0.0.1:9/o.mp4", "http://localhost/o.mp4", "http://[::1]:9/o.mp4"):
        HERE.check(url)
        with pytest.raises(RetakeError):
            HostRule().check(url)
    for url in ("http://192.168.1.4/o.mp4", "http://localhost.evil.example/", "http://127.0.0.1.evil.example/"):
        with pytest.raises(RetakeError):
            HERE.check(url)
    with ByteServer(answering(200, VIDEO)) as server:
        assert error_of(f"{server.url}/o.mp4", target, HostRule()).kind is ErrorKind.FOREIGN_HOST
    assert server.visits == []


def test_a_host_that_the_person_allows_may_be_fetched_from() -> None:
    HostRule(("runcomfy.net", "fal.media")).check("https://v3.fal.media/o.mp4")
    with pytest.raises(RetakeError, match=r"evil\.example"):
        HostRule(("runcomfy.net", "fal.media")).check("https://evil.example/fal.media")


@given(st.text())
def test_no_address_breaks_the_rule(url: str) -> None:
    for text in (url, f"https://{url}", f"https://{url}.runcomfy.net/"):
        with contextlib.suppress(RetakeError):
            HERE.check(text)


def test_a_full_disk_is_told(target: Path) -> None:
    part_of(target).symlink_to("/dev/full")
    assert error_at(answering(200, VIDEO), target).kind is ErrorKind.NO_SPACE


def test_a_file_that_may_not_grow_keeps_what_there_is(target: Path) -> None:
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    with ByteServer(answering(200, VIDEO, ETag='"v1"'), resuming()) as server:
        resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, limit[1]))
        try:
            error = error_of(f"{server.url}/o.mp4", target)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limit)
        assert error.kind is ErrorKind.FILE_TROUBLE
        fetch(f"{server.url}/o.mp4", target)
    assert target.read_bytes() == VIDEO


def test_a_vanished_folder_is_told(tmp_path: Path) -> None:
    assert error_at(answering(200, VIDEO), tmp_path / "gone" / "o.mp4").kind is ErrorKind.FILE_TROUBLE


def test_a_folder_in_the_files_place_is_told(target: Path) -> None:
    target.mkdir()
    with ByteServer(answering(200, VIDEO)) as server, pytest.raises(RetakeError) as raised:
        fetch(f"{server.url}/o.mp4", target)
    assert raised.value.kind is ErrorKind.FILE_TROUBLE


def test_a_cancelled_download_can_be_resumed(target: Path) -> None:
    reached = threading.Event()

    def half_then_silent(visit: Visit) -> None:
        visit.head()
        visit.send(f'HTTP/1.1 200 OK\r\nContent-Length: {len(VIDEO)}\r\nETag: "v1"\r\n\r\n'.encode(), VIDEO[:500_000])
        visit.hold()

    async def given_up(url: str) -> None:
        task = asyncio.create_task(download(url, target, HERE, lambda _progress: reached.set()))
        while not reached.is_set():
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    with ByteServer(half_then_silent, resuming()) as server:
        asyncio.run(given_up(f"{server.url}/o.mp4"))
        assert 0 < part_of(target).stat().st_size <= 500_000
        fetch(f"{server.url}/o.mp4", target)
    assert "range" in headers_of(server.received[1])
    assert target.read_bytes() == VIDEO


def send(url: str, source: Path) -> tuple[tuple[int, bytes], list[Progress]]:
    seen: list[Progress] = []
    return asyncio.run(upload(url, source, {"Content-Type": "video/mp4"}, seen.append)), seen


def test_an_upload_sends_the_file_with_its_length(target: Path) -> None:
    target.write_bytes(VIDEO)
    with ByteServer(answering(201, b"stored")) as server:
        answer, seen = send(f"{server.url}/u.mp4", target)
    head, _, body = server.received[0].partition(b"\r\n\r\n")
    assert answer == (201, b"stored")
    assert body == VIDEO
    assert head.startswith(b"PUT /u.mp4 ")
    headers = headers_of(server.received[0])
    assert headers["content-length"] == str(len(VIDEO))
    assert headers["content-type"] == "video/mp4"
    assert "transfer-encoding" not in headers
    assert "authorization" not in headers
    assert seen[-1] == Progress(len(VIDEO), len(VIDEO))


@pytest.mark.parametrize("script", [Visit.close, Visit.reset, lambda visit: (visit.body(), visit.reset())])
def test_an_upload_that_breaks_off_is_worth_another_try(target: Path, script: Callable[[Visit], None]) -> None:
    target.write_bytes(VIDEO)
    with ByteServer(script) as server, pytest.raises(RetakeError) as raised:
        send(f"{server.url}/u.mp4", target)
    assert raised.value.kind is ErrorKind.OFFLINE


def test_a_vanished_window_is_told(target: Path) -> None:
    with pytest.raises(RetakeError) as raised:
        send("http://127.0.0.1:9/u.mp4", target)
    assert raised.value.kind is ErrorKind.FILE_TROUBLE
