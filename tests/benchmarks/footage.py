"""Clips to measure with: made once by ffmpeg, and kept in the system's folder for temporary files."""

import tempfile
from pathlib import Path

from tests.benchmarks.peers import ffmpeg

_FOLDER = Path(tempfile.gettempdir()) / "retake-desktop-benchmarks"
SECONDS = 30
RATE = 25


def ordinary_1080p() -> Path:
    """30 s of 1080p25 H.264 with B-frames, GOP 250, 8 Mbit/s and AAC in MP4: what phones, exports and the web give."""
    path = _FOLDER / "ordinary-1080p.mp4"
    if not path.exists():
        _FOLDER.mkdir(exist_ok=True)
        unfinished = path.with_suffix(".part.mp4")
        picture = f"testsrc2=s=1920x1080:r={RATE}:d={SECONDS},noise=alls=5:allf=t"
        ffmpeg(
            *("-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", f"sine=d={SECONDS}"),
            *("-c:v", "libx264", "-preset", "veryfast", "-g", "250", "-pix_fmt", "yuv420p"),
            *("-b:v", "8M", "-maxrate", "12M", "-bufsize", "16M"),
            *("-color_range", "tv", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"),
            *("-c:a", "aac", str(unfinished)),
        )
        unfinished.replace(path)
    return path
