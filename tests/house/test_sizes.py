"""Files, classes and functions of the product stay small enough to be read at once.

Tests are held to nothing here: a long table of cases or a fake with the width of its original reads well as it is.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.tree import name_of, python_files

MAX_FILE = 300
MAX_METHODS = 20
MAX_FUNCTION = 40
"""Lines of a function from its first to its last, without its docstring."""

_Function = ast.FunctionDef | ast.AsyncFunctionDef


def test_no_file_is_longer_than_300_lines() -> None:
    lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in _product_files()}
    assert {name: length for name, length in lengths.items() if length > MAX_FILE} == {}


def test_no_class_has_more_than_20_methods() -> None:
    counts = {
        f"{name_of(path)}: {node.name}": sum(isinstance(part, _Function) for part in node.body)
        for path, node in _nodes()
        if isinstance(node, ast.ClassDef)
    }
    assert {name: count for name, count in counts.items() if count > MAX_METHODS} == {}


def test_no_function_is_longer_than_40_lines() -> None:
    lengths = {f"{name_of(path)}: {node.name}": _lines(node) for path, node in _nodes() if isinstance(node, _Function)}
    assert {name: length for name, length in lengths.items() if length > MAX_FUNCTION} == {}


def _product_files() -> list[Path]:
    return [path for path in python_files() if not name_of(path).startswith("tests/")]


def _nodes() -> Iterator[tuple[Path, ast.AST]]:
    for path in _product_files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            yield path, node


def _lines(function: _Function) -> int:
    length = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function, clean=False) is not None:
        length -= (first.end_lineno or first.lineno) - first.lineno + 1
    return length
