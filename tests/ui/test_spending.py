"""Money in the window: the guard asks and stops in place, the month is summed, receipts are saved."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from retake_desktop.domain.clip import FrameTimes
from retake_desktop.domain.errors import ErrorKind, Problem
from retake_desktop.domain.job import Job, Stage
from retake_desktop.domain.price import Price
from retake_desktop.domain.span import Span
from retake_desktop.domain.ticks import Ticks
from retake_desktop.services.settings import Settings
from retake_desktop.ui.compose.question import SpendingQuestion
from retake_desktop.ui.dialogs.settings import SettingsDialog
from retake_desktop.ui.dialogs.spending import SpendingDialog
from retake_desktop.ui.style import Style
from tests.fakes.job_thread import DEMO, LIVE, draft
from tests.ui.making import Bench, a_bench, a_clip

CAUTIOUS = Settings(ask_above=Decimal(1), stop_above_per_day=Decimal(5))


@pytest.fixture
def bench(qtbot: QtBot, styled: Style) -> Iterator[Bench]:
    made = a_bench(qtbot, styled, a_clip(), settings=CAUTIOUS)
    made.open(qtbot, a_clip())
    made.window.compose.prompt.setPlainText("A red coat")
    yield made
    made.close()


def press(bench: Bench, takes: int) -> None:
    bench.window.compose._takes.setValue(takes)
    bench.window.compose._retake.click()


def asked(bench: Bench, qtbot: QtBot, takes: int) -> SpendingQuestion:
    """The question, once a press of so many takes at $0.70 each has brought it up."""
    press(bench, takes)
    question = bench.window.compose.money.question
    qtbot.waitUntil(question.isVisible)
    return question


def paid(bench: Bench, name: str, cost: str | None, **changes: object) -> Job:
    job = draft(name, bench.window.compose.request(), a_clip(), LIVE, bench.jobs._now)
    usd = None if cost is None else Decimal(cost)
    done = {"stage": Stage.READY, "request_id": name, "submitted_at": bench.jobs._now, "cost_usd": usd} | changes
    return bench.jobs.put(replace(job, **done))  # type: ignore[arg-type] # each test names fields by their own types


# -- the guard


def test_a_press_within_the_limits_goes_out_without_a_word(bench: Bench, qtbot: QtBot) -> None:
    press(bench, 1)
    qtbot.waitUntil(lambda: len(bench.jobs.jobs) == 1)
    assert not bench.window.compose.money.question.isVisible()


def test_a_dear_press_is_asked_about_beside_the_price_and_nothing_is_on_record(bench: Bench, qtbot: QtBot) -> None:
    question = asked(bench, qtbot, 2)
    assert question._words.text() == "This may cost about $1.40, more than the $1.00 you asked to be asked above."
    assert question.accessibleName() == question._words.text()
    assert not bench.jobs.jobs
    assert not bench.window.compose._retake.isEnabled()
    assert bench.window.compose._retake.accessibleDescription() == "Answer the question above first."
    assert not question._limits.isVisible()


def test_retake_anyway_sends_what_was_asked_about_and_once(bench: Bench, qtbot: QtBot) -> None:
    question = asked(bench, qtbot, 2)
    question._go.click()
    question._go.click()
    qtbot.waitUntil(lambda: len(bench.jobs.jobs) == 2)
    qtbot.waitUntil(bench.window.compose._retake.isEnabled)
    assert not question.isVisible()
    assert bench.jobs.count("retake") == 2


def test_not_now_leaves_everything_as_it_was(bench: Bench, qtbot: QtBot) -> None:
    question = asked(bench, qtbot, 2)
    question._leave.click()
    assert not question.isVisible()
    assert bench.window.compose._retake.isEnabled()
    assert bench.window.compose.request().prompt == "A red coat"
    assert not bench.jobs.jobs


def test_the_keyboard_alone_reaches_both_answers_and_typing_on_spends_nothing(bench: Bench, qtbot: QtBot) -> None:
    question = asked(bench, qtbot, 2)
    bench.window.activateWindow()
    qtbot.waitUntil(question._leave.hasFocus)
    bench.workbench._retake()
    QTest.keyClick(question._leave, Qt.Key.Key_Space)
    assert not question.isVisible()
    assert bench.jobs.count("retake") == 1
    asked(bench, qtbot, 2)
    QTest.keyClick(question._leave, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is question._go
    QTest.keyClick(question._go, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(bench.jobs.jobs) == 2)


@pytest.mark.parametrize("what", ["prompt", "takes", "span", "limits"])
def test_a_question_is_withdrawn_when_what_it_is_about_changes(bench: Bench, qtbot: QtBot, what: str) -> None:
    question = asked(bench, qtbot, 2)
    compose = bench.window.compose
    changes = {
        "prompt": lambda: compose.prompt.setPlainText("Another"),
        "takes": lambda: compose._takes.setValue(3),
        "span": lambda: bench.window.timeline.mark_out(Fraction(4)),
        "limits": lambda: bench.preferences.change(ask_above=Decimal(2)),
    }
    changes[what]()
    assert not question.isVisible()
    assert compose._retake.isEnabled()


def test_a_stop_says_what_was_spent_and_leads_to_the_limit(bench: Bench, qtbot: QtBot) -> None:
    paid(bench, "a-1", "4.60")
    question = asked(bench, qtbot, 1)
    assert question._words.text().startswith(
        "Today $4.60 is spent or on its way; this retake, about $0.70, would pass your limit of $5.00 a day."
    )
    assert not question._go.isVisible()
    question._limits.click()
    dialog = bench.workbench.setting_up._dialog
    assert dialog is not None
    qtbot.waitUntil(dialog.isVisible)
    dialog.money.stop_above.setText("10")
    press(bench, 1)
    qtbot.waitUntil(lambda: len(bench.jobs.jobs) == 2)


def test_an_unknown_price_is_asked_about(bench: Bench, qtbot: QtBot) -> None:
    bench.jobs.price = None
    bench.jobs.price_known.emit(None)
    assert asked(bench, qtbot, 1)._words.text().startswith("The price of this is not known")


def test_the_demo_never_asks(qtbot: QtBot, styled: Style) -> None:
    bench = a_bench(qtbot, styled, a_clip(), service=DEMO, settings=Settings(stop_above_per_day=Decimal(0)))
    bench.open(qtbot, a_clip())
    assert len(bench.retake(qtbot)) == 1
    bench.close()


# -- limits in the settings


def opened_settings(bench: Bench) -> SettingsDialog:
    bench.workbench.setting_up.open()
    dialog = bench.workbench.setting_up._dialog
    assert dialog is not None
    return dialog


def test_limits_hold_as_soon_as_they_are_written_and_are_remembered(bench: Bench, qtbot: QtBot) -> None:
    money = opened_settings(bench).money
    assert (money.ask_above.text(), money.stop_above.text()) == ("1.00", "5.00")
    money.ask_above.setText("0,5")
    assert bench.jobs.guard.ask_above == Decimal("0.50")
    qtbot.waitUntil(lambda: bool(bench.saved) and bench.saved[-1].ask_above == Decimal("0.50"))
    money.stop_above.setText("")
    assert bench.jobs.guard.stop_above_per_day is None


@pytest.mark.parametrize("wrong", ["1,000", "-2", "much", "1e9"])
def test_what_is_no_amount_is_marked_and_changes_nothing(bench: Bench, wrong: str) -> None:
    money = opened_settings(bench).money
    money.ask_above.setText(wrong)
    assert money.ask_above.property("invalid") is True
    assert money.ask_above.accessibleDescription().startswith("Write an amount like 2.50")
    assert bench.jobs.guard.ask_above == Decimal(1)
    money.ask_above.setText("2")
    assert money.ask_above.property("invalid") is False
    assert bench.jobs.guard.ask_above == Decimal(2)


def test_a_change_of_model_makes_the_price_unknown_until_the_service_has_told_it(bench: Bench, qtbot: QtBot) -> None:
    dialog = opened_settings(bench)
    told = len(bench.jobs.used)
    for length in range(1, 6):
        dialog.advanced._model.setText("ltx/x"[:length])
    assert bench.window.compose._price_text.toPlainText().endswith("the price is unknown")
    qtbot.waitUntil(lambda: len(bench.jobs.used) > told)
    assert [one.model_id for one in bench.jobs.used[told:]] == ["ltx/x"]


def test_a_model_that_is_gone_is_explained_in_the_window_and_leads_to_its_field(bench: Bench, qtbot: QtBot) -> None:
    bench.jobs.notice.emit(Problem(ErrorKind.MODEL_GONE, "ltx/ltx-2/retake-video"))
    assert bench.window.notice.words() == (
        "The service does not offer this model any more (ltx/ltx-2/retake-video). "
        "Look up the current retake model on RunComfy and enter its id in Settings."
    )
    bench.window.notice._button.click()
    dialog = bench.workbench.setting_up._dialog
    assert dialog is not None
    qtbot.waitUntil(dialog.advanced._model.hasFocus)


# -- price and balance


def test_a_window_of_73_frames_is_priced_as_the_four_seconds_that_are_billed(qtbot: QtBot, styled: Style) -> None:
    film = replace(a_clip(seconds=30), frames=FrameTimes(Ticks(range(720)), Fraction(1, 24), 720))
    film = replace(film, frame_rate=Fraction(24))
    bench = a_bench(qtbot, styled, film)
    bench.open(qtbot, film)
    bench.workbench.retaking.set_span(Span(Fraction(0), Fraction(2)))
    compose = bench.window.compose
    compose.advanced.whole_box.setChecked(False)
    assert compose._price_text.toPlainText() == "Sends 3.5 s of 30.0 s, about $0.40"
    short = replace(film, frames=FrameTimes(Ticks(range(72)), Fraction(1, 24), 72))
    compose.set_clip(short, Span(Fraction(0), Fraction(2)))
    assert compose._price_text.toPlainText() == "Sends all 3.0 s, held to 3.04 s, about $0.40"
    assert compose._price_text.toolTip() == (
        "An estimate: each begun second of what is sent is billed, here 4.0 s at $0.10."
    )
    bench.close()


def test_a_balance_below_the_estimate_is_said_beside_the_price(bench: Bench) -> None:
    low = bench.window.compose.money._low
    assert not low.isVisible()
    bench.jobs.balance_known.emit(Decimal("1.00"))
    assert not low.isVisible()
    bench.window.compose._takes.setValue(2)
    assert low.text() == "Your RunComfy balance is $1.00, less than this may cost."
    assert low.isVisible()
    bench.jobs.balance_known.emit(None)
    assert not low.isVisible()


def test_the_settings_show_the_balance_and_ask_for_it_anew(bench: Bench, qtbot: QtBot) -> None:
    bench.jobs.balance = Decimal("7.25")
    label = opened_settings(bench).token._balance
    qtbot.waitUntil(lambda: label.text() == "Balance: $7.25")
    assert label.isVisible()
    bench.jobs.balance_known.emit(None)
    assert not label.isVisible()


def test_a_bill_that_has_come_asks_for_the_balance_anew(bench: Bench, qtbot: QtBot) -> None:
    job = paid(bench, "a-1", None, stage=Stage.RUNNING)
    before = bench.jobs.refreshed
    bench.jobs.put(replace(job, queue_position=2))
    bench.jobs.put(replace(job, estimate_usd=Decimal("0.90")))
    assert bench.jobs.refreshed == before
    bench.jobs.put(replace(job, cost_usd=Decimal("0.70")))
    assert bench.jobs.refreshed == before + 1


# -- the month


def month(bench: Bench) -> str:
    button = bench.window.takes._month
    return button.text() if button.isVisible() else ""


def test_the_month_stands_under_the_takes_once_something_was_paid(bench: Bench, qtbot: QtBot) -> None:
    bench.workbench.spending._now = lambda: bench.jobs._now
    assert month(bench) == ""
    paid(bench, "a-1", "0.65")
    qtbot.waitUntil(lambda: month(bench) == "This month $0.65")
    paid(bench, "b-1", "9.00", submitted_at=bench.jobs._now - timedelta(days=40))
    paid(bench, "c-1", None)
    qtbot.waitUntil(lambda: month(bench) == "This month about $1.35")
    paid(bench, "d-1", None, estimate_usd=None)
    qtbot.waitUntil(lambda: month(bench) == "This month $1.35 or more")


def opened_spending(bench: Bench, qtbot: QtBot) -> SpendingDialog:
    qtbot.waitUntil(bench.window.takes._month.isVisible)
    bench.window.takes._month.click()
    dialog = bench.workbench.spending._dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog._month.text() != "")
    return dialog


def test_the_dialog_lists_what_was_paid_newest_first_and_calls_an_estimate_one(bench: Bench, qtbot: QtBot) -> None:
    paid(bench, "a-1", "0.65", created_at=bench.jobs._now - timedelta(hours=1))
    paid(bench, "b-1", None)
    dialog = opened_spending(bench, qtbot)
    assert dialog._month.text() == "This month: $1.35 for 2 retakes, $0.70 of it estimated"
    model = dialog._table.model()
    rows = [[model.index(row, column).data() for column in (1, 2, 3, 4)] for row in range(model.rowCount())]
    assert rows == [
        ["about $0.70 (estimate)", "6.48 s", "Ready to review", "b-1"],
        ["$0.65", "6.48 s", "Ready to review", "a-1"],
    ]
    paid(bench, "c-1", "0.10")
    qtbot.waitUntil(lambda: model.rowCount() == 3)


@pytest.mark.parametrize(("button", "name"), [("_csv", "r.csv"), ("_json", "r.json")])
def test_receipts_are_saved_where_the_person_wants_them(bench: Bench, qtbot: QtBot, button: str, name: str) -> None:
    paid(bench, "a-1", "0.65")
    dialog = opened_spending(bench, qtbot)
    dialog._prompts.setChecked(True)
    getattr(dialog, button).click()
    chooser = dialog.findChild(QFileDialog)
    assert chooser is not None
    assert chooser.defaultSuffix() == name.partition(".")[2]
    chooser.fileSelected.emit(f"/home/anna/{name}")
    chooser.close()
    assert bench.jobs.asked[-1] == ("export_receipts", f"/home/anna/{name}", True)
    qtbot.waitUntil(lambda: dialog._outcome.text() == f"Saved as /home/anna/{name}. Receipts: 1.")
    revealed: list[str] = []
    dialog.reveal_asked.disconnect()
    dialog.reveal_asked.connect(revealed.append)
    dialog._reveal.click()
    assert revealed == [f"/home/anna/{name}"]


def test_a_file_that_cannot_be_written_is_said_in_the_dialog(bench: Bench, qtbot: QtBot) -> None:
    paid(bench, "a-1", "0.65")
    dialog = opened_spending(bench, qtbot)
    bench.jobs.receipts_failed.emit(Problem(ErrorKind.NO_SPACE, "/home/anna/r.csv"))
    assert dialog._outcome.text().startswith("The disk is full (/home/anna/r.csv).")
    assert not dialog._reveal.isVisible()


def test_without_anything_paid_the_exports_say_why_not(bench: Bench, qtbot: QtBot) -> None:
    bench.workbench.spending.open()
    dialog = bench.workbench.spending._dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog._month.text() == "This month: $0.00 for 0 retakes")
    assert not dialog._csv.isEnabled()
    assert dialog._csv.accessibleDescription() == "There are no receipts yet."
    assert dialog._empty.isVisible()


def test_a_price_for_each_output_is_explained_as_one(bench: Bench) -> None:
    bench.jobs.price_known.emit(Price(Decimal("0.40"), "video"))
    assert bench.window.compose._price_text.toolTip() == "An estimate: $0.40 for each take."
