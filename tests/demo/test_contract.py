"""Every call and every error body, over real HTTP."""

import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from retake_desktop.demo.options import DemoOptions
from retake_desktop.demo.service import DemoService
from tests.demo.api import MODEL, Api, inline
from tests.demo.conftest import StartService

QUEUED = DemoOptions(queue_seconds=3600)


def test_a_submission_answers_with_an_id_and_three_addresses(service: DemoService, api: Api) -> None:
    answer = api.post(prompt="Red coat", video_url="https://example.org/a.mp4")
    assert answer.status_code == 200
    body = answer.json()
    base = f"{service.url}/v1/requests/{body['request_id']}"
    assert body == {
        "request_id": body["request_id"],
        "status_url": f"{base}/status",
        "result_url": f"{base}/result",
        "cancel_url": f"{base}/cancel",
    }
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,128}", body["request_id"])


def test_addresses_follow_the_host_that_the_client_used(service: DemoService, api: Api) -> None:
    port = service.url.rsplit(":", 1)[1]
    body = {"prompt": "x", "video_url": "https://example.org/a.mp4"}
    answer = api.http.post(MODEL, json=body, headers={"Host": f"localhost:{port}"})
    assert answer.json()["status_url"].startswith(f"http://localhost:{port}/v1/requests/")


def test_a_host_that_is_not_loopback_is_refused(api: Api) -> None:
    assert api.http.get(MODEL, headers={"Host": "attacker.example"}).status_code == 400


