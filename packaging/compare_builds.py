"""Says in what two builds of one commit differ. Usage: python packaging/compare_builds.py DIST DIST

Compares the bundles' folders file by file and the packages byte by byte; exits with 1 when a bundle's file differs in
anything but what is named in HARMLESS.
"""

import hashlib
import sys
from pathlib import Path

# Nothing so far. A name belongs here together with the reason why its difference does not matter.
HARMLESS: dict[str, str] = {}


def main(first: Path, second: Path) -> int:
    one, two = _digests(first), _digests(second)
    differing = sorted(name for name in one.keys() | two.keys() if one.get(name) != two.get(name))
    for name in differing:
        why = "only in one of them" if name not in one or name not in two else HARMLESS.get(name, "differs")
        print(f"{name}: {why}")
    serious = [name for name in differing if name not in HARMLESS]
    print(f"{len(one)} files compared, {len(differing)} differ, {len(serious)} of them in a way that matters")
    return 1 if serious else 0


def _digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.readlink().as_posix() if path.is_symlink() else _digest(path)
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or path.is_file()
    }


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
