"""The app on Wayland: started in a headless Weston, and what is seen there grabbed by Weston's own screenshooter."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.fakes.footage import make_clip
from tests.ui.frames_on_screen import number_in

pytestmark = [pytest.mark.full, pytest.mark.timeout(300)]

_PATIENCE = 60
FRAME = 37


@contextmanager
def weston(folder: Path, scale: int) -> Iterator[dict[str, str]]:
    """Gives the environment of a program on it."""
    size = ("--width=1280", "--height=800", f"--scale={scale}")
    command = ["weston", "--backend=headless-backend.so", "--use-pixman", "--debug", *size]
    environment = {**os.environ, "XDG_RUNTIME_DIR": str(folder)}
    process = subprocess.Popen(
        [*command, "--socket=screen", "--idle-time=0"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        end = time.monotonic() + _PATIENCE
        while not (folder / "screen").exists():
            assert process.poll() is None, "Weston did not start"
            assert time.monotonic() < end, "Weston is not ready"
            time.sleep(0.05)
        yield {**environment, "WAYLAND_DISPLAY": "screen", "QT_QPA_PLATFORM": "wayland"}
    finally:
        process.terminate()
        process.wait(_PATIENCE)


def grabbed(folder: Path, environment: dict[str, str]) -> QImage:
    """What is on Weston's screen."""
    subprocess.run(["weston-screenshooter"], cwd=folder, env=environment, check=True, timeout=_PATIENCE)
    (picture,) = folder.glob("*.png")
    return QImage(str(picture)).convertToFormat(QImage.Format.Format_RGB32)


@pytest.mark.parametrize(("screen_scale", "factor"), [(1, "1"), (2, "1"), (1, "1.25")])
def test_the_app_shows_the_exact_frame_on_wayland(tmp_path: Path, screen_scale: int, factor: str) -> None:
    clip = make_clip(tmp_path / "clip.mp4", frames=60, size=(640, 360), audio=False)
    with tempfile.TemporaryDirectory() as short:
        folder = Path(short)
        with weston(folder, screen_scale) as environment:
            command = [sys.executable, "-m", "tests.ui.player.window_on_stage", str(clip), str(FRAME)]
            child = subprocess.Popen(
                command,
                env={**environment, "QT_SCALE_FACTOR": factor},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            try:
                assert child.stdout is not None
                platform, ratio, *place = child.stdout.readline().split()
                screen = grabbed(folder, environment)
            finally:
                child.communicate("", timeout=_PATIENCE)
        assert platform == "wayland"
        assert float(ratio) == screen_scale * float(factor)
        x, y, width, height = (round(float(length) * float(ratio)) for length in place)
        assert number_in(screen.copy(x, y, width, height)) == FRAME
