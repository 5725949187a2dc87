"""How a take will go on: said honestly, or not at all."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from retake_desktop.domain.job import Job, Progress, Stage
from retake_desktop.domain.retake import RetakeRequest
from retake_desktop.domain.span import Span
from retake_desktop.ui import text
from retake_desktop.ui.takes.outlook import Outlook
from tests.fakes.job_thread import DEMO, LIVE, draft
from tests.ui.making import a_clip

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
REQUEST = RetakeRequest("/v/a.mp4", Span(Fraction(0), Fraction(5)), "p")


class Clock:
    """Wall clock and monotonic clock that a test moves together."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> datetime:
        return NOON + timedelta(seconds=self.seconds)

    def monotonic(self) -> float:
        return self.seconds


def _job(stage: Stage, name: str = "a-1", **changes: object) -> Job:
    given = {"stage": stage, "request_id": name, "submitted_at": NOON} | changes
    return replace(draft(name, REQUEST, a_clip(), LIVE, NOON), **given)  # type: ignore[arg-type] # named by their types


def _outlook(clock: Clock, *made: int) -> Outlook:
    """One that knows retakes that took so many seconds."""
    found = Outlook(clock.now, clock.monotonic)
    at = [NOON + timedelta(seconds=seconds) for seconds in made]
    found.load([_job(Stage.READY, f"m-{n}", finished_at=end) for n, end in enumerate(at)])
    return found


def test_elapsed_stands_against_what_is_usual_once_three_were_made() -> None:
    clock = Clock()
    clock.seconds = 65
    assert _outlook(clock, 60, 90).figures(_job(Stage.RUNNING)) == "1:05"
    assert _outlook(clock, 60, 90, 120).figures(_job(Stage.RUNNING)) == "1:05 of usually 1:30"


def test_bytes_and_time_left_are_measured_while_a_file_travels() -> None:
    clock = Clock()
    outlook = _outlook(clock)

    def seen(second: float, done: int) -> str:
        clock.seconds = second
        job = _job(Stage.DOWNLOADING, progress=Progress(done, 20_000_000))
        outlook.note(job)
        return outlook.figures(job)

    assert seen(0, 0) == "0 bytes of 20.0 MB · 0:00"
    assert seen(1, 1_000_000) == "1.0 MB of 20.0 MB · 0:01"
    assert seen(2, 2_000_000) == "2.0 MB of 20.0 MB · about 20 s left"
    assert seen(4, 4_000_000) == "4.0 MB of 20.0 MB · about 15 s left"


def test_a_file_that_has_stopped_gets_no_nearer_and_one_that_begins_anew_is_measured_anew() -> None:
    clock = Clock()
    outlook = _outlook(clock)
    job = _job(Stage.HOSTING, progress=Progress(0, 10_000_000))
    outlook.note(job)
    clock.seconds = 2
    job = replace(job, progress=Progress(5_000_000, 10_000_000))
    outlook.note(job)
    assert outlook.figures(job).endswith("about 5 s left")
    clock.seconds = 60
    assert outlook.figures(job).endswith("about 60 s left")
    again = replace(job, progress=Progress(0, 10_000_000))
    outlook.note(again)
    assert "left" not in outlook.figures(again)
    for second, done in ((100, 0), (103, 6_000_000), (104, 0), (106, 2_000_000)):
        clock.seconds = second
        again = replace(job, id="b-1", progress=Progress(done, 10_000_000))
        outlook.note(again)
    assert outlook.figures(again).endswith("about 10 s left")


@pytest.mark.parametrize(
    ("remaining", "words"), [(0.2, "5 s"), (22, "20 s"), (89, "90 s"), (95, "2 min"), (600, "10 min")]
)
def test_time_left_is_never_too_exact(remaining: float, words: str) -> None:
    assert text.left(remaining) == f"about {words} left"


def test_while_it_is_being_made_the_app_may_be_closed_and_the_result_is_kept_for_a_week() -> None:
    words = _outlook(Clock()).words(_job(Stage.RUNNING))
    assert words == ("You may close the app; it goes on at the service. The result is kept there until about 29 Nov.")


@pytest.mark.parametrize(
    ("made", "seconds", "is_long"), [((), 599, False), ((), 601, True), ((90,) * 3, 170, False), ((90,) * 3, 200, True)]
)
def test_what_takes_long_is_said_to_go_on_and_never_given_up(
    made: tuple[int, ...], seconds: int, is_long: bool
) -> None:
    clock = Clock()
    clock.seconds = seconds
    words = _outlook(clock, *made).words(_job(Stage.RUNNING))
    assert words.startswith("Still being made, longer than usual.") is is_long
    assert "You may close the app" in words


def test_a_result_that_will_soon_be_gone_says_so() -> None:
    clock = Clock()
    outlook = _outlook(clock)
    waiting = _job(Stage.DOWNLOAD_FAILED)
    assert outlook.words(waiting) == "Kept at the service until about 29 Nov."
    clock.seconds = timedelta(days=6).total_seconds()
    assert outlook.words(waiting) == "Fetch it soon: it is kept at the service until about 29 Nov only."


def test_nothing_is_said_where_nothing_waits_at_the_service() -> None:
    outlook = _outlook(Clock())
    assert outlook.words(_job(Stage.PREPARING, request_id=None)) == ""
    assert outlook.words(_job(Stage.READY)) == ""
    assert outlook.words(_job(Stage.RUNNING, service=DEMO)) == ""


def test_a_finished_take_without_a_bill_shows_its_estimate_as_one() -> None:
    assert _outlook(Clock()).figures(_job(Stage.READY)) == "about $0.70 (estimate)"
