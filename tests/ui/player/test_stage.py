"""The number read back from what the stage draws is the frame that was asked for."""

import random
from fractions import Fraction

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from retake_desktop.domain.span import Span
from retake_desktop.ui.playback.material import Material, Shot
from retake_desktop.ui.playback.playback import Playback
from retake_desktop.ui.player.stage import Stage
from tests.ui.conftest import MakeFootage
from tests.ui.frames_on_screen import number_on

FORMATS = {
    "mp4 with B-frames": {"bframes": 3, "rate": Fraction(30000, 1001)},
    "mkv": {"suffix": ".mkv", "rate": 25, "start": Fraction(1)},
    "phone": {"rotation": 90, "size": (320, 180)},
}


@pytest.fixture
def stage(qtbot: QtBot, playback: Playback) -> Stage:
    stage = Stage(playback)
    qtbot.addWidget(stage)
    stage.resize(640, 400)
    with qtbot.waitExposed(stage):
        stage.show()
    return stage


def settled(stage: Stage, index: int) -> bool:
    return stage.shot is not None and stage.shot.index == index


def wait_for(qtbot: QtBot, stage: Stage, index: int) -> None:
    qtbot.waitUntil(lambda: settled(stage, index))


@pytest.mark.parametrize("options", FORMATS.values(), ids=FORMATS.keys())
def test_every_seek_shows_the_frame_asked_for(
    qtbot: QtBot, playback: Playback, stage: Stage, make_footage: MakeFootage, options: dict[str, object]
) -> None:
    clip = make_footage(frames=80, **options)
    playback.load(Material(clip))
    chance = random.Random(1)  # noqa: S311 - the same places in every run
    for index in [0, 79, *chance.sample(range(80), 8)]:
        playback.seek(clip.frames.midpoint_of(index))
        wait_for(qtbot, stage, index)
        assert number_on(stage) == index


def test_a_flood_of_seeks_ends_on_the_last_one_and_never_goes_back(
    qtbot: QtBot, playback: Playback, stage: Stage, make_footage: MakeFootage
) -> None:
    playback.load(Material(make_footage(frames=100)))
    orders: list[int] = []
    decoded: list[int] = []
    playback.shot_shown.connect(lambda shot: orders.append(shot.order))
    playback.shot_shown.connect(lambda shot: decoded.append(shot.order) if shot.is_exact else None)
    chance = random.Random(2)  # noqa: S311 - the same places in every run
    for index in chance.choices(range(100), k=200):
        playback.seek_frame(index)
    playback.seek_frame(63)
    qtbot.waitUntil(lambda: settled(stage, 63))
    assert number_on(stage) == 63
    assert orders == sorted(orders)
    assert len(decoded) < 50, "what nobody waits for any more is not decoded"


def test_steps_move_by_one_frame_and_stop_at_the_ends(
    qtbot: QtBot, playback: Playback, stage: Stage, make_footage: MakeFootage
) -> None:
    playback.load(Material(make_footage(frames=30)), Fraction(1))
    for step, expected in ((1, 26), (1, 27), (-1, 26), (-2, 24), (99, 29), (-99, 0)):
        playback.step(step)
        wait_for(qtbot, stage, expected)
        assert number_on(stage) == expected


def test_what_is_shown_while_playing_and_after_pausing_is_what_is_announced(
    qtbot: QtBot, playback: Playback, stage: Stage, make_footage: MakeFootage
) -> None:
    playback.load(Material(make_footage(frames=100)))
    seen: list[tuple[int, int | None]] = []

    def look(shot: Shot) -> None:
        if playback.is_playing:
            seen.append((shot.index, number_on(stage)))

    playback.shot_shown.connect(look)
    playback.play()
    qtbot.waitUntil(lambda: len(seen) >= 15)
    playback.pause()
    paused_at = playback.index
    qtbot.wait(150)
    assert [announced for announced, _ in seen] == [read for _, read in seen]
    assert [announced for announced, _ in seen] == sorted({announced for announced, _ in seen})
    assert settled(stage, paused_at)
    assert number_on(stage) == paused_at


def test_another_clip_never_shows_the_old_one_s_picture(
    qtbot: QtBot, playback: Playback, stage: Stage, make_footage: MakeFootage
) -> None:
    playback.load(Material(make_footage(frames=30)))
    qtbot.waitUntil(lambda: settled(stage, 0))
    playback.load(Material(make_footage(frames=30, first_number=500)))
    assert number_on(stage) is None
    qtbot.waitUntil(lambda: settled(stage, 0))
    assert number_on(stage) == 500


def test_it_tells_a_screen_reader_what_is_on_screen(
    qtbot: QtBot, playback: Playback, stage: Stage, make_footage: MakeFootage
) -> None:
    assert stage.accessibleName() == "Stage"
    playback.load(Material(make_footage(frames=50)), Fraction(6, 5))
    qtbot.waitUntil(lambda: settled(stage, 30))
    assert stage.accessibleDescription() == "00:00:01.200, frame 30"


def test_the_moment_that_will_change_is_marked_only_inside_the_selection(
    qtbot: QtBot, playback: Playback, stage: Stage, make_footage: MakeFootage
) -> None:
    playback.load(Material(make_footage(frames=50)), Fraction(1))
    qtbot.waitUntil(lambda: settled(stage, 25))
    plain = stage.grab().toImage()
    stage.set_selection(Span(Fraction(1, 2), Fraction(1)))
    assert stage.grab().toImage() == plain, "the out point itself is no longer part"
    stage.set_selection(Span(Fraction(1), Fraction(2)))
    assert stage.grab().toImage() != plain


def test_a_click_is_reported(qtbot: QtBot, stage: Stage) -> None:
    with qtbot.waitSignal(stage.clicked):
        QTest.mouseClick(stage, Qt.MouseButton.LeftButton)
