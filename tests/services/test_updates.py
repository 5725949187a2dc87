"""That a newer version exists is told from one small signed file, and never without an address from the build."""

import asyncio
import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.services import updates
from retake_desktop.services.updates import Newer, Release, newer_than
from tests.fakes.byte_server import ByteServer, answering
from tests.house.tree import PROJECT


def _signer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("sign_update", PROJECT / "packaging" / "sign_update.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


sign_update = _signer()
PAGE = "https://example.org/retake-desktop/0.2.0"


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "release.key"
    sign_update.new_key(path)
    return path


def _told(key: Path, version: str = "0.2.0", page: str = PAGE) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(sign_update.signed(version, page, key))
    return told


def _asked(key: Path, told: Any, current: str = "0.1.0", status: int = 200) -> Newer | None:
    with ByteServer(answering(status, told)) as server:
        release = Release(f"{server.url}/latest.json", sign_update.public_key(key))
        return asyncio.run(newer_than(current, release))


def test_a_signed_newer_version_is_told_with_its_page(key: Path) -> None:
    assert _asked(key, _told(key)) == Newer("0.2.0", PAGE)


@pytest.mark.parametrize(
    ("current", "is_newer"),
    [
        ("0.1.9", True),
        ("0.1.10", True),
        ("0.2.0", False),
        ("0.2", False),
        ("0.2.0.1", False),
        ("0.10.0", False),
        ("1.0", False),
    ],
)
def test_versions_are_held_against_each_other_by_number(key: Path, current: str, is_newer: bool) -> None:
    assert (_asked(key, _told(key), current) is not None) is is_newer


@pytest.mark.parametrize(
    "changes",
    [
        {"version": "0.3.0"},
        {"page": "https://evil.example/"},
        {"signature": ""},
        {"signature": "AAAA"},
        {"signature": "no base64"},
        {"version": "0.2.0\n"},
        {"version": "newest"},
        {"version": 2},
    ],
)
def test_what_the_release_key_has_not_signed_is_not_told(key: Path, changes: dict[str, Any]) -> None:
    with pytest.raises(RetakeError) as refused:
        _asked(key, _told(key) | changes)
    assert refused.value.kind is ErrorKind.SERVICE_TROUBLE


def test_another_key_or_a_page_without_https_is_not_told(key: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.key"
    sign_update.new_key(other)
    for told in (_told(other), _told(key, page="http://example.org/"), _told(key, page="file:///etc/passwd")):
        with pytest.raises(RetakeError):
            _asked(key, told)


@pytest.mark.parametrize(("told", "status"), [("<html>", 200), ([], 200), ({}, 404), ({}, 500), ({}, 302)])
def test_another_answer_is_told_as_trouble_and_no_redirect_is_followed(key: Path, told: Any, status: int) -> None:
    with pytest.raises(RetakeError):
        _asked(key, told, status=status)


def test_nothing_of_the_installation_is_told(key: Path) -> None:
    with ByteServer(answering(200, _told(key))) as server:
        asyncio.run(newer_than("0.1.0", Release(f"{server.url}/latest.json", sign_update.public_key(key))))
        head = server.visits[0].head().decode().lower()
    assert "0.1.0" not in head
    assert "cookie" not in head
    assert "authorization" not in head


def test_without_an_address_from_the_build_there_is_nowhere_to_ask() -> None:
    assert updates.release() is None


@pytest.mark.parametrize(
    ("content", "is_used"),
    [
        ('{"address": "https://example.org/latest.json", "key": "a"}', True),
        ('{"address": "http://example.org/latest.json", "key": "a"}', False),
        ('{"address": "", "key": ""}', False),
        ("{", False),
    ],
)
def test_the_address_of_the_build_must_be_https(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, is_used: bool
) -> None:
    (tmp_path / "resources").mkdir()
    (tmp_path / "resources" / "release.json").write_text(content, encoding="utf-8")
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert (updates.release() is not None) is is_used


def test_the_release_key_is_readable_by_its_owner_only_and_never_overwritten(key: Path) -> None:
    assert key.stat().st_mode & 0o077 == 0
    with pytest.raises(FileExistsError):
        sign_update.new_key(key)
