"""The checkers of style, types and imports, each run once over the whole project."""

import subprocess
import sys

import pytest

from tests.house.tree import PROJECT


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(["ruff", "check", "--quiet"], id="ruff check"),
        pytest.param(["ruff", "format", "--check", "--quiet"], id="ruff format"),
        pytest.param(["mypy", "--no-error-summary"], id="mypy strict"),
        pytest.param(
            [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()"], id="imports"
        ),
    ],
)
@pytest.mark.timeout(300)
def test_the_whole_project_passes(command: list[str]) -> None:
    if command[0] != sys.executable:
        command = [sys.executable, "-m", *command]
    result = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, f"{result.stdout}{result.stderr}"
