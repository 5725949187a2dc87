"""SIGKILL at every instant that matters: nothing is sent twice, nothing paid is lost, nothing is guessed."""

import os
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from retake_desktop.demo.options import DemoOptions
from retake_desktop.demo.service import DemoService
from retake_desktop.domain.job import Stage
from tests.faults.gate import Instant
from tests.faults.killing import (
    DYING,
    QUICK,
    Figures,
    Kill,
    Outcome,
    Plan,
    after,
    around_submission,
    at_gate,
    at_stage,
    attempted,
    by_itself,
    carried_out,
    command,
)

SEEDED_RUNS = 5
"""In the normal test run; with --full, RETAKE_FAULT_RUNS (2,000) from RETAKE_FAULT_FIRST on: processes may share."""
_REPORT_EVERY = 40
_SLOW_SERVICE = DemoOptions(queue_seconds=0, run_seconds=2.5, answer_size=None, bleed_frames=0)
_PAID_WRITES = (5, 6, 7)
"""The attempt, "sending" and "accepted", in the run of one take."""
_STAGES = (
    Stage.DRAFT, Stage.PREPARING, Stage.HOSTING, Stage.SUBMITTING, Stage.QUEUED, Stage.RUNNING, Stage.DOWNLOADING,
    Stage.READY,
)  # fmt: skip


@pytest.mark.parametrize("instant", [Instant.HEAD_ONLY, Instant.WHOLE_REQUEST, Instant.HALF_REPLY])
def test_a_kill_while_the_submission_is_out_leaves_it_unknown_for_good(
    instant: Instant, clip: Path, tmp_path: Path, figures: Figures
) -> None:
    (outcome,) = carried_out([Plan(instant, (at_gate(),), held=instant)], clip, tmp_path)
    assert outcome.stages == (Stage.UNKNOWN,)
    assert outcome.accepted == (0 if instant is Instant.HEAD_ONLY else 1)
    figures.outcomes.append(outcome)


def test_an_answer_that_left_the_service_half_a_second_before_the_kill_is_never_unknown(
    clip: Path, tmp_path: Path, figures: Figures
) -> None:
    plan = Plan("answer + 500 ms", (at_gate(0.5),), held=Instant.WHOLE_REPLY)
    (outcome,) = carried_out([plan], clip, tmp_path)
    assert (outcome.stages, outcome.accepted, outcome.killed) == ((Stage.READY,), 1, 1)
    figures.outcomes.append(outcome)


@pytest.mark.full
def test_killed_as_it_enters_each_stage_every_retake_comes_home(clip: Path, tmp_path: Path, figures: Figures) -> None:
    plans = [
        Plan(stage, (at_stage(stage),), options=_SLOW_SERVICE if stage is Stage.RUNNING else QUICK)
        for stage in _STAGES
    ]  # fmt: skip
    outcomes = carried_out(plans, clip, tmp_path)
    figures.outcomes.extend(outcomes)
    assert [outcome.killed for outcome in outcomes] == [1] * len(_STAGES)


def test_killed_after_a_write_around_the_submission_nothing_is_lost_or_paid_twice(
    clip: Path, tmp_path: Path, figures: Figures
) -> None:
    numbers = (_PAID_WRITES[0] - 1, *_PAID_WRITES)
    outcomes = carried_out([_dying("after", number) for number in numbers], clip, tmp_path)
    figures.outcomes.extend(outcomes)
    assert sum(outcome.killed for outcome in outcomes) == len(numbers)
    _expect_each_step_of_the_submission(outcomes)


@pytest.mark.full
def test_killed_after_every_write_of_the_record_nothing_is_lost_or_paid_twice(
    clip: Path, tmp_path: Path, figures: Figures
) -> None:
    writes = _writes_of_a_whole_run(clip, tmp_path)
    assert writes >= 9, "draft, preparing, hosting, submitting, attempt, sending, accepted, downloading, ready"
    outcomes = carried_out([_dying("after", number) for number in range(1, writes + 1)], clip, tmp_path / "runs")
    figures.outcomes.extend(outcomes)
    # A look at the queue more or less is a write more or less.
    assert sum(outcome.killed for outcome in outcomes) >= writes - 2
    _expect_each_step_of_the_submission(outcomes)


