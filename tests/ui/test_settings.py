"""The settings: the token is saved without a button, and the test of the connection answers in place."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from pytestqt.qtbot import QtBot

from retake_desktop.domain.errors import ErrorKind, Problem
from retake_desktop.domain.price import Price
from retake_desktop.services.secrets import TokenSource
from retake_desktop.ui.dialogs.token import TokenSection
from retake_desktop.ui.job_desk import AccountState, ConnectionReport
from retake_desktop.ui.style import DARK, LIGHT, Style, Theme, tokens
from tests.ui.making import Bench, a_bench, a_clip


@pytest.fixture
def bench(qtbot: QtBot, styled: Style) -> Iterator[Bench]:
    made = a_bench(qtbot, styled, a_clip(), has_token=False)
    made.workbench.setting_up.open()
    yield made
    made.close()


def section_of(bench: Bench) -> TokenSection:
    dialog = bench.workbench.setting_up._dialog
    assert dialog is not None
    return dialog.token


def test_a_pasted_token_is_saved_once_and_within_300_ms(bench: Bench, qtbot: QtBot) -> None:
    section_of(bench)._field.setText("abc-token")
    qtbot.waitUntil(lambda: bench.jobs.count("save_token") == 1, timeout=300)
    assert bench.jobs.asked[-1] == ("save_token", "abc-token", False)
    section_of(bench)._field.settled.emit()
    assert bench.jobs.count("save_token") == 1


def test_a_token_typed_letter_by_letter_is_saved_when_the_field_is_left(bench: Bench, qtbot: QtBot) -> None:
    for length in range(1, 6):
        section_of(bench)._field.setText("token"[:length])
    qtbot.wait(250)
    assert bench.jobs.count("save_token") == 0
    section_of(bench)._field.settled.emit()
    assert bench.jobs.asked[-1] == ("save_token", "token", False)


def test_testing_the_connection_saves_first_and_shows_price_and_balance(bench: Bench, qtbot: QtBot) -> None:
    section = section_of(bench)
    section._field.setText("abc-token")
    section._test.click()
    qtbot.waitUntil(lambda: "valid" in section._result.text())
    assert [one[0] for one in bench.jobs.asked] == ["save_token", "test_connection"]
    assert section._result.text() == (
        "The token is valid. The model ltx/ltx-2/retake-video is available. "
        "It costs $0.10 per second. The balance is $12.50."
    )


def test_what_is_not_known_is_said_to_be_unknown(bench: Bench) -> None:
    bench.jobs.connection_tested.emit(ConnectionReport(None, "m"))
    assert section_of(bench)._result.text().endswith("Its price is unknown. The balance is unknown.")


def test_a_refused_token_is_said_in_place(bench: Bench) -> None:
    bench.jobs.connection_tested.emit(ConnectionReport(Problem(ErrorKind.BAD_TOKEN), "m"))
    assert section_of(bench)._result.text().startswith("RunComfy did not accept the API token.")


def test_without_a_keyring_the_token_can_be_kept_for_the_session(bench: Bench, qtbot: QtBot) -> None:
    section = section_of(bench)
    section._field.setText("abc-token")
    qtbot.waitUntil(lambda: bench.jobs.count("save_token") == 1)
    bench.jobs.command_failed.emit("", Problem(ErrorKind.KEYRING_TROUBLE, "no backend"))
    assert "The system keyring cannot be used (no backend)." in section._stored.text()
    section._session.setChecked(True)
    assert bench.jobs.asked[-1] == ("save_token", "abc-token", True)


def test_a_token_from_the_environment_wins_and_says_so(bench: Bench) -> None:
    state = AccountState(TokenSource.ENVIRONMENT, None, is_demo=False, base="https://model-api.runcomfy.net")
    bench.jobs.account_changed.emit(state)
    assert not section_of(bench)._field.isEnabled()
    assert section_of(bench)._where.text().startswith("RUNCOMFY_API_TOKEN is set")


def test_closing_the_settings_saves_what_was_typed_and_leaves_no_token_behind(bench: Bench) -> None:
    for length in range(1, 4):
        section_of(bench)._field.setText("abc"[:length])
    dialog = bench.workbench.setting_up._dialog
    assert dialog is not None
    dialog.close()
    assert ("save_token", "abc", False) in bench.jobs.asked
    assert section_of(bench)._field.text() == ""


def test_a_theme_counts_at_once_and_is_remembered(bench: Bench, qtbot: QtBot) -> None:
    dialog = bench.workbench.setting_up._dialog
    assert dialog is not None
    assert tokens() == DARK
    dialog.look.themes[Theme.LIGHT].setChecked(True)
    assert tokens() == LIGHT
    qtbot.waitUntil(lambda: bool(bench.saved))
    assert bench.saved[-1].theme == "light"


def test_another_model_is_what_the_next_retake_asks_for(bench: Bench) -> None:
    dialog = bench.workbench.setting_up._dialog
    assert dialog is not None
    dialog.advanced._model.setText("ltx/ltx-3/retake-video")
    assert bench.window.compose.request().model_id == "ltx/ltx-3/retake-video"


def test_a_price_that_is_unknown_is_never_zero(bench: Bench, qtbot: QtBot) -> None:
    bench.open(qtbot, a_clip())
    bench.jobs.price_known.emit(None)
    assert bench.window.compose._price_text.toPlainText() == "Sends 6.5 s of 30.0 s; the price is unknown"
    bench.jobs.price_known.emit(Price(Decimal("0.05"), "megapixel"))
    assert bench.window.compose._price_text.toPlainText() == "Sends 6.5 s of 30.0 s; the price is unknown"
    bench.jobs.price_known.emit(Price(Decimal("0.05"), "second"))
    bench.window.compose._takes.setValue(2)
    assert bench.window.compose._price_text.toPlainText() == "Sends 6.5 s of 30.0 s, about $0.70 for 2 takes"
