"""A retake whose process is killed at a chosen instant, gone on with by `jobs resume`, and checked to the last cent."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from retake_desktop.demo.options import DemoOptions
from retake_desktop.demo.service import DemoService
from retake_desktop.domain.job import AttemptState, Job, Stage
from retake_desktop.services.folders import Folders
from retake_desktop.services.history import History
from tests.faults.gate import Gate, Instant
from tests.journeys.command import Ran, environment, finished

TOKEN = "fault-token-3f9c2e"
QUICK = DemoOptions(queue_seconds=0, run_seconds=0, answer_size=None, bleed_frames=0)
AT_ONCE = int(os.environ.get("RETAKE_FAULT_PARALLEL", "4"))
"""Runs that go on at the same time: most of each is waiting for the next look at the service."""
_PATIENCE = 600.0
"""Seconds that a command gets to end: these tests are about money and files, not about a busy machine."""
_ROOT = Path(__file__).parents[2]
_REASONABLE = float(os.environ.get("RETAKE_FAULT_REASONABLE", "0.5"))
"""Seconds after which an answer that has left the service must be on record; more on a machine that is busy."""
_APP = (sys.executable, "-m", "retake_desktop")
DYING = (sys.executable, "-m", "tests.faults.dying")
_MAYBE_ACCEPTED = (AttemptState.SENDING, AttemptState.UNKNOWN)

Kill = Callable[["subprocess.Popen[str]", Gate], None]
"""Ends the process at its instant; it may turn out to have ended by itself before."""


@dataclass(frozen=True)
class Plan:
    """One run: `instant` names it in failures, `kills` strike first `run` and then each `jobs resume`."""

    instant: str
    kills: tuple[Kill, ...]
    held: Instant | None = None
    dies_at: str = ""
    takes: int = 1
    latency: float = 0
    options: DemoOptions = QUICK


@dataclass(frozen=True)
class Outcome:
    """How one run ended."""

    instant: str
    killed: int
    takes: int
    accepted: int
    stages: tuple[Stage, ...]
    at_kill: tuple[str, ...]
    """What was on record after each kill: the jobs' stages, and the state of their last attempts."""


@dataclass
class Figures:
    """All runs of a session together."""

    outcomes: list[Outcome] = field(default_factory=list)

    def summary(self) -> str:
        stages = [stage for outcome in self.outcomes for stage in outcome.stages]
        asked, accepted = (sum(getattr(o, name) for o in self.outcomes) for name in ("takes", "accepted"))
        too_many = sum(max(0, o.accepted - o.takes) for o in self.outcomes)
        return (
            f"{len(self.outcomes)} runs, {sum(o.killed for o in self.outcomes)} kills at"
            f" {len({place for o in self.outcomes for place in o.at_kill})} different places; {asked} takes asked for,"
            f" {len(stages)} on record, {accepted} submissions accepted; {stages.count(Stage.READY)} ready (each file"
            f" byte for byte), {stages.count(Stage.UNKNOWN)} unknown, {too_many} too many"
        )


def at_stage(stage: Stage, sent: signal.Signals = signal.SIGKILL) -> Kill:
    """Right after the command has said that a job is in `stage`."""

    def kill(process: "subprocess.Popen[str]", _gate: Gate) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            if json.loads(line).get("stage") == stage:
                process.send_signal(sent)
                return

    return kill


def at_gate(later: float = 0) -> Kill:
    """`later` seconds after the submission has come to where the gate holds it."""

    def kill(process: "subprocess.Popen[str]", gate: Gate) -> None:
        assert gate.reached.wait(30), "no submission came"
        time.sleep(later)
        process.send_signal(signal.SIGKILL)
        process.wait()
        gate.release()

    return kill


def after(seconds: float) -> Kill:
    """`seconds` after the start."""

    def kill(process: "subprocess.Popen[str]", _gate: Gate) -> None:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)

    return kill


def around_submission(seconds: float) -> Kill:
    """`seconds` after the first submission of the run has begun to leave."""

    def kill(process: "subprocess.Popen[str]", gate: Gate) -> None:
        while process.poll() is None and not gate.submissions:
            time.sleep(0.002)
        after(seconds)(process, gate)

    return kill


