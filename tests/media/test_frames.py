"""The frame that is asked for is the frame that is shown, whatever the file."""

import os
import random
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path

import pytest

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.media.frames import FrameReader
from retake_desktop.media.picture import fitted
from retake_desktop.media.probe import probe
from tests.fakes.footage import make_clip, read_number, read_tint

BOX = (1920, 1080)
FILM = Fraction(24000, 1001)
NTSC = Fraction(30000, 1001)
VFR = tuple(Fraction(i * i + i, 400) for i in range(80))
OPEN_GOP_264 = {"x264-params": "open-gop=1"}
OPEN_GOP_265 = {"x265-params": "log-level=none:open-gop=1:keyint=12:bframes=3:scenecut=0"}

Maker = Callable[[Path], Path]

FOOTAGE: dict[str, Maker] = {
    "mp4 23.976": lambda folder: make_clip(folder / "a.mp4", rate=FILM, gop=25, bframes=3),
    "mp4 25 without B-frames": lambda folder: make_clip(folder / "a.mp4", bframes=0),
    "mp4 29.97 in one GOP": lambda folder: make_clip(folder / "a.mp4", rate=NTSC, gop=250),
    "mp4 50": lambda folder: make_clip(folder / "a.mp4", rate=50, gop=30),
    "mp4 with open GOPs": lambda folder: make_clip(folder / "a.mp4", gop=12, bframes=3, options=OPEN_GOP_264),
    "mp4 starting late": lambda folder: make_clip(folder / "a.mp4", start=Fraction(5, 3), rate=NTSC),
    "mp4 with intra refresh": lambda folder: make_clip(
        folder / "a.mp4", gop=25, bframes=0, options={"x264-params": "intra-refresh=1"}
    ),
    "variable rate": lambda folder: make_clip(folder / "a.mp4", times=VFR, gop=20),
    "variable rate in mkv": lambda folder: make_clip(folder / "a.mkv", times=VFR, gop=20, bframes=0),
    "mov hevc 10 bit": lambda folder: make_clip(folder / "a.mov", codec="libx265", pixel_format="yuv420p10le", gop=30),
    "mp4 hevc with open GOPs": lambda folder: make_clip(folder / "a.mp4", codec="libx265", options=OPEN_GOP_265),
    "mkv starting late": lambda folder: make_clip(folder / "a.mkv", start=Fraction(27, 10), rate=FILM, gop=25),
    "ts": lambda folder: make_clip(folder / "a.ts", gop=20, rate=NTSC, start=7),
    "ts with open GOPs": lambda folder: make_clip(folder / "a.ts", gop=12, bframes=3, options=OPEN_GOP_264),
    "ts mpeg2": lambda folder: make_clip(folder / "a.ts", codec="mpeg2video", gop=12, options={"bf": "2"}),
    "mkv with open GOPs": lambda folder: make_clip(folder / "a.mkv", gop=12, bframes=3, options=OPEN_GOP_264),
    "mkv mpeg4": lambda folder: make_clip(folder / "a.mkv", codec="mpeg4", gop=12, options={"bf": "2"}),
    "ts hevc with open GOPs": lambda folder: make_clip(folder / "a.ts", codec="libx265", options=OPEN_GOP_265),
    "ts past its clock's wrap": lambda folder: make_clip(folder / "a.ts", gop=20, start=100_000),
    "mpeg": lambda folder: make_clip(
        folder / "a.mpg", codec="mpeg2video", container="mpeg", audio="mp2", gop=12, options={"bf": "2"}
    ),
    "webm": lambda folder: make_clip(folder / "a.webm", codec="libvpx-vp9", gop=30),
    "avi": lambda folder: make_clip(folder / "a.avi", codec="mpeg4", gop=20, options={"bf": "2"}),
    "avi with h264 B-frames": lambda folder: make_clip(folder / "a.avi", gop=20, bframes=3),
    "turned by 90": lambda folder: make_clip(folder / "a.mov", rotation=90),
    "turned by 180": lambda folder: make_clip(folder / "a.mp4", rotation=180),
    "turned by 270": lambda folder: make_clip(folder / "a.mp4", rotation=270),
    "anamorphic": lambda folder: make_clip(folder / "a.mp4", size=(360, 288), pixel_aspect=Fraction(16, 11)),
    "without sound": lambda folder: make_clip(folder / "a.mp4", audio=False),
    "one frame": lambda folder: make_clip(folder / "a.mp4", frames=1),
    "emoji in its path": lambda folder: make_clip(folder / "🎬 50 % größer.mp4"),
}


@pytest.mark.parametrize("name", FOOTAGE)
def test_every_frame_asked_for_is_the_frame_shown(name: str, tmp_path: Path) -> None:
    clip = probe(str(FOOTAGE[name](tmp_path)))
    with FrameReader(clip) as reader:
        for index in _walk(len(clip.frames)):
            picture = reader.picture(index, BOX)
            assert (picture.index, read_number(picture)) == (index, index)
            assert picture.time == clip.frames.start_of(index)


