"""Memory goes back while the person rests, and never while it plays."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from retake_desktop.ui.style import Style
from retake_desktop.ui.tidying import Tidying
from tests.ui.making import Bench, a_bench, a_clip

KITCHEN, GARDEN = a_clip(), a_clip("/videos/garden.mp4", 3)


@pytest.fixture
def bench(qtbot: QtBot, styled: Style) -> Iterator[Bench]:
    made = a_bench(qtbot, styled, KITCHEN, GARDEN)
    yield made
    made.close()


def test_another_clip_on_stage_is_followed_by_one_tidying(bench: Bench, qtbot: QtBot) -> None:
    tidied: list[int] = []
    tidying = bench.workbench._tidying
    tidying._trim = lambda: tidied.append(1)
    tidying._rest.setInterval(50)
    for clip in (KITCHEN, GARDEN):
        bench.open(qtbot, clip)
    qtbot.waitUntil(lambda: tidied != [])
    qtbot.wait(100)
    assert len(tidied) <= 2


def test_it_waits_for_the_end_of_playing(bench: Bench, qtbot: QtBot) -> None:
    bench.open(qtbot, KITCHEN)
    playback = bench.workbench._playback
    tidied: list[bool] = []
    tidying = Tidying(playback, trim=lambda: tidied.append(playback.is_playing), rest_ms=10)
    playback.play()
    qtbot.waitUntil(lambda: playback.is_playing)
    tidying.soon()
    qtbot.wait(60)
    assert tidied == []
    playback.pause()
    qtbot.waitUntil(lambda: tidied == [False])
    tidying.close()
