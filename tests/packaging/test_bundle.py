"""What the bundle takes along and what it leaves out, and that all packages tell of the same app."""

import configparser
import plistlib
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from retake_desktop import __version__
from retake_desktop.services.settings import LANGUAGES
from retake_desktop.ui.drop import SUFFIXES
from tests.packaging.scripts import script

_PACKAGING = Path(__file__).resolve().parents[2] / "packaging"
_ID = "io.github.retake_desktop.RetakeDesktop"


contents = script("pyinstaller/contents.py")


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/Qt/plugins/platforms/libqeglfs.so",
        "PySide6/Qt/lib/libQt6Qml.so.6",
        "libstdc++.so.6",
        "libX11.so.6",
        "libglib-2.0.so.0",
        "libpangocairo-1.0.so.0",
    ],
)
def test_what_nothing_reaches_or_the_system_has_stays_out(name: str) -> None:
    assert contents.qt_only_needed([(name, "/somewhere", "BINARY")]) == []


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqwayland.so",
        "PySide6/Qt/plugins/wayland-shell-integration/libxdg-shell.so",
        "PySide6/Qt/lib/libQt6Widgets.so.6",
        "libQt6DBus.so.6",
        "av.libs/libdrm-b0291a67.so.2.4.0",
        "libdrm-b0291a67.so.2.4.0",
        "libvlc.so.5",
        "libpulse.so.0",
        "libxcb-cursor.so.0",
        "libpython3.11.so.1.0",
    ],
)
def test_what_the_app_needs_comes_along(name: str) -> None:
    entry = (name, "/somewhere", "BINARY")
    assert contents.qt_only_needed([entry]) == [entry]


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_language_of_the_window_comes_along(language: str) -> None:
    own, of_qt = f"resources/translations/retake_{language}.qm", f"PySide6/Qt/translations/qtbase_{language}.qm"
    others = ["PySide6/Qt/translations/qtbase_de.qm", "PySide6/Qt/translations/qt_help_en.qm"]
    entries = [(name, "/somewhere", "DATA") for name in (own, of_qt, *others, own.replace(".qm", ".ts"))]
    assert [name for name, _, _ in contents.only_needed_data(entries)] == [own, of_qt]


def test_libvlc_comes_with_the_plugins_that_play_the_app_s_own_sound() -> None:
    parts = {Path(file).name: folder for file, folder in contents.plugins_of_vlc()}
    assert parts["libvlc.so.5"] == parts["libvlccore.so.9"] == "."
    assert parts["libwav_plugin.so"] == "vlc/plugins/demux"
    assert {"libaccess_imem_plugin.so", "libaraw_plugin.so", "libpulse_plugin.so", "libalsa_plugin.so"} <= parts.keys()
    assert "libx264_plugin.so" not in parts
    assert len(parts) < 30


def test_without_vlc_the_build_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RETAKE_VLC", str(tmp_path))
    with pytest.raises(FileNotFoundError, match="VLC 3 is needed"):
        contents.plugins_of_vlc()


def test_without_the_plugins_that_play_the_build_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "libvlc.so.5").touch()
    monkeypatch.setenv("RETAKE_VLC", str(tmp_path))
    with pytest.raises(FileNotFoundError, match="access_imem"):
        contents.plugins_of_vlc()


def _entry() -> configparser.SectionProxy:
    parser = configparser.RawConfigParser()
    parser.optionxform = str  # type: ignore[method-assign, assignment]  # the documented way to keep upper case
    parser.read(_PACKAGING / "linux" / f"{_ID}.desktop")
    return parser["Desktop Entry"]


def test_the_desktop_entry_and_the_software_centre_s_page_name_the_same_things() -> None:
    page = ET.parse(_PACKAGING / "linux" / f"{_ID}.metainfo.xml").getroot()  # noqa: S314 - our own file
    entry = _entry()
    assert page.findtext("id") == entry["Icon"] == _ID
    assert page.findtext("launchable") == f"{_ID}.desktop"
    assert page.findtext("name") == entry["Name"]
    told = {each.text for each in page.iter("mediatype")}
    assert told <= set(entry["MimeType"].split(";"))
    assert {release.get("version") for release in page.iter("release")} >= {__version__}


def test_windows_opens_what_the_window_takes() -> None:
    recipe = (_PACKAGING / "windows" / "retake-desktop.nsi").read_text(encoding="utf-8")
    videos = {suffix for suffix in SUFFIXES if suffix != ".gif"}
    for macro in ("OPENS", "FORGETS"):
        assert set(re.findall(rf'insertmacro {macro} "(.*)"', recipe)) == videos


def test_a_running_window_belongs_to_its_desktop_entry() -> None:
    source = (_PACKAGING.parent / "retake_desktop" / "app.py").read_text(encoding="utf-8")
    assert f'setDesktopFileName("{_ID}")' in source
    assert _entry()["StartupWMClass"] == re.findall(r'setApplicationName\("(.*)"\)', source)[0]


def test_the_changelog_tells_of_this_version() -> None:
    assert f"## {__version__} " in (_PACKAGING / "CHANGELOG.md").read_text(encoding="utf-8")


def test_macos_and_flatpak_know_the_same_id() -> None:
    plistlib.loads((_PACKAGING / "macos" / "entitlements.plist").read_bytes())
    assert f'bundle_identifier="{_ID}"' in (_PACKAGING / "pyinstaller" / "retake-desktop.spec").read_text()
    assert f"id: {_ID}\n" in (_PACKAGING / "flatpak" / f"{_ID}.yml").read_text()


def test_the_icon_for_windows_holds_every_size(tmp_path: Path) -> None:
    target = tmp_path / "icon.ico"
    subprocess.run(
        [sys.executable, _PACKAGING / "icon.py", "--ico", target], check=True, env={"QT_QPA_PLATFORM": "offscreen"}
    )
    data = target.read_bytes()
    count = int.from_bytes(data[4:6], "little")
    widths = [data[6 + 16 * index] or 256 for index in range(count)]
    assert widths == [16, 20, 24, 32, 40, 48, 64, 128, 256]
    first = int.from_bytes(data[18:22], "little")
    assert data[first : first + 8] == b"\x89PNG\r\n\x1a\n"


def test_two_builds_that_differ_are_told_apart(tmp_path: Path) -> None:
    for name, text in {"one": "same", "two": "same", "three": "other"}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text(text)
    compare = script("compare_builds.py")
    assert compare.main(tmp_path / "one", tmp_path / "two") == 0
    assert compare.main(tmp_path / "one", tmp_path / "three") == 1
