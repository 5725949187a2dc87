"""Each kind of fault, as a client meets it, and what the service counts as accepted meanwhile."""

import time
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from retake_desktop.demo.faults import (
    Answer,
    Call,
    Cut,
    Delay,
    FaultPlan,
    FramesShort,
    Lie,
    Lying,
    OtherRate,
    Patch,
    When,
    WorkFails,
    expired,
    faults_from_json,
    html_page,
    rate_limited,
)
from retake_desktop.demo.service import DemoService
from tests.demo.api import MODEL, Api, inline

WANTED = {"prompt": "x", "video_url": "https://example.org/a.mp4"}


def accepted(service: DemoService) -> int:
    return service.received.accepted_submissions


def test_an_answer_can_be_replaced_without_taking_effect(service: DemoService, api: Api) -> None:
    before = accepted(service)
    service.faults.add(Answer(call=Call.SUBMIT, status=503, body={"error_code": 500001}))
    answer = api.post(**WANTED)
    assert (answer.status_code, answer.json()) == (503, {"error_code": 500001})
    assert accepted(service) == before
    assert api.post(**WANTED).status_code == 200
    assert accepted(service) == before + 1


def test_an_answer_can_be_replaced_although_the_call_took_effect(service: DemoService, api: Api) -> None:
    before = accepted(service)
    service.faults.add(Answer(call=Call.SUBMIT, status=502, text="<h1>Bad gateway</h1>", accepted=True))
    assert api.post(**WANTED).status_code == 502
    assert accepted(service) == before + 1


def test_too_many_requests_say_when_to_come_back(service: DemoService, api: Api) -> None:
    service.faults.add(rate_limited(Call.STATUS, retry_after=7))
    request_id = api.submit()
    answer = api.http.get(f"/v1/requests/{request_id}/status")
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "7")
    assert api.status(request_id)["request_id"] == request_id


def test_a_page_of_html_can_come_instead(service: DemoService, api: Api) -> None:
    service.faults.add(html_page(Call.MODEL, status=200))
    answer = api.http.get(MODEL)
    assert answer.headers["content-type"].startswith("text/html")
    assert "<html>" in answer.text


def test_a_request_can_be_expired_for_good(service: DemoService, api: Api) -> None:
    request_id = api.submit()
    service.faults.add(expired(Call.STATUS), expired(Call.RESULT))
    for _ in range(3):
        for call in ("status", "result"):
            answer = api.http.get(f"/v1/requests/{request_id}/{call}")
            assert (answer.status_code, answer.json()["error_code"]) == (404, 404001)
    service.faults.replace([])


def test_a_fault_strikes_as_often_as_it_was_told_after_letting_some_pass(service: DemoService, api: Api) -> None:
    service.faults.add(Answer(call=Call.MODEL, status=500, times=2, skip=1))
    assert [api.http.get(MODEL).status_code for _ in range(5)] == [200, 500, 500, 200, 200]


@pytest.mark.parametrize(
    ("when", "taken"),
    [
        (When.BEFORE_READING, 0),
        (When.AFTER_READING, 0),
        (When.BEFORE_ANSWERING, 1),
        (When.IN_ANSWER, 1),
    ],
)
def test_a_connection_can_be_cut_at_any_moment(service: DemoService, api: Api, when: When, taken: int) -> None:
    before = accepted(service)
    service.faults.add(Cut(call=Call.SUBMIT, when=when))
    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        api.post(**WANTED)
    assert accepted(service) == before + taken
    assert service.received.log().entries[-1].status == (200 if when is When.IN_ANSWER else None)
    assert api.http.get(MODEL).status_code == 200


def test_a_cut_before_reading_leaves_a_large_body_unsent(service: DemoService, api: Api) -> None:
    before = accepted(service)
    service.faults.add(Cut(call=Call.SUBMIT, when=When.BEFORE_READING))
    with pytest.raises((httpx.WriteError, httpx.ReadError, httpx.RemoteProtocolError)):
        api.post(prompt="x", video_url="data:video/mp4;base64," + "A" * 20_000_000)
    assert accepted(service) == before


