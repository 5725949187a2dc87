"""The cache gives back what was put, or nothing; it keeps to its limit and never touches what is not its own."""

import multiprocessing
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from retake_desktop.media.cache import CacheKey, DiskCache

KIB = 1024


class Clock:
    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


def key(name: str = "a", **changes: str | int) -> CacheKey:
    parts: dict[str, str | int] = {"fingerprint": name, "kind": "test", "parameters": "plain", "version": 1}
    return CacheKey(**(parts | changes))  # type: ignore[arg-type]  # names and types are those above


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def cache(tmp_path: Path, clock: Clock) -> DiskCache:
    return DiskCache(tmp_path / "cache", limit=100 * KIB, clock=clock)


def test_what_was_put_comes_back_also_in_another_process(cache: DiskCache, tmp_path: Path) -> None:
    cache.put(key(), b"payload")
    assert cache.get(key()) == b"payload"
    assert DiskCache(tmp_path / "cache").get(key()) == b"payload"
    assert cache.get(key("b")) is None


@pytest.mark.parametrize(
    "other",
    [key("b"), key(kind="other"), key(parameters="other"), key(version=2), key("at", kind="est"), key("1:a4:test")],
)
def test_another_content_kind_parameter_or_version_is_another_entry(cache: DiskCache, other: CacheKey) -> None:
    cache.put(key(), b"payload")
    assert cache.get(other) is None
    cache.put(other, b"other")
    assert cache.get(key()) == b"payload"


def test_the_newest_bytes_win(cache: DiskCache) -> None:
    cache.put(key(), b"old")
    cache.put(key(), b"new")
    assert cache.get(key()) == b"new"


def _cut(whole: bytes) -> bytes:
    return whole[:-1]


def _flipped(whole: bytes) -> bytes:
    return whole[:-3] + bytes([whole[-3] ^ 1]) + whole[-2:]


def _emptied(whole: bytes) -> bytes:
    return b""


def _lengthened(whole: bytes) -> bytes:
    return whole + b"x"


def _foreign(whole: bytes) -> bytes:
    return b"something else entirely, and long enough to be taken for an entry if nobody looked at its head at all...."


@pytest.mark.parametrize("damage", [_cut, _flipped, _emptied, _lengthened, _foreign])
def test_a_damaged_entry_is_dropped_and_made_again(
    cache: DiskCache, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    cache.put(key(), b"payload")
    (path,) = files(tmp_path)
    path.write_bytes(damage(path.read_bytes()))
    assert cache.get(key()) is None
    assert files(tmp_path) == []
    cache.put(key(), b"payload")
    assert cache.get(key()) == b"payload"


def test_an_entry_under_another_ones_name_is_not_believed(cache: DiskCache, tmp_path: Path) -> None:
    cache.put(key("a"), b"of a")
    cache.put(key("b"), b"of b")
    first, second = files(tmp_path)
    first.write_bytes(second.read_bytes())
    assert {cache.get(key("a")), cache.get(key("b"))} in ({None, b"of b"}, {None, b"of a"})


def test_the_limit_holds_and_the_longest_unused_goes_first(cache: DiskCache, clock: Clock) -> None:
    names = [f"entry {number}" for number in range(30)]
    for name in names:
        cache.put(key(name), bytes(5 * KIB))
        clock.now += 100
        assert cache.get(key(names[0])) is not None, "what is used all the time stays"
        assert cache.size() <= 100 * KIB
    kept = [name for name in names if cache.get(key(name))]
    assert kept[1:] == names[-len(kept) + 1 :]
    assert len(kept) >= 15


def test_what_is_longer_than_the_limit_is_not_kept(cache: DiskCache, tmp_path: Path) -> None:
    cache.put(key(), bytes(100 * KIB))
    assert cache.get(key()) is None
    assert files(tmp_path) == []


def test_what_another_process_put_counts_too(cache: DiskCache, tmp_path: Path, clock: Clock) -> None:
    other = DiskCache(tmp_path / "cache", limit=100 * KIB, clock=clock)
    for number in range(60):
        cache.put(key(f"{number}"), bytes(2 * KIB))
        other.put(key(f"other {number}"), bytes(2 * KIB))
        clock.now += 1
    assert cache.size() <= 120 * KIB


def test_clearing_takes_entries_and_nothing_else(cache: DiskCache, tmp_path: Path) -> None:
    cache.put(key(), b"payload")
    (entry,) = files(tmp_path)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / ("0" * 64 + ".preview")).write_bytes(b"mine")
    strangers = [
        tmp_path / "cache" / "settings.json",
        entry.parents[1] / "notes.txt",
        entry.parent / "notes.preview",
        outside / ("0" * 64 + ".preview"),
    ]
    for stranger in strangers:
        stranger.write_bytes(b"mine")
    (entry.parents[1] / "0a").symlink_to(outside)
    left_over = entry.with_name(entry.stem + "abc.part")
    left_over.write_bytes(b"half")
    cache.clear()
    assert cache.size() == 0
    assert files(tmp_path) == sorted(strangers)
    cache.put(key(), b"again")
    assert cache.get(key()) == b"again"


def test_clearing_an_empty_or_missing_folder_is_fine(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path / "never made")
    cache.clear()
    assert cache.size() == 0


def test_where_nothing_can_be_written_nothing_is_kept_and_nothing_is_raised(tmp_path: Path) -> None:
    (tmp_path / "cache").write_bytes(b"a file where the folder should be")
    cache = DiskCache(tmp_path / "cache")
    cache.put(key(), b"payload")
    assert cache.get(key()) is None
    cache.clear()
    assert (tmp_path / "cache").exists()


def test_unfinished_files_of_a_killed_process_go_after_an_hour(cache: DiskCache, tmp_path: Path, clock: Clock) -> None:
    cache.put(key("first"), bytes(60 * KIB))
    (entry,) = files(tmp_path)
    stale, fresh = entry.with_name(entry.stem + "old.part"), entry.with_name(entry.stem + "new.part")
    for path, age in ((stale, 4000), (fresh, 10)):
        path.write_bytes(b"half")
        os.utime(path, (clock.now - age, clock.now - age))
    cache.put(key("second"), bytes(60 * KIB))
    assert not stale.exists()
    assert fresh.exists()


def _hammer(folder: str, seed: int) -> None:
    cache = DiskCache(Path(folder), limit=200 * KIB)
    for number in range(150):
        name = (number * 7 + seed) % 40
        cache.put(key(f"{name}"), bytes([name]) * (4 * KIB))
        found = cache.get(key(f"{(number * 3) % 40}"))
        if found is not None and found != bytes([number * 3 % 40]) * (4 * KIB):
            raise SystemExit(3)
        if number == 100:
            cache.clear()


def test_processes_that_write_evict_and_clear_at_once_do_not_disturb_each_other(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_hammer, args=(str(tmp_path), seed)) for seed in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(30)
    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert DiskCache(tmp_path).size() <= 260 * KIB


def test_another_place_counts_at_once_and_nothing_is_left_at_the_old_one(cache: DiskCache, tmp_path: Path) -> None:
    mine = tmp_path / "cache" / "mine.txt"
    cache.put(key(), b"payload")
    mine.write_text("not the cache's", encoding="utf-8")
    cache.move_to(tmp_path / "elsewhere")
    assert cache.get(key()) is None
    assert files(tmp_path / "cache") == [mine]
    cache.put(key(), b"anew")
    assert cache.get(key()) == b"anew"
    assert DiskCache(tmp_path / "elsewhere").get(key()) == b"anew"
    cache.move_to(tmp_path / "elsewhere")
    assert cache.get(key()) == b"anew", "the same place is no move"
