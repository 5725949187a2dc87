"""What goes into the bundle and what stays out of it. Used by the spec; tested by tests/packaging."""

import json
import os
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

Entry = tuple[str, str, str]

# libVLC only plays 48 kHz PCM that the app hands it (media/sound.py): memory in, WAV, raw audio, filters, sound out.
_PLUGINS = {
    "access": ["access_imem", "imem"],
    "audio_filter": [
        "audio_format",
        "samplerate",
        "scaletempo",
        "simple_channel_mixer",
        "speex_resampler",
        "trivial_channel_mixer",
        "ugly_resampler",
    ],
    "audio_mixer": ["float_mixer", "integer_mixer"],
    "audio_output": [
        "adummy",
        "afile",
        "alsa",
        "auhal",
        "directsound",
        "mmdevice",
        "pulse",
        "waveout",
        "wasapi",
    ],
    "codec": ["araw"],
    "demux": ["wav"],
    "logger": ["console_logger"],
    "packetizer": ["packetizer_copy"],
    "stream_filter": ["cache_read", "prefetch"],
}

_NOTHING_IS_HEARD_WITHOUT = {"access_imem", "wav", "araw", "float_mixer"}

MODULES_LEFT_OUT = [
    "tkinter",
    "unittest",
    "pydoc",
    "lib2to3",
    "pip",
    "setuptools",
    "numpy",
    "IPython",
    # Only what builds the bundle brings it; msgspec would take it where it is.
    "attr",
    "attrs",
    "PySide6.QtQml",
    "PySide6.QtQuick",
    "PySide6.QtOpenGL",
    "PySide6.QtOpenGLWidgets",
    "PySide6.QtSql",
    "PySide6.QtTest",
    "PySide6.QtXml",
    "PySide6.QtDesigner",
    "PySide6.QtHelp",
    "PySide6.QtUiTools",
    "PySide6.QtPrintSupport",
    "PySide6.QtConcurrent",
]

# Qt parts that no code of the app reaches, though a plugin or PyInstaller's hook asks for them; Qt's words in languages
# that the app does not speak, and the sources of its own.
_QT_LEFT_OUT = re.compile(
    r"""
    Qt6?(Qml|Quick|VirtualKeyboard|Pdf|Sql|Test|Designer|Help|Labs|WebSockets|3D|PrintSupport|EglFS\w*
        |Concurrent|Xml)\w*\b
    | plugins/(sqldrivers|qmltooling|qmllint|designer|virtualkeyboard|tls|networkinformation|generic
        |egldeviceintegrations|printsupport|help|assetimporters|scxmldatamodel|platforminputcontexts/libqtvirtualkeyboard\w*)
    | platforms/libq(eglfs|linuxfb|vnc|minimalegl|minimal|vkkhrdisplay)\w*
    | platformthemes/libqgtk3
    | imageformats/\w*(pdf|tga|tiff|wbmp|icns)\w*
    | /qml/ | /translations/(qt(?!base_(en|zh_CN)\.)\w+|retake_\w+\.ts$) | /typesystems/ | /glue/ | /metatypes/
    """,
    re.VERBOSE | re.IGNORECASE,
)

# Of a package's records only these are read: its name, version and licence, and what it offers to others.
_NOT_READ = re.compile(r"\.dist-info/(?!(METADATA|entry_points\.txt)$)|(^|/)__pycache__/|^resources/icons/LICENSE$")

# What every desktop has and must be its own: the C library's family, the graphics stack, X11, Wayland.
_OF_THE_SYSTEM = re.compile(
    r"^(lib(stdc\+\+|gcc_s|X11|X11-xcb|xcb|Xau|Xdmcp|Xext|drm|GL|GLX|GLdispatch|EGL|OpenGL|gbm|wayland-\w+|fontconfig"
    r"|freetype|expat|dbus-1|systemd|cap|gcrypt|gpg-error|asound|glib-2\.0|gio-2\.0|gobject-2\.0|gmodule-2\.0|gthread-2\.0"
    r"|z|uuid|ICE|SM|cairo\w*|pango\w*|gtk-3|gdk-3|gdk_pixbuf-2\.0|atk-1\.0|atk-bridge-2\.0|harfbuzz))\.so(\.|$)"
)


# Came only with GTK's theme plugin, which stays out.
_ORPHANS = re.compile(
    r"^lib(Xcomposite|Xcursor|Xdamage|Xfixes|Xi|Xinerama|Xrandr|Xrender|atspi|blkid|mount|selinux|cairo-gobject|datrie|epoxy"
    r"|fribidi|graphite2|jpeg|pango\w*-1\.0|pixman-1|thai|pcre2-8|mvec)\.so(\.|$)"
)