def _walk(count: int) -> Iterator[int]:
    """Both ends, all frames in order, a stretch backwards, then anywhere."""
    chance = random.Random(count)  # noqa: S311 - a repeatable walk, not a secret
    yield from (0, count - 1)
    yield from range(count)
    yield from range(count - 1, max(-1, count - 30), -1)
    yield from (chance.randrange(count) for _ in range(30))
    yield from (count - 1, 0)


def test_frames_hidden_by_an_edit_list_are_not_counted(tmp_path: Path) -> None:
    clip = probe(str(make_clip(tmp_path / "a.mp4", start=Fraction(-1, 2), gop=30, bframes=3)))
    with FrameReader(clip) as reader:
        shown = [read_number(reader.picture(index, BOX)) for index in (0, 87, 50, 18, 17, 1)]
    assert shown == [12, 99, 62, 30, 29, 13]


def test_a_new_reader_finds_any_frame_at_once(tmp_path: Path) -> None:
    clip = probe(str(make_clip(tmp_path / "a.ts", codec="libx265", options=OPEN_GOP_265)))
    for index in (11, 12, 13, 35, 36, 37, 99):
        with FrameReader(clip) as reader:
            assert read_number(reader.picture(index, BOX)) == index


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> Sequence[int]:
    """Collects where the containers are sought."""
    from retake_desktop.media import exact

    sought: list[int] = []
    enter = exact.ExactFrames._enter

    def counted(self: exact.ExactFrames, index: int, seconds_back: int) -> bool:
        sought.append(index)
        return enter(self, index, seconds_back)

    monkeypatch.setattr(exact.ExactFrames, "_enter", counted)
    return sought


def test_frames_in_order_are_decoded_onwards_without_seeking(tmp_path: Path, counting: Sequence[int]) -> None:
    clip = probe(str(make_clip(tmp_path / "a.mp4", gop=20)))
    with FrameReader(clip) as reader:
        for index in range(0, 100, 3):
            reader.picture(index, BOX)
    assert list(counting) == [0]


def test_stepping_back_does_not_decode_the_gop_each_time(tmp_path: Path, counting: Sequence[int]) -> None:
    clip = probe(str(make_clip(tmp_path / "a.mp4", gop=250)))
    with FrameReader(clip) as reader:
        for index in range(99, 79, -1):
            reader.picture(index, BOX)
    assert list(counting) == [99]


def test_a_distant_frame_is_sought_past_keyframes(tmp_path: Path, counting: Sequence[int]) -> None:
    clip = probe(str(make_clip(tmp_path / "a.mp4", gop=10)))
    with FrameReader(clip) as reader:
        reader.picture(0, BOX)
        reader.picture(75, BOX)
    assert list(counting) == [0, 75]


@pytest.mark.parametrize(
    ("size", "box", "expected"),
    [
        ((1920, 1080), (960, 960), (960, 540)),
        ((1080, 1920), (960, 960), (540, 960)),
        ((320, 180), (1920, 1080), (320, 180)),
        ((320, 180), (0, 0), (1, 1)),
        ((4000, 10), (100, 100), (100, 1)),
    ],
)
def test_pictures_are_scaled_down_to_the_box_and_never_up(
    size: tuple[int, int], box: tuple[int, int], expected: tuple[int, int]
) -> None:
    assert fitted(*size, box) == expected


@pytest.mark.parametrize("box", [(160, 160), (200, 113), (161, 91), (90, 400)])
@pytest.mark.parametrize("rotation", [0, 90])
def test_a_small_picture_still_shows_its_frame(box: tuple[int, int], rotation: int, tmp_path: Path) -> None:
    clip = probe(str(make_clip(tmp_path / "a.mp4", frames=10, rotation=rotation)))
    with FrameReader(clip) as reader:
        picture = reader.picture(7, box)
    assert (picture.width, picture.height) == fitted(clip.width, clip.height, box)
    assert len(picture.pixels) >= picture.stride * (picture.height - 1) + 4 * picture.width
    assert read_number(picture) == 7


TINT = (60, 150, 90)


