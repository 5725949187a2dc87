"""Closing the window with open takes: said once, calmly, and never in the way."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from retake_desktop.domain.job import Stage
from retake_desktop.services.settings import Settings
from retake_desktop.ui.style import Style
from retake_desktop.ui.text import day
from tests.ui.making import Bench, a_bench, a_clip


@pytest.fixture
def bench(qtbot: QtBot, styled: Style) -> Iterator[Bench]:
    made = a_bench(qtbot, styled, a_clip())
    made.open(qtbot, a_clip())
    (job_id,) = made.retake(qtbot)
    at = made.jobs._now
    made.jobs.put(replace(made.jobs.jobs[job_id], stage=Stage.RUNNING, request_id="r-1", submitted_at=at))
    yield made
    made.close()


def test_it_says_that_the_service_goes_on_and_by_when_to_come_back(bench: Bench, qtbot: QtBot) -> None:
    bench.window.close()
    farewell = bench.window.farewell
    until = day(bench.jobs._now.replace(day=29))
    assert farewell.words() == f"What is being made goes on at the service. Start again by about {until} to fetch it."
    assert until == "29 Nov"
    bench.window.farewell._stay.click()
    bench.retake(qtbot)
    bench.window.close()
    assert farewell.words().endswith(" What is still on this computer goes on the next time you start Retake Desktop.")


def test_stay_keeps_the_window_and_the_next_close_says_it_again(bench: Bench, qtbot: QtBot) -> None:
    bench.window.close()
    bench.window.activateWindow()
    qtbot.waitUntil(bench.window.farewell._stay.hasFocus)
    QTest.keyClick(bench.window.farewell._stay, Qt.Key.Key_Space)
    assert not bench.window.farewell.isVisible()
    assert not bench.window.farewell._timer.isActive()
    bench.window.close()
    assert bench.window.isVisible()
    assert bench.window.farewell.isVisible()


def test_without_an_answer_it_closes_as_it_was_asked_to(bench: Bench) -> None:
    bench.window.close()
    farewell = bench.window.farewell
    for _second in range(9):
        farewell._timer.timeout.emit()
    assert bench.window.isVisible()
    assert farewell._quit.text() == "Close now (1)"
    farewell._timer.timeout.emit()
    assert not bench.window.isVisible()
    assert bench.jobs.count("shut_down") == 1


def test_close_now_closes_at_once(bench: Bench) -> None:
    bench.window.close()
    bench.window.farewell._quit.click()
    assert not bench.window.isVisible()


def test_said_never_again_it_is_never_said_again(bench: Bench, qtbot: QtBot) -> None:
    bench.window.close()
    bench.window.farewell._silence.click()
    qtbot.waitUntil(lambda: bool(bench.saved) and not bench.saved[-1].says_farewell)
    bench.window.farewell._stay.click()
    bench.window.close()
    assert not bench.window.isVisible()


def test_a_person_who_wants_to_hear_no_more_of_it_is_not_told(qtbot: QtBot, styled: Style) -> None:
    bench = a_bench(qtbot, styled, a_clip(), settings=Settings(says_farewell=False))
    bench.open(qtbot, a_clip())
    bench.retake(qtbot)
    bench.window.close()
    assert not bench.window.isVisible()
