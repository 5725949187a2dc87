"""The lock files pin everything with hashes, agree with each other, and leave the index to the person's pip."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from tests.house.tree import PROJECT

RUN, TESTS = PROJECT / "requirements.lock", PROJECT / "packaging" / "requirements-dev.lock"
BUNDLE = PROJECT / "packaging" / "requirements-bundle.lock"
_PIN = re.compile(r"^([a-z0-9-]+)==(\S+)( ; [^\\]+)? \\$")


def _pins(lock: Path) -> dict[str, str]:
    found = [_PIN.match(line) for line in lock.read_text(encoding="utf-8").splitlines()]
    return {match[1]: match[2] for match in found if match}


def test_the_test_tools_come_on_top_of_the_very_same_versions() -> None:
    run, tests = _pins(RUN), _pins(TESTS)
    assert run.items() <= tests.items()
    assert {"pytest", "mypy", "ruff"} <= tests.keys() - run.keys()


def test_the_bundle_holds_the_very_same_versions_and_can_be_built_on_every_system() -> None:
    run, bundle = _pins(RUN), _pins(BUNDLE)
    assert [name for name in run.keys() & bundle.keys() if run[name] != bundle[name]] == []
    # What only builds the project's own wheel is no part of it.
    assert {"av", "pyside6-essentials", "obstore", "cryptography", "keyring", "jeepney"} <= bundle.keys()
    assert {"pefile", "pywin32-ctypes", "macholib", "pyinstaller"} <= bundle.keys()


def test_a_library_of_the_linux_desktop_is_asked_for_there_only() -> None:
    assert re.search(r"^jeepney==\S+ ; sys_platform == ['\"]linux['\"] ", RUN.read_text(encoding="utf-8"), re.MULTILINE)


def test_what_builds_the_project_is_pinned_too() -> None:
    assert {"hatchling", "editables", "pyside6-essentials", "av"} <= _pins(RUN).keys()


@pytest.mark.parametrize("lock", [RUN, TESTS, BUNDLE], ids=["run", "tests", "bundle"])
def test_every_line_is_a_pin_a_hash_or_a_comment(lock: Path) -> None:
    shape = re.compile(r"^([a-z0-9-]+==\S+( ; [^\\]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?|\s*#.*|)$")
    assert [line for line in lock.read_text(encoding="utf-8").splitlines() if not shape.match(line)] == []


@pytest.mark.parametrize("lock", [RUN, TESTS, BUNDLE], ids=["run", "tests", "bundle"])
def test_every_pin_has_a_hash(lock: Path) -> None:
    lines = lock.read_text(encoding="utf-8").splitlines()
    assert [one for one, after in pairwise(lines) if _PIN.match(one) and "--hash" not in after] == []
