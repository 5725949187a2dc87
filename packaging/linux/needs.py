"""Says what the packages must ask for and do not: libraries that the bundle is linked against and leaves to the system.

Usage: python packaging/linux/needs.py BUNDLE NFPM_YAML (made by packaging/build.sh, on Debian; needs readelf). Exits
with 1 when a library is nowhere, or its Debian package is not among the .deb's dependencies.
"""

import re
import subprocess
import sys
from pathlib import Path

from inside import debian_package


def main(bundle: Path, recipe: Path) -> int:
    files = [path for path in sorted(bundle.rglob("*")) if ".so" in path.name or path.name == "retake-desktop"]
    whole = [path for path in files if path.is_file() and not path.is_symlink()]
    told = subprocess.run(["readelf", "-d", *whole], capture_output=True, text=True, check=False).stdout
    wanted = set(re.findall(r"\(NEEDED\).*\[(.*)\]", told)) - {path.name for path in files}
    asked = set(re.findall(r"^ {6}- ([\w.+-]+)", recipe.read_text(encoding="utf-8"), re.MULTILINE))
    troubles = []
    for library, package in sorted((library, _package(library)) for library in wanted):
        if not package:
            troubles.append(f"{library} is nowhere")
        elif package not in asked:
            troubles.append(f"{library} is in {package}, which the .deb does not ask for")
    for trouble in troubles:
        print(trouble)
    return 1 if troubles else 0


def _package(library: str) -> str:
    """The Debian package in which this system has the library; "" where it has none."""
    cache = subprocess.run(["/sbin/ldconfig", "-p"], capture_output=True, text=True, check=True).stdout
    place = re.search(rf"^\s*{re.escape(library)} .*=> (\S+)$", cache, re.MULTILINE)
    return debian_package(place[1]).partition(":")[0] if place else ""


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