def test_an_inline_video_is_retaken_and_can_be_downloaded(service: DemoService, api: Api, clip_path: Path) -> None:
    request_id = api.submit(inline(clip_path), start_time=0.5, duration=2, retake_mode="replace_video")
    result = api.finished(request_id)
    assert result["status"] == "succeeded"
    assert result["output"] == {"video": f"{service.url}/demo/outputs/{request_id}.mp4"}
    assert result["cost"] == pytest.approx(0.30)
    assert result["created_at"] <= result["finished_at"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", result["finished_at"])
    assert "error" not in result
    status = api.status(request_id)
    assert status["status"] == "completed"
    assert "queue_position" not in status
    video = httpx.get(result["output"]["video"], trust_env=False)
    assert video.status_code == 200
    assert video.headers["content-type"] == "video/mp4"
    assert video.content[4:8] == b"ftyp"


def test_the_cost_is_told_only_when_asked_for(api: Api, clip_path: Path) -> None:
    request_id = api.submit(inline(clip_path))
    api.finished(request_id)
    assert "cost" not in api.result(request_id)
    assert "cost" in api.result(request_id, "?include_cost=true")


def test_a_download_can_be_resumed_from_its_middle(api: Api, clip_path: Path) -> None:
    url = api.finished(api.submit(inline(clip_path)))["output"]["video"]
    whole = httpx.get(url, trust_env=False)
    assert int(whole.headers["content-length"]) == len(whole.content)
    headers = {"Range": "bytes=100-", "If-Range": whole.headers["etag"]}
    rest = httpx.get(url, headers=headers, trust_env=False)
    assert rest.status_code == 206
    assert rest.headers["content-range"] == f"bytes 100-{len(whole.content) - 1}/{len(whole.content)}"
    assert rest.content == whole.content[100:]
    changed = httpx.get(url, headers=headers | {"If-Range": '"another"'}, trust_env=False)
    assert (changed.status_code, changed.content) == (200, whole.content)
    head = httpx.head(url, trust_env=False)
    assert (head.status_code, head.headers["content-length"]) == (200, str(len(whole.content)))


def test_requests_wait_in_line_and_say_where(start: StartService) -> None:
    with Api(start(QUEUED).url) as api:
        first, second = api.submit(), api.submit()
        assert api.status(first)["status"] == "in_queue"
        assert [api.status(one)["queue_position"] for one in (first, second)] == [1, 2]
        assert api.result(second)["status"] == "in_queue"
        assert "output" not in api.result(second)
        assert "finished_at" not in api.result(second)


def test_a_queued_request_can_be_cancelled_once_and_again(start: StartService) -> None:
    with Api(start(QUEUED).url) as api:
        first, second = api.submit(), api.submit()
        answer = api.cancel(first)
        assert answer.status_code == 202
        assert answer.json() == {"request_id": first, "status": "cancelled", "outcome": "cancelled"}
        assert api.cancel(first).json()["outcome"] == "cancelled"
        assert api.status(first)["status"] == "cancelled"
        assert api.result(first, "?include_cost=true")["status"] == "cancelled"
        assert api.status(second)["queue_position"] == 1


def test_a_running_request_cannot_be_cancelled(start: StartService, clip_path: Path) -> None:
    with Api(start(DemoOptions(queue_seconds=0, run_seconds=30, answer_size=None)).url) as api:
        request_id = api.submit(inline(clip_path))
        assert "queue_position" not in api.until(request_id, "in_progress")
        assert api.cancel(request_id).json() == {
            "request_id": request_id,
            "status": "in_progress",
            "outcome": "not_cancellable",
        }
        assert api.result(request_id)["status"] == "in_progress"


def test_a_finished_request_cannot_be_cancelled(api: Api, clip_path: Path) -> None:
    request_id = api.submit(inline(clip_path))
    api.finished(request_id)
    answer = api.cancel(request_id).json()
    assert (answer["status"], answer["outcome"]) == ("completed", "not_cancellable")
    assert api.result(request_id)["status"] == "succeeded"


@pytest.mark.parametrize("header", [None, "", "Bearer", "Basic abc", "token-a", "Bearer two words"])
def test_a_missing_or_malformed_token_is_refused(service: DemoService, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header}
    for method, path in (("GET", MODEL), ("POST", MODEL), ("GET", "/v1/requests/some/status"), ("GET", "/v1/models")):
        answer = httpx.request(method, service.url + path, headers=headers, trust_env=False)
        assert answer.status_code == 401
        assert answer.json()["error_code"] == 400004
        assert answer.json()["error_message"]


def test_only_the_service_s_own_token_is_accepted_when_it_has_one(start: StartService) -> None:
    service = start(DemoOptions(token="the-one"))
    with Api(service.url, "the-one") as right, Api(service.url, "the-two") as wrong:
        assert right.http.get(MODEL).status_code == 200
        answer = wrong.post(prompt="x", video_url="https://example.org/a.mp4")
        assert (answer.status_code, answer.json()["error_code"]) == (401, 400004)
        assert service.received.accepted_submissions == 0


def test_another_account_s_request_is_denied(service: DemoService, api: Api) -> None:
    request_id = api.submit()
    with Api(service.url, "token-b") as other:
        for answer in (
            other.http.get(f"/v1/requests/{request_id}/status"),
            other.http.get(f"/v1/requests/{request_id}/result"),
            other.cancel(request_id),
        ):
            assert (answer.status_code, answer.json()["error_code"]) == (403, 403001)


@pytest.mark.parametrize("call", ["status", "result"])
def test_an_unknown_request_is_not_found(api: Api, call: str) -> None:
    answer = api.http.get(f"/v1/requests/no-such-request/{call}")
    assert (answer.status_code, answer.json()["error_code"]) == (404, 404001)


@pytest.mark.parametrize("name", ["..%2f..", "%2e%2e", "a" * 129, "a.b"])
def test_what_cannot_be_an_id_is_refused(api: Api, name: str) -> None:
    answer = api.http.get(f"/v1/requests/{name}/status")
    assert answer.json()["error_code"] in {400001, 404001}
    assert answer.status_code in {400, 404}


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_another_model_is_not_there(api: Api, method: str) -> None:
    answer = api.http.request(method, "/v1/models/ltx/ltx-9/retake-video", json={})
    assert (answer.status_code, answer.json()["error_code"]) == (404, 400001)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, {"prompt", "video_url"}),
        ({"prompt": "x"}, {"video_url"}),
        ({"prompt": 1, "video_url": None}, {"prompt", "video_url"}),
        ({"prompt": "x", "video_url": "u", "start_time": -0.1}, {"start_time"}),
        ({"prompt": "x", "video_url": "u", "start_time": 20.001, "duration": "5"}, {"start_time", "duration"}),
        ({"prompt": "x", "video_url": "u", "duration": True}, {"duration"}),
        ({"prompt": "x", "video_url": "u", "retake_mode": "replace_all"}, {"retake_mode"}),
        ({"prompt": "x", "video_url": "data:text/plain,hello"}, {"video_url"}),
        ({"prompt": "x", "video_url": "data:video/mp4;base64,###"}, {"video_url"}),
        ({"prompt": "x", "video_url": "data:video/mp4;base64,"}, {"video_url"}),
    ],
)
def test_every_wrong_field_is_named(service: DemoService, api: Api, fields: dict[str, Any], wrong: set[str]) -> None:
    before = service.received.accepted_submissions
    answer = api.post(**fields)
    assert (answer.status_code, answer.json()["error_code"]) == (422, 422001)
    assert {entry["loc"][-1] for entry in answer.json()["detail"]} == wrong
    assert service.received.accepted_submissions == before


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"text"', b"\xff"])
def test_a_body_that_is_no_object_is_refused(api: Api, body: bytes) -> None:
    answer = api.http.post(MODEL, content=body)
    assert (answer.status_code, answer.json()["error_code"]) == (422, 422001)


