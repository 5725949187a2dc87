"""Where the files beside the code lie: icons, style, translations, the sample clip."""

import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def asset(name: str) -> Path:
    """The path of `name` (with forward slashes, such as "icons/play.svg") in this installation.

    Knows the frozen bundle, the installed wheel and the source tree. Raises FileNotFoundError when it is not there.
    """
    for folder in _folders():
        path = folder / name
        if path.exists():
            return path
    raise FileNotFoundError(f"{name} is missing from this installation")


def _folders() -> tuple[Path, ...]:
    frozen = getattr(sys, "_MEIPASS", None)
    bundle = (Path(frozen) / "resources",) if frozen else ()
    return (*bundle, _PACKAGE / "resources", _PACKAGE.parent / "resources")
