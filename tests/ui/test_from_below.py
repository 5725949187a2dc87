"""Sentences made below the window are known to it, so that they can be said in another language."""

import ast
from collections.abc import Callable, Iterator

import pytest

from retake_desktop.domain.errors import ErrorKind, Problem
from retake_desktop.ui import problems
from retake_desktop.ui.from_below import knows, said
from retake_desktop.ui.language import CHINESE
from retake_desktop.ui.style import Style
from tests.house.tree import PROJECT, name_of, python_files

SAYING = {"Unsuitable", "_UnusableError", "Choice", "Finding", "RetakeError", "Problem", "media_errors"}
"""Calls in media, domain and services whose text comes to a person."""
TECHNICAL = {"libVLC", "FFmpeg", "7: 7", "7: 7.", "HTTP 7", "7 failed", "the disk filled up while 7"}
"""Names, paths with the system's own words, and what is put together of `writing_errors`' beginnings."""


def sentences() -> Iterator[tuple[str, str]]:
    """Where each is made, and the sentence with a figure for what is put into it."""
    product = PROJECT / "retake_desktop"
    for path in python_files():
        if not path.is_relative_to(product) or path.relative_to(product).parts[0] in {"cli", "demo"}:
            continue
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in SAYING:
                for value in [*call.args, *(keyword.value for keyword in call.keywords)]:
                    words = _words(value)
                    if words:
                        yield name_of(path), words


def _words(value: ast.expr) -> str:
    if isinstance(value, ast.BoolOp):
        return _words(value.values[-1])
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return value.value
    if isinstance(value, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in value.values)
    return ""


def test_every_sentence_from_below_is_known() -> None:
    unknown = {f"{where}: {words}" for where, words in sentences() if not knows(words) and words not in TECHNICAL}
    assert not unknown, "add these to ui/from_below.py or ui/details.py:\n" + "\n".join(sorted(unknown))


@pytest.mark.parametrize("begun", ["preparing the video", "splicing the video", "making the comparison"])
def test_what_a_failed_film_was_about_is_known_whole(begun: str) -> None:
    assert knows(f"{begun} failed")
    assert knows(f"the disk filled up while {begun}")


def test_what_is_put_in_is_translated_too(speaking: Callable[[str], str], styled: Style) -> None:
    english = "The whole picture is encoded once more, at high quality. It is interlaced."
    assert said(english) == english
    speaking(CHINESE)
    assert said(english) == "整个画面以高质量重新编码一次。它是隔行扫描的。"
    assert said("through your storage, my bucket, because you chose it") == (
        "经由您的存储空间 my bucket 发送，因为您选择了它"
    )
    assert said("something new") == "something new"
    assert problems.message(Problem(ErrorKind.OFFLINE, "timed out.")) == (
        "无法连接服务（timed out）。请检查网络连接；恢复后应用会自动继续。"
    )


@pytest.mark.parametrize("words", ["", "12", "{not} a pattern"])
def test_what_is_unknown_stays_as_it_is(words: str) -> None:
    assert said(words) == words
