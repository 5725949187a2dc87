"""Jobs outlive a service, and several services work on one folder."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from retake_desktop.demo.options import AT_ONCE, DemoOptions
from retake_desktop.demo.process import DemoProcess
from retake_desktop.demo.request_store import Order, RequestStore, State
from retake_desktop.demo.service import DemoService
from retake_desktop.demo.wire import ResultWord
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.retake import Mode
from tests.demo.api import Api, inline
from tests.demo.conftest import StartService

SLOW = DemoOptions(queue_seconds=0, run_seconds=3600, answer_size=None)
WAITING = DemoOptions(queue_seconds=3600)


def child(folder: Path, run_seconds: float = 0) -> list[str]:
    code = (
        "import sys; from pathlib import Path; from retake_desktop.demo.options import DemoOptions;"
        "from retake_desktop.demo.service import run_service;"
        f"o = DemoOptions(queue_seconds=0, run_seconds={run_seconds}, answer_size=None);"
        f"sys.exit(run_service(Path({str(folder)!r}), options=o, with_parent=True))"
    )
    return [sys.executable, "-c", code]


def an_order(request_id: str, created_at: float = 0) -> Order:
    return Order(request_id, "owner", created_at, "prompt", "url", 0, 5, Mode.PICTURE)


@contextmanager
def a_child_process(folder: Path, run_seconds: float = 0) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        child(folder, run_seconds), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    with process:
        yield process
        process.kill()


def address(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().split()[-1]


def test_a_queued_job_survives_a_restart(tmp_path: Path, clip_path: Path) -> None:
    with DemoService(tmp_path, WAITING) as first, Api(first.url) as api:
        request_id = api.submit(inline(clip_path))
        assert api.status(request_id)["status"] == "in_queue"
    with DemoService(tmp_path, AT_ONCE) as second, Api(second.url) as api:
        result = api.finished(request_id)
        assert result["status"] == "succeeded"
        assert result["output"]["video"].startswith(second.url)
        assert httpx.get(result["output"]["video"], trust_env=False).status_code == 200
    with DemoService(tmp_path, AT_ONCE) as third, Api(third.url) as api:
        assert api.result(request_id)["status"] == "succeeded"


def test_a_job_goes_back_to_the_queue_when_its_service_stops(tmp_path: Path, clip_path: Path) -> None:
    with DemoService(tmp_path, SLOW) as first, Api(first.url) as api:
        request_id = api.submit(inline(clip_path))
        api.until(request_id, "in_progress")
    with DemoService(tmp_path, WAITING) as second, Api(second.url) as api:
        assert api.status(request_id)["status"] == "in_queue"
    with DemoService(tmp_path, AT_ONCE) as third, Api(third.url) as api:
        assert api.finished(request_id)["status"] == "succeeded"


def test_any_service_on_the_folder_answers_for_all(start: StartService, clip_path: Path) -> None:
    one, other = start(), start(WAITING)
    with Api(one.url) as here, Api(other.url) as there:
        request_id = here.submit(inline(clip_path))
        assert there.finished(request_id)["output"]["video"].startswith(other.url)
        url = there.http.put("/demo/uploads/a.mp4", content=clip_path.read_bytes()).json()["url"]
        assert here.finished(here.submit(url))["status"] == "succeeded"


def test_what_runs_in_one_service_cannot_be_cancelled_through_another(start: StartService, clip_path: Path) -> None:
    one, other = start(SLOW), start(WAITING)
    with Api(one.url) as here, Api(other.url) as there:
        running, queued = here.submit(inline(clip_path)), here.submit()
        there.until(running, "in_progress")
        assert there.cancel(running).json()["outcome"] == "not_cancellable"
        assert there.status(queued)["queue_position"] == 1
        assert there.cancel(queued).json()["outcome"] == "cancelled"
        assert here.status(queued)["status"] == "cancelled"


def test_when_a_process_is_killed_another_does_its_work(tmp_path: Path, clip_path: Path) -> None:
    with a_child_process(tmp_path, run_seconds=3600) as process:
        with Api(address(process)) as api:
            request_id = api.submit(inline(clip_path))
            api.until(request_id, "in_progress")
        with DemoService(tmp_path, AT_ONCE) as survivor, Api(survivor.url) as api:
            assert api.status(request_id)["status"] == "in_progress"
            process.kill()
            process.wait()
            assert api.finished(request_id)["status"] == "succeeded"


def test_what_another_process_works_on_is_left_alone(tmp_path: Path) -> None:
    store = RequestStore(tmp_path)
    store.add(an_order("held"), None)
    with store.claim("held"), DemoService(tmp_path, AT_ONCE) as service, Api(service.url) as api:
        assert api.finished(api.submit())["status"] == "failed"
        assert not store.is_final("held")


def test_left_over_work_counts_as_queued_and_can_be_cancelled(tmp_path: Path) -> None:
    store = RequestStore(tmp_path)
    store.add(an_order("one"), None)
    store.write("one", State(ResultWord.IN_PROGRESS))
    assert store.state("one").word is ResultWord.IN_QUEUE
    store.write("one", State(ResultWord.IN_PROGRESS))
    assert store.cancel("one", now=1.0)


def test_cancelling_and_beginning_never_both_succeed(tmp_path: Path) -> None:
    store = RequestStore(tmp_path)
    for attempt in range(50):
        name = f"r{attempt}"
        store.add(an_order(name), None)
        with ThreadPoolExecutor(2) as pool:
            began = pool.submit(_begin, RequestStore(tmp_path), name)
            cancelled = pool.submit(RequestStore(tmp_path).cancel, name, 1.0)
            assert began.result() != cancelled.result(), name


def _begin(store: RequestStore, name: str) -> bool:
    """What the processor does, tried until it is clear who was first."""
    while True:
        with store.claim(name) as mine:
            if mine:
                if store.is_final(name):
                    return False
                store.write(name, State(ResultWord.IN_PROGRESS))
                time.sleep(0.005)
                store.write(name, State(ResultWord.SUCCEEDED))
                return True


def test_a_submission_that_was_interrupted_is_not_a_request(tmp_path: Path) -> None:
    store = RequestStore(tmp_path)
    draft = tmp_path / "requests" / ".half"
    draft.mkdir()
    assert store.waiting() == []
    os.utime(draft, (0, 0))
    store.prune(before=1000.0)
    assert not draft.exists()


def test_old_requests_and_files_are_forgotten(tmp_path: Path) -> None:
    store = RequestStore(tmp_path)
    for name, state in (
        ("old", State(ResultWord.SUCCEEDED, finished_at=time.time() - 8 * 86400)),
        ("new", State(ResultWord.SUCCEEDED, finished_at=time.time() - 6 * 86400)),
        ("open", State()),
    ):
        store.add(an_order(name), b"video")
        store.write(name, state)
    files = tmp_path / "files"
    files.mkdir()
    (files / "old").write_bytes(b"x")
    os.utime(files / "old", (0, 0))
    (files / "new").write_bytes(b"x")
    with DemoService(tmp_path, WAITING):
        deadline = time.monotonic() + 5
        while (files / "old").exists() and time.monotonic() < deadline:
            time.sleep(0.01)
    assert [name for name in ("old", "new", "open") if RequestStore(tmp_path).order(name)] == ["new", "open"]
    assert [path.name for path in files.iterdir()] == ["new"]


def test_a_child_process_tells_its_address_and_ends_with_its_parent(tmp_path: Path) -> None:
    with DemoProcess(tmp_path, child(tmp_path)) as process, Api(process.url) as api:
        assert api.http.get("/v1/models").status_code == 200
    assert not process.is_running
    with pytest.raises(httpx.ConnectError):
        httpx.get(process.url, trust_env=False)
    process.stop()


def test_a_child_ends_when_its_standard_input_does(tmp_path: Path) -> None:
    with a_child_process(tmp_path) as process:
        address(process)
        assert process.stdin
        process.stdin.close()
        assert process.wait(timeout=10) == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signals_end_the_service_cleanly_and_it_says_one_line_only(tmp_path: Path, number: signal.Signals) -> None:
    with a_child_process(tmp_path) as process:
        with Api(address(process)) as api:
            api.http.get("/v1/models")
        process.send_signal(number)
        assert process.wait(timeout=10) == 0
        assert process.stdout
        assert process.stderr
        assert (process.stdout.read(), process.stderr.read()) == ("", "")


@pytest.mark.parametrize("code", ["import sys; sys.exit(3)", "import time; time.sleep(60)"])
def test_a_child_that_does_not_come_up_is_given_up(tmp_path: Path, code: str) -> None:
    process = DemoProcess(tmp_path, [sys.executable, "-c", code], ready_within=0.5, stop_within=0.2)
    with pytest.raises(RetakeError) as caught:
        process.start()
    assert caught.value.kind is ErrorKind.OFFLINE
    assert not process.is_running


def test_a_program_that_is_not_there_cannot_be_started(tmp_path: Path) -> None:
    with pytest.raises(RetakeError) as caught:
        DemoProcess(tmp_path, [str(tmp_path / "missing")]).start()
    assert caught.value.kind is ErrorKind.OFFLINE


def test_a_taken_port_is_an_expected_trouble(tmp_path: Path) -> None:
    with DemoService(tmp_path, WAITING) as service:
        port = int(service.url.rsplit(":", 1)[1])
        with pytest.raises(RetakeError) as caught:
            DemoService(tmp_path, WAITING, port=port)
    assert caught.value.kind is ErrorKind.SERVICE_TROUBLE


def test_an_unusable_folder_is_an_expected_trouble(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(RetakeError) as caught:
        DemoService(tmp_path / "file", WAITING)
    assert caught.value.kind is ErrorKind.FILE_TROUBLE


def test_the_service_starts_without_loading_ffmpeg_and_leaves_signal_handlers_alone(tmp_path: Path) -> None:
    code = (
        "import signal, sys; from pathlib import Path; from retake_desktop.demo.service import DemoService;"
        "before = signal.getsignal(signal.SIGINT)\n"
        f"with DemoService(Path({str(tmp_path)!r})) as service:\n"
        "    assert 'av' not in sys.modules\n"
        "    assert signal.getsignal(signal.SIGINT) is before\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_no_thread_is_left_when_a_service_stops(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    with DemoService(tmp_path, AT_ONCE) as service, Api(service.url) as api:
        api.finished(api.submit())
    left = [thread for thread in threading.enumerate() if thread not in before]
    for thread in left:
        thread.join(timeout=5)
    assert [thread.name for thread in left if thread.is_alive()] == []