def _expect_each_step_of_the_submission(outcomes: Sequence[Outcome]) -> None:
    """Each was met, and only a kill while it was out leaves it unknown."""
    places = {outcome.at_kill[0] for outcome in outcomes}
    assert {"submitting (no attempt)", "submitting (not_sent)", "submitting (sending)", "queued (accepted)"} <= places
    unknown = [outcome for outcome in outcomes if outcome.stages == (Stage.UNKNOWN,)]
    assert [outcome.at_kill for outcome in unknown] == [("submitting (sending)",)]


@pytest.mark.full
def test_killed_with_a_write_not_yet_committed_only_the_step_that_it_records_is_open(
    clip: Path, tmp_path: Path, figures: Figures
) -> None:
    outcomes = carried_out([_dying("before", number) for number in (1, *_PAID_WRITES)], clip, tmp_path)
    figures.outcomes.extend(outcomes)
    assert [(outcome.at_kill, outcome.stages) for outcome in outcomes] == [
        (("nothing",), ()),
        (("submitting (no attempt)",), (Stage.READY,)),
        (("submitting (not_sent)",), (Stage.READY,)),
        (("submitting (sending)",), (Stage.UNKNOWN,)),
    ]


def _dying(when: str, number: int) -> Plan:
    return Plan(f"{when} write {number}", (by_itself,), dies_at=f"{when} {number}")


def _writes_of_a_whole_run(clip: Path, folder: Path) -> int:
    (folder / "rehearsal").mkdir()
    with DemoService(folder / "rehearsal", QUICK) as service:
        process = command(
            folder / "rehearsal-home", "run", str(clip), "--prompt", "A red coat", "--json",
            program=DYING,
            RETAKE_DIES_AT="never 0", RUNCOMFY_API_URL=service.url, RUNCOMFY_API_TOKEN="rehearsal",
        )  # fmt: skip
        _out, notices = process.communicate(timeout=60)
    assert process.returncode == 0, notices
    return int(notices.rpartition("writes: ")[2])


def test_killed_at_random_instants_every_promise_holds(clip: Path, tmp_path: Path, figures: Figures) -> None:
    outcomes = carried_out([_seeded(seed) for seed in range(SEEDED_RUNS)], clip, tmp_path)
    figures.outcomes.extend(outcomes)
    assert len(outcomes) == SEEDED_RUNS
    assert any(outcome.killed for outcome in outcomes)


@pytest.mark.full
@pytest.mark.timeout(4 * 3600)
def test_killed_at_thousands_of_random_instants_every_promise_holds(
    clip: Path, tmp_path: Path, figures: Figures, capsys: pytest.CaptureFixture[str]
) -> None:
    first = int(os.environ.get("RETAKE_FAULT_FIRST", str(SEEDED_RUNS)))
    end = first + int(os.environ.get("RETAKE_FAULT_RUNS", "2000"))
    done, broken = Figures(), list[str]()
    for start in range(first, end, _REPORT_EVERY):
        plans = [_seeded(seed) for seed in range(start, min(start + _REPORT_EVERY, end))]
        outcomes, failures = attempted(plans, clip, tmp_path / f"from {start}")
        done.outcomes.extend(outcomes)
        broken.extend(failures)
        with capsys.disabled():
            news = f"{done.summary()}, {len(broken)} broken"
            print("\n".join(["", *failures, f"seeds {first} to {start + len(plans) - 1}: {news}"]), flush=True)  # noqa: T201 - progress
    figures.outcomes.extend(done.outcomes)
    assert broken == []


def _seeded(seed: int) -> Plan:
    """`run` is killed, and mostly the `jobs resume` after it too: in starting up, around the submission, later."""
    chance = random.Random(seed)  # noqa: S311 - chance that can be repeated, no secret
    kills = tuple(_random_kill(chance) for _kill in range(chance.choice([1, 2, 2, 3])))
    return Plan(f"seed {seed}", kills, takes=chance.choice([1, 1, 2]), latency=chance.choice([0, 0.05, 0.4]))


def _random_kill(chance: random.Random) -> Kill:
    if chance.random() < 0.4:
        return around_submission(chance.uniform(0, 0.6))
    return after(chance.uniform(*chance.choice([(0.2, 0.7), (0.6, 1.6), (1.0, 2.0), (1.6, 4.5)])))
