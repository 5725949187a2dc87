"""One process works on a job, and a process that dies gives it back."""

import signal
import subprocess
import sys
from pathlib import Path

from retake_desktop.services.ownership import JobLocks

_HOLDER = """
import sys
from pathlib import Path
from retake_desktop.services.ownership import JobLocks

locks = JobLocks(Path(sys.argv[1]))
print(locks.own("job-1"), flush=True)
sys.stdin.readline()
locks.release_all()
print("released", flush=True)
sys.stdin.readline()
"""


def _holder(folder: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def test_a_job_is_ours_again_and_again(tmp_path: Path) -> None:
    locks = JobLocks(tmp_path)
    assert locks.own("job-1")
    assert locks.own("job-1")
    locks.release("job-1")
    locks.release("job-1")
    assert locks.own("job-1")
    locks.release_all()


def test_two_owners_in_one_process_exclude_each_other(tmp_path: Path) -> None:
    window, resume = JobLocks(tmp_path), JobLocks(tmp_path)
    assert window.own("job-1")
    assert not resume.own("job-1")
    assert resume.own("job-2")
    window.release("job-1")
    assert resume.own("job-1")
    resume.release_all()
    assert window.own("job-1")
    assert window.own("job-2")
    window.release_all()


def test_another_process_keeps_its_job_until_it_lets_go(tmp_path: Path) -> None:
    locks = JobLocks(tmp_path)
    with _holder(tmp_path) as holder:
        assert holder.stdin is not None
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        assert not locks.own("job-1")
        holder.stdin.write("\n")
        holder.stdin.flush()
        assert holder.stdout.readline() == "released\n"
        assert locks.own("job-1")
        locks.release_all()
        holder.stdin.close()


def test_a_killed_process_gives_its_job_back_and_a_child_does_not_hold_on_to_it(tmp_path: Path) -> None:
    locks = JobLocks(tmp_path)
    with _holder(tmp_path) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        holder.send_signal(signal.SIGKILL)
        holder.wait(10)
        assert locks.own("job-1")
        # A child of ours, such as the media worker, must not keep the job after we are gone.
        with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, close_fds=False) as child:
            locks.release("job-1")
            assert JobLocks(tmp_path).own("job-1")
            child.kill()
