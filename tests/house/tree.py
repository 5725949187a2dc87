"""The files of the project, as a person would find them in a fresh clone."""

from functools import cache
from pathlib import Path

PROJECT = Path(__file__).parents[2]
_MADE_HERE = {".venv", ".git", "__pycache__", "build", "dist", ".hypothesis"}


@cache
def text_files() -> tuple[Path, ...]:
    """Every file that is text, but for what tools have made."""
    return tuple(path for path in _files(PROJECT) if b"\0" not in path.read_bytes()[:8192])


@cache
def python_files() -> tuple[Path, ...]:
    return tuple(path for path in text_files() if path.suffix == ".py")


def name_of(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


def _files(folder: Path) -> list[Path]:
    found: list[Path] = []
    for path in sorted(folder.iterdir()):
        if path.name in _MADE_HERE or path.name.endswith(("_cache", ".egg-info")):
            continue
        found += _files(path) if path.is_dir() else [path]
    return found
