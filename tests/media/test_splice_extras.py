"""What lies beside the picture stays: metadata, chapters, subtitles, further sound, timecode, covers, HDR marks."""

import json
import subprocess
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from retake_desktop.domain.retake import Mode
from retake_desktop.media.probe import probe
from retake_desktop.media.splice import SpliceMethod, splice
from tests.fakes.footage import make_clip
from tests.media.test_splice_matrix import HLG, MOMENT, OPEN, SIZE, hevc, ignored, take_of

SUBTITLES = "1\n00:00:00,500 --> 00:00:02,000\nHello there\n\n2\n00:00:02,100 --> 00:00:02,900\nGood bye\n"
CHAPTERS = """;FFMETADATA1
title=Holiday
artist=Somebody
[CHAPTER]
TIMEBASE=1/1000
START=0
END=1500
title=Arrival
[CHAPTER]
TIMEBASE=1/1000
START=1500
END=3000
title=Beach
"""


def rich(folder: Path, name: str, **footage: Any) -> Path:
    """A film with everything: second sound track in another language, subtitles, chapters, metadata, timecode."""
    (folder / "subtitles.srt").write_text(SUBTITLES)
    (folder / "chapters.txt").write_text(CHAPTERS)
    plain = make_clip(folder / f"plain{Path(name).suffix}", frames=75, size=SIZE, gop=25, **footage)
    path = folder / name
    subtitles = "srt" if name.endswith(".mkv") else "mov_text"
    command = ["ffmpeg", "-v", "error", "-i", str(plain), "-i", str(folder / "subtitles.srt"),
               "-i", str(folder / "chapters.txt"), "-f", "lavfi", "-i", "sine=f=300:d=3",
               "-map", "0:v", "-map", "0:a", "-map", "3:a", "-map", "1:s", "-map_metadata", "2", "-map_chapters", "2",
               "-c", "copy", "-c:s", subtitles, "-c:a:1", "ac3", "-metadata:s:a:1", "language=fra",
               "-metadata:s:s:0", "language=eng", "-disposition:s:0", "default",
               "-metadata", "creation_time=2024-05-06T07:08:09Z",
               "-metadata", "com.apple.quicktime.make=Phone", "-movflags", "use_metadata_tags",
               "-timecode", "01:02:03:04", str(path)]  # fmt: skip
    subprocess.run(command, check=True)
    return path


def shown(path: str) -> dict[str, Any]:
    """What FFmpeg's own program says of a file, without what must differ."""
    command = ["ffprobe", "-v", "error", "-show_streams", "-show_format", "-show_chapters", "-of", "json", path]
    found: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return found


def tags(record: dict[str, Any], *left_out: str) -> dict[str, str]:
    return {
        key.lower(): value
        for key, value in record.get("tags", {}).items()
        if key.lower() not in {"encoder", "duration", "major_brand", "minor_version", "compatible_brands", *left_out}
    }


def packets(path: str, stream: str) -> list[str]:
    command = ["ffmpeg", "-v", "error", "-i", path, "-map", f"0:{stream}", "-c", "copy", "-f", "framemd5", "-"]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    return [",".join(part.strip() for part in line.split(",")[2:]) for line in lines if not line.startswith("#")]


@pytest.mark.parametrize("name", ["rich.mp4", "rich.mov", "rich.mkv"])
def test_everything_beside_the_picture_stays(tmp_path: Path, name: str) -> None:
    rotation = 0 if name.endswith(".mkv") else 90
    original = probe(str(rich(tmp_path, name, rotation=rotation)))
    report = splice(original, [take_of(tmp_path, original)], str(tmp_path / f"kept{Path(name).suffix}"), ignored)
    assert report.method is SpliceMethod.LOSSLESS
    before, after = shown(original.path), shown(report.output)
    assert tags(after["format"]) == tags(before["format"])
    assert [(c["start_time"], c["end_time"], c["tags"]["title"]) for c in after["chapters"]] == [
        (c["start_time"], c["end_time"], c["tags"]["title"]) for c in before["chapters"]
    ]
    for one, other in zip(before["streams"], after["streams"], strict=True):
        for field in ("codec_name", "codec_tag_string", "disposition", "start_time", "r_frame_rate", "width", "height"):
            assert (field, other.get(field)) == (field, one.get(field))
        assert tags(other) == tags(one)
        assert [item.get("rotation") for item in other.get("side_data_list", [])] == [
            item.get("rotation") for item in one.get("side_data_list", [])
        ]
    for stream in ("a:0", "a:1", "s:0"):
        assert packets(report.output, stream) == packets(original.path, stream)


