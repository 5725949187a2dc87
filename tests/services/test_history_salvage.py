"""A damaged record is set aside, and what SQLite can still read of it goes on in a new one; older ones are migrated."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from retake_desktop.domain.errors import RetakeError
from retake_desktop.domain.job import AttemptState, Job, Stage
from retake_desktop.services.history import History, Salvaged, migrations, opening
from tests.services.examples import NOON, a_job

_JOBS = 200
_PAGE = 4096
PROJECT = Path(__file__).parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "jobs.sqlite"


def _paid(number: int) -> Job:
    return a_job(
        f"job-{number:03}",
        stage=Stage.QUEUED,
        request_id=f"r-{number:03}",
        source_fingerprint="film",
        created_at=NOON + timedelta(minutes=number),
    )


def _filled(path: Path) -> None:
    """Two hundred paid jobs, each with its submission."""
    history = History(path)
    history.add(_paid(number) for number in range(_JOBS))
    for number in range(_JOBS):
        attempt = history.begin_attempt(_paid(number))
        history.mark(attempt, AttemptState.ACCEPTED)
    history.close()


def _pages_of(path: Path, name: str) -> list[int]:
    """The pages (from 0) in which a table or index lies."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT pageno FROM dbstat WHERE name = ? ORDER BY pageno", (name,))
        return [row[0] - 1 for row in rows]


def _ruin(path: Path, pages: list[int]) -> bytes:
    content = bytearray(path.read_bytes())
    for page in pages:
        start = page * _PAGE + (100 if page == 0 else 0)
        content[start : (page + 1) * _PAGE] = b"\xa5" * ((page + 1) * _PAGE - start)
    path.write_bytes(content)
    return bytes(content)


def test_a_ruined_index_costs_no_job_and_no_submission(path: Path) -> None:
    _filled(path)
    before = _ruin(path, _pages_of(path, "job_by_time") + _pages_of(path, "job_by_request"))
    history = History(path)
    try:
        assert history.salvaged == Salvaged(_JOBS, _JOBS)
        assert {job.request_id for job in history.jobs()} == {f"r-{number:03}" for number in range(_JOBS)}
        assert len(history.attempt_records()) == _JOBS
        assert history.kept_of("film") == ()
        assert str(history.set_aside) in history.notices[0]
        assert Path(str(history.set_aside)).read_bytes() == before
    finally:
        history.close()
    assert History(path).set_aside is None


@pytest.mark.parametrize("which", ["first", "middle", "last", "every second"])
def test_ruined_leaves_take_only_their_own_jobs_and_every_request_id_is_told(path: Path, which: str) -> None:
    _filled(path)
    _root, *leaves = _pages_of(path, "job")
    chosen = {"first": leaves[:1], "middle": leaves[5:7], "last": leaves[-1:], "every second": leaves[::2]}[which]
    _ruin(path, chosen)
    history = History(path)
    try:
        kept = {job.request_id for job in history.jobs()}
        assert history.salvaged is not None
        expected = _JOBS * (len(leaves) - len(chosen)) / len(leaves)
        assert expected - 12 <= len(kept) <= expected + 12
        lost = set(history.salvaged.lost_requests)
        assert kept | lost == {f"r-{number:03}" for number in range(_JOBS)}
        assert not kept & lost
        assert min(lost) in history.notices[1]
        assert len(history.attempt_records()) == len(kept)
    finally:
        history.close()


def test_without_its_schema_nothing_can_be_read_and_the_app_starts_all_the_same(path: Path) -> None:
    _filled(path)
    before = _ruin(path, [0])
    history = History(path)
    try:
        assert (history.salvaged, history.jobs()) == (Salvaged(), ())
        assert Path(str(history.set_aside)).read_bytes() == before
    finally:
        history.close()


@pytest.mark.parametrize(
    "statement", ["PRAGMA user_version = 0", "DROP TABLE attempt", "PRAGMA user_version = 0; DROP TABLE attempt"]
)
def test_a_lost_version_or_table_is_damage_and_no_dead_end(path: Path, statement: str) -> None:
    _filled(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(statement)
    history = History(path)
    try:
        assert len(history.jobs()) == _JOBS
        assert history.set_aside is not None
    finally:
        history.close()


@pytest.mark.parametrize(
    "stage", [Stage.DRAFT, Stage.HOSTING, Stage.SUBMITTING, Stage.UNKNOWN, Stage.FAILED, Stage.READY]
)
def test_after_damage_no_job_without_a_request_id_is_sent_by_itself(path: Path, stage: Stage) -> None:
    _filled(path)
    history = History(path)
    history.add([a_job("unsent", stage=stage)])
    history.close()
    _ruin(path, _pages_of(path, "job_by_time"))
    history = History(path)
    try:
        states = [attempt.state for attempt in history.attempts("unsent")]
        assert states == ([] if stage is Stage.READY else [AttemptState.UNKNOWN])
        if stage is not Stage.READY:
            with pytest.raises(ValueError, match="may have been accepted"):
                history.begin_attempt(a_job("unsent"))
        assert [attempt.state for attempt in history.attempts("job-001")] == [AttemptState.ACCEPTED]
    finally:
        history.close()


def test_what_only_the_journal_holds_is_salvaged_too(path: Path) -> None:
    _filled(path)
    writer = (
        "import os, sys; from pathlib import Path; from retake_desktop.services.history import History;"
        "from tests.services.examples import a_job; h = History(Path(sys.argv[1]));"
        "h.add([a_job('late', request_id='r-late')]); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", writer, str(path)], cwd=PROJECT, check=True)
    assert path.with_name("jobs.sqlite-wal").stat().st_size
    _ruin(path, _pages_of_quietly(path, "sqlite_autoindex_attempt_1"))
    history = History(path)
    try:
        assert history.set_aside is not None
        assert "r-late" in {job.request_id for job in history.jobs()}
    finally:
        history.close()


