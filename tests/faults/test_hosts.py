"""Who hears from the app: a demo job's service alone, and a result's host without the token."""

import signal
from pathlib import Path

import pytest

from retake_desktop.demo.faults import Call, Patch
from retake_desktop.demo.service import DemoService
from retake_desktop.domain.job import Stage
from tests.fakes.byte_server import ByteServer, answering
from tests.faults.gate import Gate
from tests.faults.killing import QUICK, TOKEN, at_stage, command, files_with_token, jobs_on_record
from tests.journeys.command import finished, ran

_ALSO_KILLED_IN = (
    Stage.DRAFT, Stage.PREPARING, Stage.HOSTING, Stage.SUBMITTING, Stage.RUNNING, Stage.DOWNLOADING, Stage.READY,
)  # fmt: skip


@pytest.mark.parametrize(
    "stage", [Stage.QUEUED, *(pytest.param(stage, marks=pytest.mark.full) for stage in _ALSO_KILLED_IN)]
)
def test_a_killed_demo_job_never_reaches_the_real_service(clip: Path, tmp_path: Path, stage: Stage) -> None:
    home = tmp_path / stage
    with ByteServer(answering(500, b"not for you")) as real, Gate(real.url) as gate:
        process = command(home, "run", str(clip), "--prompt", "A red coat", "--json", "--demo")
        at_stage(stage)(process, gate)
        process.communicate(timeout=60)
        assert process.returncode == -signal.SIGKILL
        account = {"RUNCOMFY_API_URL": real.url, "RUNCOMFY_API_TOKEN": TOKEN}
        result = finished(command(home, "jobs", "resume", "--json", **account))
        (job, _state), *others = jobs_on_record(home)
        assert others == []
        # Killed right after "submitting" was said, it may be that the request had begun to leave.
        ends = {(Stage.READY, 0)} | ({(Stage.UNKNOWN, 6)} if stage is Stage.SUBMITTING else set())
        assert (job.stage, result.code) in ends, result.notices
        assert job.service.is_demo
        assert real.received == [], "the real service heard of a demo job"
    assert files_with_token(home) == []


def test_a_real_job_rests_when_another_service_or_account_is_in_use(clip: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    (tmp_path / "service").mkdir()
    with DemoService(tmp_path / "service", QUICK) as service, Gate(service.url) as gate:
        account = {"RUNCOMFY_API_URL": gate.url, "RUNCOMFY_API_TOKEN": TOKEN}
        process = command(home, "run", str(clip), "--prompt", "A red coat", "--json", **account)
        at_stage(Stage.QUEUED)(process, gate)
        process.communicate(timeout=60)
        before = len(gate.requests)
        with ByteServer(answering(500, b"not for you")) as other:
            elsewhere = account | {"RUNCOMFY_API_URL": other.url}
            assert ran(home, "jobs", "resume", "--json", **elsewhere).code == 7
            assert other.received == []
        somebody = account | {"RUNCOMFY_API_TOKEN": "another-token-77"}
        assert ran(home, "jobs", "resume", "--json", **somebody).code == 4
        assert len(gate.requests) == before
        assert ran(home, "jobs", "resume", "--json", **account).code == 0
        assert (service.received.accepted_submissions, gate.submissions) == (1, 1)


@pytest.mark.parametrize("redirected", [False, True], ids=["named in the result", "reached by a redirect"])
def test_the_host_of_a_result_never_sees_the_token(clip: Path, tmp_path: Path, redirected: bool) -> None:
    home = tmp_path / "home"
    content = clip.read_bytes()
    far = ByteServer(answering(200, content, Content_Type="video/mp4"))
    near = ByteServer(answering(302, b"", Location=f"{far.url}/video.mp4"))
    with far, near:
        result = _fetched(tmp_path, home, clip, near.url if redirected else far.url)
        hosts = [*near.received, *far.received]
    assert result == content
    assert len(hosts) == (2 if redirected else 1)
    for request in hosts:
        assert TOKEN.encode() not in request
        assert b"authorization" not in request.lower()
    assert files_with_token(home) == []


def _fetched(folder: Path, home: Path, clip: Path, host: str) -> bytes:
    """The file of a retake whose result lies on `host`, behind a signed address."""
    (folder / "service").mkdir()
    with DemoService(folder / "service", QUICK) as service:
        output = {"output": {"video": f"{host}/video.mp4?X-Amz-Signature=secret-signature"}}
        service.faults.add(Patch(call=Call.RESULT, set=output, times=None))
        account = {"RUNCOMFY_API_URL": service.url, "RUNCOMFY_API_TOKEN": TOKEN}
        result = ran(home, "run", str(clip), "--prompt", "A red coat", "--json", "--allow-host", "127.0.0.1", **account)
    assert result.code == 0, result.notices
    assert TOKEN not in result.out + result.notices
    (done,) = result.done
    return Path(done["result"]).read_bytes()
