"""The record that money depends on: exact, refusing what would bill twice, keeping what it cannot read."""

import os
import resource
import signal
import sqlite3
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import timedelta, timezone
from fractions import Fraction
from pathlib import Path

import pytest
from filelock import FileLock

from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.job import OPEN_STAGES, AttemptState, Job, Stage
from retake_desktop.services.history import History
from tests.services.examples import NOON, a_full_job, a_job

PROJECT = Path(__file__).parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "jobs.sqlite"


def trouble_of(path: Path) -> RetakeError:
    with pytest.raises(RetakeError) as raised:
        History(path)
    assert raised.value.kind is ErrorKind.HISTORY_TROUBLE
    return raised.value


@pytest.mark.parametrize("job", [a_job(), a_full_job()], ids=["fresh", "every field set"])
def test_a_job_comes_back_exactly_as_it_went(path: Path, job: Job) -> None:
    with _opened(path) as history:
        history.add([job])
        assert history.job(job.id) == job
    with _opened(path) as again:
        assert again.jobs() == (job,)


def test_fractions_stay_exact_and_times_keep_their_instant(path: Path) -> None:
    elsewhere = NOON.astimezone(timezone(timedelta(hours=5, minutes=45)))
    job = a_job(created_at=elsewhere)
    with _opened(path) as history:
        history.add([job])
        found = history.job(job.id)
    assert found is not None
    assert found.created_at == NOON
    assert found.request.span.end == Fraction(7, 2)
    assert isinstance(found.request.span.end, Fraction)


def test_a_saved_step_replaces_the_one_before(path: Path) -> None:
    with _opened(path) as history:
        history.add([a_job("a"), a_job("b")])
        history.save(a_job("a", stage=Stage.PREPARING))
        assert [job.stage for job in history.jobs()] == [Stage.DRAFT, Stage.PREPARING]


def test_a_step_of_a_job_that_is_not_on_record_is_not_swallowed(path: Path) -> None:
    with _opened(path) as history:
        with pytest.raises(RetakeError, match="not on record"):
            history.save(a_job())
        history.add([a_job()])
        attempt = history.begin_attempt(a_job())
        with pytest.raises(RetakeError, match="not on record"):
            history.mark(replace(attempt, number=2), AttemptState.ACCEPTED)


def test_takes_are_recorded_all_or_none(path: Path) -> None:
    with _opened(path) as history:
        history.add([a_job("a")])
        with pytest.raises(RetakeError):
            history.add([a_job("b"), a_job("a"), a_job("c")])
        assert [job.id for job in history.jobs()] == ["a"]


def test_jobs_come_newest_first_and_open_ones_oldest_first(path: Path) -> None:
    with _opened(path) as history:
        for minute, stage in enumerate(Stage):
            history.add([a_job(stage.value, stage=stage, created_at=NOON + timedelta(minutes=minute))])
        assert [job.id for job in history.jobs()] == [stage.value for stage in reversed(Stage)]
        assert [job.stage for job in history.open_jobs()] == [stage for stage in Stage if stage in OPEN_STAGES]


def test_the_takes_of_one_press_are_found_together(path: Path) -> None:
    with _opened(path) as history:
        history.add([a_job("a"), a_job("b", batch="other"), a_job("c")])
        assert [job.id for job in history.batch("batch-1")] == ["a", "c"]
        assert history.job("nobody") is None


def test_a_job_is_found_by_its_request_at_its_own_service_only(path: Path) -> None:
    with _opened(path) as history:
        job = a_job(request_id="r")
        history.add([job, a_job("b")])
        assert history.job_with_request(job.service.api_base, "r") == job
        assert history.job_with_request("https://elsewhere.example", "r") is None


def test_one_request_is_never_followed_by_two_jobs(path: Path) -> None:
    elsewhere = replace(a_job().service, api_base="https://elsewhere.example")
    with _opened(path) as history:
        history.add([a_job("a", request_id="r"), a_job("b"), a_job("c", service=elsewhere, request_id="r")])
        with pytest.raises(RetakeError) as refused:
            history.save(a_job("b", request_id="r"))
        assert refused.value.kind is ErrorKind.HISTORY_TROUBLE
        attempt = history.begin_attempt(a_job("b"))
        with pytest.raises(RetakeError):
            history.mark(attempt, AttemptState.ACCEPTED, a_job("b", request_id="r"))
        assert history.attempts("b")[0].state is AttemptState.NOT_SENT


