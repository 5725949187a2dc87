"""Starts the frozen app as a person would, retakes the sample on the demo service through the window, and quits.

Usage: xvfb-run -a .venv/bin/python packaging/smoke.py BUNDLE [--picture PNG] [--window-limit SECONDS]
                                                       [--beside-source] [--desktop-entry FILE --video VIDEO]
BUNDLE is the folder that holds the executable, or the executable itself. The home is empty, PATH leads to no Python,
VLC or FFmpeg, and every library that any of the app's processes has loaded must come from the bundle or be one that
each desktop has of its own. With --beside-source, the start to the window is compared with the source tree's. With a
desktop entry, the app is started by it, as a file manager does. Prints sizes, times and what came from the system.
Exits with 1 when something is wrong.
"""

import argparse
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from starting import trouble_with_starting

from tests.journeys.screen_reader import ScreenReader, accessibility_bus, screen_reader

# The C library's family, the graphics stack, X11, Wayland, the sound system's own client, fonts: a desktop's own.
_A_DESKTOP_S_OWN = re.compile(
    r"^(ld-linux[\w-]*|lib(c|m|dl|rt|pthread|util|resolv|nss_\w+|mvec|stdc\+\+|gcc_s|X11|X11-xcb|xcb|Xau|Xdmcp|Xext|Xfixes"
    r"|drm\w*|GL|GLX\w*|GLdispatch|EGL\w*|OpenGL|gbm|gallium\w*|glapi|LLVM[\w.-]*|vulkan\w*|wayland-\w+|fontconfig|freetype"
    r"|expat|dbus-1|systemd|cap|gcrypt|gpg-error|asound\w*|glib-2\.0|gio-2\.0|gobject-2\.0|gmodule-2\.0|gthread-2\.0|z"
    r"|uuid|ICE|SM|ffi|bsd|md|elf|edit|tinfo|xml2|icu\w+|sensors|zstd|lzma|lz4|brotli\w+|png16|pciaccess|xshmfence"
    r"|pcre2-8|mount|blkid|selinux|graphite2|harfbuzz|z3|xcb-[\w-]+|[\w-]*_dri|swrast\w*))([-.]|$)"
)
_THE_BUNDLE_S_OWN = ("libvlc", "libQt6", "libav", "libsw", "libpyside", "libshiboken")
_EXPECTED_IN_WINDOW = "frame 0"
_PATIENCE = 600.0
"""Seconds: a machine with other work to do must not fail the bundle."""


def main() -> int:
    options = _options()
    executable = options.bundle if options.bundle.is_file() else options.bundle / "retake-desktop"
    troubles: list[str] = []
    with tempfile.TemporaryDirectory() as folder, accessibility_bus(Path(folder) / "home") as surroundings:
        on_this_machine, surroundings = surroundings, {**surroundings, "PATH": "/nowhere"}
        _say_size(executable)
        troubles += _commands(executable, surroundings)
        if options.beside_source:
            troubles += trouble_with_starting(executable, surroundings)
        started = time.monotonic()
        start = _by_the_desktop(executable, options, on_this_machine) if options.desktop_entry else None
        with start or _app(executable, surroundings) as pid, screen_reader(on_this_machine, _PATIENCE) as reader:
            reader.until(lambda: _EXPECTED_IN_WINDOW in reader.read("Stage").get("description", ""), "the first frame")
            seconds = time.monotonic() - started
            print(f"from the start to the sample's first frame: {seconds:.2f} s")
            if options.window_limit and seconds > options.window_limit:
                troubles.append(f"the window took {seconds:.2f} s, more than {options.window_limit} s")
            _retake(reader)
            if options.picture:
                _photograph(options.picture)
            troubles += _foreign_libraries(pid, executable.parent)
            os.kill(pid, signal.SIGTERM)
            if not _ends(pid):
                troubles.append("the app does not end when it is told to")
        results = list((Path(folder) / "home").rglob("*.mp4"))
        print(f"videos in the new home: {', '.join(sorted(path.name for path in results))}")
    for trouble in troubles:
        print(f"WRONG: {trouble}")
    print("smoke test: " + ("failed" if troubles else "passed"))
    return 1 if troubles else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bundle", type=Path)
    parser.add_argument("--picture", type=Path, help="where a screenshot of the review goes")
    parser.add_argument("--beside-source", action="store_true", help="compare the start with the source tree's")
    parser.add_argument("--desktop-entry", type=Path, help="start by this entry, on a demo service of its own")
    parser.add_argument("--video", help="what the desktop entry opens")
    parser.add_argument("--window-limit", type=float, help="seconds that the first frame may take")
    return parser.parse_args()


