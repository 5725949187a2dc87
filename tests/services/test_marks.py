"""Names of takes, and takes that are off the list: kept apart from the jobs, and across a damaged record."""

from pathlib import Path

from retake_desktop.domain.mark import TakeMark
from retake_desktop.services.history import History
from tests.services.examples import a_job


def test_a_name_and_a_removal_are_there_after_a_restart_and_can_be_taken_back(tmp_path: Path) -> None:
    history = History(tmp_path / "jobs.sqlite")
    history.add([a_job("a"), a_job("b")])
    history.rename("a", "  The good\none ")
    history.set_removed(["a", "b"], is_removed=True)
    history.close()
    again = History(tmp_path / "jobs.sqlite")
    assert again.marks() == {"a": TakeMark("The good one", True), "b": TakeMark("", True)}
    again.set_removed(["b"], is_removed=False)
    again.rename("a", "")
    assert again.marks() == {"a": TakeMark("", True), "b": TakeMark()}
    assert [job.id for job in again.jobs()] == ["b", "a"]
    again.close()


def test_a_name_has_200_characters_at_most_and_may_be_any_text(tmp_path: Path) -> None:
    history = History(tmp_path / "jobs.sqlite")
    history.rename("a", "🎬" * 300)
    history.rename("b", "broken \ud800 half")
    assert history.marks()["a"].name == "🎬" * 200
    assert history.marks()["b"].name == "broken ? half"
    history.close()


def test_marks_are_carried_over_from_a_damaged_record(tmp_path: Path) -> None:
    path = tmp_path / "jobs.sqlite"
    history = History(path)
    history.add([a_job("a")])
    history.rename("a", "The good one")
    history._connection.execute("DROP TABLE attempt")
    history.close()
    salvaged = History(path)
    assert salvaged.set_aside is not None
    assert salvaged.marks() == {"a": TakeMark("The good one")}
    salvaged.close()
