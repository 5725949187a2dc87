"""Which class of video is spliced by which way, and what must be true of each: a class that falls back shows here."""

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import pytest

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.job import Progress
from retake_desktop.domain.retake import Mode
from retake_desktop.domain.span import Span
from retake_desktop.domain.window import Rectangle, Window
from retake_desktop.media.hevc_ids import as_broken_link
from retake_desktop.media.kept_take import KeptTake
from retake_desktop.media.nal import Codec
from retake_desktop.media.parameter_sets import headers_of
from retake_desktop.media.probe import probe
from retake_desktop.media.splice import SpliceMethod, SpliceReport, plan, splice, suffix_for
from tests.fakes.footage import make_clip
from tests.fakes.numbered import numbers

SIZE = (160, 90)
FRAMES = 75
NEW = 5000
MOMENT = (30, 41)
"""Frames that the take replaces: with a GOP of 25, in the second GOP."""
UNEVEN = tuple(Fraction(sum((33, 17, 34, 100, 40)[place % 5] for place in range(i)), 1000) for i in range(FRAMES))
OPEN = {"x265-params": "log-level=none:bframes=3:scenecut=0:keyint=25:min-keyint=25:open-gop=1"}
CLOSED = {"x265-params": "log-level=none:bframes=3:scenecut=0:keyint=25:min-keyint=25:open-gop=0"}
NO_B = {"x265-params": "log-level=none:bframes=0:scenecut=0:keyint=25:min-keyint=25:open-gop=0"}
HLG = (1, 9, 18, 9)


@dataclass(frozen=True)
class Case:
    """`stretch` is what must be coded anew for MOMENT, None where everything is; `why` must be in the reason."""

    name: str
    footage: Mapping[str, Any]
    stretch: tuple[int, int] | None
    why: str = ""


def h264(**options: str) -> dict[str, Any]:
    return {"options": {"x264-params": ":".join(f"{key.replace('_', '-')}={value}" for key, value in options.items())}}


def hevc(options: Mapping[str, str] = CLOSED, **more: Any) -> dict[str, Any]:
    return {"codec": "libx265", "options": options, **more}


