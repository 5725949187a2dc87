"""The frame that is asked for is the frame that is shown, whatever the file."""

import gc
import itertools
import os
import random
import weakref
from collections.abc import Iterator, Sequence
from contextlib import closing
from fractions import Fraction
from pathlib import Path

import av
import pytest
from av.video.frame import VideoFrame

from retake_desktop.domain.clip import Clip, FrameTimes
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.media.exact import ExactFrames
from retake_desktop.media.frames import FrameReader
from retake_desktop.media.picture import Picture, fitted
from retake_desktop.media.probe import probe
from tests.fakes.footage import make_clip, read_number, read_tint
from tests.media.footage_matrix import ROWS, Row

BOX = (1920, 1080)
NTSC = Fraction(30000, 1001)
OPEN_GOP_265 = {"x265-params": "log-level=none:open-gop=1:keyint=12:bframes=3:scenecut=0"}
BY_NAME = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.what)


@BY_NAME
def test_the_frame_asked_for_is_the_frame_shown(row: Row, tmp_path: Path) -> None:
    clip = probe(str(row.make(tmp_path)))
    first = row.shows.start if row.shows else 0
    with FrameReader(clip) as reader:
        for index in _walk(clip.frames):
            picture = reader.picture(index, BOX)
            assert (picture.index, read_number(picture)) == (index, index + first)
            assert picture.time == clip.frames.start_of(index)
    whole = row.shows or range(row.options.get("frames", 60))
    assert len(clip.frames) == len(whole) or row.keep < 1
    assert len(clip.frames) >= len(whole) * row.keep * Fraction(9, 10)


def _walk(frames: FrameTimes) -> Iterator[int]:
    """Both ends, all frames in order, backwards, just before and at boundaries of frames, then anywhere by time."""
    count = len(frames)
    chance = random.Random(count)  # noqa: S311 - a repeatable walk, not a secret
    yield from (0, count - 1)
    yield from range(count)
    yield from range(count - 1, max(-1, count - 30), -1)
    for boundary in sorted(chance.sample(range(1, count + 1), min(count, 10))):
        time = frames.start_of(boundary)
        yield from (frames.index_at(time - frames.time_base / 2), frames.index_at(time))
    yield from (frames.index_at(frames.duration * chance.randrange(10_000) / 10_000) for _ in range(30))
    yield from (count - 1, 0)


@pytest.mark.parametrize("row", [row for row in ROWS if row.shows is None and row.keep == 1], ids=lambda row: row.what)
def test_the_frame_at_a_time_is_the_one_that_was_made_for_it(row: Row, tmp_path: Path) -> None:
    """Against the times that the clip was made with, which probing knows nothing of."""
    clip = probe(str(row.make(tmp_path)))
    rate, times = Fraction(row.options.get("rate", 25)), row.options.get("times")
    for number in range(len(clip.frames) - 1):
        start, end = (times[number], times[number + 1]) if times else (number / rate, (number + 1) / rate)
        assert clip.frames.index_at((start + end) / 2) == number


def test_good_frames_are_not_lost_to_a_damaged_end(tmp_path: Path) -> None:
    path = make_clip(
        tmp_path / "a.mp4",
        frames=60,
        gop=20,
        size=(160, 90),
        container_options={"movflags": "frag_keyframe+empty_moov"},
    )
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * 0.7)])
    clip = probe(str(path))
    assert len(clip.frames) > 40
    with FrameReader(clip) as reader:
        for index in (*range(len(clip.frames)), *reversed(range(len(clip.frames)))):
            assert read_number(reader.picture(index, BOX)) == clip.frames.start_of(index) * 25


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
    assert list(counting) == [99, 95], "once to get there, once for all frames that can be kept"


def test_a_distant_frame_is_sought_past_keyframes(tmp_path: Path, counting: Sequence[int]) -> None:
    clip = probe(str(make_clip(tmp_path / "a.mp4", gop=10)))
    with FrameReader(clip) as reader:
        reader.picture(0, BOX)
        reader.picture(75, BOX)
    assert list(counting) == [0, 75]


@pytest.mark.parametrize("name", ["a.avi", "a.h264"])
def test_a_jump_in_a_counted_file_decodes_no_more_than_its_gop(name: str, tmp_path: Path) -> None:
    clip = probe(str(make_clip(tmp_path / name, gop=20, bframes=3, audio=False)))
    decoded: list[int] = []
    with closing(ExactFrames(clip, passing=lambda index, _: decoded.append(index))) as frames:
        for index in (95, 47, 40, 39, 3):
            decoded.clear()
            frames.frame(index)
            assert decoded == list(range(index // 20 * 20, index + 1))


def test_a_jump_in_a_counted_file_of_open_gops_begins_where_nothing_is_missing(tmp_path: Path) -> None:
    clip = probe(str(make_clip(tmp_path / "a.avi", gop=12, bframes=3, options={"x264-params": "open-gop=1"})))
    with FrameReader(clip) as reader:
        for index in (95, 36, 35, 47, 3):
            assert read_number(reader.picture(index, BOX)) == index


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


def combed(path: Path, count: int = 8) -> Path:
    """Frames whose fields were taken at two times: a light bar that jumps between the one and the other."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=25, options={"x264-params": "tff=1", "crf": "8"})
        stream.width, stream.height, stream.pix_fmt = 320, 192, "yuv420p"
        for number in range(count):
            frame = VideoFrame(320, 192, "yuv420p")
            rows = [_bar_row(20 + 30 * number + 15 * (row % 2), frame.planes[0].line_size) for row in range(192)]
            frame.planes[0].update(b"".join(rows))
            for plane in frame.planes[1:]:
                plane.update(bytes([128]) * plane.buffer_size)
            frame.pts = number
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def _bar_row(left: int, length: int) -> bytes:
    return (bytes([40]) * left + bytes([220]) * 12 + bytes([40]) * length)[:length]


def combing(picture: Picture) -> float:
    """How much neighbouring rows differ on average, in levels of green."""
    rows = [
        picture.pixels[y * picture.stride + 1 : (y * picture.stride) + 4 * picture.width : 4] for y in range(40, 150)
    ]
    pairs = [(a, b) for above, below in itertools.pairwise(rows) for a, b in zip(above, below, strict=True)]
    return sum(abs(a - b) for a, b in pairs) / len(pairs)


def test_interlaced_pictures_are_shown_without_combs(tmp_path: Path) -> None:
    clip = probe(str(combed(tmp_path / "a.mp4")))
    assert len(clip.frames) == 8
    with FrameReader(clip) as reader:
        shown = [combing(reader.picture(index, BOX)) for index in (0, 3, 7, 4)]
        stored = combing(reader._renderer.render(reader._frames.frame(3), 3, BOX))
    assert stored > 5, "the clip itself is combed"
    assert max(shown[1:]) < stored / 4


def test_the_last_pictures_are_kept(tmp_path: Path) -> None:
    clip = probe(str(make_clip(tmp_path / "a.mp4", frames=10)))
    with FrameReader(clip) as reader:
        first = reader.picture(3, BOX)
        reader.picture(4, BOX)
        assert reader.picture(3, BOX) is first


def test_what_decodes_is_gone_when_it_is_closed_and_not_some_time_later(tmp_path: Path) -> None:
    frames = ExactFrames(probe(str(make_clip(tmp_path / "clip.mp4", frames=20))))
    frames.frame(10)
    gone = weakref.ref(frames)
    frames.close()
    gc.disable()
    try:
        del frames
        assert gone() is None
    finally:
        gc.enable()


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