def _pages_of_quietly(path: Path, name: str) -> list[int]:
    """As `_pages_of`, leaving the journal of the killed process where it is."""
    copy = path.with_name("copy.sqlite")
    copy.write_bytes(path.read_bytes())
    return _pages_of(copy, name)


def test_a_disk_without_room_for_the_new_record_leaves_the_damaged_one_in_place(path: Path) -> None:
    _filled(path)
    before = _ruin(path, _pages_of(path, "job_by_time"))
    assert _opened_with_room(path, 60_000).startswith("history_trouble")
    assert path.read_bytes() == before
    assert list(path.parent.glob("*.damaged-*")) == []
    history = History(path)
    assert history.salvaged == Salvaged(_JOBS, _JOBS)
    history.close()
    left = {file.name for file in path.parent.iterdir() if "salvag" in file.name}
    assert left == set()


def test_a_kill_between_the_two_renames_loses_nothing(path: Path) -> None:
    _filled(path)
    path.replace(opening._ready(path))
    history = History(path)
    assert len(history.jobs()) == _JOBS
    history.close()


def _version_one(path: Path) -> None:
    """A record as the first version of the app left it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in migrations.STEPS[0]:
            connection.execute(statement)
        connection.execute("PRAGMA user_version = 1")
        connection.execute("PRAGMA journal_mode = WAL")
        current = path.with_name("current.sqlite")
        _filled(current)
        connection.execute("ATTACH ? AS current", (str(current),))
        connection.execute(
            "INSERT INTO job SELECT id, batch, stage, api_base, request_id, created_at, record FROM current.job"
        )
        connection.execute("INSERT INTO attempt SELECT * FROM current.attempt")
        connection.execute("UPDATE job SET record = 'torn' WHERE id = 'job-007'")


def _version(path: Path) -> tuple[int, int]:
    with closing(sqlite3.connect(path)) as connection:
        jobs = connection.execute("SELECT count(*) FROM job").fetchone()[0]
        return connection.execute("PRAGMA user_version").fetchone()[0], jobs


def test_an_older_record_is_backed_up_and_brought_up_to_date(path: Path) -> None:
    _version_one(path)
    history = History(path)
    try:
        assert len(history.jobs()) == _JOBS - 1
        assert history.unreadable == ("job-007",)
        history.save(a_job("job-001", stage=Stage.KEPT, source_fingerprint="film"))
        assert len(history.kept_of("film")) == 1
        (backup,) = path.parent.glob("jobs.version-1-*.sqlite")
        assert _version(backup) == (1, _JOBS)
        sources = history._connection.execute("SELECT count(*) FROM job WHERE source = 'film'").fetchone()
        assert sources == (_JOBS - 1,)
    finally:
        history.close()
    History(path).close()
    assert len(list(path.parent.glob("jobs.version-*"))) == 1


def test_a_migration_that_fails_half_way_leaves_the_old_version_whole(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _filled(path)
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, ("ALTER TABLE job ADD COLUMN mood TEXT", "nonsense")))
    with pytest.raises(RetakeError, match="nonsense"):
        History(path)
    assert _version(path) == (3, _JOBS)
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS[:3], ("ALTER TABLE job ADD COLUMN mood TEXT",)))
    history = History(path)
    assert len(history.jobs()) == _JOBS
    history.close()
    assert _version(path) == (4, _JOBS)
    assert len(list(path.parent.glob("jobs.version-3-*.sqlite"))) == 2


def test_no_migration_without_its_backup(path: Path) -> None:
    _version_one(path)
    before = path.read_bytes()
    assert _opened_with_room(path, 50_000).startswith("history_trouble")
    assert path.read_bytes() == before
    assert list(path.parent.glob("jobs.version-*")) == []


def _opened_with_room(path: Path, limit: int) -> str:
    """What opening the record says when no file may grow past `limit` bytes."""
    script = (
        "import resource, signal, sys; from pathlib import Path;"
        "from retake_desktop.services.history import History;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2);\n"
        "try: History(Path(sys.argv[1]))\nexcept Exception as error: print(error)"
    )
    command = [sys.executable, "-c", script, str(path), str(limit)]
    return subprocess.run(command, cwd=PROJECT, check=True, capture_output=True, text=True).stdout