CASES = (
    Case("closed.mp4", {}, (29, 50)),
    Case("closed.mov", {}, (29, 50)),
    Case("closed.mkv", {}, (29, 50)),
    Case("closed.ts", {"start": 3}, (29, 50)),
    Case("closed.m2ts", {"start": 3}, (29, 50)),
    Case("no-b.mp4", {"bframes": 0}, (30, 50)),
    Case("no-b.ts", {"bframes": 0, "start": 3}, (30, 50)),
    Case("pyramid.mp4", {"bframes": 3, **h264(b_pyramid="normal", b_adapt="0")}, (30, 50)),
    Case("open.mp4", h264(open_gop="1"), (29, FRAMES)),
    Case("open.ts", {"start": 3, **h264(open_gop="1")}, (29, FRAMES)),
    Case("uneven.mp4", {"times": UNEVEN}, (29, 50)),
    Case("uneven.mkv", {"times": UNEVEN}, (29, 50)),
    Case("film.mp4", {"rate": Fraction(24000, 1001)}, (29, 50)),
    Case("film.mkv", {"rate": Fraction(24000, 1001)}, (29, 50)),
    Case("ntsc.ts", {"start": 3, "rate": Fraction(30000, 1001)}, (29, 50)),
    Case("fast.mov", {"rate": Fraction(60000, 1001)}, (29, 50)),
    Case("id-1.mp4", h264(sps_id="1"), (29, 50)),
    Case("id-31.mkv", h264(sps_id="31"), (29, 50)),
    Case("id-5.ts", {"start": 3, **h264(sps_id="5")}, (29, 50)),
    Case("slices.mp4", h264(slices="4"), (29, 50)),
    Case("baseline.mp4", {"bframes": 0, "options": {"profile": "baseline"}}, (30, 50)),
    Case("main.ts", {"start": 3, "options": {"profile": "main"}}, (29, 50)),
    Case("full-range.mp4", {"pixel_format": "yuvj420p", "colour": (2, 1, 1, 1)}, (29, 50)),
    Case("turned.mov", {"rotation": 90, "size": (180, 320)}, (29, 50)),
    Case("trimmed.mp4", {"start": Fraction(-2, 25)}, (30, 48)),
    Case("hevc.mp4", hevc(), (30, 50)),
    Case("hevc.mov", hevc(), (30, 50)),
    Case("hevc.mkv", hevc(), (30, 50)),
    Case("hevc.ts", hevc(start=3), (30, 50)),
    Case("hevc-no-b.mp4", hevc(NO_B), (30, 50)),
    Case("hevc-open.mp4", hevc(OPEN), (30, 50)),
    Case("hevc-open.mkv", hevc(OPEN), (30, 50)),
    Case("hevc-open.ts", hevc(OPEN, start=3), (30, 50)),
    Case("hevc-10.mp4", hevc(pixel_format="yuv420p10le"), (30, 50)),
    Case("hevc-10-open.mkv", hevc(OPEN, pixel_format="yuv420p10le", colour=HLG), (30, 50), "HDR colours"),
    Case("hevc-film.mov", hevc(OPEN, rate=Fraction(24000, 1001)), (30, 50)),
    Case("hevc-uneven.mp4", hevc(OPEN, times=UNEVEN), (30, 50)),
    Case("phone.mov", hevc(OPEN, pixel_format="yuv420p10le", rotation=90, times=UNEVEN, size=(180, 320)), (30, 50)),
    Case("fragments.mp4", {"container_options": {"movflags": "frag_keyframe+empty_moov"}}, (29, 50)),
    Case("references.mp4", {"bframes": 3, **h264(ref="4", b_pyramid="normal", weightp="2")}, (30, 50)),
    Case("intra.mp4", {"bframes": 0, "gop": 1}, MOMENT),
    Case("coarse.mov", hevc(OPEN, container_options={"video_track_timescale": "25"}), (30, 50)),
    Case("interlaced.mp4", {"bframes": 0, "size": (160, 96), **h264(tff="1")}, None, "It is interlaced."),
    Case("high-10.mp4", {"pixel_format": "yuv420p10le"}, None, "are not the 4:2:0"),
    Case("wide-chroma.mov", {"pixel_format": "yuv422p"}, None, "are not the 4:2:0"),
    Case("web.webm", {"codec": "libvpx-vp9"}, None, "this is VP9"),
    Case("old.avi", {"codec": "mpeg4"}, None, "this is MPEG-4 Part 2"),
    Case("h264.avi", {"bframes": 0}, None, "Its container is none"),
    Case("one-gop.mp4", {"gop": 250}, (28, FRAMES)),
)


def ignored(progress: Progress) -> None:
    pass


def original_of(folder: Path, case: Case, **more: Any) -> Clip:
    footage = {"frames": FRAMES, "size": SIZE, "gop": 25, "audio": False, **case.footage, **more}
    return probe(str(make_clip(folder / case.name, **footage)))


