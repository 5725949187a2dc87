"""The filmstrip shows true frames, evenly spread, the quick ones first."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.media.filmstrip import filmstrip
from retake_desktop.media.picture import Picture
from retake_desktop.media.probe import probe
from tests.fakes.footage import make_clip, read_number

Maker = Callable[[Path], Path]

FOOTAGE: dict[str, Maker] = {
    "many keyframes": lambda folder: make_clip(folder / "a.mp4", gop=5),
    "one keyframe": lambda folder: make_clip(folder / "a.mp4", gop=250, bframes=3),
    "mkv starting late": lambda folder: make_clip(folder / "a.mkv", gop=20, start=Fraction(27, 10)),
    "ts": lambda folder: make_clip(folder / "a.ts", gop=20, start=100),
    "webm": lambda folder: make_clip(folder / "a.webm", codec="libvpx-vp9", gop=25),
    "avi with h264 B-frames": lambda folder: make_clip(folder / "a.avi", gop=20),
    "avi": lambda folder: make_clip(folder / "a.avi", codec="mpeg4", gop=10),
    "turned": lambda folder: make_clip(folder / "a.mov", rotation=90),
}


def _never() -> bool:
    return False


def _gaps(clip: Clip, pictures: list[Picture], count: int) -> list[Fraction]:
    """Distance from the middle of each part to the nearest picture, in widths of a part."""
    width = clip.duration / count
    middles = [width * (2 * part + 1) / 2 for part in range(count)]
    return [min(abs(picture.time - middle) for picture in pictures) / width for middle in middles]


@pytest.mark.parametrize("name", FOOTAGE)
def test_every_part_of_the_clip_gets_a_true_frame(name: str, tmp_path: Path) -> None:
    clip = probe(str(FOOTAGE[name](tmp_path)))
    pictures = list(filmstrip(clip, 8, 90, _never))
    assert all(read_number(picture) == picture.index for picture in pictures)
    assert all(picture.time == clip.frames.start_of(picture.index) for picture in pictures)
    assert all(picture.height == 90 for picture in pictures)
    assert len(pictures) <= 16
    assert max(_gaps(clip, pictures, 8)) <= Fraction(6, 10)


def test_where_keyframes_are_near_nothing_else_is_decoded(tmp_path: Path) -> None:
    clip = probe(str(make_clip(tmp_path / "a.mp4", gop=5)))
    pictures = list(filmstrip(clip, 8, 90, _never))
    assert {picture.index % 5 for picture in pictures} == {0}
    assert len(pictures) == 8


def test_the_middle_comes_first(tmp_path: Path) -> None:
    clip = probe(str(make_clip(tmp_path / "a.mp4", gop=1)))
    indexes = [picture.index for picture in filmstrip(clip, 7, 90, _never)]
    assert indexes[0] == sorted(indexes)[3]
    assert {indexes[1], indexes[2]} == {sorted(indexes)[1], sorted(indexes)[5]}


def test_a_clip_of_one_frame_has_one_picture(tmp_path: Path) -> None:
    clip = probe(str(make_clip(tmp_path / "a.mp4", frames=1)))
    assert [picture.index for picture in filmstrip(clip, 8, 90, _never)] == [0]


def test_it_stops_when_cancelled(tmp_path: Path) -> None:
    clip = probe(str(make_clip(tmp_path / "a.mp4", gop=5)))
    seen: list[Picture] = []
    seen.extend(filmstrip(clip, 8, 90, lambda: len(seen) >= 3))
    assert len(seen) == 3


def test_a_vanished_file_is_trouble_with_the_file(tmp_path: Path) -> None:
    clip = probe(str(make_clip(tmp_path / "a.mp4", frames=5)))
    Path(clip.path).unlink()
    with pytest.raises(RetakeError) as caught:
        list(filmstrip(clip, 8, 90, _never))
    assert caught.value.kind is ErrorKind.FILE_TROUBLE
