"""Each import contract is seen to break: a copy of the package gets one forbidden import for each of them."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.tree import PROJECT

PLANTS = {
    "Layers: never upwards": ("domain/span.py", "retake_desktop.ui"),
    "The words of the trade need the standard library only": ("domain/clip.py", "msgspec.json"),
    "The demo service knows media and domain only": ("demo/__init__.py", "retake_desktop.services"),
    "Nobody but the two faces imports the demo service": ("media/probe.py", "retake_desktop.demo"),
    "The command line needs no window": ("cli/__init__.py", "PySide6.QtCore"),
    "Only the pipeline composes services; transfer and secrets are the floor": (
        "services/transfer.py",
        "retake_desktop.services.history",
    ),
    "Panels do not know each other": ("ui/compose/__init__.py", "retake_desktop.ui.takes"),
    "One door per library: httpx": ("demo/wire.py", "httpx._client"),
    "One door per library: obstore": ("services/history.py", "obstore.store"),
    "One door per library: keyring": ("services/settings.py", "keyring.backends"),
    "One door per library: jeepney": ("services/settings.py", "jeepney.wrappers"),
    "One door per library: sqlite3": ("services/settings.py", "sqlite3.dbapi2"),
    "One door per library: av": ("ui/text.py", "av.video.frame"),
    "One door per library: vlc": ("media/pcm.py", "vlc"),
    "One door per library: PySide6": ("services/folders.py", "PySide6.QtCore"),
}
"""Contract, the file that breaks it, and what that file imports; for the libraries a part of them, not their top."""


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What import-linter says, contract by contract, about a copy with all plants in it."""
    copy = tmp_path_factory.mktemp("planted")
    shutil.copy(PROJECT / "pyproject.toml", copy)
    shutil.copytree(PROJECT / "retake_desktop", copy / "retake_desktop", ignore=shutil.ignore_patterns("__pycache__"))
    for file, imported in PLANTS.values():
        with (copy / "retake_desktop" / file).open("a", encoding="utf-8") as planted:
            planted.write(f"\nimport {imported}\n")
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run(['--no-cache'])"]
    result = subprocess.run(
        command, cwd=copy, env=os.environ | {"COLUMNS": "500"}, capture_output=True, text=True, check=False
    )
    assert result.returncode == 1, f"{result.stdout}{result.stderr}"
    pieces = re.split(r"\n([^\n]+)\n-{5,}\n", result.stdout)
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))


def test_every_contract_has_a_plant() -> None:
    linter = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    assert {contract["name"] for contract in linter["contracts"]} == set(PLANTS)


@pytest.mark.parametrize("contract", PLANTS)
def test_a_contract_catches_its_plant(reports: dict[str, str], contract: str) -> None:
    file, imported = PLANTS[contract]
    importer = ".".join(["retake_desktop", *Path(file).with_suffix("").parts]).removesuffix(".__init__")
    seen_as = imported if imported.startswith("retake_desktop") else imported.partition(".")[0]
    assert f"{importer} -> {seen_as} " in reports[contract]
