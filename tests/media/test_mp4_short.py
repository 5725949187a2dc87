"""Long MP4s are opened by the beginning of their index: the clip is the one that FFmpeg's whole index gives."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from av.video.frame import VideoFrame

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import RetakeError
from retake_desktop.media import probe as probing
from retake_desktop.media.mp4_boxes import outline_of
from retake_desktop.media.mp4_short import ShortFile, ShortIndex, short_index
from retake_desktop.media.mp4_times import Mp4Index
from retake_desktop.media.probe import probe
from retake_desktop.media.source import open_quickly, open_shortened
from tests.fakes.ffmpeg import ffmpeg

LOOPS = 39
TABLES = (b"stsz", b"stsc", b"stco", b"ctts", b"stts", b"elst", b"mdhd", b"tkhd", b"stss", b"trak", b"stbl", b"hdlr")


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nearly seven minutes at 60 frames a second, whose index is as long as that of longer films with larger ones."""
    folder = tmp_path_factory.mktemp("films")
    filmed = ("-f", "lavfi", "-i", "testsrc=size=64x48:rate=60", "-f", "lavfi", "-i", "sine=frequency=440")
    coded = ("-c:v", "libx264", "-preset", "ultrafast", "-bf", "2", "-g", "50", "-c:a", "aac")
    ffmpeg(*filmed, "-t", "10", *coded, folder / "part.mp4")
    long = folder / "plain.mp4"
    ffmpeg("-stream_loop", str(LOOPS), "-i", folder / "part.mp4", "-c", "copy", long)
    ffmpeg("-i", long, "-c", "copy", "-movflags", "faststart", folder / "index-first.mp4")
    ffmpeg("-ss", "0.5", "-i", long, "-c", "copy", folder / "begins-hidden.mp4")
    ffmpeg("-i", long, "-c:v", "copy", "-c:a", "pcm_s16le", folder / "other-sound.mov")
    ffmpeg("-itsoffset", "0.7", "-i", long, "-i", long, "-map", "0:v", "-map", "1:a", "-c", "copy", folder / "late.mp4")
    shown = bytearray(long.read_bytes())
    edits = shown.index(b"elst") + 12
    shown[edits : edits + 4] = (300_000).to_bytes(4, "big")
    (folder / "ends-hidden.mp4").write_bytes(shown)
    return folder


def read(path: Path, how: Callable[[probing._File], Clip | None]) -> Clip | None:
    with ThreadPoolExecutor(3) as beside:
        index = Mp4Index(str(path), beside)
        return how(probing._File(str(path), path.stat().st_size, index, None, probing._Once(None), None))


def shortened(path: Path) -> Clip | None:
    return read(path, probing._read_short)


def whole(path: Path) -> Clip:
    clip = read(path, probing._read_whole)
    assert clip is not None
    return clip


@pytest.mark.parametrize("name", ["plain.mp4", "index-first.mp4", "begins-hidden.mp4", "other-sound.mov", "late.mp4"])
def test_the_beginning_of_the_index_gives_the_same_clip(films: Path, name: str) -> None:
    clip = shortened(films / name)
    assert clip is not None
    assert clip == whole(films / name)


def test_where_the_end_is_hidden_the_whole_index_is_asked(films: Path) -> None:
    path = films / "ends-hidden.mp4"
    seen: list[int | None] = []

    def look(_clip: Clip, frame: VideoFrame) -> None:
        seen.append(frame.pts)

    assert index_of(path).kept
    assert shortened(path) is None
    assert replace(probe(str(path), look), fingerprint="") == whole(path)
    assert len(seen) == 1
    assert round(whole(path).frames.duration) == 300


def index_of(path: Path) -> ShortIndex:
    found = short_index(str(path), outline_of(str(path)))
    assert found is not None
    return found


def test_ffmpeg_lists_as_many_samples_as_are_left(films: Path) -> None:
    short = index_of(films / "index-first.mp4")
    with closing(ShortFile(short)) as file, open_shortened(file) as container:
        listed = {stream.id: len(stream.index_entries) for stream in container.streams}
        assert container.streams.video[0].frames == 24_000
    assert listed == short.kept
    with open_quickly(str(films / "index-first.mp4")) as container:
        assert {stream.id: len(stream.index_entries) > 16_000 for stream in container.streams} == {1: True, 2: True}


def test_what_lies_around_the_index_is_the_file_itself(films: Path) -> None:
    short = index_of(films / "index-first.mp4")
    content = (films / "index-first.mp4").read_bytes()
    end = short.movie_at + len(short.movie)
    expected = content[: short.movie_at] + short.movie + content[end:]
    with closing(ShortFile(short)) as file:
        read = b"".join(iter(lambda: file.read(100_000), b""))
        assert read == expected
        for place in (0, short.movie_at - 7, short.movie_at + 7, end - 7, end + 7):
            assert file.seek(place, 0) == file.tell() == place
            some = file.read(30)
            assert some
            assert some == expected[place : place + len(some)]


def test_a_short_film_is_opened_as_it_is(films: Path) -> None:
    path = str(films / "part.mp4")
    assert short_index(path, outline_of(path)) is None


def compared_when_damaged(films: Path, folder: Path, count: int, seed: int) -> int:
    """How many of `count` files with a damaged index were opened by its beginning: to the same pictures as by all of
    it, or where that could not be opened at all."""
    chance = Random(seed)  # noqa: S311 - repeatable, not secret
    compared = 0
    for number in range(count):
        damaged = bytearray((films / chance.choice(["plain.mp4", "index-first.mp4", "begins-hidden.mp4"])).read_bytes())
        begin = damaged.index(b"moov")
        heads = [place for kind in TABLES if (place := damaged.find(kind, begin)) > 0]
        for _ in range(chance.choice((1, 1, 2, 5))):
            near = chance.choice(heads) + chance.randrange(-4, 40)
            place = near if chance.random() < 0.6 else chance.randrange(begin, begin + 600_000)
            damaged[place % len(damaged)] ^= 1 << chance.randrange(8)
        path = folder / "damaged.mp4"
        path.write_bytes(damaged)
        clip = shortened(path)
        if clip is None:
            continue
        compared += 1
        try:
            other = whole(path)
        except RetakeError:
            continue
        assert replace(clip, audio=()) == replace(other, audio=()), f"file {number} of {seed}"
    return compared


def test_a_damaged_index_is_believed_by_its_beginning_only_where_the_whole_says_the_same(
    films: Path, tmp_path: Path
) -> None:
    assert compared_when_damaged(films, tmp_path, 40, seed=4) >= 10


@pytest.mark.full
def test_a_thousand_damaged_indices_are_believed_only_where_the_whole_says_the_same(
    films: Path, tmp_path: Path
) -> None:
    assert compared_when_damaged(films, tmp_path, 1000, seed=5) >= 200
