from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import av
import pytest
from av.video.frame import VideoFrame

from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.job import Progress
from retake_desktop.domain.retake import RetakeRequest
from retake_desktop.domain.span import Span
from retake_desktop.domain.window import paired_frame
from retake_desktop.media.encode import Mp4Writer, Quality
from retake_desktop.media.pcm import PcmReader
from retake_desktop.media.prepare import Prepared, prepare
from retake_desktop.media.probe import probe
from tests.fakes.footage import make_clip, sound_time
from tests.fakes.numbered import numbers

PLENTY = 11 << 20
UNEVEN = tuple(Fraction(sum((33, 17, 34, 100, 40)[place % 5] for place in range(index)), 1000) for index in range(160))
FILES: Mapping[str, Mapping[str, Any]] = {
    "plain.mp4": {"rate": 25},
    "ntsc.mp4": {"rate": Fraction(30000, 1001)},
    "film.mkv": {"rate": Fraction(24000, 1001)},
    "portrait.mov": {"rate": 25, "rotation": 90},
    "tv.mp4": {"rate": 50, "size": (320, 240)},
    "slow.mp4": {"rate": 12, "audio": False, "frames": 80},
    "uneven.mp4": {"rate": 30, "times": UNEVEN},
    "broadcast.ts": {"rate": 25, "start": 3},
    "anamorphic.mp4": {"rate": 30, "pixel_aspect": Fraction(4, 3), "size": (240, 180), "rotation": 180},
    "phone.mp4": {"codec": "libx265", "rate": 25, "rotation": 270},
}


def ignored(progress: Progress) -> None:
    pass


def prepared(folder: Path, source: Path, max_bytes: int = PLENTY) -> Prepared:
    request = RetakeRequest(str(source), Span(Fraction(2), Fraction(4)), "x")
    return prepare(probe(str(source)), request, str(folder / "window.mp4"), max_bytes, ignored)


@pytest.mark.parametrize("name", FILES)
def test_every_source_frame_pairs_with_the_window_frame_that_shows_it(tmp_path: Path, name: str) -> None:
    source = make_clip(tmp_path / name, **{"frames": 160, "audio": False, **FILES[name]})
    done = prepared(tmp_path, source)
    before, after = probe(str(source)), probe(done.path)
    shown = numbers(done.path)
    pairs = {
        index: paired_frame(done.window, before.frames, after.frames, index) for index in range(len(before.frames))
    }
    inside = {index: pair for index, pair in pairs.items() if pair is not None}
    assert [shown[pair] for pair in inside.values()] == list(inside)
    assert len(shown) == done.window.frame_count
    assert (after.width, after.height) == (done.window.width, done.window.height)
    assert after.frame_rate == done.window.rate


@pytest.mark.parametrize("name", ["plain.mp4", "ntsc.mp4"])
def test_the_windows_sound_is_in_step_with_its_picture(tmp_path: Path, name: str) -> None:
    source = make_clip(tmp_path / name, frames=160, **FILES[name])
    done = prepared(tmp_path, source)
    with PcmReader(probe(done.path)) as reader:
        for time in (1, 2, 3, 4):
            at = round(done.window.to_window(Fraction(time)) * 48000)
            # Faster by a thousandth means higher by as much, and 200 Hz higher reads as a second later.
            higher = float(1 / done.window.stretch - 1) * (400 + 200 * time) / 200
            heard = sound_time(reader.read(at - 1200, 2400), 48000, 2)
            assert heard == pytest.approx(time + higher, abs=0.0025)


def test_a_silent_source_gives_a_window_without_sound(tmp_path: Path) -> None:
    assert probe(prepared(tmp_path, make_clip(tmp_path / "mute.mp4", audio=False)).path).audio == ()


def test_the_window_is_what_the_model_surely_takes_and_says_nothing_else(tmp_path: Path) -> None:
    deep = make_clip(tmp_path / "deep.mkv", codec="libx265", pixel_format="yuv420p10le")
    done = prepared(tmp_path, deep)
    with av.open(done.path) as container:
        picture, sound = container.streams.video[0], container.streams.audio[0]
        context = picture.codec_context
        assert (context.name, context.pix_fmt, sound.codec_context.name) == ("h264", "yuv420p", "aac")
        assert (context.colorspace, context.color_trc, context.color_primaries, context.color_range) == (1, 1, 1, 1)
        assert len(container.streams) == 2
        assert not {"encoder", "creation_time", "location"} & set(container.metadata)
    data = Path(done.path).read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")
    assert done.size_bytes == len(data)


