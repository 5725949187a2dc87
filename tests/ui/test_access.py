"""Keyboard and screen reader: names and roles, an order that follows the eye, a focus that is seen, news said aloud."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from retake_desktop.domain.errors import ErrorKind, Problem
from retake_desktop.domain.job import Stage, Wait
from retake_desktop.ui import accessible
from retake_desktop.ui.shortcuts import SHORTCUTS
from retake_desktop.ui.speaking import Speaking
from retake_desktop.ui.style import Style
from tests.ui.making import Bench, a_bench, a_clip

KITCHEN = a_clip()
RESULT = a_clip("/results/a.mp4", 7)
USABLE = {
    QAccessible.Role.Button,
    QAccessible.Role.PushButton,
    QAccessible.Role.CheckBox,
    QAccessible.Role.RadioButton,
    QAccessible.Role.ComboBox,
    QAccessible.Role.SpinBox,
    QAccessible.Role.Slider,
    QAccessible.Role.EditableText,
    QAccessible.Role.List,
    QAccessible.Role.Table,
    QAccessible.Role.ProgressBar,
    QAccessible.Role.ButtonMenu,
    QAccessible.Role.ButtonDropDown,
}


@pytest.fixture
def bench(qtbot: QtBot, styled: Style) -> Iterator[Bench]:
    made = a_bench(qtbot, styled, KITCHEN)
    made.window.activateWindow()
    qtbot.waitUntil(made.window.isActiveWindow)
    yield made
    made.close()


def review(bench: Bench, qtbot: QtBot) -> str:
    bench.open(qtbot, KITCHEN)
    (job_id,) = bench.retake(qtbot)
    bench.jobs.bring_home(job_id, RESULT)
    qtbot.waitUntil(lambda: bench.window.is_reviewing)
    return job_id


def unnamed(window: QWidget) -> list[str]:
    """Controls in sight that a screen reader could only call by their kind."""
    found = []

    def visit(interface: QAccessibleInterface) -> None:
        if interface.state().invisible:
            return
        if interface.role() in USABLE and not interface.text(QAccessible.Text.Name).strip():
            thing: QObject | None = interface.object()
            found.append("no widget" if thing is None else f"{type(thing).__name__} in {type(thing.parent()).__name__}")
        for number in range(interface.childCount()):
            child = interface.child(number)
            if child is not None:
                visit(child)

    visit(QAccessible.queryAccessibleInterface(window))
    return [line for line in found if "QAbstractSpinBox" not in line and "qt_" not in line]


def test_a_child_that_was_counted_a_moment_ago_can_be_asked_for(qtbot: QtBot, styled: Style) -> None:
    """Qt's own answer for these two reads past the end of a list, which ends the program."""
    accessible.install()
    made = a_bench(qtbot, styled, KITCHEN)
    made.open(qtbot, KITCHEN)
    scrolled = made.window.compose.findChild(QScrollArea)
    assert scrolled is not None
    scrolled.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    for widget in (scrolled, made.window):
        interface = QAccessible.queryAccessibleInterface(widget)
        role, counted = interface.role(), interface.childCount()
        assert counted >= 2
        made.window.hide()
        assert (interface.role(), interface.childCount()) == (role, counted)
        assert interface.child(counted) is None
        made.window.show()
    made.close()


def test_every_control_of_the_window_has_a_name(bench: Bench, qtbot: QtBot) -> None:
    assert not unnamed(bench.window)
    bench.open(qtbot, KITCHEN)
    bench.window.compose.advanced._fold.setChecked(True)
    assert not unnamed(bench.window)
    bench.retake(qtbot)
    assert not unnamed(bench.window)


def test_every_control_of_a_review_has_a_name(bench: Bench, qtbot: QtBot) -> None:
    review(bench, qtbot)
    assert not unnamed(bench.window)


def test_every_control_of_the_dialogs_has_a_name(bench: Bench, qtbot: QtBot) -> None:
    bench.workbench.setting_up.open()
    bench.workbench.storage.open()
    bench.workbench.spending.open()
    bench.workbench.first_run.open()
    bench.workbench.show_shortcuts()
    dialogs = [one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not bench.window]
    assert len(dialogs) >= 5
    for dialog in dialogs:
        assert not unnamed(dialog), type(dialog).__name__
        dialog.close()


def test_no_two_shortcuts_are_the_same() -> None:
    keys = [QKeySequence(row.keys).toString() for row in SHORTCUTS]
    assert all(keys)
    assert [key for key, count in Counter(keys).items() if count > 1] == []


def test_no_two_entries_of_one_window_take_the_same_letter(bench: Bench, qtbot: QtBot) -> None:
    """Alt with an underlined letter: nothing has one, so none can be had twice."""
    bench.open(qtbot, KITCHEN)
    letters = Counter(
        one.shortcut().toString()
        for one in bench.window.findChildren(QWidget)
        if hasattr(one, "shortcut") and not one.shortcut().isEmpty()
    )
    assert [key for key, count in letters.items() if count > 1] == []


def tab_order(window: QWidget, steps: int = 80) -> list[QWidget]:
    """What Tab leads to, until it comes round."""
    seen: list[QWidget] = []
    for _ in range(steps):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        if now is None or now in seen:
            break
        seen.append(now)
    return seen


