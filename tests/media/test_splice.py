from array import array
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import pytest

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.job import Progress
from retake_desktop.domain.retake import Mode, RetakeRequest
from retake_desktop.domain.span import Span
from retake_desktop.domain.window import paired_frame
from retake_desktop.media.pcm import PcmReader
from retake_desktop.media.prepare import prepare
from retake_desktop.media.probe import probe
from retake_desktop.media.splice import KeptTake, SpliceMethod, SpliceReport, splice, suffix_for
from tests.fakes.footage import make_clip, sound_time
from tests.fakes.numbered import numbers

RATE = 48000
NEW = 5000
"""The number of a take's first frame: tells it from the original's."""
SPAN = Span(Fraction(1), Fraction(3))
UNEVEN = tuple(Fraction(sum((33, 17, 34, 100, 40)[place % 5] for place in range(index)), 1000) for index in range(90))
FILES: Mapping[str, Mapping[str, Any]] = {
    "plain.mp4": {"rate": 25},
    "ntsc.mp4": {"rate": Fraction(30000, 1001), "frames": 120},
    "film.mkv": {"rate": Fraction(24000, 1001)},
    "portrait.mov": {"rate": 25, "rotation": 90},
    "tv.mp4": {"rate": 25, "size": (320, 240)},
    "mute.mp4": {"rate": 12, "audio": False, "frames": 48},
    "uneven.mp4": {"rate": 30, "times": UNEVEN},
    "broadcast.ts": {"rate": 25, "start": 3},
    "anamorphic.mp4": {"pixel_aspect": Fraction(4, 3), "size": (240, 180), "rotation": 180},
    "phone.mp4": {"codec": "libx265", "rate": 25, "rotation": 270},
    "old.avi": {"codec": "mpeg4", "bframes": 0},
    "web.webm": {"codec": "libvpx-vp9"},
}
_EVERY_TIME = ("plain.mp4", "film.mkv", "uneven.mp4", "broadcast.ts", "phone.mp4")
"""In the normal run too."""


@dataclass(frozen=True)
class Spliced:
    original: Clip
    take: KeptTake
    report: SpliceReport
    clip: Clip


def ignored(progress: Progress) -> None:
    pass


def original_of(folder: Path, name: str) -> Clip:
    return probe(str(make_clip(folder / name, **{"frames": 100, **FILES[name]})))


def take_of(folder: Path, original: Clip, mode: Mode, span: Span = SPAN, **changes: Any) -> KeptTake:
    """What the service would send back for other footage of the same shape: numbers from 5000, another tint."""
    name = Path(original.path).name
    footage = {"frames": 100, **FILES[name], "first_number": NEW, "tint": (200, 40, 40), **changes}
    other = probe(str(make_clip(folder / f"other-{name}", **footage)))
    request = RetakeRequest(other.path, span, "x", mode, context=Fraction(1, 2))
    done = prepare(other, request, str(folder / f"result-{name}-{span.start}.mp4"), 11 << 20, ignored)
    return KeptTake(probe(done.path), done.window, span, mode)


def spliced(folder: Path, name: str, mode: Mode) -> Spliced:
    original = original_of(folder, name)
    take = take_of(folder, original, mode)
    report = splice(original, [take], str(folder / f"kept{suffix_for(original)}"), ignored)
    return Spliced(original, take, report, probe(report.output))


def sounding_take(folder: Path, original: Clip, mode: Mode) -> KeptTake:
    """A take whose tone begins anew with the window, so that it can be told from the original's."""
    window = take_of(folder, original, mode, audio=False).window
    result = make_clip(folder / "sound.mp4", frames=window.frame_count, rate=window.rate)
    assert window.source.start > Fraction(2, 5)
    return KeptTake(probe(str(result)), window, SPAN, mode)


def packets(path: str, kind: str) -> list[bytes]:
    with av.open(path) as container:
        streams = [stream for stream in container.streams if stream.type == kind]
        if not streams:
            return []
        return [bytes(packet) for packet in container.demux(streams) if packet.size]


