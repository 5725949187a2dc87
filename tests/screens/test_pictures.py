"""The command that writes pictures of every screen, on a few of them."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.house.tree import PROJECT
from tests.screens.shooting import SCENES


def test_no_two_scenes_have_one_name() -> None:
    names = [scene.name for scene in SCENES]
    assert len(set(names)) == len(names)


@pytest.mark.full
@pytest.mark.timeout(300)
def test_both_themes_are_written_in_every_size_at_twice_the_scale(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.screens", str(tmp_path), "--only", "panels-closed", "--only", "about"]
    command += ["--scale", "2", "--language", "zh_CN"]
    ran = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    made = {path.relative_to(tmp_path).as_posix(): QImage(str(path)) for path in tmp_path.rglob("*.png")}
    assert set(made) == {
        f"zh_CN-200-{theme}/{name}.png"
        for theme in ("dark", "light")
        for name in ("panels-closed", "panels-closed-960x600", "about")
    }
    assert made["zh_CN-200-dark/panels-closed.png"].width() == 2 * 1280
    dark, light = (made[f"zh_CN-200-{theme}/panels-closed.png"].pixelColor(20, 20) for theme in ("dark", "light"))
    assert dark.lightness() < 80 < 180 < light.lightness()
