"""Exits with 1 when the running environment lacks something that the given lock file pins, or holds it in part only.

Fast enough for every start: it reads the installers' own records and looks at top-level entries, importing nothing.
"""

import re
import sys
from importlib.metadata import Distribution, distributions
from pathlib import Path

_PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;\\]+)", re.MULTILINE)


def canonical(name: str) -> str:
    """A distribution's name in the one form in which spellings are compared (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(lock: str) -> dict[str, str]:
    return {canonical(name): version for name, version in _PIN.findall(lock)}


def is_whole(distribution: Distribution) -> bool:
    """Whether every top-level file and folder that came with it is still there."""
    record = distribution.read_text("RECORD")
    if record is None:
        return False
    folders = {line.split("/", 1)[0].split(",", 1)[0] for line in record.splitlines() if line[:1] not in {"", ".", '"'}}
    return all(Path(str(distribution.locate_file(folder))).exists() for folder in folders - {"__pycache__"})


def main(lock_path: str) -> int:
    wanted = pins(Path(lock_path).read_text(encoding="utf-8"))
    found = {
        canonical(distribution.name): distribution.version
        for distribution in distributions()
        if canonical(distribution.name) in wanted and is_whole(distribution)
    }
    return 0 if found == wanted else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
