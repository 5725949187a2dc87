"""Whatever a file holds, `probe` gives its frames' exact times and its facts: by decoding, and by ffprobe."""

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import pytest

from retake_desktop.domain.clip import Clip, Finding
from retake_desktop.media.exact import ExactFrames
from retake_desktop.media.probe import probe
from retake_desktop.media.rendering import Renderer
from tests.fakes.ffmpeg import ffmpeg
from tests.fakes.footage import make_clip, read_number

FILM, NTSC, NTSC60 = Fraction(24000, 1001), Fraction(30000, 1001), Fraction(60000, 1001)
SMALL = (160, 90)
VFR = tuple(Fraction(sum(1 + (i * 7 % 6) for i in range(n)), 30) for n in range(40))
"""Frames that last one to six thirtieths of a second: 5 to 30 a second."""
FRAGMENTS = {"movflags": "frag_keyframe+empty_moov"}
AV1 = {"preset": "12", "svtav1-params": "lp=1"}


@dataclass(frozen=True)
class Case:
    """One kind of file: how it is made, and what must be said about it."""

    name: str
    making: Mapping[str, Any] = field(default_factory=dict)
    codec: str = "h264"
    rate: Fraction | None = Fraction(25)
    says: Mapping[str, Any] = field(default_factory=dict)
    frames: int = 60


CASES = {
    "23.976 with B-frames in MP4": Case("a.mp4", {"rate": FILM}, rate=FILM),
    "24 without B-frames in MOV": Case("a.mov", {"rate": 24, "bframes": 0}, rate=Fraction(24)),
    "25 in MKV with a late start": Case("a.mkv", {"start": Fraction(7, 10)}),
    "29.97 in TS": Case("a.ts", {"rate": NTSC}, rate=NTSC),
    "50 in MP4": Case("a.mp4", {"rate": 50, "bframes": 3}, rate=Fraction(50)),
    "59.94 in MKV": Case("a.mkv", {"rate": NTSC60}, rate=NTSC60),
    "60 in MP4": Case("a.mp4", {"rate": 60}, rate=Fraction(60)),
    "VFR 5 to 30 in MP4": Case("a.mp4", {"times": VFR, "bframes": 0}, rate=None, frames=40),
    "VFR 5 to 30 in MKV": Case("a.mkv", {"times": VFR, "bframes": 0}, rate=None, frames=40),
    "MP4 with an edit list": Case("a.mp4", {"start": Fraction(-2, 5)}, frames=50),
    "MP4 with an empty edit": Case("a.mp4", {"start": Fraction(1, 2)}),
    "fragmented MP4": Case("a.mp4", {"container_options": FRAGMENTS}),
    "HEVC in MP4": Case("a.mp4", {"codec": "libx265"}, codec="hevc", says={"bit_depth": 8}),
    "HEVC with 10 bits in MOV": Case(
        "a.mov", {"codec": "libx265", "pixel_format": "yuv420p10le"}, codec="hevc", says={"bit_depth": 10}
    ),
    "VP9 in WebM": Case("a.webm", {"codec": "libvpx-vp9"}, codec="vp9"),
    "AV1 in MP4": Case("a.mp4", {"codec": "libsvtav1", "options": AV1}, codec="av1"),
    "AV1 in MKV": Case("a.mkv", {"codec": "libsvtav1", "options": AV1}, codec="av1"),
    "ProRes in MOV": Case(
        "a.mov", {"codec": "prores_ks", "pixel_format": "yuv422p10le"}, codec="prores", says={"bit_depth": 10}
    ),
    "MPEG-2 in TS": Case("a.ts", {"codec": "mpeg2video"}, codec="mpeg2video"),
    "MPEG-2 in a programme stream": Case(
        "a.mpg", {"codec": "mpeg2video", "container": "mpeg", "audio": "mp2"}, codec="mpeg2video"
    ),
    "MPEG-4 in AVI": Case("a.avi", {"codec": "mpeg4"}, codec="mpeg4"),
    "H.264 in AVI": Case("a.avi", {"bframes": 0}, says={"is_counted": True}),
    "H.264 without a container": Case(
        "a.h264", {"audio": False}, says={"is_counted": True, "findings": (Finding.TIMES_ASSUMED,)}
    ),
    "HEVC without a container": Case(
        "a.hevc",
        {"codec": "libx265", "audio": False},
        codec="hevc",
        says={"is_counted": True, "findings": (Finding.TIMES_ASSUMED,)},
    ),
    "turned by 90": Case("a.mp4", {"rotation": 90}, says={"rotation": 90, "width": 90, "height": 160}),
    "turned by 180": Case("a.mov", {"rotation": 180}, says={"rotation": 180, "width": 160, "height": 90}),
    "turned by 270": Case("a.mp4", {"rotation": 270}, says={"rotation": 270, "width": 90, "height": 160}),
    "anamorphic": Case(
        "a.mp4",
        {"size": (144, 96), "pixel_aspect": Fraction(16, 11)},
        says={"pixel_aspect": Fraction(16, 11), "width": 209, "coded_width": 144},
    ),
    "854x480": Case("a.mp4", {"size": (854, 480), "frames": 10}, says={"width": 854, "height": 480}, frames=10),
    "no sound": Case("a.mp4", {"audio": False}, says={"audio": ()}),
    "sound that is longer": Case("a.mp4", {"audio_duration": 4}),
    "sound that is shorter": Case("a.mkv", {"audio_duration": 1}),
    "0.9 s": Case("a.mp4", {"rate": 30, "frames": 27}, rate=Fraction(30), frames=27),
    "one frame": Case("a.mp4", {"frames": 1}, frames=1),
    "one frame in MKV": Case("a.mkv", {"frames": 1}, frames=1),
}


