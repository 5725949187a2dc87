"""Everything that a person reads goes through the translations, which are complete and current."""

import ast
import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tests.house.tree import PROJECT, name_of, python_files

UI = PROJECT / "retake_desktop" / "ui"
SAYING = {
    "QLabel", "QPushButton", "QToolButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction",
    "setText", "setToolTip", "setWindowTitle", "setTitle", "setStatusTip", "setPlaceholderText", "setAccessibleName",
    "setAccessibleDescription", "setSuffix", "setPrefix", "addAction", "addMenu", "addItem", "addTab", "say",
    "QTableWidgetItem", "setHorizontalHeaderLabels", "note", "write", "heading",
}  # fmt: skip
"""Calls whose text a person reads, or hears from a screen reader."""
NO_WORDS = {"muted", "warning", "danger", "accent", "https://", "Retake Desktop"}
"""Not words for a person, or the same in every language."""
WORD = re.compile(r"[A-Za-z]{2,}")
PLACEHOLDER = re.compile(r"\{\w*\}|%n")


def _packaging() -> ModuleType:
    spec = importlib.util.spec_from_file_location("translations", PROJECT / "packaging" / "translations.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


translations = _packaging()


def messages(language: str) -> list[tuple[str, str, list[str]]]:
    """Context, sentence and translations."""
    return list(translations.messages(translations.FOLDER / f"retake_{language}.ts"))


def test_every_sentence_is_translated_and_the_compiled_files_are_current() -> None:
    found = translations.check()
    assert not found, "run python packaging/translations.py, translate what it names, and run it again:\n" + "\n".join(
        found
    )


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_a_translation_keeps_the_figures_that_are_put_into_it(language: str) -> None:
    for _context, sentence, forms in messages(language):
        wanted = sorted(PLACEHOLDER.findall(sentence))
        for form in forms:
            assert sorted(PLACEHOLDER.findall(form)) == wanted, f"{sentence!r} became {form!r}"


def test_the_chinese_is_chinese() -> None:
    """Nothing was left in English by mistake; names, units and keys may be."""
    left = [source for _, source, (form, *_) in messages("zh_CN") if form == source and len(WORD.findall(source)) > 3]
    assert left == ["https://cloud.example.com/remote.php/dav/files/you/clips"]


def _unwrapped(path: Path) -> Iterator[str]:
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(call, ast.Call):
            continue
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if name not in SAYING:
            continue
        for words in (part for argument in call.args for part in _bare(argument)):
            if WORD.search(PLACEHOLDER.sub("", words)) and words not in NO_WORDS:
                yield f"{name_of(path)}:{call.lineno}: {name}({words!r})"


def _bare(value: ast.expr) -> Iterator[str]:
    """Literal text that is said as it stands: not what is handed to a call, such as `tr`."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value
    elif isinstance(value, ast.JoinedStr):
        yield "".join(
            part.value for part in value.values if isinstance(part, ast.Constant) and isinstance(part.value, str)
        )
    elif isinstance(value, ast.IfExp):
        yield from _bare(value.body)
        yield from _bare(value.orelse)
    elif isinstance(value, ast.BinOp):
        yield from _bare(value.left)
        yield from _bare(value.right)
    elif isinstance(value, ast.List | ast.Tuple):
        for part in value.elts:
            yield from _bare(part)


def test_nothing_is_said_without_going_through_the_translations() -> None:
    found = [line for path in python_files() if path.is_relative_to(UI) for line in _unwrapped(path)]
    assert not found, "wrap these in self.tr(...) or QCoreApplication.translate(...):\n" + "\n".join(found)
