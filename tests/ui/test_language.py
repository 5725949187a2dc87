"""The window in the person's language: their choice, or the first of the system's that it knows."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QComboBox, QLabel
from pytestqt.qtbot import QtBot

from retake_desktop.domain.errors import ErrorKind, Problem
from retake_desktop.services.settings import LANGUAGES, Settings
from retake_desktop.ui import problems, text
from retake_desktop.ui.dialogs.look import LookSection
from retake_desktop.ui.language import CHINESE, ENGLISH, NAMES, _first_known
from retake_desktop.ui.style import Style


def takes_needed(count: int) -> str:
    return QCoreApplication.translate("Announcing", "%n take(s) need you", "", count)


def test_the_chosen_language_is_spoken_in_window_words_and_domain_words(
    speaking: Callable[[str], str], qtbot: QtBot
) -> None:
    assert speaking(CHINESE) == CHINESE
    section = LookSection(Settings(language=CHINESE))
    qtbot.addWidget(section)
    assert section.title == "外观"
    assert any("重新启动" in label.text() for label in section.findChildren(QLabel))
    assert problems.message(Problem(ErrorKind.OFFLINE)).startswith("无法连接服务")
    assert takes_needed(3) == "3 个版本需要您处理"
    assert text.number(1234) == QLocale(CHINESE).toString(1234)


def test_qts_own_words_are_spoken_too(speaking: Callable[[str], str]) -> None:
    speaking(CHINESE)
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"


def test_english_has_its_plurals(speaking: Callable[[str], str]) -> None:
    assert speaking(ENGLISH) == ENGLISH
    assert [takes_needed(count) for count in (1, 2)] == ["1 take needs you", "2 takes need you"]


def test_two_sentences_stand_apart_only_where_the_language_puts_a_space_between(
    speaking: Callable[[str], str],
) -> None:
    speaking(ENGLISH)
    assert text.sentences(["One {1}.", "", "Two."]) == "One {1}. Two."
    assert text.sentences([]) == ""
    speaking(CHINESE)
    assert text.sentences(["一。", "二。"]) == "一。二。"


@pytest.mark.parametrize(
    ("tags", "spoken"),
    [
        (["zh-Hans-CN", "zh-CN", "en-GB"], CHINESE),
        (["zh-Hant-TW", "zh-TW", "zh"], CHINESE),
        (["zh-Hant-TW", "zh-TW"], ENGLISH),
        (["de-DE", "de"], ENGLISH),
        (["de-DE", "zh-CN", "en"], CHINESE),
        (["en-US", "zh-CN"], ENGLISH),
        ([], ENGLISH),
    ],
)
def test_the_first_of_the_systems_languages_that_is_there(tags: list[str], spoken: str) -> None:
    assert _first_known(tags) == spoken


def test_a_language_of_a_newer_version_falls_back_to_the_systems(speaking: Callable[[str], str], qtbot: QtBot) -> None:
    assert speaking("tlh") in NAMES
    section = LookSection(Settings(language="tlh"))
    qtbot.addWidget(section)
    assert languages(section).currentIndex() == 0


def test_choosing_a_language_says_when_it_is_spoken(styled: Style, qtbot: QtBot) -> None:
    section = LookSection(Settings())
    qtbot.addWidget(section)
    offered = languages(section)
    assert [offered.itemData(row) for row in range(offered.count())] == list(LANGUAGES)
    with qtbot.waitSignal(section.chosen) as chosen:
        offered.setCurrentIndex(2)
    assert chosen.args == ["language", CHINESE]
    assert any("new start" in label.text() for label in section.findChildren(QLabel))


def languages(section: LookSection) -> QComboBox:
    (found,) = [one for one in section.findChildren(QComboBox) if one.accessibleName() in ("Language", "语言")]
    return found
