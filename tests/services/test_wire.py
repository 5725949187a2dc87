"""The service's words, to the letter of its document, and replies that lie."""

import contextlib
import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.price import estimate
from retake_desktop.domain.retake import MODEL_ID, Mode
from retake_desktop.services.api import wire
from retake_desktop.services.api.wire import RemoteState, Status, Submission


def a_body(**changes: object) -> dict[str, object]:
    given_values = {
        "model_id": MODEL_ID,
        "prompt": "Change the coat to red",
        "video_url": "https://films.example/coat.mp4",
        "start_time": Fraction(0),
        "duration": Fraction(5),
        "mode": Mode.PICTURE_AND_SOUND,
    }
    body: dict[str, object] = json.loads(
        wire.submission_body(Submission(**(given_values | changes)))  # type: ignore[arg-type]  # checked by use
    )
    return body


def test_a_submission_has_the_five_fields_of_the_schema_and_no_other() -> None:
    assert a_body() == {
        "prompt": "Change the coat to red",
        "video_url": "https://films.example/coat.mp4",
        "start_time": 0.0,
        "duration": 5.0,
        "retake_mode": "replace_audio_and_video",
    }


@pytest.mark.parametrize(
    ("mode", "word"),
    [
        (Mode.SOUND, "replace_audio"),
        (Mode.PICTURE, "replace_video"),
        (Mode.PICTURE_AND_SOUND, "replace_audio_and_video"),
    ],
)
def test_modes_are_the_services_own_words(mode: Mode, word: str) -> None:
    assert a_body(mode=mode)["retake_mode"] == word


def test_times_are_json_numbers_in_seconds_with_microseconds() -> None:
    body = wire.submission_body(
        Submission(MODEL_ID, "p", "https://v", Fraction(1001, 30_000), Fraction(20), Mode.PICTURE)
    )
    assert b'"start_time":0.033367,"duration":20.0,' in body


@given(st.fractions(min_value=0, max_value=20))
def test_a_sent_time_is_never_off_by_more_than_a_microsecond(time: Fraction) -> None:
    sent = a_body(start_time=time)["start_time"]
    assert isinstance(sent, float)
    assert abs(Fraction(sent) - time) <= Fraction(1, 1_000_000)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_every_prompt_arrives_as_it_was_written(prompt: str) -> None:
    assert a_body(prompt=prompt)["prompt"] == prompt


@pytest.mark.parametrize(
    "request_id",
    ["", ".", "..", "a/b", "../models", "a b", "a%2Fb", "a?x=1", "a#b", "a\n", "ä", "a" * 129, "a\x00", "a\\b", "a;b"],
)
def test_an_id_that_would_leave_its_place_in_the_path_is_refused(request_id: str) -> None:
    with pytest.raises(RetakeError) as refused:
        wire.request_path(request_id, "status")
    assert refused.value.kind is ErrorKind.INVALID_REQUEST
    assert wire.read_submission(json.dumps({"request_id": request_id}).encode()) is None


@pytest.mark.parametrize("request_id", ["a", "req_1-A", "0" * 128, "018f3c3e-7f0a-7b1e-9a1e-3d8f5a1c2b3d"])
def test_a_plain_id_is_used_as_it_is(request_id: str) -> None:
    assert wire.request_path(request_id, "result") == f"/v1/requests/{request_id}/result"
    assert wire.read_submission(json.dumps({"request_id": request_id}).encode()) == request_id


def test_a_models_path_keeps_its_slashes() -> None:
    assert wire.model_path(MODEL_ID) == "/v1/models/ltx/ltx-2/retake-video"
    assert wire.model_path("ltx/ltx-2.3/retake-video") == "/v1/models/ltx/ltx-2.3/retake-video"


