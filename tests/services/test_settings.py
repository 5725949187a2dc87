"""What a person has chosen survives, and a broken file never stops the app."""

import resource
from pathlib import Path

import pytest

from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.hosting import HostingSettings, Place, PlaceKind, Way
from retake_desktop.services import settings
from retake_desktop.services.settings import Settings

PLACE = Place(PlaceKind.S3, "https://s3.example.com", "clips", "eu-west-3", "AKID", "Ü 🎬")
CHOSEN = Settings(
    model_id="ltx/ltx-2.3/retake-video",
    theme="light",
    recent=("/films/Ü 🎬.mp4",),
    volume=40,
    hosting=HostingSettings(Way.STORAGE, PLACE),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


def test_without_a_file_the_defaults_hold_and_nothing_is_written(path: Path) -> None:
    assert settings.load(path) == (Settings(), None)
    assert list(path.parent.glob("*.json")) == []


def test_settings_come_back_as_they_were_saved(path: Path) -> None:
    settings.save(path, CHOSEN)
    assert settings.load(path) == (CHOSEN, None)


def test_a_newer_versions_fields_are_ignored(path: Path) -> None:
    path.write_text('{"theme": "light", "hologram": {"depth": 3}}')
    assert settings.load(path) == (Settings(theme="light"), None)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00" * 4096,
        b'{"theme": "lig',
        b"[]",
        b"null",
        b"theme = light",
        b'{"theme": 5}',
        b'{"recent": "not a list"}',
        b'{"recent": [1]}',
        b'{"volume": "loud"}',
        b'{"theme": "\xff\xfe"}',
        b"[" * 200_000,
        b'{"hologram":' + b"[" * 200_000,
        b"\xef\xbb\xbf{}",
    ],
)
def test_a_broken_file_is_set_aside_and_the_defaults_hold(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    found, aside = settings.load(path)
    assert found == Settings()
    assert aside is not None
    assert Path(aside).read_bytes() == content
    settings.save(path, CHOSEN)
    assert settings.load(path) == (CHOSEN, None)
    assert Path(aside).read_bytes() == content


def test_a_folder_in_the_files_place_is_set_aside(path: Path) -> None:
    path.mkdir()
    found, aside = settings.load(path)
    assert found == Settings()
    assert aside is not None
    assert Path(aside).is_dir()


def test_a_full_disk_leaves_the_old_settings_whole(path: Path) -> None:
    settings.save(path, CHOSEN)
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limit[1]))
    try:
        with pytest.raises(RetakeError) as full:
            settings.save(path, Settings(recent=("/films/long.mp4",) * 50))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    assert full.value.kind is ErrorKind.FILE_TROUBLE
    assert settings.load(path) == (CHOSEN, None)


def test_whoever_reads_while_settings_are_saved_sees_the_old_or_the_new_ones_whole(path: Path) -> None:
    settings.save(path, CHOSEN)
    old = path.read_bytes()
    with path.open("rb") as reading:
        settings.save(path, Settings())
        assert reading.read() == old
    assert settings.load(path) == (Settings(), None)


def test_a_vanished_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(RetakeError) as gone:
        settings.save(tmp_path / "gone" / "settings.json", CHOSEN)
    assert gone.value.kind is ErrorKind.FILE_TROUBLE
    assert "No such file or directory" in gone.value.detail
