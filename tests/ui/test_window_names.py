"""The accessible names that screen readers and scripts rely on: each on exactly one control in sight."""

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from retake_desktop.domain.errors import ErrorKind, Problem
from retake_desktop.domain.job import Stage
from retake_desktop.ui.style import Style
from tests.ui.making import Bench, a_bench, a_clip

ALWAYS = {"Prompt", "Mode", "Picture", "Sound", "Picture and sound", "Takes", "Price", "Retake", "Settings"}
ON_STAGE = {"Open video", "Play", "Timeline", "Selection start", "Selection end", "In point", "Out point"}
COMPARING = {"Before and after", "Compare mode", "Side by side", "Wipe", "A/B", "Difference"}
DECIDING = {"Keep", "Discard", "Retake again", "Export"}
CONTRACT = ALWAYS | ON_STAGE | COMPARING | DECIDING
CONTRACT |= {"Stage", "Takes list", "Cancel job", "Review", "API token", "Test connection"}


@pytest.fixture
def bench(qtbot: QtBot, styled: Style) -> Iterator[Bench]:
    made = a_bench(qtbot, styled, a_clip())
    yield made
    made.close()


def names_in(widget: QWidget) -> Counter[str]:
    """How often each contracted name is in sight, as a screen reader finds them."""
    found: Counter[str] = Counter()

    def visit(interface: QAccessibleInterface) -> None:
        state = interface.state()
        if state.invisible:
            return
        name = interface.text(QAccessible.Text.Name)
        if name in CONTRACT:
            found[name] += 1
        for number in range(interface.childCount()):
            child = interface.child(number)
            if child is not None:
                visit(child)

    visit(QAccessible.queryAccessibleInterface(widget))
    return found


def test_the_empty_window_names_each_of_its_controls_once(bench: Bench) -> None:
    assert names_in(bench.window) == Counter(ALWAYS | {"Open video", "Takes list"})


def test_with_a_clip_each_name_is_there_once(bench: Bench, qtbot: QtBot) -> None:
    bench.open(qtbot, a_clip())
    assert names_in(bench.window) == Counter(ALWAYS | ON_STAGE | {"Stage", "Takes list"})


def test_with_takes_each_name_is_there_once(bench: Bench, qtbot: QtBot) -> None:
    bench.open(qtbot, a_clip())
    bench.retake(qtbot)
    assert names_in(bench.window) == Counter(ALWAYS | ON_STAGE | {"Stage", "Takes list", "Cancel job", "Review"})


def test_in_review_each_name_is_there_once(bench: Bench, qtbot: QtBot) -> None:
    bench.open(qtbot, a_clip())
    (job_id,) = bench.retake(qtbot)
    bench.jobs.bring_home(job_id, a_clip("/results/a.mp4", 7))
    qtbot.waitUntil(lambda: bench.window.is_reviewing)
    expected = ON_STAGE | COMPARING | DECIDING | {"Settings", "Takes list", "Cancel job", "Review"}
    fixed = {"In point", "Out point"}
    assert names_in(bench.window) == Counter(expected - fixed)


def test_the_settings_name_each_of_their_controls_once(bench: Bench) -> None:
    bench.workbench.setting_up.open()
    dialog = bench.workbench.setting_up._dialog
    assert dialog is not None
    assert names_in(dialog) == Counter({"API token", "Test connection"})


def test_a_take_tells_its_prompt_stage_and_problem(bench: Bench, qtbot: QtBot) -> None:
    bench.open(qtbot, a_clip())
    (job_id,) = bench.retake(qtbot, "A red coat")
    bench.jobs.move(job_id, Stage.FAILED, problem=Problem(ErrorKind.NO_BALANCE))
    view = QAccessible.queryAccessibleInterface(bench.window.takes.list)
    told = [view.child(number).text(QAccessible.Text.Name) for number in range(view.childCount())]
    assert any(words.startswith("A red coat. Failed. The RunComfy balance") for words in told)


def test_a_disabled_retake_says_why(bench: Bench, qtbot: QtBot) -> None:
    button = bench.window.compose._retake
    assert not button.isEnabled()
    assert button.accessibleDescription() == "Open a video first."
    bench.open(qtbot, a_clip())
    assert button.accessibleDescription() == "Say what should happen instead."


def test_the_price_can_be_read_out(bench: Bench, qtbot: QtBot) -> None:
    bench.open(qtbot, a_clip())
    price = QAccessible.queryAccessibleInterface(bench.window.compose._price_text)
    assert price.text(QAccessible.Text.Name) == "Price"
    assert price.text(QAccessible.Text.Value) == "Sends 6.5 s of 30.0 s, about $0.70"
    assert price.text(QAccessible.Text.Description) == "Sends 6.5 s of 30.0 s, about $0.70"


def test_text_set_by_a_screen_reader_counts_as_typed(bench: Bench, qtbot: QtBot) -> None:
    bench.open(qtbot, a_clip())
    prompt = QAccessible.queryAccessibleInterface(bench.window.compose.prompt)
    prompt.editableTextInterface().insertText(0, "A red coat")
    qtbot.waitUntil(bench.window.compose._retake.isEnabled, timeout=300)