@pytest.mark.parametrize(
    "model_id",
    ["", "ltx", "/ltx/x", "ltx//x", "ltx/x/", "../requests/r/cancel", "ltx/../x", "ltx/.", "ltx/...", "a b/c", "a?b/c"],
)
def test_a_model_id_that_would_leave_the_models_is_refused(model_id: str) -> None:
    with pytest.raises(RetakeError) as refused:
        wire.model_path(model_id)
    assert refused.value.kind is ErrorKind.INVALID_REQUEST


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("https://model-api.runcomfy.net", "https://model-api.runcomfy.net"),
        ("  https://model-api.runcomfy.net/// ", "https://model-api.runcomfy.net"),
        ("https://proxy.example:8443/runcomfy/", "https://proxy.example:8443/runcomfy"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://127.8.9.1", "http://127.8.9.1"),
        ("http://localhost:8000/", "http://localhost:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("https://münchen.example", "https://münchen.example"),
    ],
)
def test_a_usable_base_address_loses_only_its_trailing_slash(text: str, base: str) -> None:
    assert wire.checked_base(text) == base


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "model-api.runcomfy.net",
        "http://model-api.runcomfy.net",
        "http://localhost.evil.example",
        "http://127.0.0.1.evil.example",
        "http://0.0.0.0:8000",
        "http://192.168.1.4",
        "http://[::2]:80",
        "ftp://127.0.0.1",
        "file:///etc/passwd",
        "https://",
        "https:///v1",
        "https://user@api.example",
        "https://:secret@api.example",
        "https://user:secret@api.example",
        "http://127.0.0.1@evil.example",
        "https://api.example?x=1",
        "https://api.example/?",
        "https://api.example#a",
        "https://api.example/#",
        "https://api.example\\@evil.example",
        "https://api.exa mple",
        "https://api.\nexample",
        "https://api.example:99999",
        "https://api.example:port",
        "https://[::1",
        "https://" + "a" * 64 + ".example",
        "https://a..example",
    ],
)
def test_an_unusable_base_address_is_refused(text: str) -> None:
    with pytest.raises(RetakeError) as refused:
        wire.checked_base(text)
    assert refused.value.kind is ErrorKind.INVALID_REQUEST


@given(st.text())
def test_no_base_address_is_anything_but_used_or_refused(text: str) -> None:
    with contextlib.suppress(RetakeError):
        assert wire.checked_base("https://" + text).startswith("https://")


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("in_queue", RemoteState.QUEUED),
        ("pending", RemoteState.QUEUED),
        ("waiting", RemoteState.QUEUED),
        ("in_progress", RemoteState.RUNNING),
        ("starting", RemoteState.RUNNING),
        ("processing", RemoteState.RUNNING),
        ("completed", RemoteState.FINISHED),
        ("succeeded", RemoteState.FINISHED),
        ("failed", RemoteState.FAILED),
        ("cancelled", RemoteState.CANCELLED),
        ("canceled", RemoteState.CANCELLED),
    ],
)
def test_every_known_word_is_understood_in_any_case(word: str, state: RemoteState) -> None:
    for spelt in (word, word.upper(), word.title(), f" {word}\n"):
        assert wire.read_status(json.dumps({"status": spelt}).encode()).state is state
        assert wire.read_result(json.dumps({"status": spelt}).encode()).state is state


@pytest.mark.parametrize("status", ["paused", "", "COMPLETED!", "in queue", None, 1, 200, True, [], {}, ["completed"]])
def test_any_other_word_keeps_the_job_alive(status: object) -> None:
    body = json.dumps({"status": status}).encode()
    assert wire.read_status(body).state is RemoteState.UNHEARD
    assert wire.read_result(body).state is RemoteState.UNHEARD


def test_a_reply_without_a_status_keeps_the_job_alive() -> None:
    assert wire.read_status(b"{}") == Status(RemoteState.UNHEARD, None)
    assert wire.read_result(b"{}").state is RemoteState.UNHEARD


@pytest.mark.parametrize("position", [0, 1, 999_999])
def test_a_place_in_the_queue_is_told(position: int) -> None:
    body = json.dumps({"status": "in_queue", "queue_position": position}).encode()
    assert wire.read_status(body) == Status(RemoteState.QUEUED, position)


@pytest.mark.parametrize("position", [-1, 1_000_000, 10**30, 1.5, True, False, "3", None, [], {}])
def test_nonsense_about_the_place_in_the_queue_is_not_shown(position: object) -> None:
    body = json.dumps({"status": "in_queue", "queue_position": position}).encode()
    assert wire.read_status(body) == Status(RemoteState.QUEUED, None)


