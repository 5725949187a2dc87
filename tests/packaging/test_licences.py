"""Nothing travels in a bundle of which the maker and the licence are not known."""

import json
from importlib import metadata
from pathlib import Path

import av
import httpx
import pytest
from PySide6 import QtCore

from tests.house.tree import PROJECT
from tests.packaging.scripts import script

inside = script("inside.py")
contents = script("pyinstaller/contents.py")


def _libraries_of_av() -> list[str]:
    return [str(path) for path in (Path(av.__file__).parents[1] / "av.libs").iterdir()]


def test_every_library_in_pyav_s_wheel_has_a_maker_and_a_licence() -> None:
    found = {each.name: each for each in inside.components(_libraries_of_av())}
    assert {"FFmpeg", "x264", "x265", "SVT-AV1", "dav1d", "GnuTLS"} <= found.keys()
    assert found["x265"].licence == "GPL-2.0-or-later"
    assert all(len(each.text) > 500 and each.version.startswith("as in av ") for each in found.values())


def test_packages_qt_and_what_debian_brings_are_told_apart() -> None:
    core = Path(QtCore.__file__)
    icu = next((core.parent / "Qt" / "lib").glob("libicudata*"))
    vlc = contents.plugins_of_vlc()[0][0]
    own = PROJECT / "retake_desktop" / "app.py"
    found = {each.name: each for each in inside.components(map(str, (core, icu, vlc, httpx.__file__, own)))}
    assert found.keys() == {"Qt for Python", "ICU", "libvlc5", "httpx"}
    assert found["httpx"].version == metadata.version("httpx")
    assert found["libvlc5"].purl.startswith("pkg:deb/debian/libvlc5@")
    assert "VideoLAN" in found["libvlc5"].text


def test_a_file_that_is_nobody_s_stops_the_build(tmp_path: Path) -> None:
    stray, other = tmp_path / "libstray.so.1", tmp_path / "libother.so"
    with pytest.raises(inside.NobodysError, match=r"libother\.so is\n.*libstray\.so\.1 is"):
        inside.components([str(stray), str(other), str(PROJECT / "LICENSE")])


def test_only_packages_that_are_inside_leave_their_records() -> None:
    assert inside.distributions([httpx.__file__]) == {"httpx"}
    entries = [
        (f"{name}/METADATA", "/somewhere", "DATA") for name in ("httpx-0.28.1.dist-info", "hatchling-1.dist-info")
    ]
    entries.append(("resources/style/retake.qss", "/somewhere", "DATA"))
    kept = contents.only_records_of_what_is_inside(entries, {"httpx"})
    assert [name for name, _, _ in kept] == ["httpx-0.28.1.dist-info/METADATA", "resources/style/retake.qss"]


def test_of_a_package_s_records_only_what_is_read_comes_along() -> None:
    read = ["av-18.dist-info/METADATA", "keyring-25.dist-info/entry_points.txt", "resources/icons/app.svg"]
    unread = ["av-18.dist-info/licenses/__pycache__/AUTHORS.pyc", "av-18.dist-info/RECORD", "resources/icons/LICENSE"]
    kept = contents.only_needed_data([(name, "/somewhere", "DATA") for name in [*read, *unread]])
    assert [name for name, _, _ in kept] == read


def test_a_bundle_asks_for_newer_versions_only_where_an_address_was_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("RETAKE_UPDATE_ADDRESS", raising=False)
    assert contents.release_file(tmp_path) == []
    monkeypatch.setenv("RETAKE_UPDATE_ADDRESS", "http://example.org/latest.json")
    monkeypatch.setenv("RETAKE_UPDATE_KEY", "key")
    with pytest.raises(ValueError, match="https"):
        contents.release_file(tmp_path)
    monkeypatch.setenv("RETAKE_UPDATE_ADDRESS", "https://example.org/latest.json")
    [(file, folder)] = contents.release_file(tmp_path)
    assert folder == "resources"
    assert json.loads(Path(file).read_text()) == {"address": "https://example.org/latest.json", "key": "key"}
