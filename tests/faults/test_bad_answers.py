"""Bad answers to real processes: what was accepted, how each job ended, its file byte for byte, the exit code."""

import json
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import msgspec
import pytest

from retake_desktop.demo.faults import (
    Answer,
    Call,
    Cut,
    Drip,
    Fault,
    Lie,
    Lying,
    Patch,
    When,
    WorkFails,
    expired,
    html_page,
    rate_limited,
)
from retake_desktop.demo.service import DemoService
from retake_desktop.domain.job import Job, Stage
from tests.fakes.footage import make_clip
from tests.faults.gate import Gate
from tests.faults.killing import QUICK, TOKEN, command, files_with_token, folders_of, jobs_on_record
from tests.journeys.command import Ran, finished

pytestmark = pytest.mark.full

PROMPT = "A red coat with seven golden buttons"
_AT_ONCE = 3
_LOOKS = 6.0
"""Seconds that the service works, so that the takes look often enough to meet every fault of their trial."""
_ALL_READY = ((Stage.READY, 0),)
_UNKNOWN = (Stage.UNKNOWN, 6)


@dataclass(frozen=True)
class Trial:
    """One process with as many takes as there are faults, and how these end: (stage, exit code), as often as said.

    With `again`, the faults are then taken away and `jobs resume` brings home what is open.
    """

    faults: tuple[Fault, ...]
    accepted: int
    ends: tuple[tuple[Stage, int], ...]
    patience: float = 120
    again: bool = False
    takes: int | None = None
    run_seconds: float = 0


