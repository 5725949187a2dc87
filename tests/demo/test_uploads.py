"""The demo's own upload target."""

from pathlib import Path

import httpx
import pytest

from retake_desktop.demo.options import DemoOptions
from retake_desktop.demo.service import DemoService
from tests.demo.api import Api
from tests.demo.conftest import StartService


def upload(api: Api, content: bytes, name: str = "window.mp4") -> httpx.Response:
    return api.http.put(f"/demo/uploads/{name}", content=content)


def test_an_upload_gets_a_public_address_that_cannot_be_guessed(api: Api, service: DemoService) -> None:
    first, second = upload(api, b"one"), upload(api, b"one")
    assert first.status_code == 201
    urls = [first.json()["url"], second.json()["url"]]
    assert urls[0] != urls[1]
    for url in urls:
        assert url.startswith(f"{service.url}/demo/files/")
        assert url.endswith(".mp4")
        assert len(url.rsplit("/", 1)[1]) >= 32
    fetched = httpx.get(urls[0], trust_env=False)
    assert (fetched.content, fetched.headers["content-type"]) == (b"one", "video/mp4")
    assert httpx.get(urls[0], headers={"Range": "bytes=1-1"}, trust_env=False).content == b"n"
    assert httpx.head(urls[0], trust_env=False).headers["content-length"] == "3"


def test_an_uploaded_video_is_retaken(api: Api, clip_path: Path) -> None:
    url = upload(api, clip_path.read_bytes()).json()["url"]
    assert api.finished(api.submit(url))["status"] == "succeeded"
    elsewhere = url.replace("127.0.0.1", "example.org")
    assert "does not go out" in api.finished(api.submit(elsewhere))["error"]


def test_a_deleted_upload_is_gone(api: Api) -> None:
    url = upload(api, b"one").json()["url"]
    assert api.http.delete(url).status_code == 204
    assert httpx.get(url, trust_env=False).status_code == 404
    assert api.http.delete(url).json()["error_code"] == 404001
    assert "404" in api.finished(api.submit(url))["error"]


def test_uploading_and_deleting_take_a_token(service: DemoService, api: Api) -> None:
    url = upload(api, b"one").json()["url"]
    put = httpx.put(f"{service.url}/demo/uploads/a.mp4", content=b"x", trust_env=False)
    assert (put.status_code, put.json()["error_code"]) == (401, 400004)
    assert httpx.delete(url, trust_env=False).status_code == 401
    assert httpx.get(url, trust_env=False).status_code == 200


@pytest.mark.parametrize(
    "name", ["..%2fescape.mp4", ".hidden.mp4", "a.exe", "noending", "a" * 200 + ".mp4", "a%00.mp4"]
)
def test_a_strange_name_is_refused(api: Api, name: str) -> None:
    answer = upload(api, b"one", name)
    assert answer.status_code in {404, 422}
    assert answer.json()["error_code"] in {404001, 422001}


@pytest.mark.parametrize("name", ["..%2f..%2fetc%2fpasswd", "short.mp4", ".%2e", "request.json"])
def test_nothing_but_uploads_can_be_fetched(api: Api, name: str) -> None:
    assert api.http.get(f"/demo/files/{name}").status_code == 404
    assert api.http.get(f"/demo/outputs/{name}").status_code == 404


def test_an_empty_upload_is_refused(api: Api) -> None:
    assert upload(api, b"").status_code == 422


def test_too_large_videos_are_refused_however_they_come(start: StartService, tmp_path: Path) -> None:
    with Api(start(DemoOptions(queue_seconds=3600, max_video_bytes=1000)).url) as api:
        assert upload(api, bytes(1000)).status_code == 201
        told = upload(api, bytes(1001))
        untold = api.http.put("/demo/uploads/a.mp4", content=iter([bytes(600), bytes(600)]))
        posted = api.post(prompt="x", video_url="data:video/mp4;base64," + "AAAA" * 400)
        for answer in (told, untold, posted):
            assert (answer.status_code, answer.json()["error_code"]) == (413, 413001)
        assert api.post(prompt="x" * 200_000, video_url="u").status_code == 413
    assert len(list((tmp_path / "demo" / "files").iterdir())) == 1