@pytest.mark.full
def test_hdr_pictures_become_sdr_of_ordinary_brightness(tmp_path: Path) -> None:
    deep: dict[str, Any] = {"codec": "libx265", "pixel_format": "yuv420p10le", "audio": False, "tint": (120,) * 3}
    levels = []
    for name, colour in {"hlg.mp4": (1, 9, 18, 9), "sdr.mp4": (1, 1, 1, 1)}.items():
        done = prepared(tmp_path, make_clip(tmp_path / name, colour=colour, **deep))
        assert None not in numbers(done.path)
        with av.open(done.path) as container:
            frame = next(container.decode(video=0)).reformat(format="gray")
        levels.append(bytes(frame.planes[0])[frame.planes[0].line_size * frame.height * 3 // 4 + frame.width // 2])
    assert levels[0] == pytest.approx(levels[1], abs=40)


def test_black_bars_make_other_shapes_the_models(tmp_path: Path) -> None:
    done = prepared(tmp_path, make_clip(tmp_path / "square.mp4", size=(180, 180), audio=False))
    with av.open(done.path) as container:
        frame = next(container.decode(video=0)).reformat(format="gray")
    plane = bytes(frame.planes[0])
    row = plane[frame.planes[0].line_size * (frame.height // 4) :][: frame.width]
    picture = done.window.picture
    assert max(row[: picture.x - 2]) < 24
    assert max(row[picture.x + picture.width + 2 :]) < 24
    assert max(row[picture.x : picture.x + picture.width]) > 150


def noise(path: Path) -> Path:
    """Three seconds that no encoder can make small."""
    random = Random(1)  # noqa: S311 - nothing secret, and the same every time
    with Mp4Writer(str(path), 25, (320, 180), Quality(crf=20, preset="ultrafast"), sound=False) as writer:
        for _ in range(75):
            frame = VideoFrame(320, 180, "yuv420p")
            for plane in frame.planes:
                plane.update(random.randbytes(plane.buffer_size))
            writer.write_picture(frame)
    return path


@pytest.mark.parametrize("max_bytes", [1_000_000, 300_000])
def test_the_quality_gives_way_to_the_size_limit(tmp_path: Path, max_bytes: int) -> None:
    noisy = noise(tmp_path / "noise.mp4")
    assert prepared(tmp_path, noisy).size_bytes > max_bytes
    assert max_bytes // 2 < prepared(tmp_path, noisy, max_bytes).size_bytes <= max_bytes


def test_a_limit_that_no_picture_fits_is_refused_and_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(RetakeError) as caught:
        prepared(tmp_path, make_clip(tmp_path / "clip.mp4"), max_bytes=1000)
    assert caught.value.kind is ErrorKind.INVALID_REQUEST
    assert not (tmp_path / "window.mp4").exists()


def test_progress_counts_every_frame(tmp_path: Path) -> None:
    source = make_clip(tmp_path / "clip.mp4", audio=False)
    seen: list[Progress] = []
    request = RetakeRequest(str(source), Span(Fraction(0), Fraction(2)), "x")
    done = prepare(probe(str(source)), request, str(tmp_path / "window.mp4"), PLENTY, seen.append)
    total = done.window.frame_count
    assert seen == [Progress(count, total) for count in range(1, total + 1)]


def test_a_folder_that_is_not_there_is_file_trouble(tmp_path: Path) -> None:
    source = make_clip(tmp_path / "clip.mp4")
    request = RetakeRequest(str(source), Span(Fraction(0), Fraction(2)), "x")
    with pytest.raises(RetakeError) as caught:
        prepare(probe(str(source)), request, str(tmp_path / "no" / "window.mp4"), PLENTY, ignored)
    assert caught.value.kind is ErrorKind.FILE_TROUBLE