def libraries(lock: Path) -> list[str]:
    """Names of the Python packages in the lock file that are installed on this system."""
    lines = lock.read_text(encoding="utf-8").splitlines()
    names = [line.split("==")[0] for line in lines if "==" in line and not line.startswith((" ", "#"))]
    return [name for name in names if _is_installed(name)]


def release_file(folder: Path) -> list[tuple[str, str]]:
    """Where the bundle looks for newer versions, by RETAKE_UPDATE_ADDRESS and RETAKE_UPDATE_KEY; usually nowhere."""
    address, key = os.environ.get("RETAKE_UPDATE_ADDRESS", ""), os.environ.get("RETAKE_UPDATE_KEY", "")
    if not address:
        return []
    if not address.startswith("https://") or not key:
        raise ValueError("RETAKE_UPDATE_ADDRESS must be an https address, and RETAKE_UPDATE_KEY the public release key")
    path = folder / "release.json"
    path.write_text(json.dumps({"address": address, "key": key}), encoding="utf-8")
    return [(str(path), "resources")]


def _is_installed(name: str) -> bool:
    try:
        metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def vlc_folders() -> tuple[Path, Path]:
    """The folder of libVLC's libraries and that of its plugins, on this machine. RETAKE_VLC names it elsewhere."""
    given = os.environ.get("RETAKE_VLC")
    if given:
        return Path(given), Path(given) / "plugins"
    if sys.platform == "win32":
        root = Path(os.environ["PROGRAMFILES"]) / "VideoLAN" / "VLC"
        return root, root / "plugins"
    if sys.platform == "darwin":
        root = Path("/Applications/VLC.app/Contents/MacOS")
        return root / "lib", root / "plugins"
    triplet = (
        subprocess.run(["gcc", "-print-multiarch"], stdout=subprocess.PIPE, text=True, check=False).stdout.strip()
        or f"{os.uname().machine}-linux-gnu"
    )
    root = Path("/usr/lib") / triplet
    return root, root / "vlc" / "plugins"


def plugins_of_vlc() -> list[tuple[str, str]]:
    """libVLC, libVLCcore and the few plugins, as (file, folder in the bundle).

    Raises FileNotFoundError without VLC, and where one of the plugins is lacking without which nothing is heard.
    """
    libraries, plugins = vlc_folders()
    pattern = {"win32": "libvlc*.dll", "darwin": "libvlc*.dylib"}.get(sys.platform, "libvlc*.so.[0-9]")
    parts = [(str(path), ".") for path in sorted(libraries.glob(pattern))]
    if not parts:
        raise FileNotFoundError(f"VLC 3 is needed to build the bundle; there is none in {libraries}")
    for kind, names in _PLUGINS.items():
        for name in names:
            # In folders by kind on Linux and Windows, all in one on macOS.
            found = sorted(plugins.rglob(f"lib{name}_plugin.*"))
            if not found and name in _NOTHING_IS_HEARD_WITHOUT:
                raise FileNotFoundError(f"VLC's plugin {name} is needed to build the bundle; {plugins} has none")
            parts += [(str(path), f"vlc/plugins/{kind}") for path in found]
    return parts


def qt_only_needed(entries: list[Entry]) -> list[Entry]:
    """`entries` without the Qt parts that nothing reaches and without what must be the system's own."""
    return [entry for entry in entries if not _is_left_out(entry[0])]


def only_needed_data(entries: list[Entry]) -> list[Entry]:
    """`entries` without what nothing reads; licences and bills of materials are gathered in one file each instead."""
    return [entry for entry in entries if not _is_unread(entry[0].replace(os.sep, "/"))]


def _is_unread(name: str) -> bool:
    return bool(_QT_LEFT_OUT.search(name) or _NOT_READ.search(name))


def only_records_of_what_is_inside(entries: list[Entry], packages: set[str]) -> list[Entry]:
    """`entries` without the records (.dist-info) of packages that the lock names for building or for nothing here."""
    return [entry for entry in entries if (name := _of_record(entry[0])) is None or name in packages]


def _of_record(name: str) -> str | None:
    found = re.match(r"([^/\\]+)-[^-/\\]+\.dist-info[/\\]", name)
    return None if found is None else re.sub(r"[-_.]+", "-", found[1]).lower()


def _is_left_out(name: str) -> bool:
    name = name.replace(os.sep, "/")
    if _QT_LEFT_OUT.search(name):
        return True
    if not sys.platform.startswith("linux") or "/" in name:
        return False
    return bool(_OF_THE_SYSTEM.match(name) or _ORPHANS.match(name))
