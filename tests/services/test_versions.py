"""What the app is made of, from the packages that are really installed."""

import sys
from pathlib import Path

import pytest

from retake_desktop import __version__
from retake_desktop.services import versions
from tests.house.tree import PROJECT


def test_every_library_of_the_lock_file_that_is_installed_is_named_with_version_and_licence() -> None:
    found = {part.name.lower().replace("_", "-"): part for part in versions.parts()}
    assert {"av", "httpx", "keyring", "msgspec", "obstore", "pyside6-essentials", "python-vlc"} <= set(found)
    for part in found.values():
        assert part.version
        assert part.licence, part.name
    locked = (PROJECT / "requirements.lock").read_text(encoding="utf-8")
    assert f"\nav=={found['av'].version} " in locked


def test_the_apps_own_licence_comes_first_and_whole() -> None:
    texts = versions.licence_texts()
    title, own = texts[0]
    assert title == "Retake Desktop"
    assert own == (PROJECT / "LICENSE").read_text(encoding="utf-8")
    assert len(texts) > 20


def test_a_bundle_shows_the_licences_that_were_gathered_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "LICENSE").write_text("own", encoding="utf-8")
    (tmp_path / "THIRD_PARTY_LICENSES").write_text("theirs", encoding="utf-8")
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert versions.licence_texts() == (("Retake Desktop", "own"), ("THIRD_PARTY_LICENSES", "theirs"))


def test_the_surroundings_name_the_app_and_the_system() -> None:
    told = versions.surroundings()
    assert told["Retake Desktop"] == __version__
    assert all(told.values())
