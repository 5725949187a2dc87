"""What is sent, in the players that people use: it plays, all of it in order, and tells nothing but the moment."""

import json
import subprocess
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from retake_desktop.domain.span import Span
from retake_desktop.domain.window import source_frame
from retake_desktop.media.prepare import Prepared
from retake_desktop.media.probe import probe
from tests.fakes.footage import make_clip
from tests.fakes.players import shown_by_chromium, shown_by_libvlc
from tests.media.test_prepare_classes import window

NTSC = Fraction(30000, 1001)
UNEVEN = tuple(Fraction(sum((33, 34, 66, 50)[place % 4] for place in range(i)), 1000) for i in range(160))
SOURCES: dict[str, dict[str, Any]] = {
    "phone.mov": {"rate": NTSC, "rotation": 90, "codec": "libx265", "pixel_format": "yuv420p10le", "times": UNEVEN},
    "camera.mp4": {"rate": NTSC, "bframes": 3},
    "film.mkv": {"rate": Fraction(24000, 1001), "codec": "libvpx-vp9"},
    "portrait.mp4": {"rate": 50, "size": (90, 160), "frames": 250},
}
BARRED: dict[str, dict[str, Any]] = {"square.mp4": {"rate": 25, "size": (120, 120)}, "wide.mp4": {"size": (210, 90)}}
SECRETS = {
    "location": "+48.8577+002.2950/",
    "com.apple.quicktime.location.ISO6709": "+48.8577+002.2950+035.000/",
    "com.apple.quicktime.make": "Pear",
    "com.apple.quicktime.model": "Pear 9",
    "title": "Anna's birthday",
    "creation_time": "2024-05-06T07:08:09.000000Z",
}
MUXERS_OWN = {"major_brand", "minor_version", "compatible_brands", "language", "handler_name", "vendor_id"}


def telling(folder: Path, name: str, **footage: Any) -> Path:
    """Footage that tells where, when and with what it was shot, with a second sound, subtitles and a chapter."""
    plain = make_clip(folder / f"plain-{name}", **{"frames": 160, "size": (160, 90), **footage})
    (folder / "words.srt").write_text("1\n00:00:01,000 --> 00:00:04,000\nAnna speaks\n")
    (folder / "chapters.txt").write_text(";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=3000\ntitle=Anna\n")
    named = [part for key, value in SECRETS.items() for part in ("-metadata", f"{key}={value}")]
    subtitles = "srt" if name.endswith(".mkv") else "mov_text"
    command = ["ffmpeg", "-v", "error", "-i", str(plain), "-i", str(folder / "words.srt"), "-i",
               str(folder / "chapters.txt"), "-f", "lavfi", "-i", "sine=f=300:d=6", "-map", "0:v", "-map", "0:a",
               "-map", "3:a", "-map", "1:s", "-map_chapters", "2", "-c", "copy", "-c:a:1", "aac", "-c:s", subtitles,
               *named, "-metadata:s:v", "title=Anna", "-metadata:s:a:0", "handler_name=Pear microphone",
               "-movflags", "use_metadata_tags", "-timecode", "01:02:03:04", str(folder / name)]  # fmt: skip
    subprocess.run(command, check=True)
    return folder / name


def cut(folder: Path, name: str) -> tuple[Prepared, list[int]]:
    """The window of a telling source, and the number that each of its frames must show."""
    source = telling(folder, name, **{**SOURCES, **BARRED}[name])
    done = window(folder, source, Span(Fraction(2), Fraction(4)))
    frames, sent = probe(str(source)).frames, probe(done.path).frames
    ways = [source_frame(done.window, frames, sent, index) for index in range(len(sent))]
    return done, [index for index in ways if index is not None]


def check_shown(shown: list[int | None] | list[int], expected: list[int]) -> None:
    """A busy machine may leave out pictures; it may not show others, or the same ones in another order."""
    found = [number for number in shown if number is not None]
    assert len(found) == len(shown)
    assert found == sorted(found)
    assert set(found) <= set(expected)
    assert len(set(found)) > 0.8 * len(set(expected))


@pytest.mark.parametrize("name", ["square.mp4"])
def test_libvlc_plays_what_is_sent(tmp_path: Path, name: str) -> None:
    done, expected = cut(tmp_path, name)
    check_shown(shown_by_libvlc(done.path, done.window.width, done.window.height), expected)


@pytest.mark.full
@pytest.mark.parametrize("name", ["phone.mov", "camera.mp4", "film.mkv", "portrait.mp4", "wide.mp4"])
def test_libvlc_plays_what_is_sent_of_other_clips_too(tmp_path: Path, name: str) -> None:
    done, expected = cut(tmp_path, name)
    check_shown(shown_by_libvlc(done.path, done.window.width, done.window.height), expected)


@pytest.mark.full
@pytest.mark.parametrize("name", SOURCES)
def test_chromium_plays_what_is_sent(tmp_path: Path, name: str) -> None:
    done, expected = cut(tmp_path, name)
    check_shown(shown_by_chromium(Path(done.path)), expected)


@pytest.mark.parametrize("name", ["phone.mov", "film.mkv"])
def test_what_is_sent_tells_neither_place_nor_time_nor_device_nor_words(tmp_path: Path, name: str) -> None:
    """As FFmpeg's own program reads it, and byte by byte."""
    done, _ = cut(tmp_path, name)
    command = ["ffprobe", "-v", "error", "-show_streams", "-show_format", "-show_chapters", "-of", "json", done.path]
    told = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert [(one["codec_type"], one["codec_name"]) for one in told["streams"]] == [("video", "h264"), ("audio", "aac")]
    assert told["chapters"] == []
    tags = [*told["format"].get("tags", {}), *(key for one in told["streams"] for key in one.get("tags", {}))]
    assert set(tags) <= MUXERS_OWN
    data, source = Path(done.path).read_bytes(), (tmp_path / name).read_bytes()
    for word in (b"+48.8", b"Pear", b"Anna", b"Lavf", str(tmp_path).encode()):
        assert (word, word in data) == (word, False)
    assert b"+48.8" in source
    assert b"Anna" in source