def take_of(
    folder: Path, original: Clip, moment: tuple[int, int] = MOMENT, number: int = NEW, mode: Mode = Mode.PICTURE
) -> KeptTake:
    """A result that shows the whole clip again, every frame `number` higher, at the original's own rate."""
    frames = original.frames
    times = tuple(frames.start_of(index) for index in range(len(frames)))
    path = folder / f"take-{number}.mp4"
    tint = (200, 40, 40)
    rate = original.frame_rate
    result = probe(
        str(make_clip(path, frames=len(frames), times=times, rate=rate, size=(320, 180), first_number=number,
                      tint=tint, bframes=0))
    )  # fmt: skip
    span = Span(frames.start_of(moment[0]), frames.start_of(moment[1]))
    shape = Fraction(original.width, original.height)
    width = min(320, round(180 * shape))
    height = min(180, round(320 / shape))
    window = Window(
        source=Span(Fraction(0), original.duration), stretch=Fraction(1), rate=25, frame_count=len(frames), width=320,
        height=180, picture=Rectangle((320 - width) // 2, (180 - height) // 2, width, height), span=span,
    )  # fmt: skip
    return KeptTake(result, window, span, mode)


def frame_sums(path: str) -> list[str]:
    """What FFmpeg's own program decodes: a checksum for each frame. It must have nothing to complain about."""
    command = ["ffmpeg", "-v", "error", "-xerror", "-i", path, "-map", "0:v:0", "-fps_mode", "passthrough"]
    done = subprocess.run([*command, "-f", "framemd5", "-"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return [line.split(",")[-1].strip() for line in done.stdout.splitlines() if not line.startswith("#")]


def payloads(clip: Clip) -> list[bytes]:
    """The picture's packets in order of display, hidden ones left out, CRA and BLA pictures (HEVC) alike."""
    with av.open(clip.path) as container:
        stream = container.streams.video[0]
        codec: Codec = "h264" if clip.codec == "h264" else "hevc"
        form = headers_of(codec, bytes(stream.codec_context.extradata or b"")).form
        found = [(packet.pts or 0, bytes(packet)) for packet in container.demux(stream) if packet.size]
    found = sorted(found)[-len(clip.frames) :]
    return [payload if codec == "h264" else form.packed(map(unmarked, form.units(payload))) for _, payload in found]


def unmarked(unit: bytes) -> bytes:
    return as_broken_link(unit) if unit[0] >> 1 & 63 in (16, 17, 18, 21) else unit


def coded(report: SpliceReport) -> set[int]:
    return {index for stretch in report.stretches for index in range(stretch.first, stretch.end)}


def check(original: Clip, report: SpliceReport, expected: list[int]) -> None:
    """What every spliced film must be, whatever the way."""
    kept = probe(report.output)
    before, after = frame_sums(original.path), frame_sums(report.output)
    hidden = len(before) - len(original.frames)  # FFmpeg's program shows what an edit list hides in MPEG-TS only
    before, after = before[hidden:], after[len(after) - len(kept.frames) :]
    rest = [index for index in range(len(original.frames)) if index not in coded(report)]
    assert len(before) == len(after) == len(original.frames)
    assert report.frames_untouched == len(rest)
    assert [index for index in rest if before[index] != after[index]] == []
    assert numbers(report.output, kept.rotation)[-len(expected) :] == expected
    starts = [[clip.frames.start_of(i) for i in range(len(before))] for clip in (kept, original)]
    assert starts[0] == starts[1]
    if report.method is SpliceMethod.REENCODED:
        return
    sources, copies = payloads(original), payloads(kept)
    assert [index for index in rest if sources[index] != copies[index]] == []
    assert (kept.colour, kept.pixel_format, kept.rotation) == (
        original.colour,
        original.pixel_format,
        original.rotation,
    )
    assert (kept.width, kept.height, kept.frame_rate) == (original.width, original.height, original.frame_rate)
    assert (kept.codec, kept.container, kept.origin) == (original.codec, original.container, original.origin)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_class_of_video_takes_its_way(tmp_path: Path, case: Case) -> None:
    original = original_of(tmp_path, case)
    take = take_of(tmp_path, original)
    foreseen = plan(original, [take])
    report = splice(original, [take], str(tmp_path / f"kept{suffix_for(original)}"), ignored)
    assert report.method is (SpliceMethod.LOSSLESS if case.stretch else SpliceMethod.REENCODED)
    assert case.why in report.reason
    assert (foreseen.method, foreseen.reason, foreseen.stretches) == (report.method, report.reason, report.stretches)
    assert foreseen.frames_untouched == report.frames_untouched
    assert [(one.first, one.end) for one in report.stretches] == [case.stretch or (0, len(original.frames))]
    hidden = FRAMES - len(original.frames)
    inside = range(*MOMENT)
    check(original, report, [i + NEW if i in inside else i + hidden for i in range(len(original.frames))])


@pytest.mark.parametrize(
    "names", ["closed.mkv kept.mp4", "hevc-open.ts kept.mkv", "closed.mp4 kept.ts", "closed.ts kept.mov"]
)
def test_another_container_takes_the_copied_pictures_too(tmp_path: Path, names: str) -> None:
    name, output = names.split()
    original = original_of(tmp_path, next(case for case in CASES if case.name == name))
    report = splice(original, [take_of(tmp_path, original)], str(tmp_path / output), ignored)
    assert (report.method, report.frames_untouched) == (SpliceMethod.LOSSLESS, FRAMES - len(coded(report)))
    before, after = frame_sums(original.path), frame_sums(report.output)
    assert [i for i in range(FRAMES) if i not in coded(report) and before[i] != after[i]] == []
    assert numbers(report.output) == [i + NEW * (i in range(*MOMENT)) for i in range(FRAMES)]
