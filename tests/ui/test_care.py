"""Help when something is wrong, the privacy ledger and About: opened from the menu, filled when the answer comes."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from retake_desktop.domain.errors import ErrorKind, Problem
from retake_desktop.domain.hosting import HostingSettings
from retake_desktop.domain.privacy import Held, Privacy
from retake_desktop.services.crashes import Unfinished
from retake_desktop.services.settings import Settings
from retake_desktop.ui.dialogs.privacy import PrivacyDialog
from retake_desktop.ui.style import Style
from tests.fakes.held import PLACE, PRIVACY, REPORT
from tests.ui.making import Bench, a_bench, a_clip


@pytest.fixture
def bench(qtbot: QtBot, styled: Style) -> Iterator[Bench]:
    settings = Settings(recent=("/videos/kitchen.mp4",), hosting=HostingSettings(place=PLACE))
    made = a_bench(qtbot, styled, a_clip(), settings=settings)
    yield made
    made.close()


def choose(bench: Bench, words: str) -> None:
    """An entry of the menu, wherever it hangs."""
    found = [action for action in bench.window.top_bar.findChildren(QAction) if action.text() == words]
    assert len(found) == 1
    found[0].trigger()


def asked(bench: Bench) -> list[str]:
    return [command[0] for command in bench.jobs.asked]


# -- the report


def test_a_report_is_read_file_by_file_and_saved_as_it_was_read(bench: Bench) -> None:
    choose(bench, "A report for whoever helps you…")
    dialog = bench.workbench.supporting._dialog
    assert dialog is not None
    assert asked(bench)[-1] == "gather_report"
    assert not dialog._save.isEnabled()
    bench.jobs.report_gathered.emit(REPORT)
    assert dialog._text.toPlainText() == "what it is"
    dialog._list.setCurrentRow(1)
    assert dialog._text.toPlainText() == "{}"
    dialog.save_asked.emit("/home/me/report.zip")
    assert bench.jobs.asked[-1] == ("save_report", "/home/me/report.zip", REPORT)
    bench.jobs.report_saved.emit("/home/me/report.zip", None)
    assert "/home/me/report.zip" in dialog._said.text()
    assert dialog._reveal.isVisibleTo(dialog)


def test_allowing_names_gathers_anew_and_shows_nothing_old_meanwhile(bench: Bench) -> None:
    bench.workbench.supporting.open()
    dialog = bench.workbench.supporting._dialog
    assert dialog is not None
    bench.jobs.report_gathered.emit(REPORT)
    dialog._names.setChecked(True)
    assert dialog.report is None
    assert dialog._text.toPlainText() == ""
    assert not dialog._save.isEnabled()


def test_a_report_that_cannot_be_made_or_saved_says_why(bench: Bench) -> None:
    bench.workbench.supporting.open()
    dialog = bench.workbench.supporting._dialog
    assert dialog is not None
    bench.jobs.report_gathered.emit(Problem(ErrorKind.HISTORY_TROUBLE, "disk I/O error"))
    assert "disk I/O error" in dialog._said.text()
    bench.jobs.report_gathered.emit(REPORT)
    bench.jobs.report_saved.emit("/full/report.zip", Problem(ErrorKind.NO_SPACE))
    assert dialog._said.text()
    assert not dialog._reveal.isVisibleTo(dialog)


@pytest.mark.parametrize(
    ("trace", "word"), [("Fatal Python error: Segmentation fault", "crashed"), ("", "from outside")]
)
def test_after_a_crash_a_report_is_offered_once_and_calmly(bench: Bench, trace: str, word: str) -> None:
    bench.workbench.supporting.offer((Unfinished("2026-11-22T12:00:00+00:00", trace),))
    notice = bench.window.notice
    assert word in notice.words()
    assert notice._button.text() == "Look at a report…"
    notice._button.click()
    assert asked(bench)[-1] == "gather_report"
    assert notice.words() == ""


@pytest.mark.parametrize(("cards", "is_told"), [(("cuda",), True), ((), False)])
def test_a_crash_that_the_graphics_card_may_have_caused_says_that_it_is_left_off(
    cards: tuple[str, ...], is_told: bool, bench: Bench
) -> None:
    crashed = Unfinished("2026-11-22T12:00:00+00:00", "Fatal Python error: Segmentation fault", cards)
    bench.workbench.supporting.offer((crashed,))
    assert ("graphics card is left off" in bench.window.notice.words()) is is_told


def test_the_offer_outlasts_what_is_said_of_takes_that_go_on(bench: Bench, qtbot: QtBot) -> None:
    bench.open(qtbot, a_clip())
    (job_id,) = bench.retake(qtbot)
    bench.workbench.supporting.offer((Unfinished("2026-11-22T12:00:00+00:00", "trace"),))
    bench.jobs.jobs_loaded.emit((bench.jobs.jobs[job_id],))
    assert "crashed last time" in bench.window.notice.words()


def test_a_fault_of_the_app_leads_to_a_report(bench: Bench) -> None:
    bench.jobs.notice.emit(Problem(ErrorKind.APP_FAULT, "KeyError(1)"))
    assert bench.window.notice._button.text() == "Look at a report…"
    bench.window.notice._button.click()
    assert asked(bench)[-1] == "gather_report"


def test_nothing_is_offered_after_a_run_that_ended_well(bench: Bench) -> None:
    bench.workbench.supporting.offer(())
    assert bench.window.notice.words() == ""


# -- the privacy ledger


@pytest.fixture
def ledger(bench: Bench) -> PrivacyDialog:
    choose(bench, "What of mine lies where?")
    assert asked(bench)[-1] == "look_at_privacy"
    dialog = bench.workbench.privacy._dialog
    assert dialog is not None
    bench.jobs.privacy_known.emit(PRIVACY)
    return dialog


def button(dialog: PrivacyDialog, words: str) -> QPushButton:
    found = [
        one for one in dialog.findChildren(QPushButton) if one.isVisibleTo(dialog) and words in one.accessibleName()
    ]
    assert len(found) == 1, [one.accessibleName() for one in found]
    return found[0]


def test_everything_has_its_place_and_a_button_that_works_or_says_why_not(ledger: PrivacyDialog) -> None:
    assert not button(ledger, "Results of your takes").isEnabled()
    assert "You paid for these" in button(ledger, "Results of your takes").toolTip()
    assert "no way" in button(ledger, "at RunComfy").accessibleDescription()
    assert button(ledger, "Previews").isEnabled()


def test_what_can_be_made_again_goes_at_one_press(bench: Bench, ledger: PrivacyDialog) -> None:
    button(ledger, "Previews").click()
    assert bench.jobs.asked[-1] == ("delete_now", Held.PREVIEWS)


def test_what_cannot_be_brought_back_needs_a_second_press(bench: Bench, ledger: PrivacyDialog) -> None:
    button(ledger, "discarded takes").click()
    assert "delete_now" not in asked(bench)
    assert "cannot be brought back" in ledger._said.text()
    assert button(ledger, "discarded takes").text() == "Yes, delete for good"
    button(ledger, "discarded takes").click()
    assert bench.jobs.asked[-1] == ("delete_now", Held.DISCARDED)


def test_what_the_window_holds_itself_is_deleted_there(bench: Bench, ledger: PrivacyDialog, qtbot: QtBot) -> None:
    button(ledger, "opened lately").click()
    qtbot.waitUntil(lambda: bool(bench.saved) and bench.saved[-1].recent == ())
    for _press in range(2):
        button(ledger, "not sent yet").click()
    assert bench.workbench.privacy._shelf._drafts == {}
    for _press in range(2):
        button(ledger, "API token").click()
    assert "forget_token" in asked(bench)
    for _press in range(2):
        button(ledger, "secret of your storage").click()
    assert ("forget_storage", PLACE) in bench.jobs.asked


def test_a_keyring_that_refuses_is_told_in_the_ledger(bench: Bench, ledger: PrivacyDialog) -> None:
    bench.jobs.command_failed.emit("", Problem(ErrorKind.KEYRING_TROUBLE, "it is locked"))
    assert "it is locked" in ledger._said.text()


def test_what_each_take_sent_is_in_a_table(ledger: PrivacyDialog) -> None:
    model = ledger._sent
    cells = [model.data(model.index(0, column)) for column in range(model.columnCount())]
    assert cells[1:4] == ["kitchen.mp4", "6.5 s, 3.4 MB", "model-api.runcomfy.net, inside the request"]
    assert cells[5] == "A red coat"
    ledger.show_privacy(Privacy((), ()))
    assert ledger._none_sent.isVisibleTo(ledger) or not ledger._table.isVisibleTo(ledger)


# -- about


def test_about_names_every_library_with_version_and_licence(bench: Bench, qtbot: QtBot) -> None:
    choose(bench, "About Retake Desktop")
    about = bench.workbench.care._about
    assert about is not None
    qtbot.waitUntil(lambda: about._table.rowCount() > 20, timeout=20_000)
    cells = [[item.text() if item else "" for item in (about._table.item(row, column) for column in range(3))]
             for row in range(about._table.rowCount())]  # fmt: skip
    rows = {name: (version, licence) for name, version, licence in cells}
    assert {"httpx", "keyring", "av"} <= set(rows)
    assert all(f"{name}: " in about._system.text() for name in ("Retake Desktop", "Python", "Qt", "FFmpeg", "libVLC"))
    assert rows["httpx"][1] == "BSD-3-Clause"
    assert all(version for version, _licence in rows.values())
    assert "GNU GENERAL PUBLIC LICENSE" in about._licences.toPlainText()
