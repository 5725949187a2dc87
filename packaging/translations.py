"""Brings resources/translations up to date with the sentences in the code, and compiles it.

    python packaging/translations.py            update and compile; prints what has no translation yet
    python packaging/translations.py --check    change nothing; exit 1 when a run would change a file or miss a sentence

Translate in `retake_LANGUAGE.ts` (a text editor, or Qt Linguist: `pyside6-linguist FILE`), then run this again.
`retake_en.ts` holds nothing but English plurals.
"""

import argparse
import ast
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import PySide6

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = ("en", "zh_CN")
_TOOLS = Path(PySide6.__file__).parent


def main() -> int:
    parser = argparse.ArgumentParser(description="Update and compile the translations.")
    parser.add_argument("--check", action="store_true", help="change nothing; tell whether all is current")
    options = parser.parse_args()
    found = check() if options.check else update(FOLDER)
    for line in found:
        print(line)
    return 1 if found else 0


def update(folder: Path) -> list[str]:
    """Writes the .ts and .qm files in `folder`; the sentences without a translation, a line each."""
    missing = []
    for language in LANGUAGES:
        source = folder / f"retake_{language}.ts"
        _extract(source, plurals_only=language == "en")
        _run("lrelease", "-silent", str(source), "-qm", str(source.with_suffix(".qm")))
        missing += [
            f"{source.name}: {sentence!r} ({context}) has no translation"
            for context, sentence, forms in messages(source)
            if not all(forms)
        ]
    return missing


def check() -> list[str]:
    """What is not current in the files of the project, a line each."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "translations"
        shutil.copytree(FOLDER, copy)
        found = update(copy)
        names = [f"retake_{language}{suffix}" for language in LANGUAGES for suffix in (".ts", ".qm")]
        stale = [name for name in names if not _is_same(FOLDER / name, copy / name)]
    return [*found, *(f"{name} is not current: run python packaging/translations.py" for name in stale)]


def _is_same(one: Path, other: Path) -> bool:
    return one.exists() and one.read_bytes() == other.read_bytes()


def _extract(target: Path, *, plurals_only: bool) -> None:
    code = sorted((ROOT / "retake_desktop").rglob("*.py"))
    with tempfile.TemporaryDirectory() as scratch:
        marks = Path(scratch) / "marks.py"
        marks.write_text("\n".join(_marks(code)), encoding="utf-8")
        options = ["-silent", "-no-obsolete", "-locations", "none", "-disable-heuristic", "similartext"]
        options += ["-source-language", "en", "-target-language", target.stem.removeprefix("retake_")]
        options += ["-pluralonly"] if plurals_only else []
        _run("lupdate", *options, *map(str, code), str(marks), "-ts", str(target))


def _marks(code: list[Path]) -> Iterator[str]:
    """lupdate knows Qt's own calls only: what goes through a module's own short form is written out for it here."""
    for path in code:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        forms = dict(_short_forms(tree))
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in forms and call.args:
                for words in _literals(call.args[0]):
                    yield f"QT_TRANSLATE_NOOP({forms[call.func.id]!r}, {words!r})"


def _short_forms(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Functions that do nothing but `return QCoreApplication.translate("Context", their_argument)`."""
    for function in tree.body:
        if not isinstance(function, ast.FunctionDef) or not isinstance(function.body[-1], ast.Return):
            continue
        call = function.body[-1].value
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "QCoreApplication.translate":
            match call.args:
                case [ast.Constant(value=str(context)), ast.Name()]:
                    yield function.name, context


def _literals(value: ast.expr) -> Iterator[str]:
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value
    elif isinstance(value, ast.IfExp):
        yield from _literals(value.body)
        yield from _literals(value.orelse)


def messages(source: Path) -> Iterator[tuple[str, str, list[str]]]:
    """Context, sentence and translations of everything in a .ts file: one, or one for each plural form, "" if open."""
    for context in ET.parse(source).getroot().iter("context"):  # noqa: S314 - our own file
        for message in context.iter("message"):
            done = message.find("translation")
            forms = [] if done is None else [form.text for form in done.iter("numerusform")] or [done.text]
            if done is None or done.get("type") == "unfinished":
                forms = [""]
            yield context.findtext("name", ""), message.findtext("source", ""), [form or "" for form in forms]


def _run(tool: str, *arguments: str) -> None:
    subprocess.run([str(_TOOLS / tool), *arguments], check=True)


if __name__ == "__main__":
    sys.exit(main())