@pytest.mark.parametrize(
    ("size", "pixel_format", "colour"),
    [
        ((320, 180), "yuv420p", (1, 1, 1, 1)),
        ((320, 180), "yuv420p", (1, 5, 1, 1)),
        ((320, 180), "yuv420p", (1, 6, 6, 6)),
        ((320, 180), "yuv420p", (2, 1, 1, 1)),
        ((320, 180), "yuv444p", (1, 1, 1, 1)),
        ((320, 180), "yuv420p", (0, 2, 2, 2)),
        ((640, 720), "yuv420p", (1, 1, 1, 1)),
    ],
)
@pytest.mark.parametrize("box", [BOX, (160, 160)])
def test_colours_come_out_as_they_were_filmed(
    size: tuple[int, int], pixel_format: str, colour: tuple[int, int, int, int], box: tuple[int, int], tmp_path: Path
) -> None:
    path = make_clip(
        tmp_path / "a.mp4",
        frames=3,
        size=size,
        pixel_format=pixel_format,
        colour=colour,
        tint=TINT,
        audio=False,
        options={"crf": "10"},
    )
    with FrameReader(probe(str(path))) as reader:
        shown = read_tint(reader.picture(1, box))
    assert max(abs(a - b) for a, b in zip(shown, TINT, strict=True)) <= 4


def test_greys_stay_grey(tmp_path: Path) -> None:
    path = make_clip(tmp_path / "a.mp4", frames=3, tint=(200, 200, 200), audio=False, options={"crf": "10"})
    clip = probe(str(path))
    with FrameReader(clip) as reader:
        for box in (BOX, (160, 160)):
            red, green, blue = read_tint(reader.picture(1, box))
            assert max(red, green, blue) - min(red, green, blue) <= 1


@pytest.mark.parametrize("rotation", [0, 90])
@pytest.mark.parametrize("transfer", [16, 18])
def test_hdr_is_shown_in_the_colours_of_sdr(transfer: int, rotation: int, tmp_path: Path) -> None:
    path = make_clip(
        tmp_path / "a.mp4",
        frames=3,
        codec="libx265",
        pixel_format="yuv420p10le",
        colour=(1, 9, transfer, 9),
        tint=(60, 200, 60),
        rotation=rotation,
        audio=False,
    )
    clip = probe(str(path))
    assert clip.colour.is_hdr
    with FrameReader(clip) as reader:
        for box in (BOX, (160, 160)):
            picture = reader.picture(2, box)
            assert read_number(picture) == 2
            red, green, _ = read_tint(picture)
            # This green of BT.2020 lies outside BT.709: shown unmapped, its red would stay at 60.
            assert red < 35
            assert green > 150


def test_the_last_pictures_are_kept(tmp_path: Path) -> None:
    clip = probe(str(make_clip(tmp_path / "a.mp4", frames=10)))
    with FrameReader(clip) as reader:
        first = reader.picture(3, BOX)
        reader.picture(4, BOX)
        assert reader.picture(3, BOX) is first


def test_a_vanished_file_is_trouble_with_the_file(tmp_path: Path) -> None:
    clip = probe(str(make_clip(tmp_path / "a.mp4", frames=5)))
    Path(clip.path).unlink()
    with pytest.raises(RetakeError) as caught:
        FrameReader(clip)
    assert caught.value.kind is ErrorKind.FILE_TROUBLE


def test_a_pipe_in_its_place_is_not_waited_for(tmp_path: Path) -> None:
    clip = probe(str(make_clip(tmp_path / "a.mp4", frames=5)))
    Path(clip.path).unlink()
    os.mkfifo(clip.path)
    with pytest.raises(RetakeError) as caught:
        FrameReader(clip)
    assert caught.value.kind is ErrorKind.FILE_TROUBLE


def test_another_file_in_its_place_is_noticed(tmp_path: Path) -> None:
    clip = probe(str(make_clip(tmp_path / "a.mp4", frames=50)))
    make_clip(Path(clip.path), frames=20, rate=NTSC)
    with pytest.raises(RetakeError) as caught:
        FrameReader(clip)
    assert caught.value.kind is ErrorKind.MEDIA_FAILED


@pytest.fixture
def damaged(tmp_path: Path) -> Clip:
    """A clip of keyframes only, with one of them overwritten after it was probed."""
    path = make_clip(tmp_path / "a.mov", frames=40, codec="png", pixel_format="rgb24", audio=False)
    clip = probe(str(path))
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 20] = bytes(20)
    path.write_bytes(content)
    return clip


def test_a_frame_that_cannot_be_decoded_fails_alone(damaged: Clip) -> None:
    failed = []
    with FrameReader(damaged) as reader:
        for index in (*range(40), 5, 35):
            try:
                assert read_number(reader.picture(index, BOX)) == index
            except (RetakeError, AssertionError) as error:
                failed.append((index, error))
    assert 0 < len({index for index, _ in failed}) <= 3
    assert {error.kind for _, error in failed if isinstance(error, RetakeError)} == {ErrorKind.MEDIA_FAILED}


def test_a_frame_outside_the_clip_is_a_bug(tmp_path: Path) -> None:
    clip = probe(str(make_clip(tmp_path / "a.mp4", frames=5)))
    with FrameReader(clip) as reader, pytest.raises(IndexError):
        reader.picture(5, BOX)