_BROKE = {"error_code": 400002, "error_message": "no remaining balance"}
TRIALS = {
    "submit: errors after which nobody knows": Trial(
        (
            Answer(call=Call.SUBMIT, status=500),
            Answer(call=Call.SUBMIT, status=503, headers={"Retry-After": "1"}),
            Answer(call=Call.SUBMIT, status=503, headers={"Retry-After": "1"}, accepted=True),
            html_page(Call.SUBMIT),
            html_page(Call.SUBMIT, status=200),
            Answer(call=Call.SUBMIT, status=408),
        ),
        accepted=1,
        ends=(_UNKNOWN,) * 6,
    ),
    "submit: answers that cannot be read": Trial(
        (
            Lying(call=Call.SUBMIT, lie=Lie.TRUNCATED),
            Lying(call=Call.SUBMIT, lie=Lie.WRONG_TYPES),
            Lying(call=Call.SUBMIT, lie=Lie.NO_REQUEST_ID),
            Lying(call=Call.SUBMIT, lie=Lie.HUGE),
            Patch(call=Call.SUBMIT, set={"request_id": "../../admin"}),
        ),
        accepted=5,
        ends=(_UNKNOWN,) * 5,
    ),
    "submit: connections cut": Trial(
        (
            Cut(call=Call.SUBMIT, when=When.BEFORE_READING),
            Cut(call=Call.SUBMIT, when=When.AFTER_READING),
            Cut(call=Call.SUBMIT, when=When.BEFORE_ANSWERING),
            Cut(call=Call.SUBMIT, when=When.IN_ANSWER),
        ),
        accepted=2,
        ends=(_UNKNOWN,) * 4,
    ),
    "submit: refusals": Trial(
        (
            Answer(call=Call.SUBMIT, status=400, body={"error_message": "no"}),
            Answer(call=Call.SUBMIT, status=401),
            Answer(call=Call.SUBMIT, status=402),
            Answer(call=Call.SUBMIT, status=404),
            Answer(call=Call.SUBMIT, status=422, body={"detail": [{"loc": ["prompt"], "msg": "too odd"}]}),
            Answer(call=Call.SUBMIT, status=200, body=_BROKE),
        ),
        accepted=0,
        ends=((Stage.FAILED, 3),) * 3 + ((Stage.FAILED, 4),) * 3,
    ),
    "submit: what passes": Trial(
        (
            Answer(call=Call.SUBMIT, status=429),
            rate_limited(Call.SUBMIT),
            Drip(call=Call.SUBMIT, seconds=0.1),
            Lying(call=Call.SUBMIT, lie=Lie.DUPLICATE_KEYS),
        ),
        accepted=4,
        ends=_ALL_READY * 4,
    ),
    "status: errors": Trial(
        (
            Answer(call=Call.STATUS, status=500),
            Answer(call=Call.STATUS, status=503, headers={"Retry-After": "2"}),
            Answer(call=Call.STATUS, status=429),
            html_page(Call.STATUS),
            expired(Call.STATUS, times=1),
            Cut(call=Call.STATUS, when=When.IN_ANSWER),
        ),
        accepted=3,
        ends=_ALL_READY * 3,
        takes=3,
        run_seconds=_LOOKS,
    ),
    "status: strange words": Trial(
        (
            Lying(call=Call.STATUS, lie=Lie.TRUNCATED),
            Lying(call=Call.STATUS, lie=Lie.WRONG_TYPES),
            Lying(call=Call.STATUS, lie=Lie.DUPLICATE_KEYS),
            Lying(call=Call.STATUS, lie=Lie.HUGE),
            Lying(call=Call.STATUS, lie=Lie.UNKNOWN_STATUS),
            Drip(call=Call.STATUS, seconds=0.1),
        ),
        accepted=3,
        ends=_ALL_READY * 3,
        takes=3,
        run_seconds=_LOOKS,
    ),
    "result: errors and strange words": Trial(
        (
            Answer(call=Call.RESULT, status=502),
            Lying(call=Call.RESULT, lie=Lie.TRUNCATED),
            Lying(call=Call.RESULT, lie=Lie.HUGE),
            Lying(call=Call.RESULT, lie=Lie.UNKNOWN_STATUS),
            Lying(call=Call.RESULT, lie=Lie.OUTPUT_IN_VIDEOS),
            Cut(call=Call.RESULT, when=When.BEFORE_ANSWERING),
        ),
        accepted=3,
        ends=_ALL_READY * 3,
        takes=3,
    ),
    "download: errors, cuts and drips": Trial(
        (
            Answer(call=Call.OUTPUT, status=503, headers={"Retry-After": "1"}),
            html_page(Call.OUTPUT, status=200),
            Cut(call=Call.OUTPUT, when=When.IN_ANSWER, after_bytes=3000),
            Cut(call=Call.OUTPUT, when=When.BEFORE_ANSWERING),
            expired(Call.OUTPUT, times=1),
            Drip(call=Call.OUTPUT, seconds=0.1),
        ),
        accepted=3,
        ends=_ALL_READY * 3,
        takes=3,
    ),
    "failed at the service": Trial((WorkFails(),), accepted=1, ends=((Stage.FAILED, 5),)),
    "no answer to any look": Trial(
        (Answer(call=Call.STATUS, status=500, times=None), Answer(call=Call.RESULT, status=500, times=None)),
        accepted=1,
        ends=((Stage.QUEUED, 7),),
        patience=3,
        again=True,
        takes=1,
    ),
    "a result without a video": Trial(
        (Lying(call=Call.RESULT, lie=Lie.NO_OUTPUT, times=None),),
        accepted=1,
        ends=((Stage.DOWNLOAD_FAILED, 7),),
        again=True,
    ),
}
"""Every fault strikes one call; the takes of a trial share them as they come."""


@dataclass(frozen=True)
class Ended:
    """What one process left behind."""

    ends: Counter[tuple[Stage, int]]
    code: int
    accepted: int
    sent: int
    pending: int
    resumed: tuple[int, Stage] | None


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, "Future[Ended]"]]:
    """All trials, several at a time."""
    root = tmp_path_factory.mktemp("trials")
    clip = make_clip(root / "clip.mp4", frames=100, rate=Fraction(25), size=(160, 90), audio=False)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        yield {
            name: pool.submit(_carried_out, trial, clip, root / f"{number}")
            for number, (name, trial) in enumerate(TRIALS.items())
        }


