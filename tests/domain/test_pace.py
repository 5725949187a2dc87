"""What is usual is measured from this person's own retakes, or not said."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

from retake_desktop.domain.job import Job, Service, Stage
from retake_desktop.domain.keeping import KEPT_FOR, kept_until
from retake_desktop.domain.pace import Pace
from retake_desktop.domain.span import Span
from tests.domain.examples import NOON, a_job, a_request

_DEMO = Service("demo", "account", is_demo=True)


def _made(name: str, seconds: int, **changes: object) -> Job:
    """A finished retake that took `seconds`."""
    done = {"request_id": name, "submitted_at": NOON, "finished_at": NOON + timedelta(seconds=seconds)} | changes
    return replace(a_job(Stage.READY), id=name, **done)  # type: ignore[arg-type] # each test names fields by their types


def _pace(*jobs: Job) -> Pace:
    pace = Pace()
    for job in jobs:
        pace.note(job)
    return pace


def test_nothing_is_usual_below_three_finished_retakes() -> None:
    assert _pace(_made("a", 60), _made("b", 90)).usual(a_job()) is None


def test_the_same_retake_seen_often_is_one_retake() -> None:
    assert _pace(*[_made("a", 60)] * 5).usual(a_job()) is None


def test_the_median_of_three_is_the_middle_one_whatever_the_slowest_took() -> None:
    pace = _pace(_made("a", 60), _made("b", 90), _made("c", 9000))
    assert pace.usual(a_job()) == timedelta(seconds=90)


def test_only_retakes_of_a_similar_length_count() -> None:
    long = a_request(Fraction(0), Fraction(20))
    assert long.span == Span(Fraction(0), Fraction(20))
    pace = _pace(*(_made(name, 600, request=long) for name in "abc"))
    assert pace.usual(a_job()) is None
    assert pace.usual(replace(a_job(), request=long)) == timedelta(seconds=600)


def test_what_was_made_elsewhere_or_not_at_all_tells_nothing() -> None:
    others = [_made("a", 60, service=_DEMO), _made("b", 60, request=a_request(model_id="x/y")), _made("c", -5)]
    failed = replace(_made("d", 60), stage=Stage.FAILED)
    assert _pace(*others, failed, _made("e", 60), _made("f", 60)).usual(a_job()) is None


def test_the_latest_fifty_count() -> None:
    slow = [_made(f"s{n}", 500) for n in range(60)]
    later = {"submitted_at": NOON + timedelta(hours=1), "finished_at": NOON + timedelta(hours=1, seconds=50)}
    fast = [_made(f"f{n}", 50, **later) for n in range(50)]
    assert _pace(*slow, *fast).usual(a_job()) == timedelta(seconds=50)


def test_what_is_still_to_be_fetched_is_kept_for_a_week_from_its_submission() -> None:
    waiting = replace(a_job(Stage.RUNNING), request_id="r", submitted_at=NOON)
    assert kept_until(waiting) == NOON + KEPT_FOR
    assert kept_until(replace(waiting, stage=Stage.DOWNLOAD_FAILED)) == NOON + KEPT_FOR
    assert timedelta(days=7) == KEPT_FOR


def test_nothing_expires_that_is_here_was_never_sent_or_belongs_to_the_demo() -> None:
    waiting = replace(a_job(Stage.RUNNING), request_id="r", submitted_at=NOON)
    assert kept_until(replace(waiting, stage=Stage.READY)) is None
    assert kept_until(replace(waiting, request_id=None)) is None
    assert kept_until(replace(waiting, service=_DEMO)) is None


def test_the_newest_retakes_count_in_whatever_order_they_are_read() -> None:
    slow = [_made(f"old-{n}", 600, finished_at=NOON + timedelta(minutes=n, seconds=600)) for n in range(60)]
    old = [replace(job, submitted_at=NOON + timedelta(minutes=n)) for n, job in enumerate(slow)]
    later = NOON + timedelta(days=1)
    new = [
        replace(_made(f"new-{n}", 60), submitted_at=later, finished_at=later + timedelta(seconds=60)) for n in range(60)
    ]
    assert _pace(*new, *old).usual(a_job()) == timedelta(seconds=60)
    assert _pace(*old, *new).usual(a_job()) == timedelta(seconds=60)