@pytest.mark.parametrize(
    ("output", "videos"),
    [
        ({"video": "https://a"}, ("https://a",)),
        ({"videos": ["https://a"]}, ("https://a",)),
        ({"videos": ["https://a", "https://b"]}, ("https://a", "https://b")),
        ({"video": "https://a", "videos": ["https://b"]}, ("https://a",)),
        ({"video": "", "videos": ["https://b"]}, ("https://b",)),
        ({"video": None, "videos": ["https://b"]}, ("https://b",)),
        ({"video": 5, "videos": ["", 7, None, {"url": "x"}, "https://b"]}, ("https://b",)),
        ({"video": ["https://a"]}, ()),
        ({"videos": "https://a"}, ()),
        ({"videos": {"0": "https://a"}}, ()),
        ({"videos": []}, ()),
        ({"image": "https://a", "images": ["https://b"]}, ()),
        ({}, ()),
        (None, ()),
        ("https://a", ()),
        (["https://a"], ()),
        (True, ()),
    ],
)
def test_videos_are_found_where_the_schema_puts_them_and_nowhere_else(output: object, videos: tuple[str, ...]) -> None:
    result = wire.read_result(json.dumps({"status": "succeeded", "output": output}).encode())
    assert (result.state, result.videos) == (RemoteState.FINISHED, videos)


@pytest.mark.parametrize(
    ("written", "cost"),
    [
        (b"2.85", Decimal("2.85")),
        (b"0.1", Decimal("0.1")),
        (b"1", Decimal(1)),
        (b"0", Decimal(0)),
        (b'"2.85"', Decimal("2.85")),
        (b'"free"', None),
        (b'""', None),
        (b'"NaN"', None),
        (b'"sNaN"', None),
        (b'"Infinity"', None),
        (b'"9e999999999"', None),
        (b'"' + b"9" * 5000 + b'"', None),
        (b"1e300", None),
        (b"-1", None),
        (b'"-0.01"', None),
        (b"true", None),
        (b"null", None),
        (b"[1]", None),
        (b'{"usd": 1}', None),
    ],
)
def test_a_cost_that_is_no_amount_is_unknown_and_never_zero(written: bytes, cost: Decimal | None) -> None:
    assert wire.read_result(b'{"status": "completed", "cost": ' + written + b"}").cost_usd == cost


def test_a_missing_cost_is_unknown() -> None:
    assert wire.read_result(b'{"status": "completed"}').cost_usd is None


def test_a_failed_job_is_a_result_and_not_an_error() -> None:
    body = {"status": "failed", "error_code": 422001, "error_message": "content was filtered"}
    result = wire.read_result(json.dumps(body).encode())
    assert (result.state, result.error) == (RemoteState.FAILED, "content was filtered")


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"error": "out of memory"}, "out of memory"),
        ({"error": {"code": 3}}, '{"code":3}'),
        ({"error": None, "failure_reason": "bad clip"}, "bad clip"),
        ({"error": "", "message": "bad clip"}, "bad clip"),
        ({"detail": [{"loc": ["body", 0], "msg": "too short", "input": {"prompt": "p"}}]}, "body.0: too short"),
        ({}, ""),
        ({"error": False}, ""),
    ],
)  # fmt: skip
def test_what_the_service_says_about_a_failure_is_told(said: dict[str, object], error: str) -> None:
    assert wire.read_result(json.dumps({"status": "failed"} | said).encode()).error == error


def test_a_failure_repeats_neither_the_clip_nor_a_signature() -> None:
    clip = "data:video/mp4;base64," + "QUJD" * 100
    said = f"cannot fetch {clip} or https://b.example/w.mp4?X-Amz-Signature=abc&x=1 at all"
    error = wire.read_result(json.dumps({"status": "failed", "error": said}).encode()).error
    assert error == "cannot fetch […] or https://b.example/w.mp4?[…] at all"


def test_an_error_body_with_a_status_of_its_own_is_still_an_error() -> None:
    with pytest.raises(RetakeError) as raised:
        wire.read_result(b'{"status": 404, "error_code": 404001, "message": "unknown request"}')
    assert raised.value.kind is ErrorKind.EXPIRED


def test_the_raw_answer_is_kept_but_not_without_end() -> None:
    result = wire.read_result(b'{"status": "completed", "junk": "' + b"x" * 100_000 + b'"}')
    assert result.raw.startswith('{"status": "completed"')
    assert len(result.raw) == 20_000


