"""A video on the web is fetched as a stranger fetches it, safely and once, and known by its address afterwards."""

import asyncio
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.job import Progress
from retake_desktop.services.pipeline.web_source import address_of, fetched
from tests.fakes.byte_server import ByteServer, Script, answering
from tests.fakes.web_file import WebFile
from tests.services.pipeline_bench import Bench, bench

VIDEO = b"\x00\x00\x00\x18ftypmp42" + bytes(range(256)) * 1000
HERE = "http://127.0.0.1:9"
"""The API on this machine: then videos on it may be fetched, too."""


def on_bench(tmp_path: Path, story: Callable[[Bench], Any], api: str = HERE) -> Any:
    async def run() -> Any:
        async with bench(tmp_path, api) as made:
            return await story(made)

    return asyncio.run(run())


def fetch(tmp_path: Path, url: str, api: str = HERE) -> tuple[Path, list[Progress]]:
    seen: list[Progress] = []
    return Path(on_bench(tmp_path, lambda made: fetched(made.tools, url, seen.append), api)), seen


def test_it_comes_whole_under_its_own_name_and_its_address_is_known(tmp_path: Path) -> None:
    with ByteServer(WebFile(VIDEO).script) as server:
        url = f"{server.url}/films/M%C3%BCllers%20Ferien.mov?token=secret"
        path, seen = fetch(tmp_path, url)
        heads = b"".join(server.received).lower()
    assert (path.name, path.read_bytes()) == ("Müllers Ferien.mov", VIDEO)
    assert seen[-1] == Progress(len(VIDEO), len(VIDEO))
    assert b"authorization" not in heads
    assert b"cookie" not in heads

    async def known(made: Bench) -> tuple[str | None, str | None]:
        folders = made.tools.folders
        return address_of(folders, str(path)), address_of(folders, str(tmp_path / "elsewhere.mov"))

    assert on_bench(tmp_path, known) == (url, None)
    kept = path.parent / "address"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [entry.name for entry in path.parent.iterdir() if "secret" in entry.name] == []


def test_a_fetch_that_breaks_goes_on_where_it_was(tmp_path: Path) -> None:
    with ByteServer(WebFile(VIDEO, cuts=3).script) as server:
        path, seen = fetch(tmp_path, f"{server.url}/a.mp4")
        assert path.read_bytes() == VIDEO
        assert sum(b"\r\nrange: bytes=4" in head.lower() for head in server.received) == 1, "from some 49,800 on"
    assert [progress.done for progress in seen] == sorted(progress.done for progress in seen)


def test_a_server_that_always_breaks_off_is_told_at_last(tmp_path: Path) -> None:
    with ByteServer(answering(206, VIDEO[:65536], Content_Range=f"bytes 0-65535/{len(VIDEO)}")) as server:
        with pytest.raises(RetakeError) as told:
            fetch(tmp_path, f"{server.url}/a.mp4")
        assert told.value.kind is ErrorKind.WEB_VIDEO


def test_the_same_video_is_fetched_once_and_a_changed_one_leaves_the_first_alone(tmp_path: Path) -> None:
    file = WebFile(VIDEO)
    with ByteServer(file.script) as server:
        url = f"{server.url}/a.mp4"
        first, _seen = fetch(tmp_path, url)
        again, seen = fetch(tmp_path, url)
        assert (again, seen) == (first, [])
        file.content = VIDEO[:-1000] + bytes(1000)
        other, seen = fetch(tmp_path, url)
        assert seen
    assert other != first
    assert (first.read_bytes(), other.read_bytes()) == (VIDEO, file.content)
    away, seen = fetch(tmp_path, url)
    assert (away, seen) == (first, []), "with the server away, what was fetched is what there is"


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (answering(200, b"<!doctype html><html>Sign in", Content_Type="text/html"), "no video lies"),
        (answering(404), "nothing lies"),
        (answering(403), "wants a login"),
        (answering(302, Location="http://192.168.1.1/admin"), "reachable from the internet"),
        (answering(302, Location="file:///etc/passwd"), "reachable from the internet"),
        (answering(500), "HTTP 500"),
    ],
)
def test_what_is_no_video_for_everybody_is_refused_in_plain_words(tmp_path: Path, script: Script, words: str) -> None:
    with ByteServer(script) as server, pytest.raises(RetakeError) as refused:
        fetch(tmp_path, f"{server.url}/a.mp4?token=secret")
    assert (refused.value.kind, words in refused.value.detail) == (ErrorKind.WEB_VIDEO, True)
    assert "secret" not in str(refused.value)
    assert list((tmp_path / "data/web").rglob("*.mp4")) == []


def test_a_redirect_to_another_public_place_is_followed(tmp_path: Path) -> None:
    with ByteServer(WebFile(VIDEO).script) as there:
        with ByteServer(answering(302, Location=f"{there.url}/real.mp4")) as here:
            path, _seen = fetch(tmp_path, f"{here.url}/a.mp4")
        assert path.read_bytes() == VIDEO


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/a.mp4", "https://10.0.0.1/a.mp4", "https://nas.local/a.mp4"])
def test_nothing_is_asked_of_this_network_for_the_real_service(tmp_path: Path, url: str) -> None:
    with pytest.raises(RetakeError) as refused:
        fetch(tmp_path, url, "https://model-api.runcomfy.net")
    assert refused.value.kind is ErrorKind.WEB_VIDEO
    assert "reachable from the internet" in refused.value.detail


def test_a_video_that_does_not_fit_is_told_before_it_is_fetched(tmp_path: Path) -> None:
    async def story(made: Bench) -> None:
        made.tools.free_space = lambda _folder: 100_000_000
        with ByteServer(WebFile(VIDEO).script) as server:
            with pytest.raises(RetakeError) as refused:
                await fetched(made.tools, f"{server.url}/a.mp4", lambda _progress: None)
            assert len(server.visits) == 1
        assert refused.value.kind is ErrorKind.NO_SPACE

    on_bench(tmp_path, story)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/", "127.0.0.1.mp4"),
        ("/watch?v=abc", "watch.mp4"),
        ("/..%2F..%2Fetc%2Fpasswd", "passwd.mp4"),
        ("/a%00b%0Ac.mp4", "a_b_c.mp4"),
        ("/.mp4", "mp4.mp4"),
        ("/%D1%84%D0%B8%D0%BB%D1%8C%D0%BC%20%E6%98%A0%E7%94%BB.webm", "фильм 映画.webm"),
        ("/" + "x" * 300 + ".mp4", "x" * 80 + ".mp4"),
        ("/a.php5evil", "a.php5evil.mp4"),
    ],
)
def test_every_address_gives_a_name_that_any_disk_takes(tmp_path: Path, address: str, name: str) -> None:
    with ByteServer(WebFile(VIDEO).script) as server:
        path, _seen = fetch(tmp_path, f"{server.url}{address}")
    assert path.name == name
    assert path.parent.parent == tmp_path / "data/web"
