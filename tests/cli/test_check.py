"""`retake-desktop check`: a model that is gone, and the person's own storage."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from retake_desktop.cli import main
from retake_desktop.demo.options import AT_ONCE
from retake_desktop.demo.service import DemoService
from retake_desktop.domain.hosting import HostingSettings, Place, PlaceKind, Way
from retake_desktop.services import settings
from retake_desktop.services.folders import Folders
from retake_desktop.services.hosting import trial
from retake_desktop.services.secrets import STORAGE_ENVIRONMENT_NAME
from retake_desktop.services.settings import Settings
from tests.fakes.byte_server import ByteServer, Script, answering


def test_a_model_that_is_gone_is_explained_with_what_to_try(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folders = Folders.of_this_person()
    folders.create()
    settings.save(folders.settings, Settings(model_id="ltx/gone/retake"))
    with DemoService(tmp_path, AT_ONCE) as service:
        monkeypatch.setenv("RUNCOMFY_API_URL", service.url)
        monkeypatch.setenv("RUNCOMFY_API_TOKEN", "a-token")
        assert main(["check", "--json"]) == 3
    found = {one["check"]: one for one in map(json.loads, capsys.readouterr().out.splitlines())}
    assert found["model"]["ok"] is False
    assert found["model"]["message"].startswith("The service does not offer this model any more")
    assert "enter its id in Settings" in found["model"]["remedy"]


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DemoService]:
    with DemoService(tmp_path, AT_ONCE) as running:
        monkeypatch.setenv("RUNCOMFY_API_URL", running.url)
        monkeypatch.setenv("RUNCOMFY_API_TOKEN", "a-token")
        monkeypatch.setenv(STORAGE_ENVIRONMENT_NAME, "storage-secret-1")
        yield running


def bucket_row(
    capsys: pytest.CaptureFixture[str], *scripts: Script, way: Way = Way.AUTOMATIC, code: int
) -> dict[str, Any]:
    """What `check --json` says of a storage whose server answers so, having exited with `code`."""
    folders = Folders.of_this_person()
    folders.create()
    with ByteServer(*scripts) as server:
        place = Place(PlaceKind.S3, server.url, "clips", "us-east-1", "AKID") if scripts else None
        settings.save(folders.settings, Settings(hosting=HostingSettings(way, place)))
        assert main(["check", "--json"]) == code
    out = capsys.readouterr().out
    assert "storage-secret-1" not in out
    found: dict[str, dict[str, Any]] = {one["check"]: one for one in map(json.loads, out.splitlines())}
    return found["bucket"]


def answers(*deleting: Script) -> tuple[Script, ...]:
    """A storage that takes a file, gives it to those with a signed address only, and answers its deletion so."""
    whole = f"bytes 0-{len(trial._CONTENT) - 1}/{len(trial._CONTENT)}"
    return answering(200), answering(206, trial._CONTENT, Content_Range=whole), answering(403), *deleting


@pytest.mark.usefixtures("service")
def test_without_a_storage_the_row_says_how_clips_travel(capsys: pytest.CaptureFixture[str]) -> None:
    row = bucket_row(capsys, code=0)
    assert (row["ok"], "inside the request" in row["message"]) == (True, True)


@pytest.mark.usefixtures("service")
def test_a_storage_that_works_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    row = bucket_row(capsys, *answers(answering(204)), code=0)
    assert (row["ok"], row["message"]) == (True, "clips at 127.0.0.1 takes and gives clips.")


@pytest.mark.usefixtures("service")
@pytest.mark.parametrize(
    ("scripts", "words"),
    [
        ((answering(403, b"<Error><Code>SignatureDoesNotMatch</Code></Error>"),), "secret does not belong"),
        ((answering(404, b"<Error><Code>NoSuchBucket</Code></Error>"),), "no bucket or container"),
        (answers(answering(403, b"<Error><Code>AccessDenied</Code></Error>")), "not allowed"),
    ],
)
def test_a_storage_that_does_not_work_says_which_step_and_what_to_do(
    capsys: pytest.CaptureFixture[str], scripts: tuple[Script, ...], words: str
) -> None:
    row = bucket_row(capsys, *scripts, code=3)
    assert row["ok"] is False
    assert words in row["message"]
    assert "step by step" in row["remedy"]


@pytest.mark.usefixtures("service")
def test_a_storage_that_is_not_used_keeps_nobody_from_a_retake(capsys: pytest.CaptureFixture[str]) -> None:
    denied = answering(403, b"<Error><Code>AccessDenied</Code></Error>")
    assert bucket_row(capsys, denied, way=Way.INLINE, code=0)["ok"] is False
