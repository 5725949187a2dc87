"""What takes how much room, and that clearing the cache never touches what was paid for."""

from pathlib import Path

from retake_desktop.domain.film import DEFAULT_SEAMS, Film
from retake_desktop.domain.retake import RetakeRequest
from retake_desktop.services.folders import Folders
from retake_desktop.services.room import clear_cache, measure
from tests.services.examples import _SPAN, a_job


def a_file(path: Path, size: int) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x" * size)
    return str(path)


def test_each_source_is_told_with_its_results_windows_and_films(tmp_path: Path) -> None:
    folders = Folders(tmp_path / "data", tmp_path / "config", tmp_path / "cache")
    window = a_file(folders.windows / "w.mp4", 50)
    film = Film(a_file(tmp_path / "film-retake.mp4", 900), "", "", DEFAULT_SEAMS)
    jobs = [
        a_job("a", result_path=a_file(folders.results / "a.mp4", 100), window_path=window, film=film),
        a_job("b", result_path=a_file(folders.results / "b.mp4", 200), window_path=window, film=film),
        a_job("c", request=RetakeRequest("/films/none.mp4", _SPAN, "x"), result_path=str(tmp_path / "gone.mp4")),
    ]
    a_file(folders.cache / "previews/one", 30)
    a_file(folders.data / "jobs.sqlite", 7)
    room = measure(folders, jobs)
    (source,) = room.sources
    assert (source.takes, source.results, source.windows, source.films) == (2, 300, 50, 900)
    assert (room.cache, room.other, room.total) == (30, 7, 1287)


def test_clearing_removes_the_cache_and_nothing_that_a_job_names(tmp_path: Path) -> None:
    folders = Folders(tmp_path / "data", tmp_path / "config", tmp_path / "cache")
    a_file(folders.cache / "previews/one", 30)
    inside = a_file(folders.cache / "windows/precious.mp4", 5)
    result = a_file(folders.results / "a.mp4", 100)
    assert clear_cache(folders, [a_job(result_path=result, window_path=inside)]) == 30
    assert Path(result).exists()
    assert Path(inside).exists()
    assert not (folders.cache / "previews/one").exists()


def test_data_that_somebody_put_into_the_cache_folder_stays(tmp_path: Path) -> None:
    same = Folders(tmp_path / "all", tmp_path / "config", tmp_path / "all")
    inside = Folders(tmp_path / "outer/data", tmp_path / "config", tmp_path / "outer")
    for folders in (same, inside):
        stray = a_file(folders.results / "unverified.mp4", 100)
        assert clear_cache(folders, []) == 0
        assert Path(stray).exists()
