"""One message for all takes of a press, when the person is elsewhere; its click opens the review."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from retake_desktop.domain.errors import ErrorKind, Problem
from retake_desktop.domain.job import Stage, Wait
from retake_desktop.ui.announcing import Announcing
from retake_desktop.ui.style import Style
from retake_desktop.ui.system_messages import SystemMessages
from tests.fakes.desktop import NOTIFICATIONS, PORTAL, Desktop
from tests.ui.making import Bench, a_bench, a_clip

KITCHEN = a_clip()
RESULT = a_clip("/results/a.mp4", 7)


class Messages(QObject):
    """What the system would show."""

    clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[tuple[str, str]] = []
        self.withdrawn = 0

    def show(self, heading: str, words: str) -> None:
        self.shown.append((heading, words))

    def withdraw(self) -> None:
        self.withdrawn += 1


class Desk:
    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.messages = Messages()
        bench.workbench.announcing.deleteLater()
        self.announcing = Announcing(bench.window, bench.jobs, self.messages)
        self.announcing.review_wanted.connect(bench.workbench.reviewing.open)
        self.is_in_front = False
        self.announcing._is_in_front = lambda: self.is_in_front  # type: ignore[method-assign]  # no window manager here


@pytest.fixture
def desk(qtbot: QtBot, styled: Style) -> Iterator[Desk]:
    made = a_bench(qtbot, styled, KITCHEN)
    made.open(qtbot, KITCHEN)
    yield Desk(made)
    made.close()


def pressed(desk: Desk, qtbot: QtBot, takes: int) -> list[str]:
    desk.bench.window.compose._takes.setValue(takes)
    return desk.bench.retake(qtbot)


def test_all_takes_of_a_press_are_announced_by_one_message_when_the_last_is_there(desk: Desk, qtbot: QtBot) -> None:
    ids = pressed(desk, qtbot, 3)
    for job_id in ids[:2]:
        desk.bench.jobs.bring_home(job_id, RESULT)
    assert desk.messages.shown == []
    desk.bench.jobs.move(ids[2], Stage.FAILED, problem=Problem(ErrorKind.NO_BALANCE))
    assert desk.messages.shown == [("2 take(s) ready to review", "kitchen.mp4; 1 more need you")]


def test_nothing_is_said_to_a_person_who_is_looking(desk: Desk, qtbot: QtBot) -> None:
    desk.is_in_front = True
    (job_id,) = pressed(desk, qtbot, 1)
    desk.bench.jobs.bring_home(job_id, RESULT)
    assert desk.messages.shown == []


def test_a_click_opens_the_review(desk: Desk, qtbot: QtBot) -> None:
    (job_id,) = pressed(desk, qtbot, 1)
    desk.bench.workbench.retaking.touch()
    desk.bench.jobs.bring_home(job_id, RESULT)
    assert not desk.bench.window.is_reviewing
    desk.messages.clicked.emit()
    qtbot.waitUntil(lambda: desk.bench.window.is_reviewing)


def test_a_take_that_waits_for_the_person_holds_no_message_back(desk: Desk, qtbot: QtBot) -> None:
    first, second = pressed(desk, qtbot, 2)
    desk.bench.jobs.bring_home(first, RESULT)
    desk.bench.jobs.move(second, Stage.PREPARING, wait=Wait.TOKEN)
    assert desk.messages.shown == [("1 take(s) ready to review", "kitchen.mp4; 1 more need you")]


def test_a_take_that_the_person_cancelled_is_no_news(desk: Desk, qtbot: QtBot) -> None:
    (job_id,) = pressed(desk, qtbot, 1)
    desk.bench.jobs.cancel(job_id)
    qtbot.waitUntil(lambda: desk.bench.jobs.jobs[job_id].stage is Stage.CANCELLED)
    assert desk.messages.shown == []


def test_the_prompt_is_not_in_the_message(desk: Desk, qtbot: QtBot) -> None:
    (job_id,) = pressed(desk, qtbot, 1)
    desk.bench.jobs.bring_home(job_id, RESULT)
    assert "red coat" not in str(desk.messages.shown)


def test_takes_from_last_time_are_announced_too_and_old_ones_are_not(desk: Desk, qtbot: QtBot) -> None:
    (job_id,) = pressed(desk, qtbot, 1)
    desk.bench.jobs.bring_home(job_id, RESULT)
    desk.bench.jobs.move(job_id, Stage.DISCARDED)
    desk.bench.jobs.move(job_id, Stage.READY)
    assert len(desk.messages.shown) == 1


def test_closing_takes_the_message_away(desk: Desk) -> None:
    desk.announcing.close_down()
    assert desk.messages.withdrawn == 1


def test_the_desktop_shows_one_message_and_brings_its_click(qtbot: QtBot, styled: Style) -> None:
    with Desktop(NOTIFICATIONS, PORTAL) as desktop:
        check_messages(qtbot, desktop)
        assert {type(one.key) for one in desktop.told} == {int}


def test_without_a_message_server_the_portal_does_the_same(qtbot: QtBot, styled: Style) -> None:
    with Desktop(PORTAL) as desktop:
        check_messages(qtbot, desktop)


def check_messages(qtbot: QtBot, desktop: Desktop) -> None:
    messages = SystemMessages()
    messages.show("2 takes ready to review", "kitchen.mp4")
    qtbot.waitUntil(lambda: len(desktop.shown) == 1)
    messages.show("1 take ready to review", "garden.mp4")
    qtbot.waitUntil(lambda: [one.heading for one in desktop.shown] == ["1 take ready to review"])
    with qtbot.waitSignal(messages.clicked):
        desktop.click(desktop.shown[0])
    messages.show("1 take needs you", "garden.mp4")
    qtbot.waitUntil(lambda: len(desktop.shown) == 1)
    messages.withdraw()
    qtbot.waitUntil(lambda: desktop.shown == [])


def test_where_nothing_shows_messages_nothing_happens(qtbot: QtBot, styled: Style) -> None:
    messages = SystemMessages()
    messages.show("2 takes ready to review", "kitchen.mp4")
    qtbot.waitUntil(lambda: messages._portal is not None)
    messages.withdraw()