def made(case: Case, folder: Path) -> Clip:
    options: dict[str, Any] = {"frames": 60, "size": SMALL, "gop": 24} | dict(case.making)
    return probe(str(make_clip(folder / case.name, **options)))


@pytest.mark.parametrize("kind", CASES)
def test_each_kind_of_file_is_described_exactly(kind: str, tmp_path: Path) -> None:
    case = CASES[kind]
    clip = made(case, tmp_path)
    assert len(clip.frames) == case.frames
    assert clip.codec == case.codec
    assert (clip.frame_rate, clip.is_variable_rate) == ((case.rate, False) if case.rate else (clip.frame_rate, True))
    assert {name: getattr(clip, name) for name in case.says} == dict(case.says)
    if not clip.is_counted:
        assert [time + clip.origin for time in _starts(clip)] == _decoded_times(clip.path)
        assert _near(_starts(clip), _ffprobe_times(clip.path))


@pytest.mark.parametrize("kind", CASES)
def test_the_frame_at_each_time_is_the_one_that_was_filmed_then(kind: str, tmp_path: Path) -> None:
    clip = made(CASES[kind], tmp_path)
    hidden = 60 - len(clip.frames) if CASES[kind].making.get("start", 0) < 0 else 0
    frames, renderer = ExactFrames(clip), Renderer(clip)
    count = len(clip.frames)
    try:
        for index in sorted({0, count // 3, count // 2, count - 1}, reverse=True):
            assert read_number(renderer.render(frames.frame(index), index, (854, 480))) == index + hidden
    finally:
        frames.close()


def _starts(clip: Clip) -> list[Fraction]:
    return [clip.frames.start_of(index) for index in range(len(clip.frames))]


def _decoded_times(path: str) -> list[Fraction]:
    with av.open(path) as container:
        stream = container.streams.video[0]
        assert stream.time_base is not None
        return [frame.pts * stream.time_base for frame in container.decode(stream) if frame.pts is not None]


def _ffprobe_times(path: str) -> list[Fraction | None]:
    """Another build's view, another version's, and another program's."""
    entries = "frame=pts,best_effort_timestamp:stream=time_base"
    command = ["ffprobe", "-v", "error", "-select_streams", "v:0", "-show_entries", entries, "-of", "json", path]
    said = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    tick = Fraction(said["streams"][0]["time_base"])
    times = [frame.get("pts", frame.get("best_effort_timestamp")) for frame in said["frames"]]
    return [None if time is None else (time - times[0]) * tick for time in times]


def _near(ours: list[Fraction], theirs: list[Fraction | None]) -> bool:
    """Times that ffprobe does not know (some frames of programme streams) agree with any."""
    pairs = zip(ours, theirs, strict=False)
    return len(ours) == len(theirs) and all(b is None or abs(a - b) <= Fraction(1, 2000) for a, b in pairs)


# --- the index of an MP4 instead of its packets ---


def _by_packets(path: str) -> Clip:
    """The clip of a copy of the same film that says of itself that it has fragments: its packets are read."""
    content = Path(path).read_bytes()
    other = Path(path).with_name("by-packets.mp4")
    # An empty fragment at the end changes nothing for FFmpeg.
    other.write_bytes(content + bytes((0, 0, 0, 24)) + b"moof" + bytes((0, 0, 0, 16)) + b"mfhd" + bytes(8))
    return probe(str(other))


MP4_KINDS = [kind for kind, case in CASES.items() if case.name.endswith((".mp4", ".mov"))]


@pytest.mark.parametrize("kind", MP4_KINDS)
def test_the_index_of_an_mp4_says_what_its_packets_say(kind: str, tmp_path: Path) -> None:
    clip = made(CASES[kind], tmp_path)
    read = _by_packets(clip.path)
    assert (clip.frames, clip.origin, clip.audio) == (read.frames, read.origin, read.audio)
    assert (_read_share(clip.path) == 1) is ("fragmented" in kind)
    assert _read_share(read.path) == 1


def _read_share(path: str) -> Fraction:
    """Which part of a file is read for its clip, by the progress that reading packets reports."""
    told: list[Fraction] = []
    probe(path, None, lambda progress: told.append(Fraction(progress.done, progress.total)))
    return max(told, default=Fraction(0))


def test_packets_are_read_only_where_the_index_is_not_enough(tmp_path: Path) -> None:
    plain = make_clip(tmp_path / "a.mp4", size=SMALL, frames=60)
    fast = tmp_path / "fast.mp4"
    ffmpeg("-i", str(plain), "-c", "copy", "-movflags", "+faststart", str(fast))
    pieces = make_clip(tmp_path / "pieces.mp4", size=SMALL, frames=60, container_options=FRAGMENTS)
    other = make_clip(tmp_path / "a.mkv", size=SMALL, frames=60)
    assert [_read_share(str(path)) for path in (plain, fast, pieces, other)] == [0, 0, 1, 1]
    assert probe(str(fast)).frames == probe(str(plain)).frames == probe(str(pieces)).frames
