"""Is everything all right? Each thing that is not says what to do, whatever is wrong."""

import asyncio
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import keyring
import pytest

from retake_desktop.cli import main
from retake_desktop.demo.options import AT_ONCE, DemoOptions
from retake_desktop.demo.service import DemoService
from retake_desktop.domain.hosting import HostingSettings, Place, PlaceKind
from retake_desktop.media import codecs, sound
from retake_desktop.services import settings
from retake_desktop.services.folders import Folders
from retake_desktop.services.pipeline.checkup import Finding, looked_at
from retake_desktop.services.secrets import StorageSecrets, TokenStore
from retake_desktop.services.settings import Settings
from tests.fakes.memory_keyring import MemoryKeyring

_TOKEN = "a-token"
_ALL = ["libVLC", "FFmpeg", "hardware decoding", "disk", "folders", "keyring", "bucket", "token", "service", "model"]


class _Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture
def memory() -> Iterator[MemoryKeyring]:
    before, backend = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(before)


@pytest.fixture
def folders(memory: MemoryKeyring) -> Folders:
    made = Folders.of_this_person()
    made.create()
    return made


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DemoService]:
    folder = tmp_path / "service"
    folder.mkdir()
    with DemoService(folder, AT_ONCE) as running:
        monkeypatch.setenv("RUNCOMFY_API_URL", running.url)
        yield running


def _found(folders: Folders, token: str | None = _TOKEN) -> dict[str, Finding]:
    tokens = TokenStore({})
    if token:
        tokens.save(token, session_only=True)
    told: list[Finding] = []
    found = asyncio.run(looked_at(folders, tokens, told.append))
    assert tuple(told) == found
    for one in found:
        assert one.is_fine or one.remedy, one
        assert one.text
    return {one.name: one for one in found}


def test_with_everything_there_every_line_is_fine(folders: Folders, service: DemoService) -> None:
    found = _found(folders)
    assert list(found) == _ALL
    assert [name for name, one in found.items() if not one.is_fine] == []
    assert "FFmpeg" in found["FFmpeg"].text
    assert "$" in found["model"].text


def test_no_token_leads_to_the_settings_and_still_tells_everything_else(folders: Folders, service: DemoService) -> None:
    found = _found(folders, token=None)
    assert not found["token"].is_fine
    assert found["token"].is_needed
    assert found["service"].is_fine


def test_a_refused_token_is_told_as_the_tokens_trouble(
    folders: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "picky").mkdir()
    with DemoService(tmp_path / "picky", DemoOptions(token="the-right-one")) as service:
        monkeypatch.setenv("RUNCOMFY_API_URL", service.url)
        found = _found(folders, "another")
    assert not found["token"].is_fine


def test_a_service_that_does_not_answer_is_told(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUNCOMFY_API_URL", "http://127.0.0.1:9")
    for token in ("a-token", None):
        assert not _found(folders, token)["service"].is_fine


def test_a_locked_keyring_is_a_note_with_a_way_out(
    folders: Folders, service: DemoService, memory: MemoryKeyring
) -> None:
    memory.is_locked = True
    found = _found(folders, token=None)
    assert not found["keyring"].is_fine
    assert not found["keyring"].is_needed
    assert "Unlock it" in found["keyring"].remedy


def test_a_folder_that_cannot_be_written_is_named(folders: Folders, service: DemoService) -> None:
    folders.results.rmdir()
    folders.results.write_text("in the way", encoding="utf-8")
    found = _found(folders)["folders"]
    assert not found.is_fine
    assert str(folders.results) in found.text


def test_the_chosen_folder_for_previews_is_looked_at_too(
    folders: Folders, service: DemoService, tmp_path: Path
) -> None:
    chosen = tmp_path / "gone" / "stick"
    settings.save(folders.settings, Settings(cache_folder=str(chosen)))
    assert str(chosen) in _found(folders)["folders"].text


def test_a_full_disk_is_told_with_how_much_is_needed(
    folders: Folders, service: DemoService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: _Usage(10**12, 10**12, 500_000_000))
    found = _found(folders)["disk"]
    assert not found.is_fine
    assert found.text.startswith("0.5 GB free")
    assert "1 GB" in found.remedy


def test_missing_parts_of_ffmpeg_and_no_libvlc_are_told(
    folders: Folders, service: DemoService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(codecs, "missing", lambda: ("encoder libx264",))
    monkeypatch.setattr(sound, "trouble", lambda: "VLC was not found on this computer.")
    found = _found(folders)
    assert (found["FFmpeg"].is_fine, found["FFmpeg"].is_needed) == (False, True)
    assert (found["libVLC"].is_fine, found["libVLC"].is_needed) == (False, False)


def test_storage_that_cannot_be_reached_leads_to_its_test(folders: Folders, service: DemoService) -> None:
    place = Place(PlaceKind.S3, endpoint="http://127.0.0.1:9", bucket="clips", region="us-east-1", key_id="key")
    settings.save(folders.settings, Settings(hosting=HostingSettings(place=place)))
    StorageSecrets({}).save(place.id, "s3cret", session_only=False)
    found = _found(folders)["bucket"]
    assert not found.is_fine
    assert "test it there" in found.remedy
    assert "s3cret" not in found.text


def test_the_command_line_tells_the_same_as_json(
    folders: Folders, service: DemoService, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RUNCOMFY_API_TOKEN", "a-token")
    assert main(["check", "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["check"] for line in lines] == _ALL
    assert all(line["ok"] for line in lines)
    assert {"check", "ok", "needed", "message", "remedy"} <= set(lines[0])
