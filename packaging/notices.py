"""Gathers what must travel with the bundle: licences of everything inside it, and the bill of materials.

Usage: python packaging/notices.py LOCK VERSION FOLDER (made by packaging/build.sh). Writes FOLDER/copyright,
THIRD_PARTY_LICENSES and bill-of-materials.cdx.json (CycloneDX). Python packages come from the lock file; system
libraries are those that Debian's package database names for libVLC and its plugins.
"""

import json
import os
import subprocess
import sys
import uuid
from pathlib import Path

_PROJECT = Path(__file__).resolve().parents[1]
_SYSTEM = ("libvlc5", "libvlccore9", "vlc-plugin-base", "libpulse0", "libsamplerate0", "libspeexdsp1", "libsndfile1")
_RULE = "\n\n" + "=" * 100 + "\n"


def main(lock: Path, version: str, folder: Path) -> None:
    folder.mkdir(parents=True)
    packages = _python_packages(lock)
    (folder / "THIRD_PARTY_LICENSES").write_text(_licences(packages), encoding="utf-8")
    (folder / "bill-of-materials.cdx.json").write_text(_bill(lock, version), encoding="utf-8")
    (folder / "copyright").write_text(_copyright(), encoding="utf-8")


def _python_packages(lock: Path) -> list[str]:
    lines = lock.read_text(encoding="utf-8").splitlines()
    return [line.split("==")[0] for line in lines if "==" in line and not line.startswith((" ", "#"))]


def _licences(packages: list[str]) -> str:
    command = [sys.executable, "-m", "piplicenses", "--format=json", "--with-license-file", "--no-license-path"]
    told = subprocess.run([*command, "--packages", *packages], check=True, capture_output=True, text=True).stdout
    parts = [
        f"{each['Name']} {each['Version']}: {each['License']}\n\n{each['LicenseText']}" for each in json.loads(told)
    ]
    parts += [f"{name} {version} (Debian)\n\n{text}" for name, version, text in _system_packages()]
    parts.append(_OF_FFMPEG)
    return _RULE.join(parts) + "\n"


def _system_packages() -> list[tuple[str, str, str]]:
    found = []
    for name in _SYSTEM:
        version = _debian_version(name)
        text = Path("/usr/share/doc") / name / "copyright"
        if version and text.exists():
            found.append((name, version, text.read_text(encoding="utf-8", errors="replace")))
    return found


def _debian_version(name: str) -> str:
    asked = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", name], capture_output=True, text=True, check=False)
    return asked.stdout.strip() if asked.returncode == 0 else ""


def _bill(lock: Path, version: str) -> str:
    command = [sys.executable, "-m", "cyclonedx_py", "requirements", "--output-reproducible", "--of", "JSON", str(lock)]
    bill = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    bill["metadata"]["component"] = {
        "type": "application",
        "bom-ref": "retake-desktop",
        "name": "retake-desktop",
        "version": version,
        "licenses": [{"license": {"id": "GPL-3.0-or-later"}}],
    }
    # The same sources give the same number, so that two builds of one commit agree.
    bill["serialNumber"] = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, version + lock.read_text(encoding='utf-8'))}"
    bill["components"] += [
        {
            "type": "library",
            "bom-ref": f"debian-{name}",
            "name": name,
            "version": known,
            "purl": f"pkg:deb/debian/{name}@{known}?arch={os.uname().machine}",
        }
        for name in _SYSTEM
        if (known := _debian_version(name))
    ]
    return json.dumps(bill, indent=2, sort_keys=True) + "\n"


def _copyright() -> str:
    return f"""Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: retake-desktop
Comment: The bundle holds further software; THIRD_PARTY_LICENSES.gz beside this file has its licences.

Files: *
Copyright: {_YEARS} the makers of Retake Desktop
License: GPL-3.0-or-later
 This program is free software: you can redistribute it and/or modify it under the terms of the GNU General Public
 License as published by the Free Software Foundation, either version 3 of the License, or (at your option) any later
 version.
 .
 On Debian systems the whole text is in /usr/share/common-licenses/GPL-3.
"""


_YEARS = "2026"
_OF_FFMPEG = """FFmpeg, x264, x265 and other codecs, as libraries inside PyAV's wheel

FFmpeg is under the LGPL-2.1-or-later, x264 and x265 are under the GPL-2.0-or-later; together with them the whole bundle
is under the GPL-3.0-or-later. Sources: https://ffmpeg.org, https://www.videolan.org/developers/x264.html,
https://www.x265.org, https://github.com/PyAV-Org/pyav-ffmpeg (how the libraries in the wheel are built)."""


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