def sounds(path: str) -> bytes:
    return b"".join(packets(path, "audio"))


def starts(clip: Clip) -> list[Fraction]:
    return [clip.frames.start_of(index) for index in range(len(clip.frames))]


@pytest.mark.parametrize(
    "name",
    [
        name if name in _EVERY_TIME else pytest.param(name, marks=pytest.mark.full)
        for name in FILES
        if name != "web.webm"
    ],
)
def test_the_takes_pictures_stand_in_the_span_and_all_else_stays_the_originals(tmp_path: Path, name: str) -> None:
    done = spliced(tmp_path, name, Mode.PICTURE)
    original, clip = done.original, done.clip
    frames = original.frames
    inside = [index for index in range(len(frames)) if SPAN.contains(frames.midpoint_of(index))]
    expected = [index + NEW * (index in inside) for index in range(len(frames))]
    assert numbers(done.report.output, clip.rotation) == expected
    assert None not in {paired_frame(done.take.window, frames, done.take.result.frames, index) for index in inside}
    assert len(inside) > 10
    assert starts(clip) == starts(original)
    assert (clip.width, clip.height, clip.rotation) == (original.width, original.height, original.rotation)
    assert (clip.coded_width, clip.pixel_aspect) == (original.coded_width, original.pixel_aspect)
    assert (clip.colour, clip.pixel_format) == (original.colour, original.pixel_format)
    assert sounds(done.report.output) == sounds(original.path)
    wanted = SpliceMethod.REENCODED if name == "old.avi" else SpliceMethod.LOSSLESS
    assert done.report.method is wanted
    assert done.report.output == str(tmp_path / f"kept{suffix_for(original)}")


@pytest.mark.parametrize("name", ["plain.mp4", "film.mkv", "portrait.mov", "phone.mp4", "web.webm"])
def test_replacing_sound_copies_every_picture(tmp_path: Path, name: str) -> None:
    done = spliced(tmp_path, name, Mode.SOUND)
    assert packets(done.report.output, "video") == packets(done.original.path, "video")
    assert starts(done.clip) == starts(done.original)
    assert (done.report.method, done.report.frames_untouched) == (SpliceMethod.LOSSLESS, done.report.frames_total)


@pytest.mark.parametrize("name", ["plain.mp4", "ntsc.mp4", "film.mkv", "broadcast.ts", "old.avi"])
def test_the_takes_sound_stands_in_the_span_and_nowhere_else(tmp_path: Path, name: str) -> None:
    original = original_of(tmp_path, name)
    take = sounding_take(tmp_path, original, Mode.SOUND)
    report = splice(original, [take], str(tmp_path / f"kept{suffix_for(original)}"), ignored)
    with PcmReader(probe(report.output)) as kept:
        for time in (0.4, 0.96, 1.05, 2.0, 2.95, 3.04, 3.5):
            heard = sound_time(kept.read(round(time * RATE) - 1200, 2400), RATE, 2)
            assert heard == pytest.approx(expected_tone(take, time), abs=0.004)


def expected_tone(take: KeptTake, time: float) -> float:
    if not 1 < time < 3:
        return time
    there = float(take.window.to_window(Fraction(time)))
    # Slower by a thousandth means lower by as much, and 200 Hz lower reads as a second earlier.
    return there - float(1 / take.window.stretch - 1) * (400 + 200 * there) / 200


