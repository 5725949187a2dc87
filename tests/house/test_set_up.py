"""README's two commands: what they say and do when a machine lacks something, run for real with a small project."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import PROJECT

_COMMANDS = {
    "dpkg-query": 'for name in "${@:4}"; do grep -qxF "$name" "$LACKS" || echo "$name installed"; done',
    "apt-get": 'echo "$*" >>"$APT_LOG"; [[ $* != *install* ]] || : >"$LACKS"',
    "sudo": '[[ -n ${SUDO_WORKS:-} ]] && shift && exec "$@"; echo "sudo: a password is required" >&2; exit 1',
    "id": 'echo "${FAKE_UID:-0}"',
}


class Machine:
    """A clone in a folder with spaces, on a machine whose package commands behave and remember."""

    def __init__(self, folder: Path) -> None:
        self.clone = folder / "a clone with spaces"
        self.commands, self.lacks, self.apt_log = folder / "bin", folder / "lacks", folder / "apt.log"
        self.lacks.touch()
        self.apt_log.touch()
        self.commands.mkdir()
        for name, body in _COMMANDS.items():
            (self.commands / name).write_text(f"#!/bin/bash\n{body}\n", encoding="utf-8")
            (self.commands / name).chmod(0o755)
        self._lay_out_clone()

    def _lay_out_clone(self) -> None:
        shutil.copytree(PROJECT / "packaging", self.clone / "packaging", ignore=shutil.ignore_patterns("sample"))
        (self.clone / "retake_desktop").mkdir()
        for name in ("pyproject.toml", "requirements.lock", "retake_desktop/__init__.py"):
            (self.clone / name).write_text("", encoding="utf-8")

    def finish_set_up(self) -> None:
        """Leaves what a finished set-up leaves; the program says with what and where it was called."""
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", self.clone / ".venv"], check=True)
        program = self.clone / ".venv/bin/retake-desktop"
        program.write_text('#!/bin/bash\nprintf "[%s]" "$@" "$PWD"\n', encoding="utf-8")
        program.chmod(0o755)
        self.shell(f"{_STAMP}stamp")

    def shell(self, script: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return self.run(
            "-c", f'set -euo pipefail; source "$1/packaging/setup.sh"; {script}', "-", self.clone, **environment
        )

    def run(self, *arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
        own = {
            "PATH": f"{self.commands}:{os.defpath}",
            "LACKS": str(self.lacks),
            "APT_LOG": str(self.apt_log),
            "HOME": "",
        }
        return subprocess.run(
            ["/bin/bash", *arguments],
            env=own | environment,
            cwd=self.commands,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def start(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return self.run(self.clone / "packaging/start.sh", *arguments, **environment)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_without_a_display_one_line_names_xvfb_run_and_the_exit_code_is_2(machine: Machine) -> None:
    machine.finish_set_up()
    result = machine.start()
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert "xvfb-run -a bash" in result.stderr


@pytest.mark.parametrize("display", ["DISPLAY", "WAYLAND_DISPLAY"])
def test_with_a_display_the_window_opens_on_the_demo_with_the_callers_video_and_folder(
    machine: Machine, display: str
) -> None:
    machine.finish_set_up()
    result = machine.start("my clip.mp4", **{display: ":0"})
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == f"[--demo][my clip.mp4][{machine.commands}]"


def test_without_root_or_sudo_it_prints_the_one_apt_line_and_exits_with_2(machine: Machine) -> None:
    machine.lacks.write_text("libvlc5\nlibegl1\n", encoding="utf-8")
    result = machine.start(FAKE_UID="54321", DISPLAY=":0")
    assert result.returncode == 2
    assert [line for line in result.stderr.splitlines() if "apt-get" in line] == [
        "sudo apt-get install --yes --no-install-recommends libegl1 libvlc5"
    ]
    assert machine.apt_log.read_text(encoding="utf-8") == ""


@pytest.mark.parametrize("environment", [{}, {"FAKE_UID": "54321", "SUDO_WORKS": "1"}], ids=["root", "sudo"])
def test_missing_packages_are_installed_and_only_those(machine: Machine, environment: dict[str, str]) -> None:
    machine.finish_set_up()
    machine.lacks.write_text("libvlc5\n", encoding="utf-8")
    assert machine.start(DISPLAY=":0", **environment).returncode == 0
    update, install = machine.apt_log.read_text(encoding="utf-8").splitlines()
    assert update.endswith(" update")
    assert install.endswith(" install --yes --no-install-recommends libvlc5")


def test_when_nothing_is_missing_apt_is_left_alone(machine: Machine) -> None:
    machine.finish_set_up()
    assert machine.start(DISPLAY=":0").returncode == 0
    assert machine.apt_log.read_text(encoding="utf-8") == ""


def test_a_failing_apt_is_quoted_and_ends_the_set_up(machine: Machine) -> None:
    machine.lacks.write_text("libvlc5\n", encoding="utf-8")
    (machine.commands / "apt-get").write_text("#!/bin/bash\necho 'E: no network'; exit 100\n", encoding="utf-8")
    result = machine.start(DISPLAY=":0")
    assert result.returncode == 1
    assert "E: no network" in result.stderr


_STAMP = 'stamp() { fingerprint "$project/requirements.lock" >"$venv/set-up.app"; }; '
_IS_SET_UP = 'if is_set_up app "$project/requirements.lock"; then echo whole; else echo broken; fi'


@pytest.mark.parametrize(
    "damage",
    [
        'rm "$venv/set-up.app"',
        'rm "$venv/bin/retake-desktop"',
        'rm "$venv/bin/python"',
        'echo "# newer" >>"$project/pyproject.toml"',
        'echo "version = 2" >>"$project/retake_desktop/__init__.py"',
        'printf "nothere==1.0 \\\\\\n" >"$project/requirements.lock"; stamp',
        'rm "$venv/bin/python"; printf "" >"$venv/bin/python"; chmod +x "$venv/bin/python"',
        'mv "$project" "$project 2"; source "$project 2/packaging/setup.sh"',
    ],
    ids=["stamp", "program", "python", "pyproject", "version", "package", "empty python", "moved clone"],
)
def test_a_set_up_that_is_broken_or_of_another_time_or_place_is_noticed(machine: Machine, damage: str) -> None:
    machine.finish_set_up()
    assert machine.shell(_IS_SET_UP).stdout == "whole\n"
    assert machine.shell(f"{_STAMP}{damage}; {_IS_SET_UP}").stdout == "broken\n"


def test_a_package_that_lost_a_folder_is_noticed(machine: Machine) -> None:
    machine.finish_set_up()
    site = next((machine.clone / ".venv/lib").glob("python3*/site-packages"))
    (site / "thing").mkdir()
    (site / "thing/__init__.py").touch()
    record = site / "thing-1.0.dist-info"
    record.mkdir()
    (record / "METADATA").write_text("Metadata-Version: 2.1\nName: thing\nVersion: 1.0\n", encoding="utf-8")
    (record / "RECORD").write_text("thing/__init__.py,,\nthing-1.0.dist-info/METADATA,,\n", encoding="utf-8")
    (machine.clone / "requirements.lock").write_text("thing==1.0 \\\n", encoding="utf-8")
    machine.shell(f"{_STAMP}stamp")
    assert machine.shell(_IS_SET_UP).stdout == "whole\n"
    shutil.rmtree(site / "thing")
    assert machine.shell(_IS_SET_UP).stdout == "broken\n"


def test_ci_runs_the_second_command_and_nothing_else() -> None:
    lines = (PROJECT / ".ci/run").read_text(encoding="utf-8").splitlines()
    commands = [line for line in lines if line and not line.startswith("#")]
    assert len(commands) == 1
    assert commands[0].endswith('packaging/test.sh"')