@pytest.mark.parametrize("name", TRIALS)
def test_a_bad_answer_costs_nothing_and_every_job_ends_as_it_should(
    name: str, ended: dict[str, "Future[Ended]"], capsys: pytest.CaptureFixture[str]
) -> None:
    trial, found = TRIALS[name], ended[name].result()
    with capsys.disabled():
        ends = ", ".join(f"{count} {stage} (exit {code})" for (stage, code), count in sorted(found.ends.items()))
        again = f"; then {found.resumed[1]} (exit {found.resumed[0]})" if found.resumed else ""
        figures = f"{len(trial.faults)} faults, {found.accepted} of {found.sent} submissions accepted"
        print(f"\n{name}: {figures}; {ends}{again}")  # noqa: T201 - the figures are the proof
    assert found.ends == Counter(trial.ends)
    assert found.code == max(code for _stage, code in trial.ends)
    assert found.accepted == trial.accepted
    assert found.resumed == ((0, Stage.READY) if trial.again else None)
    assert trial.again or found.pending == 0, "a fault never struck"


def _carried_out(trial: Trial, clip: Path, folder: Path) -> Ended:
    (folder / "service").mkdir(parents=True)
    home, takes = folder / "home", trial.takes or len(trial.faults)
    options = replace(QUICK, run_seconds=trial.run_seconds)
    with DemoService(folder / "service", options) as service, Gate(service.url) as gate:
        service.faults.add(*_one_a_call(trial.faults))
        account = {"RUNCOMFY_API_URL": gate.url, "RUNCOMFY_API_TOKEN": TOKEN}
        arguments = ["run", str(clip), "--prompt", PROMPT, "--json", "--takes", str(takes)]
        ran = finished(command(home, *arguments, "--patience", str(trial.patience), **account))
        jobs = [job for job, _state in jobs_on_record(home)]
        pending, accepted, resumed = len(service.faults.pending()), service.received.accepted_submissions, None
        _check_files(jobs, folder / "service", ran)
        if trial.again:
            service.faults.replace([])
            code = finished(command(home, "jobs", "resume", "--json", **account)).code
            ((job, _state),) = jobs_on_record(home)
            _check_files([job], folder / "service", ran)
            resumed = (code, job.stage)
        assert service.received.accepted_submissions == accepted, "resuming paid again"
        _check_secrets(home, gate, ran)
        codes = {event["job"]: event["exit"] for event in ran.done}
        ends = Counter((job.stage if job.id in codes else Stage.DRAFT, codes.get(job.id, -1)) for job in jobs)
        return Ended(ends, ran.code, accepted, gate.submissions, pending, resumed)


def _one_a_call(plan: tuple[Fault, ...]) -> list[Fault]:
    """The faults of one call strike one visit after the other, not the same one."""
    lasting = [fault for fault in plan if fault.times is None]
    passing = [fault for fault in plan if fault.times is not None]
    return lasting + [msgspec.structs.replace(fault, skip=number) for number, fault in enumerate(passing)]


def _check_files(jobs: list[Job], service: Path, ran: Ran) -> None:
    for job in jobs:
        if job.stage is Stage.READY:
            served = service / "requests" / str(job.request_id) / "output.mp4"
            assert Path(job.result_path or "").read_bytes() == served.read_bytes(), ran.notices


def _check_secrets(home: Path, gate: Gate, ran: Ran) -> None:
    assert TOKEN not in ran.out + ran.notices
    assert PROMPT not in ran.notices
    assert files_with_token(home) == []
    for log in folders_of(home).logs.iterdir():
        assert PROMPT not in log.read_text(encoding="utf-8")
    for seen in gate.requests:
        target, *headers = seen.head.split(b"\r\n")
        assert TOKEN.encode() not in target + seen.body
        assert all(line.lower().startswith(b"authorization:") for line in headers if TOKEN.encode() in line)
        assert not seen.body or json.loads(seen.body)["prompt"] == PROMPT
