"""Playback as the person has it in the settings: how loud it was, and what a finished take does."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from retake_desktop.services.settings import Settings
from retake_desktop.ui.dialogs.playing import PlaybackSection
from retake_desktop.ui.preferences import Preferences
from retake_desktop.ui.style import Style
from tests.ui.making import Bench, a_bench, a_clip

KITCHEN = a_clip()
RESULT = a_clip("/results/a.mp4", 7)
Make = Callable[[Settings], Bench]


@pytest.fixture
def make(qtbot: QtBot, styled: Style) -> Iterator[Make]:
    made: list[Bench] = []

    def make(settings: Settings) -> Bench:
        made.append(a_bench(qtbot, styled, KITCHEN, settings=settings))
        return made[-1]

    yield make
    for bench in made:
        bench.close()


def take_comes_home(bench: Bench, qtbot: QtBot) -> str:
    bench.open(qtbot, KITCHEN)
    (job_id,) = bench.retake(qtbot)
    bench.jobs.bring_home(job_id, RESULT)
    return job_id


def test_the_volume_of_last_time_is_there_again(qtbot: QtBot, make: Make) -> None:
    bench = make(Settings(volume=35))
    volume = bench.window.transport.volume
    assert volume.percent == 35
    volume.set_percent(60)
    volume.set_percent(62)
    bench.close()
    qtbot.waitUntil(lambda: bool(bench.saved))
    assert [settings.volume for settings in bench.saved] == [62]


def test_the_volume_is_remembered_while_the_window_stands(qtbot: QtBot, make: Make) -> None:
    bench = make(Settings())
    bench.workbench.playing._rest.setInterval(1)
    bench.window.transport.volume.set_percent(40)
    qtbot.waitUntil(lambda: bool(bench.saved))
    assert bench.preferences.settings.volume == 40


def test_a_finished_take_is_shown_by_itself_and_stands_still(qtbot: QtBot, make: Make) -> None:
    bench = make(Settings())
    take_comes_home(bench, qtbot)
    qtbot.waitUntil(lambda: bench.window.is_reviewing)
    assert not bench.workbench._playback.is_playing


def test_who_does_not_want_that_finds_it_in_the_list(qtbot: QtBot, make: Make) -> None:
    bench = make(Settings(opens_review=False))
    job_id = take_comes_home(bench, qtbot)
    qtbot.wait(50)
    assert not bench.window.is_reviewing
    bench.preferences.change(opens_review=True)
    assert not bench.window.is_reviewing
    bench.workbench.reviewing.open(job_id)
    qtbot.waitUntil(lambda: bench.window.is_reviewing)


def test_the_moment_plays_over_and_over_where_that_is_wanted(qtbot: QtBot, make: Make) -> None:
    bench = make(Settings(loops_review=True))
    job_id = take_comes_home(bench, qtbot)
    qtbot.waitUntil(lambda: bench.workbench._playback.is_playing)
    assert bench.workbench._playback.loop == bench.jobs.jobs[job_id].request.span


def test_the_settings_offer_each(qtbot: QtBot, styled: Style) -> None:
    section = PlaybackSection(Settings(opens_review=False, uses_graphics_card=False))
    qtbot.addWidget(section)
    boxes = section.findChildren(QCheckBox)
    assert [box.isChecked() for box in boxes] == [False, False, False]
    for box, name in zip(boxes, ("opens_review", "loops_review", "uses_graphics_card"), strict=True):
        with qtbot.waitSignal(section.chosen) as chosen:
            box.click()
        assert chosen.args == [name, True]


def test_a_card_that_was_left_off_after_a_crash_is_chosen_again(qtbot: QtBot, styled: Style) -> None:
    preferences = Preferences(Settings(lost_cards=("a card",)), lambda _settings: None)
    section = PlaybackSection(preferences.settings)
    qtbot.addWidget(section)
    section.chosen.connect(lambda name, value: preferences.change(**{name: value}))
    assert not section._card.isChecked()
    assert "since the app crashed" in section._when.text()
    section._card.click()
    assert preferences.settings == Settings()
    assert "Only where a trial has shown" in section._when.text()
    preferences.close()