def test_an_attempt_and_its_job_are_recorded_in_one_step(path: Path) -> None:
    with _opened(path) as history:
        history.add([a_job()])
        attempt = history.begin_attempt(a_job())
        assert (attempt.job_id, attempt.number, attempt.state) == ("job-1", 1, AttemptState.NOT_SENT)
        history.mark(attempt, AttemptState.SENDING)
        history.mark(attempt, AttemptState.ACCEPTED, a_job(stage=Stage.QUEUED, request_id="r"))
    with _opened(path) as again:
        assert [attempt.state for attempt in again.attempts("job-1")] == [AttemptState.ACCEPTED]
        assert [(job.stage, job.request_id) for job in again.jobs()] == [(Stage.QUEUED, "r")]


@pytest.mark.parametrize(
    ("earlier", "freely", "with_consent"),
    [
        ([], True, True),
        ([AttemptState.NOT_SENT], True, True),
        ([AttemptState.REFUSED], True, True),
        ([AttemptState.REFUSED, AttemptState.NOT_SENT, AttemptState.REFUSED], True, True),
        ([AttemptState.UNKNOWN], False, True),
        ([AttemptState.UNKNOWN, AttemptState.REFUSED], False, True),
        ([AttemptState.SENDING], False, False),
        ([AttemptState.ACCEPTED], False, False),
        ([AttemptState.UNKNOWN, AttemptState.ACCEPTED], False, False),
        ([AttemptState.UNKNOWN, AttemptState.SENDING, AttemptState.REFUSED], False, False),
    ],
)
def test_the_record_itself_refuses_a_submission_that_may_bill_twice(
    path: Path, earlier: list[AttemptState], freely: bool, with_consent: bool
) -> None:  # fmt: skip
    for number, (consent, allowed) in enumerate([(False, freely), (True, with_consent)]):
        job = a_job(f"job-{number}")
        with _opened(path) as history:
            history.add([job])
        with sqlite3.connect(path) as connection:
            rows = [(job.id, place, state, "", "", "") for place, state in enumerate(earlier, start=1)]
            connection.executemany("INSERT INTO attempt VALUES (?, ?, ?, ?, ?, ?)", rows)
        connection.close()
        with _opened(path) as history:
            if allowed:
                assert history.begin_attempt(job, despite_unknown=consent).number == len(earlier) + 1
            else:
                with pytest.raises(ValueError, match="may have been accepted"):
                    history.begin_attempt(job, despite_unknown=consent)
            assert len(history.attempts(job.id)) == len(earlier) + allowed


def test_an_attempt_needs_a_job_on_record(path: Path) -> None:
    with _opened(path) as history, pytest.raises(RetakeError):
        history.begin_attempt(a_job())


def test_every_commit_reaches_the_disk(path: Path) -> None:
    with _opened(path) as history:
        ask = history._connection.execute
        assert ask("PRAGMA journal_mode").fetchone() == ("wal",)
        assert ask("PRAGMA synchronous").fetchone() == (2,)  # FULL
        assert ask("PRAGMA foreign_keys").fetchone() == (1,)


@pytest.mark.parametrize(
    "damage",
    [
        b"not a database at all, but a letter to grandma" * 10,
        b"\x00" * 8192,
        b"SQLite format 3\x00" + b"\xff" * 8000,
    ],
    ids=["text", "zeros", "header only"],
)
def test_a_damaged_record_is_set_aside_and_kept(path: Path, damage: bytes) -> None:
    path.write_bytes(damage)
    with _opened(path) as history:
        assert history.set_aside is not None
        assert Path(history.set_aside).read_bytes() == damage
        history.add([a_job()])
    with _opened(path) as again:
        assert again.set_aside is None
        assert len(again.jobs()) == 1


