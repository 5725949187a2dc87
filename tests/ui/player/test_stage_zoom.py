"""Zooming on the stage by wheel, keys, mouse and touchpad; sharp at every scale factor."""

import os
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from retake_desktop.ui.playback.material import Material
from retake_desktop.ui.playback.playback import Playback
from retake_desktop.ui.playback.zoom import Zoom
from retake_desktop.ui.player.stage import Stage
from tests.fakes.footage import make_clip
from tests.ui.conftest import MakeFootage
from tests.ui.frames_on_screen import grab, number_on
from tests.ui.wheel import turn


@pytest.fixture
def stage(qtbot: QtBot, playback: Playback, make_footage: MakeFootage) -> Stage:
    """Half as large as its picture."""
    stage = Stage(playback)
    qtbot.addWidget(stage)
    stage.resize(640, 360)
    with qtbot.waitExposed(stage):
        stage.show()
    playback.load(Material(make_footage(frames=12, size=(1280, 720))), Fraction(1, 5))
    qtbot.waitUntil(lambda: stage.shot is not None and stage.shot.before.width() == 640)
    return stage


def drag(stage: Stage, begin: QPoint, end: QPoint) -> None:
    QTest.mousePress(stage, Qt.MouseButton.LeftButton, pos=begin)
    QTest.mouseMove(stage, (begin + end) / 2)
    QTest.mouseMove(stage, end)
    QTest.mouseRelease(stage, Qt.MouseButton.LeftButton, pos=end)


def full_size(stage: Stage) -> bool:
    return stage.shot is not None and stage.shot.before.width() == 1280


def test_ctrl_and_the_wheel_zoom_about_the_pointer_and_the_plain_wheel_does_nothing_while_fitted(stage: Stage) -> None:
    turn(stage, 1, QPointF(10, 10), Qt.KeyboardModifier.NoModifier)
    assert stage.zoom == Zoom()
    turn(stage, 3, QPointF(0, 0), Qt.KeyboardModifier.ControlModifier)
    assert stage.zoom.scale == pytest.approx(0.5 * 1.25**3, abs=0.001)
    assert stage.target(stage.pane()).topLeft() == QPointF(0, 0), "what lies under the pointer stays there"
    turn(stage, -3, QPointF(0, 0), Qt.KeyboardModifier.ControlModifier)
    assert stage.zoom == Zoom()


def test_a_pinch_zooms(stage: Stage) -> None:
    at = QPointF(320, 180)
    event = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture, QPointingDevice.primaryPointingDevice(), 2, at, at,
        stage.mapToGlobal(at), 0.5, QPointF(), 1,
    )  # fmt: skip
    QApplication.sendEvent(stage, event)
    assert stage.zoom.scale == Fraction(3, 4)


def test_it_goes_from_stop_to_stop_and_every_pixel_is_decoded(qtbot: QtBot, stage: Stage) -> None:
    stage.zoom_in()
    assert stage.zoom.scale == 1
    qtbot.waitUntil(lambda: full_size(stage))
    stage.zoom_out()
    assert stage.zoom == Zoom()
    qtbot.waitUntil(lambda: not full_size(stage))
    assert number_on(stage) == 5


def test_dragging_pans_without_a_click_and_shows_the_very_pixels_of_that_part(qtbot: QtBot, stage: Stage) -> None:
    clicks: list[bool] = []
    stage.clicked.connect(lambda: clicks.append(True))
    stage.zoom_to(100)
    qtbot.waitUntil(lambda: full_size(stage))
    drag(stage, QPoint(600, 300), QPoint(20, 10))
    assert stage.shot is not None
    place = stage.target(stage.pane())
    assert place.right() < 1280
    seen = stage.shot.before.copy(round(-place.left()), round(-place.top()), 560, 300)
    assert grab(stage).copy(0, 0, 560, 300) == seen
    qtbot.wait(QApplication.doubleClickInterval() + 50)
    assert not clicks


def test_a_double_click_fits_again_and_plays_nothing(qtbot: QtBot, stage: Stage) -> None:
    clicks: list[bool] = []
    stage.clicked.connect(lambda: clicks.append(True))
    stage.zoom_in()
    QTest.mouseClick(stage, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(stage, Qt.MouseButton.LeftButton)
    assert stage.zoom == Zoom()
    qtbot.wait(QApplication.doubleClickInterval() + 50)
    assert not clicks


def test_a_single_click_on_a_zoomed_picture_still_plays(qtbot: QtBot, stage: Stage) -> None:
    stage.zoom_in()
    with qtbot.waitSignal(stage.clicked):
        QTest.mouseClick(stage, Qt.MouseButton.LeftButton)


def test_another_clip_is_fitted(qtbot: QtBot, stage: Stage, playback: Playback, make_footage: MakeFootage) -> None:
    stage.zoom_in()
    playback.load(Material(make_footage(frames=5, first_number=70)))
    assert stage.zoom == Zoom()
    qtbot.waitUntil(lambda: number_on(stage) == 70)


def test_the_pointer_says_that_a_zoomed_picture_can_be_moved(stage: Stage) -> None:
    stage.zoom_in()
    assert stage.cursor().shape() is Qt.CursorShape.OpenHandCursor
    stage.zoom_to(None)
    assert stage.cursor().shape() is Qt.CursorShape.ArrowCursor


def test_touches_are_listened_to(stage: Stage) -> None:
    assert stage.testAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)


@pytest.mark.parametrize(("factor", "how"), [("1.25", "fit"), ("1.5", "full"), ("1.75", "fit")])
def test_at_a_fractional_scale_factor_every_pixel_is_the_picture_s_own(tmp_path: Path, factor: str, how: str) -> None:
    clip = make_clip(tmp_path / "clip.mp4", frames=2, size=(1280, 720), audio=False)
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.player.sharp_stage", how, str(clip)],
        env={**os.environ, "QT_SCALE_FACTOR": factor},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.split() == [factor, "True", "0"]