@pytest.mark.parametrize("name", ["tagged.mp4", "tagged.mov"])
def test_the_start_timecode_is_kept(tmp_path: Path, name: str) -> None:
    original = probe(str(rich(tmp_path, name)))
    report = splice(original, [take_of(tmp_path, original)], str(tmp_path / f"kept{Path(name).suffix}"), ignored)
    video = next(stream for stream in shown(report.output)["streams"] if stream["codec_type"] == "video")
    assert video["tags"]["timecode"] == "01:02:03:04"


def test_an_hevc_film_keeps_the_tag_that_some_players_insist_on(tmp_path: Path) -> None:
    original = probe(str(rich(tmp_path, "phone.mov", codec="libx265", options=OPEN)))
    for tag in ("hvc1", "hev1"):
        path = tmp_path / f"{tag}.mov"
        command = ["ffmpeg", "-v", "error", "-i", original.path, "-map", "0:v", "-c", "copy", "-tag:v", tag, str(path)]
        subprocess.run(command, check=True)
        source = probe(str(path))
        for mode in (Mode.PICTURE, Mode.SOUND):
            report = splice(source, [take_of(tmp_path, source, mode=mode)], str(tmp_path / f"kept-{mode}.mov"), ignored)
            assert shown(report.output)["streams"][0]["codec_tag_string"] == tag


def test_hdr_stays_hdr_and_the_new_moment_is_put_into_it(tmp_path: Path) -> None:
    footage = hevc(OPEN, pixel_format="yuv420p10le", colour=HLG)
    original = probe(str(make_clip(tmp_path / "hlg.mov", frames=75, size=SIZE, gop=25, audio=False, **footage)))
    report = splice(original, [take_of(tmp_path, original)], str(tmp_path / "kept.mov"), ignored)
    kept = probe(report.output)
    assert (kept.colour, kept.bit_depth, report.method) == (original.colour, 10, SpliceMethod.LOSSLESS)
    assert report.reason.endswith("is converted to the original's HDR colours.")


def test_a_cover_stays(tmp_path: Path) -> None:
    plain = make_clip(tmp_path / "plain.mp4", frames=75, size=SIZE, gop=25)
    path = tmp_path / "cover.mp4"
    command = ["ffmpeg", "-v", "error", "-i", str(plain), "-f", "lavfi", "-i", "color=red:s=64x64:d=0.04", "-map", "0",
               "-map", "1", "-c", "copy", "-c:v:1", "png", "-disposition:v:1", "attached_pic", str(path)]  # fmt: skip
    subprocess.run(command, check=True)
    original = probe(str(path))
    report = splice(original, [take_of(tmp_path, original)], str(tmp_path / "kept.mp4"), ignored)
    cover = shown(report.output)["streams"][-1]
    assert (cover["codec_name"], cover["disposition"]["attached_pic"]) == ("png", 1)
    assert report.frames_untouched == 75 - 21


def test_times_are_the_originals_even_where_they_begin_late(tmp_path: Path) -> None:
    original = probe(str(make_clip(tmp_path / "late.mp4", frames=75, size=SIZE, gop=25, start=Fraction(1, 5))))
    report = splice(original, [take_of(tmp_path, original, MOMENT)], str(tmp_path / "kept.mp4"), ignored)
    assert probe(report.output).origin == original.origin
    assert [track.start for track in probe(report.output).audio] == [track.start for track in original.audio]
