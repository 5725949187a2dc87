"""A file that was read to its end is not read so again while it stays what it was."""

import asyncio
import os
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from retake_desktop.domain.clip import Clip, Finding
from retake_desktop.domain.job import Progress
from retake_desktop.domain.ticks import Ticks
from retake_desktop.media.cache import CacheKey, DiskCache
from retake_desktop.media.packing import packed, unpacked
from retake_desktop.media.probe import probe
from retake_desktop.media.worker import Listeners, MediaWorker
from retake_desktop.media.worker_protocol import encoded
from tests.fakes.footage import make_clip

KINDS: dict[str, tuple[str, dict[str, Any]]] = {
    "evenly spaced": ("a.mkv", {}),
    "a pace that varies": ("a.mkv", {"times": tuple(Fraction(n * n, 50) for n in range(20)), "bframes": 0}),
    "sound that lasts longer": ("a.ts", {"start": 2, "audio_start": 1, "audio_duration": 5}),
    "counted": ("a.avi", {"bframes": 2}),
}


class Opened:
    """A clip, and whether its file was read to the end for it: only that is told in bytes."""

    def __init__(self, path: Path, cache: DiskCache | None) -> None:
        self.told: list[Progress] = []
        self.firsts: list[Clip] = []
        self.clip = probe(str(path), lambda clip, _frame: self.firsts.append(clip), self.told.append, cache)


@pytest.fixture
def cache(tmp_path: Path) -> DiskCache:
    return DiskCache(tmp_path / "cache")


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_clip_comes_without_reading_again(kind: str, tmp_path: Path, cache: DiskCache) -> None:
    name, how = KINDS[kind]
    path = make_clip(tmp_path / name, size=(64, 36), **how)
    alone = Opened(path, None)
    first, again = Opened(path, cache), Opened(path, cache)
    assert alone.told
    assert first.told
    assert not again.told
    assert alone.clip == first.clip == again.clip
    assert alone.firsts == again.firsts


def test_what_an_index_tells_is_not_kept(tmp_path: Path, cache: DiskCache) -> None:
    Opened(make_clip(tmp_path / "a.mp4", size=(64, 36)), cache)
    assert cache.size() == 0


def test_a_moved_file_is_known_and_told_by_its_new_name(tmp_path: Path, cache: DiskCache) -> None:
    path = make_clip(tmp_path / "a.mkv", size=(64, 36))
    before = Opened(path, cache).clip
    moved = path.rename(tmp_path / "moved.mkv")
    found = Opened(moved, cache)
    assert not found.told
    assert found.clip == replace(before, path=str(moved))


def test_a_file_that_was_touched_is_read_again(tmp_path: Path, cache: DiskCache) -> None:
    path = make_clip(tmp_path / "a.mkv", size=(64, 36))
    Opened(path, cache)
    status = path.stat()
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + 1))
    assert Opened(path, cache).told


def test_other_bytes_of_the_same_moment_and_length_are_read_again(tmp_path: Path, cache: DiskCache) -> None:
    path = make_clip(tmp_path / "a.mkv", size=(64, 36))
    known, status = Opened(path, cache).clip, path.stat()
    content = path.read_bytes()
    at = content.index(b"\xe7\x81\x00") + 2  # The first cluster's time.
    path.write_bytes(content[:at] + b"\x28" + content[at + 1 :])
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    found = Opened(path, cache)
    assert found.told
    assert found.clip.fingerprint != known.fingerprint
    assert not Opened(path, cache).told, "the new bytes are kept in place of the old"


def test_a_file_that_is_cut_off_is_read_each_time(tmp_path: Path, cache: DiskCache) -> None:
    path = make_clip(tmp_path / "a.mkv", size=(64, 36))
    path.write_bytes(path.read_bytes()[:-2000])
    found = [Opened(path, cache) for _ in range(2)]
    assert all(one.told and Finding.INCOMPLETE in one.clip.findings for one in found)


def test_a_file_that_is_written_meanwhile_is_not_kept(tmp_path: Path, cache: DiskCache) -> None:
    path = make_clip(tmp_path / "a.mkv", size=(64, 36))

    def write(_clip: Clip, _frame: object) -> None:
        os.utime(path)

    probe(str(path), write, cache=cache)
    assert cache.size() == 0


class _Holding(DiskCache):
    """Whatever is asked of it, it holds `payload`: what was put last."""

    payload = b""

    def get(self, _key: CacheKey) -> bytes:
        return self.payload

    def put(self, _key: CacheKey, payload: bytes) -> None:
        self.payload = payload


def test_what_makes_no_sense_is_read_again(tmp_path: Path) -> None:
    path, cache = make_clip(tmp_path / "a.mkv", size=(64, 36)), _Holding(tmp_path / "cache")
    clip = Opened(path, cache).clip
    good = unpacked(cache.payload)
    assert b"\xa31/1" in good
    assert path.name.encode() not in good
    nonsense = (
        b"",
        packed(b""),
        packed(good[:-1]),
        packed(good.replace(b"\xa31/1", b"\xa31/0")),
        packed(encoded(replace(clip, path="", frames=replace(clip.frames, end=1)))),
        packed(encoded(replace(clip, path="", frames=replace(clip.frames, ticks=Ticks((0, 80, 40)))))),
        packed(encoded(replace(clip, path="", coded_width=99))),
        packed(encoded(replace(clip, path="", fingerprint="0" * 64))),
    )
    for cache.payload in nonsense:
        found = Opened(path, cache)
        assert found.told, cache.payload
        assert found.clip == clip
    cache.payload = packed(good)
    assert not Opened(path, cache).told


def test_the_worker_keeps_it_where_the_cache_lies_now(tmp_path: Path, cache: DiskCache) -> None:
    path = make_clip(tmp_path / "a.mkv", size=(64, 36))
    told: list[list[Progress]] = [[], [], []]

    async def opened() -> list[Clip]:
        worker = MediaWorker(cache=cache)
        try:
            clips = [await worker.probe(str(path), Listeners(on_progress=one.append)) for one in told[:2]]
            cache.move_to(tmp_path / "elsewhere")
            return [*clips, await worker.probe(str(path), Listeners(on_progress=told[2].append))]
        finally:
            await worker.close()

    first, second, third = asyncio.run(opened())
    assert first == second == third
    assert [bool(one) for one in told] == [True, False, True]
    assert cache.size() > 0
    assert cache.place.folder == str(tmp_path / "elsewhere")
