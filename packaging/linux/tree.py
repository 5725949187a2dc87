"""Lays out what a Linux package installs: the bundle under /usr/lib, and everything that a desktop looks for.

Usage: python packaging/linux/tree.py BUNDLE TREE NOTICES (made by packaging/build.sh). TREE must not exist.
"""

import gzip
import os
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

from icon import icon

from retake_desktop import __version__

_MAINTAINER = "The makers of Retake Desktop <retake-desktop@users.noreply.github.com>"
_ID = "io.github.retake_desktop.RetakeDesktop"
_HERE = Path(__file__).resolve().parent
_PROJECT = _HERE.parents[1]
_SIZES = (16, 22, 24, 32, 48, 64, 96, 128, 256, 512)


def main(bundle: Path, tree: Path, notices: Path) -> None:
    usr = tree / "usr"
    home = usr / "lib" / "retake-desktop"
    shutil.copytree(bundle, home, symlinks=True)
    _plain_permissions(home)
    (usr / "bin").mkdir(parents=True)
    (usr / "bin" / "retake-desktop").symlink_to("../lib/retake-desktop/retake-desktop")
    _place(_HERE / f"{_ID}.desktop", usr / "share" / "applications")
    _place(_HERE / f"{_ID}.metainfo.xml", usr / "share" / "metainfo")
    _place(_HERE / "lintian-overrides", usr / "share" / "lintian" / "overrides", "retake-desktop")
    _icons(usr / "share" / "icons" / "hicolor")
    _documents(usr / "share" / "doc" / "retake-desktop", notices)
    _compressed(_HERE / "retake-desktop.1", usr / "share" / "man" / "man1" / "retake-desktop.1.gz")


def _icons(folder: Path) -> None:
    for size in _SIZES:
        apps = folder / f"{size}x{size}" / "apps"
        apps.mkdir(parents=True)
        icon(size).save(str(apps / f"{_ID}.png"))
    _place(_PROJECT / "resources" / "icons" / "app.svg", folder / "scalable" / "apps", f"{_ID}.svg")


def _documents(folder: Path, notices: Path) -> None:
    folder.mkdir(parents=True)
    for notice in sorted(notices.iterdir()):
        _compressed(notice, folder / f"{notice.name}.gz") if notice.name != "copyright" else _place(notice, folder)
    _compressed(_PROJECT / "packaging" / "CHANGELOG.md", folder / "changelog.gz")
    _packed(_debian_changelog().encode(), folder / "changelog.Debian.gz")


def _debian_changelog() -> str:
    """What Debian's tools read: the package was made, for which version and when."""
    moment = datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), UTC)
    return (
        f"retake-desktop ({__version__}-1) unstable; urgency=medium\n\n"
        f"  * Version {__version__}; what it brings is in changelog.gz.\n\n"
        f" -- {_MAINTAINER}  {moment:%a, %d %b %Y %H:%M:%S +0000}\n"
    )


def _place(source: Path, folder: Path, name: str = "") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / (name or source.name)
    shutil.copyfile(source, target)
    target.chmod(0o644)


def _compressed(source: Path, target: Path) -> None:
    _packed(source.read_bytes(), target)


def _packed(content: bytes, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as out, gzip.GzipFile("", "wb", 9, out, mtime=0) as packed:
        packed.write(content)


def _plain_permissions(home: Path) -> None:
    """Executable: the program alone. Libraries are loaded, not run, and Debian wants them 0644."""
    for path in home.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() else 0o644)
    (home / "retake-desktop").chmod(0o755)


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:4]))
