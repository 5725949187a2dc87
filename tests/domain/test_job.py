from collections.abc import Iterable
from datetime import timedelta

import pytest

from retake_desktop.domain.errors import ErrorKind, Problem
from retake_desktop.domain.job import (
    CANCELLABLE_STAGES,
    OPEN_STAGES,
    REVIEWABLE_STAGES,
    TRANSITIONS,
    Progress,
    Stage,
    Wait,
)
from tests.domain.examples import NOON, a_job

LATER = NOON + timedelta(seconds=5)
PAID = {Stage.QUEUED, Stage.RUNNING, Stage.CANCELLING, Stage.DOWNLOADING, Stage.DOWNLOAD_FAILED, Stage.READY}


def _reachable(start: Iterable[Stage], without: frozenset[Stage] = frozenset()) -> set[Stage]:
    found, open_ends = set(start), list(start)
    while open_ends:
        for stage in TRANSITIONS[open_ends.pop()] - without - found:
            found.add(stage)
            open_ends.append(stage)
    return found


def test_every_stage_says_what_may_follow_it() -> None:
    assert set(TRANSITIONS) == set(Stage)


def test_every_stage_can_be_reached_from_a_draft() -> None:
    assert _reachable([Stage.DRAFT]) == set(Stage)


@pytest.mark.parametrize("stage", sorted(OPEN_STAGES))
def test_no_open_stage_is_a_dead_end(stage: Stage) -> None:
    assert _reachable([stage]) & {Stage.READY, Stage.CANCELLED, Stage.FAILED, Stage.EXPIRED}
    assert TRANSITIONS[stage]


@pytest.mark.parametrize("stage", sorted(PAID - {Stage.READY}))
def test_a_paid_job_cannot_be_submitted_again_without_having_ended(stage: Stage) -> None:
    ends = frozenset({Stage.FAILED, Stage.CANCELLED, Stage.EXPIRED})
    assert Stage.SUBMITTING not in _reachable([stage], without=ends)


def test_an_unknown_submission_is_never_taken_up_by_itself() -> None:
    assert Stage.UNKNOWN not in OPEN_STAGES
    assert Stage.UNKNOWN not in CANCELLABLE_STAGES


def test_a_download_can_be_tried_again_without_paying() -> None:
    assert Stage.DOWNLOADING in TRANSITIONS[Stage.DOWNLOAD_FAILED]
    assert Stage.SUBMITTING not in TRANSITIONS[Stage.DOWNLOAD_FAILED]


def test_only_what_has_a_result_can_be_reviewed() -> None:
    assert {Stage.READY, Stage.KEPT} == REVIEWABLE_STAGES


def test_a_step_of_the_table_makes_a_new_snapshot_and_leaves_the_old_one() -> None:
    job = a_job()
    moved = job.moved(Stage.PREPARING, LATER, queue_position=3)
    assert (moved.stage, moved.updated_at, moved.queue_position) == (Stage.PREPARING, LATER, 3)
    assert (job.stage, job.updated_at, job.queue_position) == (Stage.DRAFT, NOON, None)


@pytest.mark.parametrize("stage", Stage)
def test_every_step_outside_the_table_is_refused(stage: Stage) -> None:
    for following in set(Stage) - TRANSITIONS[stage] - {stage}:
        with pytest.raises(ValueError, match="cannot go from"):
            a_job(stage).moved(following, LATER)


def test_what_belongs_to_a_stage_ends_with_it() -> None:
    resting = a_job(Stage.QUEUED).moved(
        Stage.QUEUED, LATER, wait=Wait.NETWORK, progress=Progress(1, 2), problem=Problem(ErrorKind.OFFLINE)
    )
    assert resting.wait is Wait.NETWORK
    moved = resting.moved(Stage.RUNNING, LATER)
    assert (moved.wait, moved.progress, moved.problem) == (None, None, None)


def test_a_cancel_is_offered_once() -> None:
    job = a_job(Stage.RUNNING)
    assert job.can_cancel
    assert not job.moved(Stage.RUNNING, LATER, cancel_asked=True).can_cancel
    assert not a_job(Stage.READY).can_cancel


@pytest.mark.parametrize("stage", Stage)
def test_a_job_is_open_in_exactly_the_open_stages(stage: Stage) -> None:
    assert a_job(stage).is_open == (stage in OPEN_STAGES)
