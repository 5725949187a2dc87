"""The form: ways to begin a prompt, choices that say what they mean, and everything that blocks said where it is."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from retake_desktop.domain.clip import AudioTrack
from retake_desktop.domain.errors import ErrorKind, Problem
from retake_desktop.domain.hosting import HostingSettings, Place, PlaceKind
from retake_desktop.domain.retake import Mode
from retake_desktop.domain.span import Span
from retake_desktop.media.prepare import Prepared
from retake_desktop.ui.compose.mode import meaning
from retake_desktop.ui.compose.panel import ComposePanel
from retake_desktop.ui.compose.prompt_tools import shortened
from retake_desktop.ui.compose.starters import GAP, starters
from retake_desktop.ui.style import Style
from tests.fakes.job_thread import LIVE, draft
from tests.ui.making import Bench, a_bench, a_clip

KITCHEN = a_clip()
TRACKS = (
    AudioTrack(1, "aac", 48000, 2, "stereo", Fraction(0), Fraction(30), "eng"),
    AudioTrack(2, "aac", 48000, 6, "5.1", Fraction(0), Fraction(30), "deu"),
)
TWO_SOUNDS = replace(a_clip("/videos/two.mp4"), audio=TRACKS)


@pytest.fixture
def bench(qtbot: QtBot, styled: Style) -> Iterator[Bench]:
    made = a_bench(qtbot, styled, KITCHEN, TWO_SOUNDS)
    made.open(qtbot, KITCHEN)
    yield made
    made.close()


@pytest.fixture
def form(bench: Bench) -> ComposePanel:
    return bench.window.compose


def entries(menu: QMenu) -> list[str]:
    menu.aboutToShow.emit()
    return [entry.text() for entry in menu.actions() if entry.text()]


def test_every_starter_says_what_stays_and_leaves_one_place_to_fill_in() -> None:
    for starter in starters():
        assert starter.prompt.count(GAP) == 1
        assert any(word in starter.prompt for word in ("same", "Quiet"))
    assert any("“…”" in starter.prompt for starter in starters())


def test_a_starter_is_put_in_with_its_gap_selected_so_that_typing_fills_it(form: ComposePanel) -> None:
    entry = form.prompt_tools._starters.menu().actions()[4]
    entry.trigger()
    QTest.keyClicks(form.prompt, "Come in")
    assert form.prompt.toPlainText().endswith("says calmly: “Come in”")


def test_a_starter_does_not_throw_away_what_was_written(form: ComposePanel) -> None:
    form.prompt.setPlainText("A red coat.")
    form.prompt_tools._starters.menu().actions()[1].trigger()
    assert form.prompt.toPlainText().startswith("A red coat.\nThe same person")


def test_earlier_prompts_come_from_the_record_newest_first_and_once_each(bench: Bench, qtbot: QtBot) -> None:
    form = bench.window.compose
    menu = form.prompt_tools._recents.menu()
    assert entries(menu) == ["Prompts appear here once you have made a retake."]
    for number, prompt in enumerate(("A red coat", "No car & no dog", "A red coat")):
        request = replace(form.request(), prompt=prompt)
        job = draft(f"b{number}-1", request, KITCHEN, LIVE, bench.jobs._now.replace(minute=number))
        bench.jobs.put(job)
    assert entries(menu) == ["A red coat", "No car && no dog"]
    form.prompt.setPlainText("Something else")
    menu.actions()[1].trigger()
    assert form.prompt.toPlainText() == "No car & no dog"


def test_a_long_prompt_is_one_short_line_in_the_menu() -> None:
    assert shortened("word\n" * 100).endswith("…")
    assert len(shortened("word\n" * 100)) == 60


@pytest.mark.parametrize("mode", list(Mode))
def test_each_mode_says_what_it_does_and_what_the_service_calls_it(form: ComposePanel, mode: Mode) -> None:
    form._mode.set_mode(mode)
    button = next(one for one in form._mode.findChildren(QRadioButton) if one.isChecked())
    assert form._mode._meaning.text() == meaning(mode) == button.accessibleDescription()
    assert f"The service calls this {mode.value}." in button.toolTip()
    assert form.request().mode is mode


def test_a_prompt_that_is_too_long_is_told_under_it_while_it_is_written(form: ComposePanel) -> None:
    form.prompt.setPlainText("x" * 5003)
    assert form.prompt_tools._counter.text() == "5003 of 5000"
    assert form.prompt_tools._note.isVisible()
    assert "3 character(s) too many" in form.prompt_tools._note.text()
    assert not form._retake.isEnabled()
    form.prompt.setPlainText("x" * 5000)
    assert not form.prompt_tools._note.isVisible()
    assert form._retake.isEnabled()


def test_a_selection_that_cannot_be_sent_is_told_beside_what_it_would_send(bench: Bench, form: ComposePanel) -> None:
    bench.workbench.retaking.set_span(Span(Fraction(0), Fraction(1)))
    assert form._span_note.isVisible()
    assert form._span_note.text() == "Select at least 2 seconds."
    assert form.money.look.toolTip() == "Select at least 2 seconds."
    assert not form.money.look.isEnabled()
    bench.workbench.retaking.set_span(Span(Fraction(0), Fraction(3)))
    assert not form._span_note.isVisible()


def test_a_letter_of_the_prompt_plans_no_window_anew(form: ComposePanel) -> None:
    form.set_clip(a_clip(), Span(Fraction(5), Fraction(8)))
    line = form.money.line.toPlainText()
    noted: list[str] = []
    sys.setprofile(lambda frame, event, _what: noted.append(frame.f_code.co_qualname) if event == "call" else None)
    try:
        form.prompt.setPlainText("A")
        at_first, noted = noted, []
        form.set_span(Span(Fraction(5), Fraction(12)))
    finally:
        sys.setprofile(None)
    assert "ComposePanel._refresh" in at_first
    assert "plan_window" not in at_first
    assert "plan_window" in noted
    assert form.money.line.toPlainText() != line


def test_the_price_line_says_why_that_much_is_sent(form: ComposePanel) -> None:
    assert "1.5 s on each side" in form.money._why.text()
    form.advanced._context.setValue(0)
    assert form.money._why.text() == "The selection alone; the rest stays on this computer."
    assert form.request().context == 0


def test_the_sound_to_send_is_chosen_where_there_are_several(bench: Bench, qtbot: QtBot, form: ComposePanel) -> None:
    assert not form._sound.isVisible()
    bench.open(qtbot, TWO_SOUNDS)
    assert form._sound.isVisible()
    assert entries(form._sound._button.menu()) == ["Track 1 · English · stereo", "Track 2 · German · 5.1"]
    form._sound._button.menu().actions()[1].trigger()
    assert form.request().audio_track == 1
    bench.workbench.retaking.show_editing()
    assert form.request().audio_track == 1
    bench.open(qtbot, KITCHEN)
    assert form.request().audio_track == 0


def test_advanced_choices_are_sent_and_come_back_with_retake_again(bench: Bench, form: ComposePanel) -> None:
    assert not form.advanced._inside.isVisible()
    QTest.mouseClick(form.advanced._fold, Qt.MouseButton.LeftButton)
    assert form.advanced._inside.isVisible()
    form.advanced._context.setValue(2.3)
    form.advanced._model.setText("ltx/ltx-3/retake-video")
    request = form.request()
    assert (request.context, request.model_id) == (Fraction(23, 10), "ltx/ltx-3/retake-video")
    assert "unknown" in form.money.line.toPlainText()
    form.advanced._model.clear()
    assert form.request().model_id == "ltx/ltx-2/retake-video"
    form.fill_from(request)
    assert form.request() == replace(form.request(), context=request.context, model_id=request.model_id)


def test_the_whole_clip_can_be_sent_only_where_it_is_short_enough_and_that_is_said(form: ComposePanel) -> None:
    assert not form.advanced.whole_box.isEnabled()
    assert form.advanced.whole_box.accessibleDescription() == "The model takes at most 20 seconds."
    form.set_clip(a_clip(seconds=12), Span(Fraction(0), Fraction(5)))
    form.advanced.whole_box.setChecked(True)
    assert form.request().whole
    assert form.money._why.text() == "All of it, because you asked for that."
    assert not form.advanced._context.isEnabled()


def test_the_way_to_the_service_is_told_and_can_be_changed(bench: Bench, qtbot: QtBot, form: ComposePanel) -> None:
    assert form.advanced._way.text() == "The clip travels inside the request."
    place = Place(PlaceKind.S3, "https://s3.example.com", "clips", "auto", "key")
    bench.preferences.change(hosting=HostingSettings(place=place))
    assert "through your storage" in form.advanced._way.text()
    with qtbot.waitSignal(form.advanced.way_asked):
        form.advanced._change_way.click()
    assert bench.workbench.storage._dialog is not None
    bench.workbench.storage._dialog.close()


def test_what_will_be_sent_is_cut_and_shown_without_being_sent(bench: Bench, qtbot: QtBot, form: ComposePanel) -> None:
    window = draft("a-1", form.request(), KITCHEN, LIVE, bench.jobs._now).window
    assert window is not None
    bench.jobs.window_seen = Prepared(window, "/cache/w.mp4", 1_700_000)
    form.money.look.click()
    assert form.money.look.text() == "Cutting it…"
    assert not form.money.look.isEnabled()
    qtbot.waitUntil(lambda: bench.workbench.looking._dialog is not None)
    dialog = bench.workbench.looking._dialog
    assert dialog is not None
    assert "6.48 s at 25 frames a second" in dialog._facts.text()
    assert bench.jobs.count("retake") == 0
    assert form.money.look.isEnabled()
    names = [frame.accessibleName() for frame in dialog._frames]
    assert names == ["Made anew"] * 6 + ["Surroundings"] * 2
    dialog.close()


def test_a_look_that_fails_says_why_in_the_banner(bench: Bench, qtbot: QtBot, form: ComposePanel) -> None:
    bench.jobs.window_seen = Problem(ErrorKind.NO_SPACE)
    form.money.look.click()
    qtbot.waitUntil(lambda: "The disk is full." in bench.window.notice.words())
    assert form.money.look.isEnabled()


def test_the_form_is_filled_in_and_sent_by_keyboard_alone(bench: Bench, qtbot: QtBot, form: ComposePanel) -> None:
    form.focus_prompt()
    QTest.keyClicks(form.prompt, "A red coat")
    reached: list[QWidget] = []
    for _ in range(14):
        QTest.keyClick(focused(bench), Qt.Key.Key_Tab)
        reached.append(focused(bench))
    for widget in (form.prompt_tools._starters, form.prompt_tools._recents, form._takes, form.advanced._fold):
        assert widget in reached
    assert form._retake in reached
    form._takes.setFocus()
    QTest.keyClick(form._takes, Qt.Key.Key_Up)
    form.focus_prompt()
    QTest.keyClick(form.prompt, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bench.jobs.count("retake") == 1)
    assert bench.jobs.asked[-1][1].takes == 2


def focused(bench: Bench) -> QWidget:
    widget = bench.window.focusWidget()
    assert widget is not None
    return widget


def test_in_a_low_window_every_choice_is_in_sight(bench: Bench, form: ComposePanel, qtbot: QtBot) -> None:
    bench.window.resize(960, 600)
    shown = (form.prompt, form.prompt_tools, form._mode, form._takes, form.advanced)
    qtbot.waitUntil(lambda: all(one.visibleRegion().boundingRect().height() >= one.height() - 8 for one in shown))


def test_the_example_in_the_empty_field_is_whole_or_not_there(bench: Bench, form: ComposePanel, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "red wool coat" in form.prompt.placeholderText())
    bench.window.resize(960, 600)
    qtbot.waitUntil(lambda: form.prompt.placeholderText().endswith("stays the same."))


def test_what_is_unfolded_comes_into_sight(bench: Bench, form: ComposePanel, qtbot: QtBot) -> None:
    bench.window.resize(960, 600)
    form.advanced._fold.click()
    qtbot.waitUntil(lambda: not form.advanced._change_way.visibleRegion().isEmpty())
