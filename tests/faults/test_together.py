"""Several processes over one record of jobs: each job is sent by one of them, once."""

import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from retake_desktop.demo.service import DemoService
from retake_desktop.domain.job import AttemptState, Job, Service, Stage
from retake_desktop.domain.retake import RetakeRequest
from retake_desktop.domain.span import Span
from retake_desktop.media.probe import probe
from retake_desktop.services.history import History
from retake_desktop.services.secrets import fingerprint
from tests.faults.gate import Gate
from tests.faults.killing import QUICK, TOKEN, command, files_with_token, folders_of, jobs_on_record
from tests.journeys.command import finished

_TAKES = 4


@pytest.mark.parametrize(("resuming", "unsent"), [(3, 8), pytest.param(5, 20, marks=pytest.mark.full)])
def test_a_window_and_several_resumes_send_each_unsent_job_once(
    clip: Path, tmp_path: Path, resuming: int, unsent: int
) -> None:
    home = tmp_path / "together"
    (tmp_path / "service").mkdir()
    with DemoService(tmp_path / "service", QUICK) as service, Gate(service.url) as gate:
        account = {"RUNCOMFY_API_URL": gate.url, "RUNCOMFY_API_TOKEN": TOKEN}
        _record_drafts(home, clip, gate.url, unsent)
        with _window(home, account):
            commands = [command(home, "jobs", "resume", "--json", **account) for _process in range(resuming)]
            ended = [finished(process) for process in commands]
            _until_all_ready(home)
        assert [result.code for result in ended] == [0] * resuming, [result.notices for result in ended]
        assert (service.received.accepted_submissions, gate.submissions) == (unsent, unsent)
        found = jobs_on_record(home)
        assert [(job.stage, state) for job, state in found] == [(Stage.READY, AttemptState.ACCEPTED)] * unsent
        assert len({job.request_id for job, _state in found}) == unsent
        for job, _state in found:
            served = tmp_path / "service" / "requests" / str(job.request_id) / "output.mp4"
            assert Path(job.result_path or "").read_bytes() == served.read_bytes()
        assert len({job.result_path for job, _state in found}) == unsent
        done = [event["job"] for result in ended for event in result.done]
        assert len(done) == len(set(done)), "two processes finished the same job"
    assert files_with_token(home) == []


def _record_drafts(home: Path, clip: Path, base: str, unsent: int) -> None:
    """Takes, four of each press of Retake, that a killed process had put on record and no more."""
    folders = folders_of(home)
    folders.create()
    now = datetime.now(UTC)
    request = RetakeRequest(str(clip), Span(Fraction(0), Fraction(3)), "A red coat", takes=_TAKES)
    service = Service(api_base=base, account=fingerprint(TOKEN), is_demo=False)
    marked = probe(str(clip)).fingerprint
    history = History(folders.history)
    history.add(
        Job(
            id=hashlib.md5(f"{number}".encode(), usedforsecurity=False).hexdigest(),
            batch=f"batch{number // _TAKES}",
            take=number % _TAKES + 1,
            stage=Stage.DRAFT,
            request=request,
            service=service,
            created_at=now,
            updated_at=now,
            source_fingerprint=marked,
        )
        for number in range(unsent)
    )
    history.close()


@contextmanager
def _window(home: Path, account: dict[str, str]) -> Iterator[None]:
    """The app's window over the same folders, until it is told to close."""
    screen = {name: os.environ[name] for name in ("DISPLAY", "XAUTHORITY") if name in os.environ}
    screen = screen if "DISPLAY" in screen else {"QT_QPA_PLATFORM": "offscreen"}
    process = command(home, **screen, **account)
    try:
        yield
        process.terminate()
        _out, notices = process.communicate(timeout=60)
        assert (process.returncode, "Traceback" in notices) == (0, False), notices
    finally:
        process.kill()
        process.wait()


def _until_all_ready(home: Path) -> None:
    """The window goes on with what it has after the last command has ended."""
    end = time.monotonic() + 60
    while any(job.is_open for job, _state in jobs_on_record(home)):
        assert time.monotonic() < end, [(job.id, job.stage) for job, _state in jobs_on_record(home)]
        time.sleep(0.2)