def test_the_joints_do_not_click(tmp_path: Path) -> None:
    original = original_of(tmp_path, "old.avi")
    take = replace(sounding_take(tmp_path, original, Mode.SOUND), span=Span(Fraction(1, 25), Fraction(51, 25)))
    report = splice(original, [take], str(tmp_path / "kept.mov"), ignored)
    with PcmReader(probe(report.output)) as kept:
        samples = array("h", kept.read(0, 3 * RATE))[::2]
    steps = [abs(after - before) for before, after in pairwise(samples)]
    for joint in (RATE // 25, RATE * 51 // 25):
        around = max(steps[joint - 1900 : joint - 600] + steps[joint + 600 : joint + 1900])
        assert max(steps[joint - 600 : joint + 600]) <= around * 1.1


def test_a_source_without_sound_stays_without(tmp_path: Path) -> None:
    done = spliced(tmp_path, "mute.mp4", Mode.PICTURE_AND_SOUND)
    assert done.clip.audio == ()


def test_later_takes_win_where_two_overlap(tmp_path: Path) -> None:
    original = original_of(tmp_path, "plain.mp4")
    early = take_of(tmp_path, original, Mode.PICTURE, Span(Fraction(0), Fraction(2)))
    late = take_of(tmp_path, original, Mode.PICTURE, first_number=9000)
    report = splice(original, [early, late], str(tmp_path / "kept.mp4"), ignored)
    assert numbers(report.output) == [
        *range(NEW, NEW + 25), *range(9025, 9075), *range(75, 100),
    ]  # fmt: skip


def test_progress_counts_the_originals_frames(tmp_path: Path) -> None:
    original = original_of(tmp_path, "plain.mp4")
    seen: list[Progress] = []
    splice(original, [take_of(tmp_path, original, Mode.PICTURE)], str(tmp_path / "kept.mp4"), seen.append)
    assert seen == [Progress(count, 100) for count in range(1, 101)]


def refused(tmp_path: Path, output: str, **options: Any) -> RetakeError:
    original = original_of(tmp_path, "plain.mp4")
    take = take_of(tmp_path, original, Mode.PICTURE)
    before = Path(original.path).read_bytes()
    with pytest.raises(RetakeError) as caught:
        splice(original, [take], str(tmp_path / output), ignored, **options)
    assert Path(original.path).read_bytes() == before
    assert not list(tmp_path.glob("*.part"))
    return caught.value


def test_the_original_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "link.mp4").symlink_to(tmp_path / "plain.mp4")
    assert refused(tmp_path, "plain.mp4").kind is ErrorKind.INVALID_REQUEST
    assert refused(tmp_path, "link.mp4").kind is ErrorKind.INVALID_REQUEST


def test_a_full_disk_is_noticed_before_anything_is_written(tmp_path: Path) -> None:
    error = refused(tmp_path, "kept.mp4", free_bytes=len)
    assert error.kind is ErrorKind.NO_SPACE
    assert not (tmp_path / "kept.mp4").exists()


def test_a_folder_that_is_not_there_is_file_trouble(tmp_path: Path) -> None:
    assert refused(tmp_path, "no/kept.mp4").kind is ErrorKind.FILE_TROUBLE


def test_a_container_that_cannot_hold_it_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, "kept.webm").kind is ErrorKind.INVALID_REQUEST


def test_a_take_that_ends_too_early_is_refused(tmp_path: Path) -> None:
    original = original_of(tmp_path, "plain.mp4")
    take = take_of(tmp_path, original, Mode.PICTURE)
    short = probe(str(make_clip(tmp_path / "short.mp4", frames=30)))
    with pytest.raises(RetakeError) as caught:
        splice(original, [KeptTake(short, take.window, SPAN, Mode.PICTURE)], str(tmp_path / "kept.mp4"), ignored)
    assert caught.value.kind is ErrorKind.INVALID_REQUEST


def test_an_earlier_file_of_that_name_survives_a_failure(tmp_path: Path) -> None:
    original = original_of(tmp_path, "plain.mp4")
    take = take_of(tmp_path, original, Mode.PICTURE)
    output = tmp_path / "kept.mp4"
    output.write_bytes(b"earlier")
    Path(take.result.path).write_bytes(b"broken")
    with pytest.raises(RetakeError):
        splice(original, [take], str(output), ignored)
    assert output.read_bytes() == b"earlier"
    assert not list(tmp_path.glob("*.part"))