@pytest.mark.parametrize("first_page", [0, 1, 10, 20])
def test_a_record_with_lost_pages_is_set_aside(path: Path, first_page: int) -> None:
    with _opened(path) as history:
        history.add(a_job(f"job-{number}") for number in range(200))
    content = bytearray(path.read_bytes())
    assert len(content) > 22 * 4096
    content[first_page * 4096 + 100 : (first_page + 2) * 4096] = b"\xa5" * (2 * 4096 - 100)
    path.write_bytes(content)
    with _opened(path) as history:
        assert history.set_aside is not None
        assert Path(history.set_aside).read_bytes() == bytes(content)


def test_a_record_is_opened_by_one_process_at_a_time(path: Path) -> None:
    done = threading.Event()

    def open_and_close() -> None:
        History(path).close()
        done.set()

    with FileLock(path.with_name("jobs.sqlite.lock")):
        opening = threading.Thread(target=open_and_close)
        opening.start()
        assert not done.wait(0.2)
        assert not path.exists()
    opening.join()
    assert done.is_set()


def test_two_damaged_records_are_both_kept(path: Path) -> None:
    for damage in (b"first " * 500, b"second " * 500):
        path.write_bytes(damage)
        _opened(path).history.close()
    kept = sorted(file.read_bytes()[:6] for file in path.parent.glob("*.damaged-*"))
    assert kept == [b"first ", b"second"]


def test_an_empty_file_is_a_new_record(path: Path) -> None:
    path.touch()
    with _opened(path) as history:
        assert (history.set_aside, history.jobs()) == (None, ())


@pytest.mark.parametrize("journal", ["wal", "delete"])
def test_a_newer_record_is_refused_and_not_touched(path: Path, journal: str) -> None:
    with _opened(path) as history:
        history.add([a_job()])
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA journal_mode = {journal}")
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = path.read_bytes()
    assert "newer version" in trouble_of(path).detail
    assert path.read_bytes() == before
    assert list(path.parent.glob("*.damaged-*")) == []


def test_a_place_where_no_folder_can_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    trouble_of(tmp_path / "file" / "jobs.sqlite")


def test_a_record_that_is_a_folder_is_told(path: Path) -> None:
    path.mkdir()
    trouble_of(path)


@pytest.mark.parametrize(
    "change",
    ["record = '{'", "record = '[]'", """record = '{"id": 5}'""", """record = '{"stage": "weird"}'""", "record = ''",
     "record = replace(record, '7/2', '7/0')", "record = replace(record, 'coat', CAST(x'ff' AS TEXT))"],
)  # fmt: skip
def test_one_record_that_cannot_be_read_hides_no_other_and_stays_as_it_is(path: Path, change: str) -> None:
    with _opened(path) as history:
        history.add([a_job("good"), a_job("bad", created_at=NOON + timedelta(minutes=1)), a_job("fine")])
        history._connection.execute(f"UPDATE job SET {change} WHERE id = 'bad'")  # noqa: S608 - words of this test
        before = history._connection.execute("SELECT CAST(record AS BLOB) FROM job WHERE id = 'bad'").fetchone()
        for listed in (history.jobs(), history.open_jobs(), history.batch("batch-1"), tuple(*history.pages())):
            assert {job.id for job in listed} == {"good", "fine"}
        assert history.unreadable == ("bad",)
        assert "job bad" in "".join(history.notices)
        with pytest.raises(RetakeError) as raised:
            history.job("bad")
        assert raised.value.kind is ErrorKind.HISTORY_TROUBLE
        history.save(a_job("good", stage=Stage.PREPARING))
        after = history._connection.execute("SELECT CAST(record AS BLOB) FROM job WHERE id = 'bad'").fetchone()
        assert after == before


def test_a_submission_whose_state_is_a_new_word_may_have_been_accepted(path: Path) -> None:
    with _opened(path) as history:
        history.add([a_job()])
        history.begin_attempt(a_job())
        history._connection.execute("UPDATE attempt SET state = 'teleported', updated_at = 'soon'")
        assert [attempt.state for attempt in history.attempts("job-1")] == [AttemptState.UNKNOWN]
        with pytest.raises(ValueError, match="may have been accepted"):
            history.begin_attempt(a_job())
        (record,) = history.attempt_records()
        assert record.updated_at == record.created_at
        history._connection.execute("UPDATE attempt SET created_at = 'once upon a time'")
        assert history.attempt_records() == ()


