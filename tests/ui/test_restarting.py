"""What counts from the next start only offers that start; everything else counts at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from retake_desktop.domain.job import Stage
from retake_desktop.ui.dialogs.settings import SettingsDialog
from retake_desktop.ui.style import Style
from tests.ui.making import Bench, a_bench, a_clip


@pytest.fixture
def bench(qtbot: QtBot, styled: Style) -> Iterator[Bench]:
    made = a_bench(qtbot, styled, a_clip())
    made.open(qtbot, a_clip())
    made.workbench.setting_up.open()
    yield made
    if made.window.isVisible():
        made.close()


def dialog_of(bench: Bench) -> SettingsDialog:
    dialog = bench.workbench.setting_up._dialog
    assert dialog is not None
    return dialog


def test_another_size_offers_to_start_again_with_the_video_on_stage(bench: Bench) -> None:
    look = dialog_of(bench).look
    assert not look._again.isEnabled()
    assert look._again.toolTip()
    look._scale.setCurrentIndex(3)
    assert bench.preferences.settings.scale == 150
    assert look._again.isEnabled()
    look._again.click()
    assert not bench.window.isVisible()
    command = bench.workbench.restarting.command
    assert command[1:3] == ("-m", "retake_desktop")
    assert command[-1] == a_clip().path


def test_going_back_to_what_is_in_use_takes_the_offer_back(bench: Bench) -> None:
    look = dialog_of(bench).look
    look._scale.setCurrentIndex(3)
    look._scale.setCurrentIndex(0)
    assert not look._again.isEnabled()


def test_who_stays_after_all_is_not_started_again_later(bench: Bench, qtbot: QtBot) -> None:
    (job_id,) = bench.retake(qtbot)
    bench.jobs.move(job_id, Stage.PREPARING)
    bench.workbench.restarting.ask()
    assert bench.window.isVisible(), "open takes are told of first"
    bench.window.farewell.stay_asked.emit()
    bench.close()
    assert bench.workbench.restarting.command == ()


def test_closing_by_hand_starts_nothing(bench: Bench) -> None:
    bench.close()
    assert bench.workbench.restarting.command == ()


def test_number_and_place_count_at_once(bench: Bench, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = dialog_of(bench)
    dialog.advanced._at_once.setValue(7)
    qtbot.waitUntil(lambda: bench.jobs.used[-1].at_once == 7)
    cache = bench.workbench.care._cache
    dialog.files._take(str(tmp_path / "stick"))
    qtbot.waitUntil(lambda: cache._folder == tmp_path / "stick" / "previews")
    dialog.files._take("")
    qtbot.waitUntil(lambda: cache._folder == bench.workbench.care._tools.folders.cache / "previews")
