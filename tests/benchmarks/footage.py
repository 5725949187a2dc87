"""Clips to measure with: made once by ffmpeg, and kept in the system's folder for temporary files."""

import tempfile
from pathlib import Path

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
) -> Path:
    path = _FOLDER / f"{name}.mp4"
    if not path.exists():
        _FOLDER.mkdir(exist_ok=True)
        unfinished = path.with_suffix(".part.mp4")
        picture = f"testsrc2=s={size}:r={rate}:d={seconds},noise=alls=5:allf=t{look}"
        ffmpeg(
            *("-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound),
            *("-c:v", "libx264", "-preset", preset, "-g", "250", "-pix_fmt", "yuv420p"),
            *("-b:v", f"{megabits}M", "-maxrate", f"{megabits * 3 // 2}M", "-bufsize", f"{megabits * 2}M"),
            *("-color_range", "tv", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"),
            *("-c:a", "aac", str(unfinished)),
        )
        unfinished.replace(path)
    return path


def film_of(seconds: int) -> Path:
    """So many seconds of 1080p30 H.264 with B-frames in MP4: the packets of one minute, again and again."""
    path = _FOLDER / f"film-{seconds}.mp4"
    if path.exists():
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
