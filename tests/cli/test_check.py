"""`retake-desktop check` on a service that does not offer the chosen model any more."""

import json
from pathlib import Path

import pytest

from retake_desktop.cli import main
from retake_desktop.demo.options import AT_ONCE
from retake_desktop.demo.service import DemoService
from retake_desktop.services import settings
from retake_desktop.services.folders import Folders
from retake_desktop.services.settings import Settings


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