@pytest.mark.parametrize("fields", [{"start_time": 0, "duration": 20}, {"start_time": 20.0}, {"extra": [1]}])
def test_what_the_schema_allows_is_accepted(api: Api, fields: dict[str, Any]) -> None:
    assert api.submit(**fields)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/clip.mp4",
        "http://127.0.0.1:9/demo/files/" + "a" * 32 + ".mp4",
        "http://127.0.0.1:9/other",
        "http://[broken",
        "file:///etc/hostname",
        "/etc/hostname",
        "/demo/files/../../requests",
        "http://localhost/demo/files/..%2f..%2frequests",
        "",
    ],
)
def test_a_video_elsewhere_is_accepted_and_then_fails(api: Api, url: str) -> None:
    request_id = api.submit(url)
    result = api.finished(request_id)
    assert result["status"] == "failed"
    assert "video_url" in result["error"]
    assert "output" not in result
    assert result["cost"] == 0
    assert api.status(request_id)["status"] == "completed"


def test_a_path_out_of_the_uploads_fails_even_where_there_is_a_video(api: Api, clip_path: Path) -> None:
    victim = api.submit(inline(clip_path))
    api.finished(victim)
    for path in (f"..%2frequests%2f{victim}%2foutput.mp4", f"../requests/{victim}/output.mp4"):
        assert "404" in api.finished(api.submit(f"http://127.0.0.1/demo/files/{path}"))["error"]


def test_bytes_that_are_no_video_fail_at_the_service(api: Api) -> None:
    result = api.finished(api.submit("data:video/mp4;base64,aGVsbG8="))
    assert result["status"] == "failed"
    assert "could not be processed" in result["error"]


def test_a_selection_past_the_end_fails_and_one_over_it_is_clamped(api: Api, clip_path: Path) -> None:
    video = inline(clip_path)
    assert api.finished(api.submit(video, start_time=2, duration=20))["status"] == "succeeded"
    assert api.finished(api.submit(video, start_time=3, duration=2))["status"] == "failed"
    assert api.finished(api.submit(video, start_time=1, duration=0))["status"] == "failed"


def test_a_strict_service_holds_to_ltx_s_limits(start: StartService, clip_path: Path) -> None:
    with Api(start(DemoOptions(queue_seconds=0, run_seconds=0, answer_size=None, strict=True)).url) as api:
        assert api.finished(api.submit(inline(clip_path), duration=2))["status"] == "succeeded"
        assert "duration" in api.finished(api.submit(inline(clip_path), duration=1.9))["error"]


def test_the_model_tells_its_schema_and_price(api: Api) -> None:
    body = api.http.get(MODEL).json()
    assert body["model_id"] == "ltx/ltx-2/retake-video"
    assert (body["base_price_usd"], body["price_unit"]) == (0.10, "second")
    assert body["display_name"]
    schema = body["input_schema"]
    assert schema["required"] == ["prompt", "video_url"]
    assert schema["properties"]["start_time"] == {
        "title": "Start Time",
        "description": "The start time of the video to retake in seconds.",
        "type": "float",
        "minimum": 0,
        "maximum": 20,
        "default": 0,
    }
    assert schema["properties"]["retake_mode"]["enum"] == ["replace_audio", "replace_video", "replace_audio_and_video"]
    assert schema["properties"]["retake_mode"]["default"] == "replace_audio_and_video"


def test_the_catalog_can_be_searched(api: Api) -> None:
    body = api.http.get("/v1/models").json()
    assert (body["total"], body["models"][0]["model_id"]) == (1, "ltx/ltx-2/retake-video")
    assert "input_schema" not in body["models"][0]
    assert "input_schema" in api.http.get("/v1/models?include_schema=true").json()["models"][0]
    assert api.http.get("/v1/models?search=RETAKE").json()["total"] == 1
    assert api.http.get("/v1/models?search=upscale").json() == {"models": [], "total": 0}
    assert api.http.get("/v1/models?offset=1").json() == {"models": [], "total": 1}
    assert api.http.get("/v1/models?limit=x").status_code == 422
    assert api.http.get("/v1/models/categories").json()["categories"] == body["models"][0]["categories"]


def test_unknown_paths_and_methods_answer_in_json(api: Api) -> None:
    assert api.http.get("/v2/nothing").json()["error_code"] == 404001
    answer = api.http.delete("/v1/models")
    assert (answer.status_code, answer.json()["error_code"]) == (405, 405001)