@pytest.mark.parametrize(
    ("body", "accepted"),
    [
        ({"status": "completed", "outcome": "cancelled"}, True),
        ({"outcome": "Canceled"}, True),
        ({"status": "cancelled", "outcome": "not_cancellable"}, False),
        ({"outcome": "not_cancellable"}, False),
        ({"status": "cancelled"}, True),
        ({"status": "completed"}, False),
        ({"outcome": None, "status": "cancelled"}, True),
        ({"outcome": 1}, False),
        ({}, False),
    ],
)
def test_the_outcome_decides_whether_a_job_was_cancelled(body: dict[str, object], accepted: bool) -> None:
    assert wire.read_cancel(json.dumps(body).encode()) is accepted


@pytest.mark.parametrize(
    ("body", "dollars"),
    [
        ({"base_price_usd": 0.1, "price_unit": "second"}, Decimal("0.7")),
        ({"base_price_usd": "0.10", "price_unit": "Seconds"}, Decimal("0.70")),
        ({"base_price_usd": 0.5, "price_unit": "output"}, Decimal("0.5")),
        ({"base_price_usd": 0.5, "price_unit": "megapixel"}, None),
        ({"base_price_usd": 0.5}, None),
        ({"price_unit": "second"}, None),
        ({"base_price_usd": None, "price_unit": "second"}, None),
        ({"base_price_usd": "9e999999", "price_unit": "second"}, None),
        ({"base_price_usd": -1, "price_unit": "second"}, None),
        ({"base_price_usd": True, "price_unit": "second"}, None),
        ({"base_price_usd": 1, "price_unit": ["second"]}, None),
        ({}, None),
    ],
)
def test_a_price_that_cannot_be_read_gives_no_estimate(body: dict[str, object], dollars: Decimal | None) -> None:
    model = wire.read_model(MODEL_ID, json.dumps(body).encode())
    assert model.model_id == MODEL_ID
    assert estimate(model.price, Fraction(31, 5)) == dollars


@pytest.mark.parametrize(
    ("body", "dollars"),
    [({"balance_usd": 12.5}, Decimal("12.5")), ({"balance_usd": "x"}, None), ({}, None), ({"balance_usd": -3}, None)],
)
def test_a_balance_is_an_amount_or_unknown(body: dict[str, object], dollars: Decimal | None) -> None:
    assert wire.read_balance(json.dumps(body).encode()) == dollars


@pytest.mark.parametrize("read", [wire.read_status, wire.read_cancel, wire.read_balance])
def test_an_error_inside_a_200_is_an_error(read: object) -> None:
    assert callable(read)
    with pytest.raises(RetakeError) as raised:
        read(b'{"error_code": 400004, "error_message": "token expired"}')
    assert (raised.value.kind, raised.value.detail) == (ErrorKind.BAD_TOKEN, "token expired")


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
_NAMES = st.sampled_from(
    ["status", "output", "cost", "error", "error_code", "queue_position", "outcome", "request_id", "detail", "message",
     "base_price_usd", "price_unit", "balance_usd"]
)  # fmt: skip


@given(st.dictionaries(_NAMES, _JSON))
def test_no_reply_breaks_a_reader(reply: dict[str, object]) -> None:
    body = json.dumps(reply).encode()
    wire.read_submission(body)
    for read in (wire.read_status, wire.read_result, wire.read_cancel, wire.read_balance):
        try:
            read(body)
        except RetakeError:
            continue


@pytest.mark.parametrize("odd", ["caf\udce9", "half \ud83d a smile"])
def test_text_that_is_no_unicode_is_refused_with_a_sentence(odd: str) -> None:
    sent = Submission(MODEL_ID, "A red coat", "https://films.example/coat.mp4", Fraction(1), Fraction(2), Mode.PICTURE)
    for wrong in (replace(sent, prompt=odd), replace(sent, video_url=odd)):
        with pytest.raises(RetakeError) as refused:
            wire.submission_body(wrong)
        assert refused.value.kind is ErrorKind.INVALID_REQUEST
        assert "place" in refused.value.detail
        refused.value.detail.encode()
