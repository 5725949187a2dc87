"""The system's ffmpeg, for files that the app's own makers do not make."""

import subprocess
from pathlib import Path


def ffmpeg(*arguments: str | Path) -> None:
    """Runs `ffmpeg` with these arguments; it overwrites what is there."""
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", *map(str, arguments)], check=True)