def _say_size(executable: Path) -> None:
    folder = executable.resolve().parent
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    print(f"bundle: {sum(path.stat().st_size for path in files) / 1e6:.0f} MB in {len(files)} files")


def _commands(executable: Path, surroundings: dict[str, str]) -> list[str]:
    """The command line of the bundle: its version, and what `check` finds of libVLC and FFmpeg."""
    version = subprocess.run([executable, "--version"], env=surroundings, capture_output=True, text=True, check=False)
    print(version.stdout.strip())
    check = subprocess.run([executable, "check"], env=surroundings, capture_output=True, text=True, check=False)
    print("\n".join(f"  {line}" for line in check.stdout.splitlines()))
    troubles = [] if version.returncode == 0 else [f"--version ended with {version.returncode}: {version.stderr}"]
    if "VLC was not found" in check.stdout or "Traceback" in check.stderr:
        troubles.append(f"check: {check.stdout}{check.stderr}")
    return troubles


@contextmanager
def _app(executable: Path, surroundings: dict[str, str]) -> Iterator[int]:
    process = subprocess.Popen([executable, "--demo"], env=surroundings, stdin=subprocess.DEVNULL)
    try:
        yield process.pid
    finally:
        process.kill()
        process.wait()


@contextmanager
def _by_the_desktop(executable: Path, options: argparse.Namespace, surroundings: dict[str, str]) -> Iterator[int]:
    """The app as `gio launch` starts it from its entry; its service is the bundle's own demo service."""
    service = subprocess.Popen(
        [executable, "demo-service", "--port", "0", "--token", "smoke"],
        env=surroundings, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    told = service.stdout.readline() if service.stdout else ""
    address = re.search(r"http://[\w.:]+", told)
    if address is None:
        raise SystemExit(f"the demo service does not say where it listens: {told!r}")
    account = {"RUNCOMFY_API_URL": address.group(), "RUNCOMFY_API_TOKEN": "smoke"}
    subprocess.run(
        ["gio", "launch", str(options.desktop_entry), options.video], env={**surroundings, **account}, check=True
    )
    pid = _process_of(executable, options.video)
    try:
        yield pid
    finally:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        service.terminate()
        service.wait()


def _process_of(executable: Path, argument: str) -> int:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        for link in Path("/proc").glob("[0-9]*/exe"):
            try:
                words = (link.parent / "cmdline").read_bytes().split(b"\0")
                if link.resolve() == executable.resolve() and argument.encode() in words:
                    return int(link.parent.name)
            except OSError:
                continue
        time.sleep(0.1)
    raise SystemExit("the desktop entry started nothing")


def _ends(pid: int) -> bool:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        status = Path(f"/proc/{pid}/stat")
        if not status.exists() or status.read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.1)
    return False


def _retake(reader: ScreenReader) -> None:
    started = time.monotonic()
    reader.write("Prompt", "Calm water, no duck")
    reader.press("Play")
    reader.press("Retake")
    reader.until(lambda: reader.count("Before and after") == 1, "the review opens")
    print(f"from Retake to the review: {time.monotonic() - started:.1f} s")


def _photograph(path: Path) -> None:
    display = os.environ["DISPLAY"]
    grab = ["ffmpeg", "-loglevel", "error", "-y", "-f", "x11grab", "-i", display, "-frames:v", "1", str(path)]
    subprocess.run(grab, check=True, stdin=subprocess.DEVNULL)


def _foreign_libraries(pid: int, bundle: Path) -> list[str]:
    outside: set[str] = set()
    inside: set[str] = set()
    for each in _family(pid):
        try:
            maps = Path(f"/proc/{each}/maps").read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue  # ended meanwhile, as workers do
        for line in maps.splitlines():
            path = line.split(maxsplit=5)[-1]
            if ".so" in path and path.startswith("/"):
                (inside if Path(path).is_relative_to(bundle.resolve()) else outside).add(Path(path).name)
    print(f"libraries: {len(inside)} of the bundle, {len(outside)} of the system: {' '.join(sorted(outside))}")
    wrong = sorted(name for name in outside if not _A_DESKTOP_S_OWN.match(name))
    troubles = [f"picked up from the system: {', '.join(wrong)}"] if wrong else []
    lacking = [family for family in _THE_BUNDLE_S_OWN if not any(name.startswith(family) for name in inside)]
    return troubles + [f"nothing named {family}* was loaded from the bundle" for family in lacking]


def _family(pid: int) -> list[int]:
    """The process and all its descendants."""
    children: dict[int, list[int]] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(status.parent.name))
    family = [pid]
    for each in family:
        family += children.get(each, [])
    return family


if __name__ == "__main__":
    sys.exit(main())
