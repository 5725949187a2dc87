"""Every class of clip: cut, retaken, mapped back. Each frame of the result is the frame of the source it should be."""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from retake_desktop.demo.liberties import Liberties
from retake_desktop.domain.retake import Mode
from retake_desktop.domain.span import Span
from retake_desktop.media.probe import probe
from tests.fakes.footage import make_clip
from tests.fakes.numbered import first_number
from tests.media.trips import AAC_FRAME, Trip, trip

SMALL = (160, 90)
LONG = 600
"""Seconds: 8K takes minutes where other work goes on."""
FILM, NTSC = Fraction(24000, 1001), Fraction(30000, 1001)
UNEVEN = tuple(Fraction(sum((33, 34, 66, 100, 200)[k % 5] for k in range(index)), 1000) for index in range(75))
"""Between 5 and 30 frames a second, for 6.5 s."""
DEEP = {"codec": "libx265", "pixel_format": "yuv420p10le"}

USUAL: Mapping[str, Mapping[str, Any]] = {
    "23.976.mp4": {"rate": FILM},
    "29.97 from 3 s.mkv": {"rate": NTSC, "start": 3},
    "5.mp4": {"rate": 5, "frames": 35, "audio": False},
    "uneven.mp4": {"times": UNEVEN, "rate": 30},
    "10 bit, turned.mp4": {"rate": 30, "rotation": 90, **DEEP},
    "anamorphic tv.ts": {
        "codec": "mpeg2video",
        "options": {"flags": "+ildct+ilme", "b": "3M"},
        "size": (180, 144),
        "pixel_aspect": Fraction(16, 11),
    },
}
RARE: Mapping[str, Mapping[str, Any]] = {
    "25 without B.ts": {"rate": 25, "bframes": 0, "start": 3},
    "50.mp4": {"rate": 50, "frames": 325},
    "edit list.mov": {"rate": 24, "start": Fraction(-1, 4)},
    "square.webm": {"rate": 25, "codec": "libvpx-vp9", "size": (96, 96)},
    "24.mp4": {"rate": 24},
    "25.mp4": {"rate": 25, "bframes": 3},
    "29.97.mp4": {"rate": NTSC},
    "30.avi": {"rate": 30, "codec": "mpeg4"},
    "59.94.mp4": {"rate": 2 * NTSC, "frames": 400},
    "60.mp4": {"rate": 60, "frames": 400, "gop": 600},
    "120.mp4": {"rate": 120, "frames": 800},
    "240.mp4": {"rate": 240, "frames": 1600},
    "half.mov": {"rate": 25, "rotation": 180},
    "left.mov": {"rate": 25, "rotation": 270},
    "hevc.mp4": {"rate": 25, "codec": "libx265"},
    "av1.mp4": {"rate": 24, "codec": "libsvtav1", "options": {"preset": "8", "crf": "20"}, "size": (128, 72)},
    "prores.mov": {"rate": 25, "codec": "prores_ks", "pixel_format": "yuv422p10le"},
    "odd.mkv": {"rate": 25, "codec": "ffv1", "pixel_format": "yuv444p", "size": (161, 91)},
    "854.mp4": {"rate": 25, "size": (854, 480)},
    "wide.mp4": {"rate": 24, "size": (210, 90)},
    "portrait.mp4": {"rate": 24, "size": (90, 160)},
    "8K.mp4": {"rate": 24, "size": (7680, 4320), "frames": 100},
    "late sound.mp4": {"rate": 25, "audio_start": Fraction(1)},
    "short sound.mp4": {"rate": 25, "audio_duration": Fraction(7, 2)},
    "mono 96.mkv": {"rate": 25, "audio": "flac", "audio_rate": 96000, "audio_channels": 1},
}


def went(tmp_path: Path, name: str, how: Mapping[str, Any], **more: Any) -> tuple[Trip, int]:
    """The trip of a selection of about two seconds in the middle, and the number in the source's first frame."""
    source = make_clip(tmp_path / name, **{"frames": 160, "size": SMALL, **how})
    frames = probe(str(source)).frames
    span = Span(Fraction(1, 2), Fraction(5, 2)) if frames.duration < 4 else Span(Fraction(2), Fraction(4))
    return trip(tmp_path, source, span, **more), first_number(source) or 0


def check(done: Trip, first_number: int) -> None:
    """No bleed was asked for: what the demo changed begins and ends with the selection, to the frame."""
    assert done.alignment.is_certain
    assert done.wrong_ways_back(first_number) == []
    frames = done.original.frames
    span, sent = done.request.span, done.window.source
    inside = [i for i in range(len(frames)) if sent.start <= frames.start_of(i) < sent.end]
    if len(done.way_back()) >= len(inside):
        assert done.wrong_pairs(first_number) == []
        assert set(done.way_back()) == set(inside)
    curve = done.changes()
    assert curve.selection == (frames.nearest_boundary(span.start), frames.nearest_boundary(span.end))
    assert (curve.bleed_before, curve.bleed_after, curve.seams) == (0, 0, curve.selection)
    assert all(curve.between(*curve.selection))
    assert curve.strongest_outside == 0
    if done.original.audio and not done.request.mode.replaces_sound:
        error = done.sound_error((span.start + span.end) / 2) - float(first_number / done.original.frame_rate)
        assert abs(error) < AAC_FRAME


@pytest.mark.parametrize("name", USUAL)
def test_what_comes_back_is_mapped_to_the_frame(tmp_path: Path, name: str) -> None:
    check(*went(tmp_path, name, USUAL[name], mode=Mode.PICTURE, bleed=0))


@pytest.mark.full
@pytest.mark.timeout(LONG)
@pytest.mark.parametrize("name", RARE)
def test_what_comes_back_of_rare_clips_is_mapped_to_the_frame(tmp_path: Path, name: str) -> None:
    check(*went(tmp_path, name, RARE[name], mode=Mode.PICTURE, bleed=0))


@pytest.mark.full
@pytest.mark.timeout(LONG)
@pytest.mark.parametrize("name", [*USUAL, *RARE])
@pytest.mark.parametrize(
    "liberties",
    [Liberties(rate=Fraction(23)), Liberties(rate=Fraction(29)), Liberties(short=3), Liberties(late=2)],
    ids=["23", "29", "short", "late"],
)
def test_liberties_with_any_clip_are_found_and_mapped_to_the_frame(
    tmp_path: Path, name: str, liberties: Liberties
) -> None:
    done, first_number = went(tmp_path, name, {**USUAL, **RARE}[name], liberties=liberties, size=(320, 180))
    assert done.alignment.is_certain
    assert done.wrong_ways_back(first_number) == []
