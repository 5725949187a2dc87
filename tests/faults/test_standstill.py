"""The app's process stopped for seconds, as a suspended machine stops it: it goes on as if nothing had been."""

import signal
import time
from pathlib import Path

import pytest

from retake_desktop.demo.options import DemoOptions
from retake_desktop.demo.service import DemoService
from retake_desktop.domain.job import Stage
from tests.faults.gate import Gate
from tests.faults.killing import TOKEN, at_stage, command, jobs_on_record

_STANDSTILL = 4.0
_SLOW = DemoOptions(queue_seconds=0, run_seconds=1.5, answer_size=None, bleed_frames=0)


@pytest.mark.parametrize(
    "where", ["with its submission out", pytest.param("while its job runs", marks=pytest.mark.full)]
)
def test_a_process_that_was_stopped_for_seconds_brings_its_job_home(clip: Path, tmp_path: Path, where: str) -> None:
    home = tmp_path / "stopped"
    (tmp_path / "service").mkdir()
    with DemoService(tmp_path / "service", _SLOW) as service, Gate(service.url, latency=1) as gate:
        account = {"RUNCOMFY_API_URL": gate.url, "RUNCOMFY_API_TOKEN": TOKEN}
        process = command(home, "run", str(clip), "--prompt", "A red coat", "--json", "--patience", "3", **account)
        if where == "while its job runs":
            at_stage(Stage.QUEUED, signal.SIGSTOP)(process, gate)
        else:
            while not gate.submissions:
                time.sleep(0.01)
            process.send_signal(signal.SIGSTOP)
        time.sleep(_STANDSTILL)
        process.send_signal(signal.SIGCONT)
        _out, notices = process.communicate(timeout=60)
        assert process.returncode == 0, notices
        assert [job.stage for job, _state in jobs_on_record(home)] == [Stage.READY]
        assert (service.received.accepted_submissions, gate.submissions) == (1, 1)
