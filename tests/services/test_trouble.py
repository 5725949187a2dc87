"""What an unhappy answer means: the service's code first, then the HTTP status."""

import json
from datetime import timedelta

import pytest

from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.services.api.trouble import error_from, error_in, json_object


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (400001, ErrorKind.MODEL_GONE),
        (400002, ErrorKind.NO_BALANCE),
        (10001, ErrorKind.NO_BALANCE),
        (400004, ErrorKind.BAD_TOKEN),
        (401001, ErrorKind.BAD_TOKEN),
        (403001, ErrorKind.OTHER_ACCOUNT),
        (404001, ErrorKind.EXPIRED),
        (422001, ErrorKind.REFUSED),
        (500001, ErrorKind.SERVICE_TROUBLE),
        (402999, ErrorKind.NO_BALANCE),
        (429001, ErrorKind.RATE_LIMITED),
        (408001, ErrorKind.SERVICE_TROUBLE),
        (409001, ErrorKind.SERVICE_TROUBLE),
        (503999, ErrorKind.SERVICE_TROUBLE),
        (77, ErrorKind.SERVICE_TROUBLE),
        (-400004, ErrorKind.SERVICE_TROUBLE),
        (10**40, ErrorKind.SERVICE_TROUBLE),
    ],
)
@pytest.mark.parametrize("status", [200, 400, 404, 500])
def test_the_services_code_comes_before_the_http_status(code: int, kind: ErrorKind, status: int) -> None:
    for written in (code, str(code)):
        if str(written).startswith("-") and isinstance(written, str):
            continue  # not a code, then the status counts
        found = error_in(status, {"error_code": written})
        assert found is not None
        assert found.kind is kind


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (301, ErrorKind.SERVICE_TROUBLE),
        (307, ErrorKind.SERVICE_TROUBLE),
        (400, ErrorKind.REFUSED),
        (401, ErrorKind.BAD_TOKEN),
        (402, ErrorKind.NO_BALANCE),
        (403, ErrorKind.BAD_TOKEN),
        (404, ErrorKind.EXPIRED),
        (408, ErrorKind.SERVICE_TROUBLE),
        (409, ErrorKind.SERVICE_TROUBLE),
        (410, ErrorKind.EXPIRED),
        (413, ErrorKind.REFUSED),
        (418, ErrorKind.REFUSED),
        (422, ErrorKind.REFUSED),
        (425, ErrorKind.SERVICE_TROUBLE),
        (429, ErrorKind.RATE_LIMITED),
        (500, ErrorKind.SERVICE_TROUBLE),
        (502, ErrorKind.SERVICE_TROUBLE),
        (503, ErrorKind.SERVICE_TROUBLE),
        (529, ErrorKind.SERVICE_TROUBLE),
        (999, ErrorKind.SERVICE_TROUBLE),
    ],
)
@pytest.mark.parametrize("body", [b"", b"{}", b"<html>", b"[]", b'{"error_code": null}', b'{"error_code": "x"}'])
def test_without_a_code_the_http_status_counts(status: int, kind: ErrorKind, body: bytes) -> None:
    found = error_from(status, body, timedelta(seconds=3))
    assert found is not None
    assert (found.kind, found.detail, found.retry_after) == (kind, f"HTTP {status}", timedelta(seconds=3))


@pytest.mark.parametrize("code", [None, 0, "", "0", False, True, [], {}, 1.5, "4e5"])
def test_a_code_that_is_none_leaves_a_success_a_success(code: object) -> None:
    assert error_in(200, {"status": "completed", "error_code": code}) is None


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "something that is not JSON"),
        (b"  <html><body>504</body></html>", "a web page"),
        (b'{"status": "compl', "something that is not JSON"),
        (b"OK", "something that is not JSON"),
        (b'{"status": "\xff\xfe"}', "something that is not JSON"),
        (b"[" * 100_000, "something that is not JSON"),
        (b'{"a":' * 100_000, "something that is not JSON"),
        (b'{"cost": NaN}', "something that is not JSON"),
        (b'{"cost": 1e999}', "something that is not JSON"),
        (b'{"cost": ' + b"9" * 5000 + b"}", "something that is not JSON"),
        (b"[]", "JSON of an unexpected form"),
        (b"null", "JSON of an unexpected form"),
        (b'"completed"', "JSON of an unexpected form"),
        (b"200", "JSON of an unexpected form"),
    ],
)
def test_a_body_that_is_no_json_object_is_trouble_and_never_a_crash(body: bytes, words: str) -> None:
    with pytest.raises(RetakeError) as raised:
        json_object(body)
    assert raised.value.kind is ErrorKind.SERVICE_TROUBLE
    assert words in raised.value.detail
    found = error_from(200, body)
    assert found is not None
    assert found.kind is ErrorKind.SERVICE_TROUBLE


def test_of_two_equal_keys_the_last_counts() -> None:
    assert json_object(b'{"status": "failed", "status": "completed"}') == {"status": "completed"}


def test_a_success_is_no_error() -> None:
    for status in (200, 201, 202, 299):
        assert error_from(status, b'{"status": "in_queue", "message": "welcome"}') is None


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ({"error_message": "a", "message": "b", "error": "c", "detail": "d"}, "a"),
        ({"message": "b", "error": "c"}, "b"),
        ({"error": {"type": "x"}}, '{"type":"x"}'),
        ({"detail": "d"}, "d"),
        ({"detail": [{"loc": ["body", "duration"], "msg": "must be at least 2"}]}, "body.duration: must be at least 2"),
        ({"detail": [{"msg": "a"}, {"loc": ["b", 0], "msg": 7}, {"no": "msg"}]}, "a; b.0: 7"),
        ({"detail": ["plain"]}, '["plain"]'),
        ({"error_message": "", "message": None, "error": [], "detail": 0}, "HTTP 422"),
    ],
)
def test_the_services_own_words_are_found_wherever_they_stand(body: dict[str, object], detail: str) -> None:
    found = error_from(422, json.dumps(body).encode())
    assert found is not None
    assert found.detail == detail


def test_a_validation_error_does_not_repeat_the_input() -> None:
    item = {"loc": ["body"], "msg": "bad", "input": {"prompt": "my secret scene", "video_url": "data:video/mp4,x"}}
    found = error_from(422, json.dumps({"detail": [item]}).encode())
    assert found is not None
    assert found.detail == "body: bad"


def test_an_echoed_clip_and_a_signature_are_taken_out_and_the_rest_is_kept() -> None:
    said = "no: data:video/mp4;base64," + "QUJD" * 5000 + " nor https://b.example/a?sig=s3cret&x=1, sorry"
    found = error_from(400, json.dumps({"message": said}).encode())
    assert found is not None
    assert found.detail == "no: […] nor https://b.example/a?[…] sorry"


def test_the_detail_is_short_however_much_the_service_says() -> None:
    found = error_from(500, json.dumps({"message": "so sorry " * 10_000}).encode())
    assert found is not None
    assert len(found.detail) == 300
