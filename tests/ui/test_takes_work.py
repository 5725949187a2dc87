"""Ten thousand takes cost what ten cost: counted as calls of the program's own functions, not as time."""

import sys
from collections.abc import Callable
from dataclasses import replace
from types import FrameType

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from retake_desktop.domain.job import Stage
from retake_desktop.domain.mark import TakeMark
from retake_desktop.ui.style import Style
from retake_desktop.ui.takes.model import TakeRole
from retake_desktop.ui.takes.panel import TakesPanel
from retake_desktop.ui.takes.thumbnails import Thumbnails
from tests.benchmarks.rows_takes import takes

PAGE = 1000


def calls(deed: Callable[[], object]) -> int:
    """How many Python functions are called by `deed`, on this thread."""
    count = 0

    def note(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        deed()
    finally:
        sys.setprofile(before)
    return count


def a_panel(qtbot: QtBot, count: int) -> TakesPanel:
    panel = TakesPanel(Thumbnails(lambda _still: None))
    qtbot.addWidget(panel)
    # So low that ten takes have to be scrolled too.
    panel.resize(300, 300)
    panel.show()
    fill(panel, count)
    bar = panel.list.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > count * 40 - 600, timeout=30_000)
    return panel


def fill(panel: TakesPanel, count: int) -> None:
    jobs = takes(count)
    for start in range(0, count, PAGE):
        panel.add(jobs[start : start + PAGE])


def scroll(panel: TakesPanel) -> None:
    bar = panel.list.verticalScrollBar()
    for step in range(40):
        bar.setValue(bar.maximum() * step // 39)
        panel.list.viewport().repaint()


@pytest.fixture
def panels(qtbot: QtBot, styled: Style) -> dict[int, TakesPanel]:
    return {count: a_panel(qtbot, count) for count in (10, 10_000)}


def test_scrolling_and_news_of_a_take_cost_the_same(panels: dict[int, TakesPanel]) -> None:
    few, many = panels[10], panels[10_000]
    for panel in panels.values():
        scroll(panel)  # thumbnails are asked for once
    assert calls(lambda: scroll(many)) <= 1.2 * calls(lambda: scroll(few))

    def news(panel: TakesPanel) -> None:
        job = panel.job("job-5")
        assert job is not None
        panel.put(replace(job, stage=Stage.DISCARDED))

    assert calls(lambda: news(many)) <= calls(lambda: news(few))
    for panel in panels.values():
        panel.close_down()


def test_a_take_of_another_film_and_a_choice_cost_the_same(panels: dict[int, TakesPanel]) -> None:
    few, many = panels[10], panels[10_000]

    def press(panel: TakesPanel) -> None:
        job = panel.job("job-5")
        assert job is not None
        other = replace(job, id="new", request=replace(job.request, source="/films/another.mp4"))
        panel.put(other)
        panel.choose("new")

    # The headings of 250 films are put in order, and nothing is done for each take.
    assert calls(lambda: press(many)) <= calls(lambda: press(few)) + 2_000
    for panel in panels.values():
        panel.close_down()


def test_no_turn_of_a_search_costs_more_than_a_few_takes_do(panels: dict[int, TakesPanel]) -> None:
    many = panels[10_000]

    def search(words: str, rows: int) -> list[int]:
        """The calls of the key, and of each turn that follows until `rows` rows are found."""
        costs = [calls(lambda: many.search._field.setText(words))]
        while many.list.model().rowCount() != rows and len(costs) < 1_000:
            costs.append(calls(QCoreApplication.processEvents))
        assert many.list.model().rowCount() == rows
        return costs

    of_few = search("coat 7777", 2)
    of_all = search("coat", 10_250)
    again = search("coat 777", 19 + 10)
    repeated = search("coat 7777", 2)
    assert max(of_few + of_all + again) <= 10_000
    # What was read once is remembered.
    assert sum(repeated) < 0.8 * sum(of_few)
    for panel in panels.values():
        panel.close_down()


def test_what_changes_while_a_search_goes_on_is_found_all_the_same(panels: dict[int, TakesPanel], qtbot: QtBot) -> None:
    many = panels[10_000]
    job = many.job("job-5")
    assert job is not None
    model = many.list.model()
    many.search._field.setText("green boat")
    many.put(replace(job, id="new", request=replace(job.request, prompt="A green boat")))
    assert model.rowCount() > 10_000
    qtbot.waitUntil(lambda: model.rowCount() == 2, timeout=30_000)
    many.search._field.setText("my name for it")
    many.set_marks({"job-9000": TakeMark("My name for it")})
    qtbot.waitUntil(lambda: many.job("job-9000") == model.data(model.index(1, 0), TakeRole.ROW), timeout=30_000)
    many.choose("job-7")
    chosen = many.chosen_job()
    assert chosen is not None
    assert (chosen.id, model.rowCount()) == ("job-7", 10_251)
    for panel in panels.values():
        panel.close_down()


def test_the_record_is_read_in_at_a_cost_that_grows_no_faster_than_it(qtbot: QtBot, styled: Style) -> None:
    costs = {}
    for count in (1_000, 10_000):
        panel = TakesPanel(Thumbnails(lambda _still: None))
        qtbot.addWidget(panel)
        costs[count] = calls(lambda: fill(panel, count))  # noqa: B023 - called at once
        QTest.qWait(1)
        panel.close_down()
    assert costs[10_000] <= 1.2 * 10 * costs[1_000]
