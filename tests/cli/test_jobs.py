"""`retake-desktop jobs`, run as a process on a record of which a part cannot be read."""

import sqlite3
from pathlib import Path

from retake_desktop.services.folders import Folders
from retake_desktop.services.history import History
from tests.journeys.command import ran
from tests.services.examples import a_job


def _a_home_with_a_broken_record(home: Path) -> None:
    folders = Folders(*(home / name / "retake-desktop" for name in ("data", "config", "cache")))
    folders.create()
    history = History(folders.history)
    history.add([a_job("good"), a_job("bad")])
    history.close()
    with sqlite3.connect(folders.history) as connection:
        connection.execute("UPDATE job SET record = '{' WHERE id = 'bad'")
    connection.close()


def test_what_cannot_be_read_is_said_beside_what_can(tmp_path: Path) -> None:
    _a_home_with_a_broken_record(tmp_path / "home")
    listed = ran(tmp_path / "home", "jobs")
    assert listed.code == 0
    assert [line.split()[0] for line in listed.out.splitlines()] == ["good"]
    assert "not readable for this version of the app, and left as they are: job bad" in listed.notices
