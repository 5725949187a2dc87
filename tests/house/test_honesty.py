"""Work that is really done: no mocks that remember, nothing skipped or expected to fail, nothing left for later."""

import ast
import re

from tests.house.tree import name_of, python_files

_EVASIONS = {"skip", "skipif", "xfail", "importorskip", "skipTest", "skipIf", "skipUnless", "expectedFailure"}


def test_nothing_is_mocked() -> None:
    assert {name for name, modules in _imports().items() if modules & {"mock", "unittest.mock", "pytest_mock"}} == set()


def test_nothing_is_skipped_or_expected_to_fail() -> None:
    evading = [
        f"{name_of(path)}:{node.lineno} {node.attr}"
        for path in python_files()
        if name_of(path).startswith("tests/")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in _EVASIONS
    ]
    assert evading == []


def test_nothing_is_left_for_later() -> None:
    marks = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
    assert [name_of(path) for path in python_files() if marks.search(path.read_text(encoding="utf-8"))] == []


def _imports() -> dict[str, set[str]]:
    """The modules that each file imports, with `from package import part` counted as both."""
    found: dict[str, set[str]] = {}
    for path in python_files():
        modules = found.setdefault(name_of(path), set())
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                modules |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found
