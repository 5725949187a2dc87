"""What this installation is made of: the app, Python, and every library with its version and licence."""

import platform
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

from retake_desktop import __version__

_APP = "retake-desktop"
_NAME = re.compile(r"[A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Part:
    """One library; `version` and `licence` are "" where they are not known."""

    name: str
    version: str
    licence: str


@cache
def parts() -> tuple[Part, ...]:
    """Every library that the app needs, directly or through another, in alphabetical order; blocks on the disk."""
    found: dict[str, Part] = {}
    waiting = _roots()
    while waiting:
        name = waiting.pop()
        key = re.sub(r"[-_.]+", "-", name).lower()
        if key in found:
            continue
        try:
            told = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        found[key] = Part(told.metadata["Name"] or name, told.version, _licence(told))
        waiting += _needs(told)
    found.pop(_APP, None)
    return tuple(sorted(found.values(), key=lambda part: part.name.lower()))


def _roots() -> list[str]:
    """The app itself where it is installed as a package; in a bundle, everything that came along."""
    try:
        metadata.distribution(_APP)
    except metadata.PackageNotFoundError:
        return [told.metadata["Name"] for told in metadata.distributions()]
    return [_APP]


def licence_texts() -> tuple[tuple[str, str], ...]:
    """Title and text: the app's own licence, then those of everything inside it, as far as they are installed."""
    own = _own_licence()
    texts = [("Retake Desktop", own)] if own else []
    bundled = _beside("THIRD_PARTY_LICENSES")
    if bundled:
        return (*texts, ("THIRD_PARTY_LICENSES", bundled))
    for part in parts():
        words = "\n\n".join(_texts_of(part.name))
        if words:
            texts.append((f"{part.name} {part.version}", words))
    return tuple(texts)


def surroundings() -> dict[str, str]:
    """The app's, Python's and the system's versions."""
    return {
        "Retake Desktop": __version__,
        "installation": "bundle" if getattr(sys, "frozen", False) else "Python",
        "Python": platform.python_version(),
        "system": _system(),
        "machine": platform.machine(),
    }


def _system() -> str:
    try:
        return f"{platform.freedesktop_os_release()['PRETTY_NAME']}, {platform.system()} {platform.release()}"
    except (OSError, KeyError):
        return platform.platform()


def _licence(told: metadata.Distribution) -> str:
    """SPDX where the package says so, else its own short words, else its classifiers'."""
    for field in ("License-Expression", "License"):
        words = str((told.metadata.get_all(field) or [""])[0]).strip()
        if words and len(words) < 80 and "\n" not in words:
            return words
    classes = told.metadata.get_all("Classifier") or []
    return ", ".join(line.rpartition(" :: ")[2] for line in classes if line.startswith("License ::"))


def _needs(told: metadata.Distribution) -> Iterator[str]:
    for line in told.requires or ():
        name = _NAME.match(line)
        if name is not None and "extra ==" not in line:
            yield name.group()


def _texts_of(name: str) -> Iterator[str]:
    for file in metadata.distribution(name).files or ():
        if re.search(r"(licen[cs]e|copying|notice)", file.name, re.IGNORECASE) and ".dist-info" in str(file):
            words = _read(Path(str(file.locate())))
            if words:
                yield words


def _own_licence() -> str:
    text = _beside("LICENSE")
    try:
        return text or "\n\n".join(_texts_of(_APP))
    except metadata.PackageNotFoundError:
        return ""


def _beside(name: str) -> str:
    """A file of the bundle, or of the source tree."""
    frozen = getattr(sys, "_MEIPASS", None)
    return _read(Path(frozen or Path(__file__).resolve().parents[2]) / name)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
