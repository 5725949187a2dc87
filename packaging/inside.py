"""Whose each file of a bundle is: a Python package's, Debian's, Python's own, VLC's, or a library's inside a wheel.

Nothing may travel in the bundle of which this does not know the maker and the licence.
"""

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
_LICENCES = Path(__file__).resolve().parent / "licences"
_LIBRARIES_OF_A_WHEEL = re.compile(r"(^|/)([\w-]+\.libs|\.dylibs)/")
_WHEELS_WITHOUT_TEXTS = re.compile(r"^(PySide6|shiboken6|obstore)/")
_IS_A_TEXT = re.compile(r"(licen[cs]e|copying|notice|authors)\b(?!.*\.pyc?$)", re.IGNORECASE)
_MADE_BY_THE_BUILD = ("base_library.zip",)


@dataclass(frozen=True, slots=True, order=True)
class Component:
    """What has a maker and a licence of its own. `text` is all that must be handed on; `purl` is "" where none fits."""

    name: str
    version: str
    licence: str
    text: str
    purl: str
    source: str = ""


class NobodysError(Exception):
    """Something in the bundle has no known maker, or no licence that could be handed on."""


def components(sources: Iterable[str]) -> list[Component]:
    """What the files at `sources` belong to, in alphabetical order; the project's own files belong to nothing here.

    Raises NobodysError, naming everything of which it is not known whose it is or under which licence.
    """
    found: set[Component] = set()
    troubles: set[str] = set()
    for source in sorted(set(sources)):
        path = Path(os.path.normpath(source))
        if path.name in _MADE_BY_THE_BUILD or ".dist-info" in source or _is_own(path):
            continue
        try:
            found.add(_owner(path))
        except NobodysError as error:
            troubles.add(str(error))
    if troubles:
        raise NobodysError("\n" + "\n".join(sorted(troubles)))
    return sorted(found, key=lambda each: (each.name.lower(), each))


def _owner(path: Path) -> Component:
    owner = _in_a_wheel(path) or _in_vlc(path) or _in_python(path) or _in_debian(path)
    if owner is None:
        raise NobodysError(f"it is not known whose {path} is")
    return owner


def distributions(sources: Iterable[str]) -> set[str]:
    """Names of the Python packages of which some file other than their records is among `sources`."""
    owners = _owners()
    told = (owners.get(_place(source)) for source in sources if ".dist-info" not in source)
    return {_canonical(owner[0].name) for owner in told if owner is not None}


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _place(path: object) -> str:
    """One spelling for each file, on Windows too."""
    return os.path.normcase(os.path.normpath(str(path)))


def _is_own(path: Path) -> bool:
    environment = Path(sys.prefix)
    return path.is_relative_to(PROJECT) and not path.is_relative_to(environment)


@cache
def _owners() -> dict[str, tuple[metadata.Distribution, str]]:
    """The package of each file in this environment, and the file's path in site-packages."""
    return {
        _place(file.locate()): (told, file.as_posix()) for told in metadata.distributions() for file in told.files or ()
    }


def _in_a_wheel(path: Path) -> Component | None:
    owner = _owners().get(_place(path))
    if owner is None:
        return None
    told, inside = owner
    if _LIBRARIES_OF_A_WHEEL.search(inside) or _WHEELS_WITHOUT_TEXTS.match(inside):
        return _of_a_library(inside, told)
    return _package(told.name)


def _of_a_library(inside: str, told: metadata.Distribution) -> Component:
    for library in _libraries():
        if re.search(library["files"], inside):
            text = f"Copyright (c) {library['copyright']}\nSource: {library['source']}\n\n{_text(library['text'])}"
            version = told.version if library.get("is_the_wheel") else f"as in {told.name} {told.version}"
            return Component(library["name"], version, library["licence"], text, "", library["source"])
    raise NobodysError(f"{inside} of {told.name} is not in packaging/licences/inside_wheels.toml")


@cache
def _libraries() -> list[dict[str, str]]:
    return list(_table()["library"])


@cache
def _table() -> dict[str, list[dict[str, str]]]:
    return tomllib.loads((_LICENCES / "inside_wheels.toml").read_text(encoding="utf-8"))


