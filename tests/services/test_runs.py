"""A run that does not end by itself leaves its last words for the next start."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from retake_desktop.services import crashes

_RUN = """
import ctypes, os, signal, sys
from pathlib import Path
from retake_desktop.services import runs
def at_fault():
    {deed}
with runs.on_record(Path(sys.argv[1])):
    at_fault()
"""


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    folder = tmp_path / "logs"
    folder.mkdir()
    return folder


def _process(folder: Path, deed: str) -> int:
    return subprocess.run(
        [sys.executable, "-c", _RUN.format(deed=deed), str(folder)], env=os.environ, capture_output=True, check=False
    ).returncode


def test_a_run_that_ends_as_it_should_leaves_nothing(logs: Path) -> None:
    assert _process(logs, "pass") == 0
    assert crashes.collect(logs) == ()
    assert list(logs.iterdir()) == []


def test_a_crash_in_c_leaves_where_it_happened(logs: Path) -> None:
    assert _process(logs, "ctypes.string_at(0)") != 0
    (left,) = crashes.collect(logs)
    assert "Segmentation fault" in left.trace
    assert "in at_fault" in left.trace
    assert "in at_fault" in (logs / crashes.CRASHES).read_text(encoding="utf-8")
    assert [path.name for path in logs.iterdir()] == [crashes.CRASHES]
    assert crashes.collect(logs) == (), "it is told once"


def test_an_error_that_ends_the_run_leaves_its_traceback_without_secrets(logs: Path) -> None:
    deed = "raise ValueError('https://cdn.example.net/a.mp4?sig=s3cr3t')"
    assert _process(logs, deed) == 1
    (left,) = crashes.collect(logs)
    assert "ValueError" in left.trace
    assert "s3cr3t" not in left.trace


def test_a_killed_run_is_told_from_a_crash(logs: Path) -> None:
    assert _process(logs, "os.kill(os.getpid(), signal.SIGKILL)") == -9
    (left,) = crashes.collect(logs)
    assert left.trace == ""
    assert left.began.startswith("20")


def test_a_run_that_still_goes_on_is_left_alone(logs: Path) -> None:
    script = _RUN.format(deed="print('begun', flush=True); sys.stdin.read()")
    command = [sys.executable, "-c", script, str(logs)]
    with subprocess.Popen(command, env=os.environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == b"begun\n"
        assert crashes.collect(logs) == ()
        assert len(list(logs.glob("run-*.log"))) == 1
        running.communicate()
    assert list(logs.iterdir()) == []


def test_what_is_kept_of_crashes_does_not_grow_without_end(logs: Path) -> None:
    for number in range(12):
        (logs / f"run-{number:02d}.log").write_text(f"began\n{number} {'x' * 100_000}", encoding="utf-8")
    assert len(crashes.collect(logs)) == 12
    assert (logs / crashes.CRASHES).stat().st_size <= 256 * 1024


def test_where_nothing_can_be_written_the_run_goes_on(tmp_path: Path) -> None:
    in_the_way = tmp_path / "a file"
    in_the_way.write_text("no folder", encoding="utf-8")
    assert _process(in_the_way, "pass") == 0
    assert crashes.collect(in_the_way) == ()