def test_a_file_name_that_is_no_text_comes_back_exactly(path: Path) -> None:
    request = replace(a_job().request, source=os.fsdecode(b"/films/caf\xe9.mp4"), prompt="Say \ud83d twice \udfff")
    job = replace(a_full_job("odd"), request=request, stage=Stage.KEPT, source_fingerprint="odd")
    with _opened(path) as history:
        history.add([a_job(), job])
    with _opened(path) as again:
        assert again.job("odd") == job
        assert again.kept_of("odd") == (job,)
        assert os.fsencode(again.jobs()[0].request.source) == b"/films/caf\xe9.mp4"
        attempt = again.begin_attempt(job)
        again.mark(attempt, AttemptState.UNKNOWN, job, detail="what \udfff said")
        assert again.attempts("odd")[0].state is AttemptState.UNKNOWN


def test_pages_hold_every_job_once_open_ones_first_newest_first(path: Path) -> None:
    stages = [Stage.READY, Stage.QUEUED, Stage.FAILED, Stage.DRAFT]
    with _opened(path) as history:
        history.add(
            a_job(f"{number:02}", stage=stages[number % 4], created_at=NOON + timedelta(minutes=number))
            for number in range(20)
        )
        pages = history.pages(size=6)
        first = next(pages)
        history.add([a_job("later")])
        assert [job.id for job in first] == ["19", "17", "15", "13", "11", "09"]
        rest = [job.id for page in pages for job in page]
        assert rest[:4] == ["07", "05", "03", "01"]
        assert rest[4:] == ["18", "16", "14", "12", "10", "08", "06", "04", "02", "00"]


def test_pages_hold_jobs_of_the_same_time_and_those_that_change_on_the_way_once(path: Path) -> None:
    with _opened(path) as history:
        history.add(a_job(f"{number:02}", stage=Stage.READY) for number in range(20))
        pages = history.pages(size=3)
        told = [job.id for job in next(pages)]
        history.add([a_job("later")])
        history.save(a_job("00", stage=Stage.DRAFT))
        told += [job.id for page in pages for job in page]
    assert told == [f"{number:02}" for number in reversed(range(20))]


def test_a_record_without_jobs_has_no_page(path: Path) -> None:
    with _opened(path) as history:
        assert list(history.pages()) == []


def test_the_kept_takes_of_one_original_are_found_without_the_others(path: Path) -> None:
    with _opened(path) as history:
        history.add([a_job("a", stage=Stage.READY, source_fingerprint="x"), a_job("b", stage=Stage.KEPT)])
        history.add([a_job("c", stage=Stage.KEPT, source_fingerprint="x")])
        assert [job.id for job in history.kept_of("x")] == ["c"]
        history.save(a_job("a", stage=Stage.KEPT, source_fingerprint="x"))
        assert [job.id for job in history.kept_of("x")] == ["a", "c"]


def test_the_first_page_of_ten_thousand_jobs_is_no_more_work_than_that_of_a_thousand(tmp_path: Path) -> None:
    assert _work_for_the_first_page(tmp_path, 10_000) < 1.2 * _work_for_the_first_page(tmp_path, 1_000)


def _work_for_the_first_page(folder: Path, count: int) -> int:
    """Hundreds of steps that SQLite's machine takes for it."""
    with _opened(folder / f"{count}.sqlite") as history:
        job = a_full_job()
        history.add(
            replace(
                job,
                id=f"job-{number}",
                request_id=f"r-{number}",
                stage=Stage.READY,
                created_at=NOON + timedelta(minutes=number),
            )
            for number in range(count)
        )
        history.add([a_job("open")])
        steps: list[None] = []
        history._connection.set_progress_handler(lambda: steps.append(None), 100)
        pages = history.pages()
        first = next(pages)
        history._connection.set_progress_handler(None, 0)
        assert (first[0].id, len(first)) == ("open", 200)
        assert sum(map(len, pages)) == count + 1 - 200
    return len(steps)