def _text(name: str) -> str:
    short: dict[str, str] = dict(_table()["texts"])  # type: ignore[arg-type]  # the one table that is no list
    if name in short:
        return short[name].strip()
    path = PROJECT / "LICENSE" if name == "GPL-3.0" else _LICENCES / f"{name}.txt"
    return path.read_text(encoding="utf-8")


@cache
def _package(name: str) -> Component:
    told = metadata.distribution(name)
    texts = [
        Path(str(file.locate())).read_text(encoding="utf-8", errors="replace")
        for file in told.files or ()
        if ".dist-info/" in file.as_posix() and _IS_A_TEXT.match(file.name)
    ]
    if not texts:
        raise NobodysError(f"{told.name} brings no text of its licence")
    words = told.metadata.get("License-Expression") or _short(told)
    purl = f"pkg:pypi/{_canonical(told.name)}@{told.version}"
    return Component(told.name, told.version, words, "\n\n".join(dict.fromkeys(texts)), purl)


def _short(told: metadata.Distribution) -> str:
    words = str(told.metadata.get("License") or "").replace("UNKNOWN", "")
    classes = [line.rpartition(" :: ")[2] for line in told.metadata.get_all("Classifier") or () if "License" in line]
    return words if 0 < len(words) < 80 and "\n" not in words else ", ".join(classes)


def _in_vlc(path: Path) -> Component | None:
    """Windows and macOS: the folder into which VLC was installed. Debian's belongs to a package like all the rest."""
    folder = next((each for each in path.parents if each.name in {"VLC", "VLC.app"}), None)
    if folder is None:
        return None
    return Component("VLC", "3", "LGPL-2.1-or-later", _text("LGPL-2.1"), "", "https://www.videolan.org/vlc/")


def _in_python(path: Path) -> Component | None:
    """Of a Python that is not Debian's, or of Windows' C library, which comes with it."""
    is_debian = sys.base_prefix == "/usr"
    of_windows = sys.platform == "win32" and path.is_relative_to(os.environ.get("SYSTEMROOT", "C:\\Windows"))
    if is_debian or not (path.is_relative_to(sys.base_prefix) or of_windows):
        return None
    texts = [Path(os.__file__).parent / "LICENSE.txt", Path(sys.base_prefix) / "LICENSE.txt"]
    text = next((each.read_text(encoding="utf-8") for each in texts if each.exists()), None)
    if text is None:
        raise NobodysError(f"Python's own licence is neither of {texts}")
    return Component("Python", sys.version.split()[0], "PSF-2.0", text, "", "https://www.python.org")


def _in_debian(path: Path) -> Component | None:
    name = debian_package(str(path))
    return _of_debian(name) if name else None


@cache
def _debian_files() -> dict[str, str]:
    """The package of every file that Debian's package database names; without one, nothing."""
    found: dict[str, str] = {}
    for listing in Path("/var/lib/dpkg/info").glob("*.list"):
        for line in listing.read_text(encoding="utf-8").splitlines():
            found[line] = listing.stem
    return found


def debian_package(path: str) -> str:
    """The Debian package, possibly with ":" and its architecture, that the file came with; "" for none."""
    real = os.path.realpath(path)
    # A merged /usr: the database may know a file of /usr/lib as one of /lib, and through any link in between.
    spellings = {spelling for each in (path, real) for spelling in (each, each.removeprefix("/usr"))}
    return next((_debian_files()[each] for each in spellings if each in _debian_files()), "")


@cache
def _of_debian(name: str) -> Component:
    form = "${Package}\t${Version}\t${Architecture}\t${source:Package}"
    told = subprocess.run(["dpkg-query", "-W", "-f", form, name], capture_output=True, text=True, check=True)
    package, version, architecture, source = told.stdout.split("\t")
    text = Path("/usr/share/doc") / package / "copyright"
    if not text.exists():
        raise NobodysError(f"the text of {package}'s licence is not at {text}")
    words = text.read_text(encoding="utf-8", errors="replace")
    licence = ", ".join(dict.fromkeys(re.findall(r"^License: *(\S.*)$", words, re.MULTILINE))) or "see its text"
    purl = f"pkg:deb/debian/{package}@{version}?arch={architecture}"
    return Component(package, version, licence, words, purl, f"https://tracker.debian.org/pkg/{source}")
