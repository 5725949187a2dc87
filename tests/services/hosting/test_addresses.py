"""Addresses: what the service could fetch, what it could not and why, and whether it is the very same video."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.hosting import Cause, guessed_region
from retake_desktop.services.hosting.trouble import StorageError
from retake_desktop.services.hosting.verify import (
    check_own,
    check_pasted,
    check_reachable,
    check_same,
    check_size,
    size_note,
)
from retake_desktop.services.hosting.webdav import public_folder
from tests.fakes.byte_server import ByteServer, Script, Visit, answering, http_answer

VIDEO = b"\x00\x00\x00\x18ftypmp42" + bytes(range(256)) * 3000


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "film.mp4"
    path.write_bytes(VIDEO)
    return path


def serving(body: bytes = VIDEO, *, ranges: bool = True, kind: str = "video/mp4") -> Script:
    """A server of one file, with ranges or without."""

    def script(visit: Visit) -> None:
        asked = (visit.body() and b"") or visit.received
        head = asked.decode("latin-1").lower()
        if ranges and "range: bytes=" in head:
            first, last = head.partition("range: bytes=")[2].split("\r\n")[0].split("-")
            part = body[int(first) : int(last) + 1]
            span = f"bytes {first}-{int(first) + len(part) - 1}/{len(body)}"
            visit.send(http_answer(206, part, Content_Type=kind, Content_Range=span))
        else:
            visit.send(http_answer(200, body, Content_Type=kind))

    return script


def checked(script: Script, check: Callable[[str], object]) -> object:
    with ByteServer(script) as server:
        return asyncio.run(check(f"{server.url}/film.mp4?token=secret-query"))  # type: ignore[arg-type]  # a coroutine


@pytest.mark.parametrize("ranges", [True, False])
def test_an_address_of_the_very_same_video_is_taken(film: Path, ranges: bool) -> None:
    script = serving(ranges=ranges)
    assert checked(script, lambda url: check_pasted(url, is_local=True)) == len(VIDEO)
    checked(script, lambda url: check_same(url, film))
    checked(script, lambda url: check_own(url, film, is_local=True))


@pytest.mark.parametrize("ranges", [True, False])
@pytest.mark.parametrize("at", [5000, 65_000, len(VIDEO) // 2, len(VIDEO) - 1])
def test_another_video_of_the_same_size_is_told_apart(film: Path, ranges: bool, at: int) -> None:
    # With ranges samples are compared: a stretch that differs is found wherever it is as long as a second of video.
    stretch = 100_000 if ranges else 1
    first = max(0, min(at, len(VIDEO) - stretch))
    other = VIDEO[:first] + bytes(255 - byte for byte in VIDEO[first : first + stretch]) + VIDEO[first + stretch :]
    with pytest.raises(RetakeError) as refused:
        checked(serving(other, ranges=ranges), lambda url: check_same(url, film))
    assert refused.value.kind is ErrorKind.INVALID_REQUEST
    assert "another video" in refused.value.detail


def test_another_content_at_the_apps_own_address_is_told(film: Path) -> None:
    for other in (VIDEO[:100], VIDEO + b"x", b"<html>" + VIDEO[6:]):
        with pytest.raises(StorageError) as refused:
            checked(serving(other), lambda url: check_own(url, film, is_local=True))
        assert refused.value.cause is Cause.OTHER_CONTENT


@pytest.mark.parametrize("ranges", [True, False])
def test_a_video_that_only_begins_alike_is_told_apart(film: Path, ranges: bool) -> None:
    for other in (VIDEO + b"x", VIDEO[:-1]):
        with pytest.raises(RetakeError):
            checked(serving(other, ranges=ranges), lambda url: check_same(url, film))


@pytest.mark.parametrize(
    ("script", "word"),
    [
        (answering(302, Location="https://login.example.com/"), "leads elsewhere"),
        (answering(401), "wants a login"),
        (answering(403), "wants a login"),
        (answering(404), "nothing lies"),
        (answering(200, b"<!doctype html><html>Sign in", Content_Type="text/html"), "no video"),
        (answering(200, b"", Content_Type="video/mp4"), "no video"),
    ],
)
def test_an_address_that_the_service_could_not_use_is_refused_in_plain_words(script: Script, word: str) -> None:
    with pytest.raises(RetakeError) as refused:
        checked(script, lambda url: check_pasted(url, is_local=True))
    assert refused.value.kind is ErrorKind.INVALID_REQUEST
    assert word in refused.value.detail
    assert "secret-query" not in str(refused.value)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_server_in_trouble_is_asked_again_later(status: int) -> None:
    with pytest.raises(RetakeError) as raised:
        checked(answering(status), lambda url: check_pasted(url, is_local=True))
    assert raised.value.kind is ErrorKind.OFFLINE


def test_nothing_of_ours_is_told_to_the_strangers_server() -> None:
    with ByteServer(serving()) as server:
        asyncio.run(check_pasted(f"{server.url}/film.mp4", is_local=True))
        head = server.received[0].decode("latin-1").lower()
    assert "authorization" not in head
    assert "cookie" not in head
    assert "range: bytes=0-65535" in head


def test_large_videos_are_warned_of_and_too_large_ones_refused_with_what_to_do() -> None:
    assert size_note(32_000_000) == ""
    assert size_note(None) == ""
    assert "33 MB" in size_note(33_000_000)
    check_size(100_000_000)
    with pytest.raises(RetakeError) as refused:
        check_size(100_000_001)
    assert "shorter moment" in refused.value.detail
    huge = answering(206, VIDEO[:65536], Content_Range="bytes 0-65535/250000000")
    with pytest.raises(RetakeError) as refused:
        checked(huge, lambda url: check_pasted(url, is_local=True))
    assert "250 MB" in refused.value.detail


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/a.mp4", "https://localhost/a.mp4", "https://127.0.0.1/a.mp4", "https://192.168.1.5:9000/a",
        "https://10.0.0.1/a", "https://[::1]/a", "https://nas/a.mp4", "https://nas.local/a.mp4", "https://box.lan/a",
        "https://anna:pw@example.com/a.mp4", "ftp://example.com/a.mp4", "https://", "https://[bad/a", "a.mp4",
    ],
)  # fmt: skip
def test_an_address_that_the_internet_cannot_reach_is_refused(url: str) -> None:
    with pytest.raises(StorageError) as refused:
        check_reachable(url, is_local=False)
    assert refused.value.cause is Cause.UNUSABLE_ADDRESS


def test_public_addresses_are_taken_and_this_machine_only_for_a_service_on_it() -> None:
    for url in ("https://example.com/a.mp4", "https://s3.eu-west-3.amazonaws.com/b/k?X=1", "https://8.8.8.8/a"):
        check_reachable(url, is_local=False)
    check_reachable("http://127.0.0.1:9000/a", is_local=True)
    with pytest.raises(StorageError):
        check_reachable("http://192.168.1.5/a", is_local=True)


@pytest.mark.parametrize(
    ("given", "public"),
    [
        ("https://c.example.com/s/AbC123", "https://c.example.com/public.php/dav/files/AbC123/"),
        ("https://c.example.com/index.php/s/AbC123/", "https://c.example.com/public.php/dav/files/AbC123/"),
        ("https://e.example.com/cloud/s/AbC?path=/", "https://e.example.com/cloud/public.php/dav/files/AbC/"),
        ("https://www.example.com/clips", "https://www.example.com/clips/"),
    ],
)
def test_a_share_link_leads_to_its_files(given: str, public: str) -> None:
    assert public_folder(given) == public


@pytest.mark.parametrize(
    ("endpoint", "region"),
    [
        ("https://abc.r2.cloudflarestorage.com", "auto"),
        ("https://s3.us-west-004.backblazeb2.com", "us-west-004"),
        ("https://s3.eu-central-1.wasabisys.com", "eu-central-1"),
        ("https://fra1.digitaloceanspaces.com", "fra1"),
        ("https://minio.example.com:9000", "us-east-1"),
        ("", "us-east-1"),
    ],
)
def test_the_region_is_guessed_from_the_endpoints_name(endpoint: str, region: str) -> None:
    assert guessed_region(endpoint) == region