def test_a_closed_record_is_told(path: Path) -> None:
    history = History(path)
    history.close()
    with pytest.raises(RetakeError):
        history.jobs()


def test_a_full_disk_refuses_and_the_record_works_again_afterwards(path: Path) -> None:
    with _opened(path) as history:
        history.add([a_job("before")])
        limit = resource.getrlimit(resource.RLIMIT_FSIZE)
        room = max(file.stat().st_size for file in path.parent.iterdir())
        resource.setrlimit(resource.RLIMIT_FSIZE, (room + 1000, limit[1]))
        try:
            with pytest.raises(RetakeError) as full:
                history.add(a_job(f"lost-{number}", raw_result="x" * 10_000) for number in range(50))
            assert full.value.kind is ErrorKind.HISTORY_TROUBLE
            assert "rollback" not in full.value.detail
            with pytest.raises(RetakeError):
                history.add([a_job("lost too", raw_result="x" * 100_000)])
            assert [job.id for job in history.jobs()] == ["before"]
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limit)
        history.add([a_job("after")])
    with _opened(path) as again:
        assert {job.id for job in again.jobs()} == {"before", "after"}


def test_one_record_serves_several_threads(path: Path) -> None:
    with _opened(path) as history:

        def work(name: int) -> None:
            for number in range(20):
                history.add([a_job(f"{name}-{number}")])
                history.jobs()

        threads = [threading.Thread(target=work, args=(name,)) for name in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(history.jobs()) == 80


_WRITER_AT_A_SIGNAL = """
import sys
from pathlib import Path
from retake_desktop.services.history import History
from tests.services.examples import a_job

print("ready", flush=True)
sys.stdin.readline()
history = History(Path(sys.argv[1]))
for number in range(10):
    history.add([a_job(f"{sys.argv[2]}-{number}")])
history.close()
"""


def _python(script: str, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=PROJECT,
    )  # fmt: skip


@pytest.mark.parametrize("damaged", [False, True], ids=["new", "damaged"])
def test_processes_that_start_at_once_share_one_record(path: Path, damaged: bool) -> None:
    if damaged:
        path.write_bytes(b"broken " * 1000)
    processes = [_python(_WRITER_AT_A_SIGNAL, str(path), str(name)) for name in range(4)]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        process.communicate(timeout=60)
    assert [process.returncode for process in processes] == [0] * 4
    with _opened(path) as history:
        assert len(history.jobs()) == 40
    assert len(list(path.parent.glob("*.damaged-*[0-9].sqlite"))) == damaged


_ENDLESS_WRITER = """
import sys
from pathlib import Path
from retake_desktop.domain.job import AttemptState
from retake_desktop.services.history import History
from tests.services.examples import a_job

history = History(Path(sys.argv[1]))
number = 0
while True:
    number += 1
    job = a_job(f"job-{number}")
    history.add([job])
    attempt = history.begin_attempt(job)
    history.mark(attempt, AttemptState.SENDING)
    history.mark(attempt, AttemptState.ACCEPTED, a_job(f"job-{number}", request_id=f"r-{number}"))
    print(number, flush=True)
"""


def test_a_kill_in_the_middle_of_writing_loses_nothing_that_was_acknowledged(path: Path) -> None:
    for wanted in (3, 25):
        path.unlink(missing_ok=True)
        with _python(_ENDLESS_WRITER, str(path)) as writer:
            assert writer.stdout is not None
            acknowledged = 0
            for line in writer.stdout:
                acknowledged = int(line)
                if acknowledged == wanted:
                    writer.send_signal(signal.SIGKILL)
        with _opened(path) as history:
            assert history.set_aside is None
            jobs = {job.id: job for job in history.jobs()}
            assert acknowledged >= wanted
            for number in range(1, acknowledged + 1):
                assert jobs[f"job-{number}"].request_id == f"r-{number}"
                assert [attempt.state for attempt in history.attempts(f"job-{number}")] == [AttemptState.ACCEPTED]


class _opened:  # noqa: N801 - reads as a with statement
    def __init__(self, path: Path) -> None:
        self.history = History(path)

    def __enter__(self) -> History:
        return self.history

    def __exit__(self, *_error: object) -> None:
        self.history.close()