def by_itself(process: "subprocess.Popen[str]", _gate: Gate) -> None:
    """A process that kills itself, see `dying`."""
    process.wait(60)


def command(home: Path, *arguments: str, program: Sequence[str] = _APP, **more: str) -> "subprocess.Popen[str]":
    """A command on its way, in folders of its own."""
    return subprocess.Popen(
        [*program, *arguments],
        cwd=_ROOT,
        env=environment(home, **more),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def jobs_on_record(home: Path) -> list[tuple[Job, AttemptState | None]]:
    """Every job and the state of its last submission, read from a copy: whoever comes next finds what the kill left."""
    source = home / "data" / "retake-desktop"
    if not (source / "jobs.sqlite").exists():
        return []
    with tempfile.TemporaryDirectory() as folder:
        for path in source.glob("jobs.sqlite*"):
            shutil.copy(path, folder)
        history = History(Path(folder) / "jobs.sqlite")
        try:
            assert history.set_aside is None, "the kill damaged the record of jobs"
            found = [(job, history.attempts(job.id)) for job in history.jobs()]
        finally:
            history.close()
    return [(job, attempts[-1].state if attempts else None) for job, attempts in found]


def carried_out(plans: Iterable[Plan], clip: Path, root: Path) -> list[Outcome]:
    """Every plan, several at a time, each with a service and folders of its own below `root`."""
    outcomes, broken = attempted(plans, clip, root)
    assert not broken, "\n\n".join(broken)
    return outcomes


def attempted(plans: Iterable[Plan], clip: Path, root: Path) -> tuple[list[Outcome], list[str]]:
    """As `carried_out`, to the last plan whatever happens: the outcomes, and what the other runs broke."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        ended = list(pool.map(partial(_attempted, clip, root), enumerate(plans)))
    return [one for one in ended if isinstance(one, Outcome)], [one for one in ended if isinstance(one, str)]


def _attempted(clip: Path, root: Path, numbered: tuple[int, Plan]) -> Outcome | str:
    try:
        return _carried_out(clip, root, *numbered)
    except (AssertionError, subprocess.TimeoutExpired) as error:
        return f"[{numbered[1].instant}] {error}"


def _carried_out(clip: Path, root: Path, number: int, plan: Plan) -> Outcome:
    folder = root / f"{number}"
    (folder / "service").mkdir(parents=True)
    with (
        DemoService(folder / "service", plan.options) as service,
        Gate(service.url, plan.held, plan.latency) as gate,
    ):
        outcome = _Run(plan, clip, folder, service, gate).outcome()
    shutil.rmtree(folder)
    return outcome


class _Run:
    """One plan at work."""

    def __init__(self, plan: Plan, clip: Path, folder: Path, service: DemoService, gate: Gate) -> None:
        self._plan = plan
        self._clip = clip
        self._home = folder / "home"
        self._service_folder = folder / "service"
        self._service = service
        self._gate = gate
        self._account = {"RUNCOMFY_API_URL": gate.url, "RUNCOMFY_API_TOKEN": TOKEN}
        self._output = ""
        self._killed = 0
        self._places: list[str] = []
        self._unknown: set[str] = set()
        self._surely_answered = 0

    def outcome(self) -> Outcome:
        for number, kill in enumerate(self._plan.kills):
            self._strike(self._first() if number == 0 else self._resume(), kill)
        self._unknown = {job.id for job, state in jobs_on_record(self._home) if state in _MAYBE_ACCEPTED}
        self._finish()
        return self._checked()

    def _first(self) -> "subprocess.Popen[str]":
        asked = ["run", str(self._clip), "--prompt", "A red coat", "--json", "--takes", str(self._plan.takes)]
        if not self._plan.dies_at:
            return command(self._home, *asked, **self._account)
        return command(self._home, *asked, program=DYING, RETAKE_DIES_AT=self._plan.dies_at, **self._account)

    def _resume(self) -> "subprocess.Popen[str]":
        return command(self._home, "jobs", "resume", "--json", **self._account)

    def _strike(self, process: "subprocess.Popen[str]", kill: Kill) -> None:
        started_at = time.monotonic()
        try:
            kill(process, self._gate)
            killed_at = time.monotonic()
            out, notices = process.communicate(timeout=_PATIENCE)
        finally:
            process.kill()
            process.wait()
        self._output += out + notices
        assert "Traceback" not in notices, self._said(notices)
        self._killed += process.returncode == -signal.SIGKILL
        # A reply that is late for a killed process is no answer to the next one.
        self._surely_answered += sum(
            began >= started_at and ended <= killed_at - _REASONABLE for began, ended in self._gate.answered
        )
        found = jobs_on_record(self._home)
        self._places.append(", ".join(f"{job.stage} ({state or 'no attempt'})" for job, state in found) or "nothing")

    def _finish(self) -> None:
        """`jobs resume` until nothing is open, and once more: what is unknown stays so."""
        for _attempt in range(3):
            result = self._ran_resume()
            if result.code in {0, 6}:
                break
        assert result.code == (6 if self._unknown else 0), self._said(f"exit code {result.code}")
        if self._unknown:
            sent = self._gate.submissions
            assert self._ran_resume().code == 6, self._said("what is unknown was not told again")
            assert self._gate.submissions == sent, self._said("an unknown submission was sent again")

    def _ran_resume(self) -> Ran:
        result = finished(self._resume(), _PATIENCE)
        self._output += result.out + result.notices
        return result

    def _checked(self) -> Outcome:
        found = [job for job, _state in jobs_on_record(self._home)]
        accepted = self._service.received.accepted_submissions
        assert accepted <= len(found) <= self._plan.takes, self._said(f"{accepted} accepted of {len(found)} jobs")
        assert self._gate.submissions <= len(found), self._said("a job was sent twice")
        unknown = {job.id for job in found if job.stage is Stage.UNKNOWN}
        assert unknown == self._unknown, self._said(f"unknown: {unknown}, and it was on its way: {self._unknown}")
        assert len(unknown) <= self._plan.takes - self._surely_answered, self._said("an answered job is unknown")
        self._check_files([job for job in found if job.id not in unknown])
        self._check_token()
        stages = tuple(job.stage for job in found)
        return Outcome(self._plan.instant, self._killed, self._plan.takes, accepted, stages, tuple(self._places))

    def _check_files(self, jobs: list[Job]) -> None:
        results = self._home / "data" / "retake-desktop" / "results"
        for job in jobs:
            assert job.stage is Stage.READY, self._said(f"a job ended {job.stage}: {job.problem}")
            assert job.result_path is not None
            served = self._service_folder / "requests" / str(job.request_id) / "output.mp4"
            assert Path(job.result_path).read_bytes() == served.read_bytes(), self._said("the file differs")
        wanted = sorted(Path(job.result_path or "").name for job in jobs)
        there = sorted(path.name for path in results.iterdir()) if results.exists() else []
        assert there == wanted, self._said(f"results: {there}")

    def _check_token(self) -> None:
        assert TOKEN not in self._output, self._said("the token was printed")
        assert files_with_token(self._home) == [], self._said("the token is in a file")
        for seen in self._gate.requests:
            target, *headers = seen.head.split(b"\r\n")
            holders = [line for line in headers if TOKEN.encode() in line]
            assert TOKEN.encode() not in target + seen.body, self._said("the token is in an address or a body")
            assert all(line.lower().startswith(b"authorization: bearer ") for line in holders)

    def _said(self, what: str) -> str:
        return f"[{self._plan.instant}] {what}\non record at the kills: {self._places}\n{self._output}"


def files_with_token(home: Path, token: str = TOKEN) -> list[str]:
    """Files below `home` in which the token occurs."""
    return [str(path) for path in home.rglob("*") if path.is_file() and token.encode() in path.read_bytes()]


def json_lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def folders_of(home: Path) -> Folders:
    """The folders that a command with this home uses."""
    return Folders(*(home / name / "retake-desktop" for name in ("data", "config", "cache")))
