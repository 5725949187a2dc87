"""Pictures of every screen and state: both themes, all languages, at 100 % and 200 %, into one folder.

    python -m tests.screens FOLDER [--only WORD]... [--scale 1|2] [--readme]

Each picture is `FOLDER/LANGUAGE-SCALE-THEME/SCENE[-WIDTHxHEIGHT].png`; --only takes the scenes whose names hold one of
the words. --readme writes README's picture of the main window and nothing else. No display is needed.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.screens import material
from tests.screens.scene import LARGE

_SCALES = (1, 2)
_LANGUAGES = ("en", "zh_CN")
_README = "packaging/readme/window.png"


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        material.make(folder)
        failed = [run for run in _runs(options) if _shoot(run, folder)]
    for run in failed:
        print("NOT all pictures:", *run, file=sys.stderr)  # noqa: T201 - a program for the terminal
    return 1 if failed else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.screens", description="Pictures of every screen and state.")
    parser.add_argument("folder", type=Path, nargs="?", help="where the pictures go")
    parser.add_argument("--only", action="append", default=[], metavar="WORD", help="scenes whose names hold WORD")
    parser.add_argument("--scale", type=int, action="append", choices=_SCALES)
    parser.add_argument("--language", action="append", choices=_LANGUAGES)
    parser.add_argument("--readme", action="store_true", help=f"write {_README} instead")
    options = parser.parse_args()
    if options.folder is None and not options.readme:
        parser.error("name a folder")
    return options


def _runs(options: argparse.Namespace) -> list[list[str]]:
    if options.readme:
        return [["en", "1", "--readme", _README]]
    only = [part for word in options.only for part in ("--only", word)]
    return [
        [language, str(scale), "--folder", str(options.folder.absolute()), *only]
        for scale in options.scale or _SCALES
        for language in options.language or _LANGUAGES
    ]


def _shoot(run: list[str], folder: Path) -> int:
    """A process for each scale and language, because Qt reads the scale once. Its exit code."""
    home = folder / "home"
    home.mkdir(exist_ok=True)
    screen = folder / "screen.json"
    screen.write_text(json.dumps({"screens": [_screen(int(run[1]))]}), encoding="utf-8")
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "QT_QPA_PLATFORM": f"offscreen:configfile={screen}",
        "QT_LOGGING_RULES": "qt.qpa.*=false",
        "QT_SCALE_FACTOR": run[1],
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }
    command = [sys.executable, "-m", "tests.screens.shooting", str(folder), *run]
    return subprocess.run(command, env=environment, check=False).returncode


def _screen(scale: int) -> dict[str, object]:
    """Room for the largest picture: dialogs go by the size of their screen."""
    width, height = LARGE
    place = {"x": 0, "y": 0, "width": width * scale, "height": height * scale}
    return {"name": "screen", **place, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}


if __name__ == "__main__":
    sys.exit(main())