def test_a_download_can_break_off_in_the_middle(service: DemoService, api: Api, clip_path: Path) -> None:
    url = api.finished(api.submit(inline(clip_path)))["output"]["video"]
    whole = httpx.get(url, trust_env=False).content
    service.faults.add(Cut(call=Call.OUTPUT, when=When.IN_ANSWER, after_bytes=5000))
    with httpx.stream("GET", url, trust_env=False) as answer:
        assert answer.headers["content-length"] == str(len(whole))
        chunks = answer.iter_raw()
        got = next(chunks)
        with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
            got += b"".join(chunks)
    assert whole.startswith(got)
    assert len(got) <= 5000
    assert httpx.get(url, headers={"Range": "bytes=5000-"}, trust_env=False).content == whole[5000:]


@pytest.mark.parametrize("when", [When.BEFORE_READING, When.BEFORE_ANSWERING])
def test_an_answer_can_be_late(service: DemoService, api: Api, when: When) -> None:
    service.faults.add(Delay(call=Call.MODEL, seconds=0.3, when=when))
    began = time.monotonic()
    assert api.http.get(MODEL).status_code == 200
    assert time.monotonic() - began >= 0.3


def test_a_late_answer_to_a_client_that_gave_up_was_accepted_all_the_same(service: DemoService, api: Api) -> None:
    before = accepted(service)
    service.faults.add(Delay(call=Call.SUBMIT, seconds=0.5, when=When.BEFORE_ANSWERING))
    with pytest.raises(httpx.ReadTimeout):
        api.http.post(MODEL, json=WANTED, timeout=0.2)
    assert accepted(service) == before + 1


def test_stopping_does_not_wait_for_a_long_delay(tmp_path: Path) -> None:
    service = DemoService(tmp_path, faults=[Delay(call=Call.MODEL, seconds=60, when=When.BEFORE_READING)])
    service.start()
    with Api(service.url) as api, pytest.raises(httpx.ReadTimeout):
        api.http.get(MODEL, timeout=0.1)
    began = time.monotonic()
    service.stop()
    assert time.monotonic() - began < 5


def test_words_can_be_unknown(service: DemoService, api: Api) -> None:
    request_id = api.submit()
    service.faults.add(Lying(call=Call.STATUS, lie=Lie.UNKNOWN_STATUS))
    assert api.status(request_id)["status"] == "warming_up"


def test_types_can_be_wrong(service: DemoService, api: Api) -> None:
    request_id = api.submit()
    service.faults.add(Lying(call=Call.STATUS, lie=Lie.WRONG_TYPES))
    assert api.status(request_id)["request_id"] == [request_id]


def test_the_request_id_can_be_missing(service: DemoService, api: Api) -> None:
    before = accepted(service)
    service.faults.add(Lying(call=Call.SUBMIT, lie=Lie.NO_REQUEST_ID))
    body = api.post(**WANTED).json()
    assert "request_id" not in body
    assert "status_url" in body
    assert accepted(service) == before + 1


def test_json_can_end_in_the_middle(service: DemoService, api: Api) -> None:
    service.faults.add(Lying(call=Call.MODEL, lie=Lie.TRUNCATED))
    answer = api.http.get(MODEL)
    assert answer.status_code == 200
    with pytest.raises(ValueError, match=r"."):
        answer.json()


def test_success_can_come_without_output_or_with_a_list_of_them(
    service: DemoService, api: Api, clip_path: Path
) -> None:
    request_id = api.submit(inline(clip_path))
    true = api.finished(request_id)
    service.faults.add(
        Lying(call=Call.RESULT, lie=Lie.NO_OUTPUT), Lying(call=Call.RESULT, lie=Lie.OUTPUT_IN_VIDEOS, skip=1)
    )
    without = api.result(request_id)
    assert (without["status"], "output" in without) == ("succeeded", False)
    assert api.result(request_id)["output"] == {"videos": [true["output"]["video"]]}
    assert api.result(request_id)["output"] == true["output"]


def test_fields_can_be_put_in_and_taken_away(service: DemoService, api: Api) -> None:
    request_id = api.submit()
    service.faults.add(
        Patch(call=Call.STATUS, set={"status": "IN_QUEUE", "queue_position": None}, remove=["status_url"])
    )
    answer = api.status(request_id)
    assert (answer["status"], answer["queue_position"]) == ("IN_QUEUE", None)
    assert "status_url" not in answer
    assert answer["result_url"]


