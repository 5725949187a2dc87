"""The settings' sections: found by a search, taken at once or when they are asked for, and never by half."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from retake_desktop.domain.errors import ErrorKind, Problem
from retake_desktop.domain.network import Network, ProxyUse
from retake_desktop.services.secrets import TokenSource
from retake_desktop.ui.dialogs.settings import SettingsDialog
from retake_desktop.ui.job_desk import AccountState
from retake_desktop.ui.shortcuts import SHORTCUTS, Verb, described, keys_of
from retake_desktop.ui.style import Style
from tests.ui.making import Bench, a_bench, a_clip


@pytest.fixture
def bench(qtbot: QtBot, styled: Style) -> Iterator[Bench]:
    made = a_bench(qtbot, styled, a_clip(), has_token=False)
    made.workbench.setting_up.open()
    yield made
    made.close()


def dialog_of(bench: Bench) -> SettingsDialog:
    dialog = bench.workbench.setting_up._dialog
    assert dialog is not None
    return dialog


def test_a_search_leaves_the_sections_that_hold_every_word(bench: Bench) -> None:
    dialog = dialog_of(bench)
    dialog._search.setText("PROXY address")
    assert [section.title for section in dialog._sections if section.isVisibleTo(dialog)] == ["Advanced"]
    dialog._search.setText("no such setting")
    assert dialog._nothing.isVisibleTo(dialog)
    dialog._search.clear()
    assert all(section.isVisibleTo(dialog) for section in dialog._sections)


def test_an_address_counts_only_when_it_is_taken_and_a_bad_one_never(bench: Bench) -> None:
    advanced = dialog_of(bench).advanced
    advanced._address.setText("https://model-api.example.com")
    assert bench.preferences.settings.api_address == ""
    advanced._take.click()
    assert bench.preferences.settings.api_address == "https://model-api.example.com"
    assert bench.jobs.used[-1].api_address == "https://model-api.example.com"
    advanced._address.setText("http://model-api.example.com")
    advanced._take.click()
    assert bench.preferences.settings.api_address == "https://model-api.example.com"


def test_a_proxy_that_is_none_is_refused_in_place(bench: Bench) -> None:
    advanced = dialog_of(bench).advanced
    advanced._use.setCurrentIndex(2)
    advanced._proxy.setText("no proxy at all")
    advanced._take.click()
    assert bench.preferences.settings.network == Network()
    assert "proxy" in advanced._said.text()
    advanced._proxy.setText("http://127.0.0.1:8080")
    advanced._take.click()
    assert bench.preferences.settings.network == Network(ProxyUse.MANUAL, "http://127.0.0.1:8080")


def test_new_keys_count_at_once_and_taken_ones_are_refused(bench: Bench) -> None:
    keys = dialog_of(bench).keys
    play = next(number for number, row in enumerate(SHORTCUTS) if row.verb is Verb.PLAY)
    keys._table.setCurrentCell(play, 0)
    keys._edit.setKeySequence(QKeySequence("Ctrl+O"))
    assert "already taken by “Open a video”" in keys._said.text()
    assert bench.preferences.settings.shortcuts == {}
    keys._edit.setKeySequence(QKeySequence("F9"))
    assert bench.preferences.settings.shortcuts == {"play": "F9"}
    assert described(SHORTCUTS[play], bench.preferences.settings.shortcuts)[0] == "F9"
    used = {row.verb: shortcut.key().toString() for row, shortcut in bench.workbench._shortcuts._shortcuts}
    assert used[Verb.PLAY] == "F9"


def test_what_works_while_writing_cannot_be_a_letter() -> None:
    opening = next(row for row in SHORTCUTS if row.verb is Verb.OPEN)
    assert keys_of(opening, {"open": "Q"}) == "Ctrl+O"
    assert keys_of(opening, {"open": "Ctrl+Q"}) == "Ctrl+Q"


def test_turning_to_the_real_service_is_shown_before_anything_could_be_sent_there(bench: Bench, qtbot: QtBot) -> None:
    bench.workbench.setting_up.use_demo(True)
    qtbot.waitUntil(lambda: dialog_of(bench).service._demo.isChecked())
    assert bench.window.top_bar._demo.isVisibleTo(bench.window)
    bench.workbench.setting_up.use_demo(False)
    assert not bench.window.top_bar._demo.isVisibleTo(bench.window)
    assert bench.jobs.asked[-1] == ("use_demo", False)


def test_a_keyring_that_failed_can_be_asked_again(bench: Bench) -> None:
    section = dialog_of(bench).token
    trouble = Problem(ErrorKind.KEYRING_TROUBLE, "it is locked")
    bench.jobs.account_changed.emit(AccountState(TokenSource.NONE, trouble, is_demo=False, base=""))
    assert section._retry.isVisibleTo(section)
    section._retry.click()
    assert bench.jobs.asked[-1] == ("look_for_account",)


def test_the_offer_of_the_first_run_is_made_until_it_is_answered(bench: Bench, qtbot: QtBot) -> None:
    card = bench.window.welcome._token_card
    assert card.isVisibleTo(bench.window)
    bench.window.welcome.later_asked.emit()
    assert not card.isVisibleTo(bench.window)
    qtbot.waitUntil(lambda: bool(bench.saved) and bench.saved[-1].is_introduced)


def test_the_guide_says_done_only_with_a_token(bench: Bench, qtbot: QtBot) -> None:
    bench.workbench.first_run.open()
    guide = bench.workbench.first_run._guide
    assert guide is not None
    assert not guide._done.isEnabled()
    assert guide._done.toolTip()
    guide.token._field.setText("abc-token")
    qtbot.waitUntil(guide._done.isEnabled)
    guide._done.click()
    assert bench.preferences.settings.is_introduced
