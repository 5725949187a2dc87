"""When to ask again, and what may become of a submission."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retake_desktop.services.api.retry import (
    LONGEST_PAUSE,
    Verdict,
    pause_after,
    pause_between_polls,
    read_retry_after,
    verdict_on_answer,
    verdict_on_broken_connection,
)

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


@pytest.mark.parametrize(
    ("failures", "pause"), [(1, 1), (2, 2), (3, 4), (4, 8), (5, 16), (6, 32), (7, 60), (8, 60), (11, 60), (10**6, 60)]
)
def test_pauses_double_up_to_a_minute(failures: int, pause: int) -> None:
    assert pause_after(failures, chance=0) == seconds(pause)


@given(st.integers(1, 10**6), st.floats(0, 1, exclude_max=True))
def test_chance_takes_away_at_most_a_quarter_and_never_adds(failures: int, chance: float) -> None:
    full = pause_after(failures, 0)
    assert full * 0.75 <= pause_after(failures, chance) <= full <= LONGEST_PAUSE


@pytest.mark.parametrize(
    ("asked", "pause"),
    [(seconds(7), 7), (seconds(0), 1), (seconds(-5), 1), (seconds(600), 600), (seconds(86_400), 600)],
)
def test_what_the_service_asks_for_is_honoured_from_a_second_to_ten_minutes(asked: timedelta, pause: int) -> None:
    assert pause_after(5, 0.5, asked) == seconds(pause)


@pytest.mark.parametrize(
    ("waited", "pause"), [(0, 2), (29, 2), (30, 5), (299, 5), (300, 12), (10**7, 12)]
)  # fmt: skip
def test_polls_come_less_often_the_longer_a_job_takes(waited: int, pause: int) -> None:
    assert pause_between_polls(seconds(waited), chance=0) == seconds(pause)
    assert seconds(pause) * 0.75 <= pause_between_polls(seconds(waited), chance=0.999) < seconds(pause)


@pytest.mark.parametrize(
    ("header", "pause"),
    [
        ("0", seconds(0)),
        ("7", seconds(7)),
        (" 120 ", seconds(120)),
        ("99999999999999999999", seconds(86_400)),
        ("Sun, 22 Nov 2026 12:00:30 GMT", seconds(30)),
        ("Sun, 22 Nov 2026 11:00:00 GMT", seconds(0)),
        ("Sun, 22 Nov 2026 13:00:30 +0100", seconds(30)),
        ("Sun, 22 Nov 2026 12:00:30", seconds(30)),
        ("Sun, 22 Nov 2026 12:00:30 -0000", seconds(30)),
        (None, None),
        ("", None),
        ("  ", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("1e3", None),
        ("²", None),
        ("Mon, 32 Foo 2026 99:99:99 GMT", None),
        ("Mon, 01 Jan 99999999999 00:00:00 GMT", None),
        ("Mon, 01 Jan 2024 00:00:00 +99999999999999999999", None),
    ],
)
def test_retry_after_is_seconds_or_a_date_or_nothing(header: str | None, pause: timedelta | None) -> None:
    assert read_retry_after(header, NOW) == pause


@given(st.text(max_size=60))
def test_no_retry_after_breaks_anything(header: str) -> None:
    pause = read_retry_after(header, NOW)
    assert pause is None or pause >= seconds(0)


ACCEPTING = [200, 201, 202, 299]
REFUSING = [400, 401, 402, 403, 404, 405, 410, 413, 415, 418, 422, 451]
DOUBTFUL = [100, 101, 300, 301, 302, 303, 307, 308, 408, 409, 425, 500, 501, 502, 503, 504, 507, 520, 529, 599, 999]


@pytest.mark.parametrize("status", ACCEPTING)
def test_a_request_id_in_a_success_is_an_acceptance_whatever_else_is_said(status: int) -> None:
    for error_status in (None, 400, 429, 500):
        assert verdict_on_answer(status, has_request_id=True, error_status=error_status) is Verdict.ACCEPTED


@pytest.mark.parametrize("status", ACCEPTING)
def test_a_success_without_a_request_id_is_unknown(status: int) -> None:
    assert verdict_on_answer(status, has_request_id=False, error_status=None) is Verdict.UNKNOWN


@pytest.mark.parametrize("status", REFUSING)
def test_a_plain_no_is_a_refusal(status: int) -> None:
    for error_status in (None, status, 500):
        assert verdict_on_answer(status, has_request_id=False, error_status=error_status) is Verdict.REFUSED
    assert verdict_on_answer(200, has_request_id=False, error_status=status) is Verdict.REFUSED


@pytest.mark.parametrize("status", DOUBTFUL)
def test_what_a_proxy_may_say_leaves_it_unknown_even_with_a_code(status: int) -> None:
    for has_request_id in (False, True):
        for error_status in (None, 400, 429, 500):
            verdict = verdict_on_answer(status, has_request_id=has_request_id, error_status=error_status)
            assert verdict is Verdict.UNKNOWN


def test_too_many_requests_may_be_sent_again() -> None:
    assert verdict_on_answer(429, has_request_id=False, error_status=None) is Verdict.SEND_AGAIN
    assert verdict_on_answer(200, has_request_id=False, error_status=429) is Verdict.SEND_AGAIN


def test_a_service_that_never_had_the_whole_request_took_nothing() -> None:
    assert verdict_on_broken_connection(whole_request_sent=False) is Verdict.SEND_AGAIN
    assert verdict_on_broken_connection(whole_request_sent=True) is Verdict.UNKNOWN