def panel_of(bench: Bench, widget: QWidget) -> str:
    window = bench.window
    panels = {"top": window.top_bar, "takes": window.takes, "form": window.compose, "transport": window.transport}
    panels |= {"timeline": window.timeline, "stage": window.stage, "review": window.review}
    panels |= {"compare": window.compare, "bar": window.compare_bar}
    return next((name for name, panel in panels.items() if widget is panel or panel.isAncestorOf(widget)), "other")


def test_tab_goes_through_every_panel_once_from_left_to_right(bench: Bench, qtbot: QtBot) -> None:
    bench.open(qtbot, KITCHEN)
    bench.retake(qtbot)
    bench.window.takes.list.setFocus()
    order = [panel_of(bench, one) for one in tab_order(bench.window)]
    visits = [name for number, name in enumerate(order) if number == 0 or order[number - 1] != name]
    assert {"top", "takes", "stage", "transport", "timeline", "form"} <= set(visits)
    counted = Counter(visits[:-1] if visits[0] == visits[-1] else visits)
    assert [name for name, count in counted.items() if count > 1] == [], visits
    assert visits.index("stage") < visits.index("transport") < visits.index("timeline") < visits.index("form")


def test_the_form_is_gone_through_from_top_to_bottom(bench: Bench, qtbot: QtBot) -> None:
    bench.open(qtbot, KITCHEN)
    bench.window.compose.prompt.setPlainText("A red coat")
    bench.window.top_bar._settings.setFocus()
    stops = [one for one in tab_order(bench.window) if panel_of(bench, one) == "form"]
    tops = [one.mapTo(bench.window, QPoint(0, 0)).y() for one in stops]
    assert len(stops) >= 5
    assert tops == sorted(tops), [type(one).__name__ for one in stops]


def test_what_has_the_focus_looks_different(bench: Bench, qtbot: QtBot) -> None:
    """Each control that Tab reaches is drawn differently with the focus than without."""
    bench.open(qtbot, KITCHEN)
    bench.window.compose.prompt.setPlainText("A red coat")
    alike = []
    for widget in tab_order(bench.window):
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        focused = widget.grab().toImage()
        bench.window.setFocus()
        widget.clearFocus()
        QApplication.processEvents()
        if widget.grab().toImage() == focused:
            alike.append(f"{type(widget).__name__} {widget.accessibleName()!r}")
    assert not alike


class Heard:
    """What a screen reader is given to say."""

    def __init__(self, bench: Bench) -> None:
        self.words: list[tuple[str, bool]] = []
        self.speaking = Speaking(bench.window, bench.jobs, self._say)

    def _say(self, _widget: QWidget, words: str, is_urgent: bool) -> None:
        self.words.append((words, is_urgent))


def test_each_new_stage_is_said_once_and_trouble_interrupts(bench: Bench, qtbot: QtBot) -> None:
    bench.open(qtbot, KITCHEN)
    heard = Heard(bench)
    (job_id,) = bench.retake(qtbot, "A red coat")
    for stage in (Stage.PREPARING, Stage.HOSTING, Stage.SUBMITTING, Stage.QUEUED):
        bench.jobs.move(job_id, stage)
    bench.jobs.put(replace(bench.jobs.jobs[job_id], queue_position=2))
    bench.jobs.put(replace(bench.jobs.jobs[job_id], wait=Wait.NETWORK))
    bench.jobs.move(job_id, Stage.FAILED, problem=Problem(ErrorKind.NO_BALANCE))
    words = [said for said, _urgent in heard.words]
    assert words[:5] == [
        f"A red coat: {stage}"
        for stage in (
            "Starting",
            "Preparing the video",
            "Getting it to the service",
            "Asking for the retake",
            "In the queue",
        )
    ]
    assert words[5].startswith("A red coat: In the queue · number 2. Waiting for the connection")
    assert words[6].startswith("A red coat: Failed. The RunComfy balance does not cover this retake.")
    assert [urgent for _said, urgent in heard.words] == [False] * 6 + [True]


def test_what_was_there_before_is_no_news_and_a_notice_is(bench: Bench, qtbot: QtBot) -> None:
    heard = Heard(bench)
    bench.workbench.notices.problem(Problem(ErrorKind.OFFLINE))
    bench.workbench.notices.say("Saved.")
    assert heard.words[0][0].startswith("The service cannot be reached.")
    assert [urgent for _said, urgent in heard.words] == [True, False]


def test_no_stage_is_told_by_colour_alone(bench: Bench, qtbot: QtBot) -> None:
    """Each row of the list says its stage in words, too."""
    bench.open(qtbot, KITCHEN)
    (job_id,) = bench.retake(qtbot)
    view = QAccessible.queryAccessibleInterface(bench.window.takes.list)
    told = set()
    for stage in (Stage.PREPARING, Stage.HOSTING, Stage.SUBMITTING, Stage.QUEUED, Stage.RUNNING, Stage.DOWNLOADING):
        bench.jobs.move(job_id, stage)
        told.add(" ".join(view.child(row).text(QAccessible.Text.Name) for row in range(view.childCount())))
    assert len(told) == 6