def test_the_work_can_fail(service: DemoService, api: Api, clip_path: Path) -> None:
    service.faults.add(WorkFails(error="content policy"))
    request_id = api.submit(inline(clip_path))
    assert api.finished(request_id)["error"] == "content policy"
    assert api.status(request_id)["status"] == "completed"
    assert api.result(request_id)["status"] == "failed"


@pytest.mark.parametrize(
    ("fault", "frames", "seconds"), [(OtherRate(rate=23), 69, 3.0), (FramesShort(frames=3), 72, 2.88)]
)
def test_the_answer_can_be_another_video_than_expected(
    service: DemoService, api: Api, clip_path: Path, tmp_path: Path, fault: Any, frames: int, seconds: float
) -> None:
    from retake_desktop.media.probe import probe

    service.faults.add(fault)
    url = api.finished(api.submit(inline(clip_path)))["output"]["video"]
    path = tmp_path / "result.mp4"
    path.write_bytes(httpx.get(url, trust_env=False).content)
    result = probe(str(path))
    assert len(result.frames) == frames
    assert float(result.duration) == pytest.approx(seconds, abs=0.001)


def test_faults_are_set_while_the_service_runs(service: DemoService, api: Api) -> None:
    faults = [
        {"kind": "answer", "call": "model", "status": 418, "body": {"teapot": True}},
        {"kind": "work_fails", "times": None},
    ]
    answer = api.http.put("/demo/faults", json=faults)
    assert answer.status_code == 200
    assert [fault["kind"] for fault in api.http.get("/demo/faults").json()] == ["answer", "work_fails"]
    assert api.http.get(MODEL).status_code == 418
    assert api.http.put("/demo/faults", json=[]).json() == []
    assert api.http.get("/demo/faults").json() == []


@pytest.mark.parametrize(
    "text",
    [
        '{"kind": "cut"}',
        '[{"kind": "cut", "call": "submit"}]',
        '[{"kind": "explode", "call": "submit"}]',
        '[{"kind": "answer", "call": "submit", "status": 500, "typo": 1}]',
        '[{"kind": "delay", "call": "nothing", "seconds": 1}]',
        "nonsense",
    ],
)
def test_a_fault_that_makes_no_sense_is_refused(api: Api, text: str) -> None:
    with pytest.raises(msgspec.DecodeError):
        faults_from_json(text)
    answer = api.http.put("/demo/faults", content=text)
    assert (answer.status_code, answer.json()["error_code"]) == (422, 422001)


def test_the_documented_example_can_be_read() -> None:
    text = """[{"kind": "answer", "call": "submit", "status": 429, "headers": {"Retry-After": "2"}},
     {"kind": "cut", "call": "submit", "when": "before_answering", "skip": 1},
     {"kind": "lie", "call": "status", "lie": "unknown_status", "times": null}]"""
    plan = FaultPlan(faults_from_json(text))
    assert [type(fault) for fault in plan.take(Call.SUBMIT)] == [Answer]
    assert [type(fault) for fault in plan.take(Call.SUBMIT)] == [Cut]
    assert plan.take(Call.SUBMIT) == []
    assert len(plan.take(Call.STATUS)) == len(plan.take(Call.STATUS)) == 1


def test_the_log_tells_what_was_received_and_nothing_secret(service: DemoService, api: Api) -> None:
    before = api.http.get("/demo/log").json()
    request_id = api.submit(prompt="private words")
    api.post()
    api.http.get(f"/v1/requests/{request_id}/result?include_cost=true")
    text = api.http.get("/demo/log").text
    log = msgspec.json.decode(text)
    assert log["accepted_submissions"] == before["accepted_submissions"] + 1
    assert log["entries"][-4:-1] == [
        {"method": "POST", "path": MODEL, "call": "submit", "status": 200, "accepted": request_id},
        {"method": "POST", "path": MODEL, "call": "submit", "status": 422, "accepted": None},
        {
            "method": "GET",
            "path": f"/v1/requests/{request_id}/result",
            "call": "result",
            "status": 200,
            "accepted": None,
        },
    ]
    assert "private words" not in text
    assert "token-a" not in text
