"""Zooming down to single frames, the minimap, the frame under the pointer, the shot under a double-click."""

import time as clock
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from retake_desktop.domain.clip import Clip, FrameTimes
from retake_desktop.domain.retake import RetakeRequest
from retake_desktop.domain.span import Span
from retake_desktop.media.probe import probe
from retake_desktop.ui.style import Style
from retake_desktop.ui.timeline.bands import Band, band_words
from retake_desktop.ui.timeline.hover import HoverCard
from retake_desktop.ui.timeline.minimap import Minimap
from retake_desktop.ui.timeline.panel import Timeline
from tests.fakes.footage import make_clip
from tests.media.test_shots import film, still
from tests.ui.timeline.test_timeline import LEFT, SPAN, at, drag, track

LONG = 15_000


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Clip:
    return probe(str(make_clip(tmp_path_factory.mktemp("looking") / "clip.mp4", frames=250, rate=25, size=(160, 90))))


@pytest.fixture
def timeline(qtbot: QtBot, styled: Style, clip: Clip) -> Iterator[Timeline]:
    timeline = Timeline()
    qtbot.addWidget(timeline)
    timeline.resize(1000, 220)
    with qtbot.waitExposed(timeline):
        timeline.show()
    timeline.open(clip, SPAN)
    yield timeline
    timeline.close_files()


def wheel(
    timeline: Timeline, x: float, turn: QPoint, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    place = QPointF(x, 60)
    event = QWheelEvent(
        place, track(timeline).mapToGlobal(place), QPoint(), turn, Qt.MouseButton.NoButton, keys,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(track(timeline), event)


def minimap(timeline: Timeline) -> Minimap:
    return timeline.looking.minimap


def test_the_wheel_zooms_about_the_pointer_down_to_single_frames(timeline: Timeline) -> None:
    x = track(timeline).scale.x_of(Fraction(7))
    for _ in range(60):
        wheel(timeline, x, QPoint(0, 120))
    view = track(timeline).scale.view
    assert view.duration * 25 <= 7, "six frames fill the track"
    assert abs(track(timeline).scale.x_of(Fraction(7)) - x) < 8
    for _ in range(60):
        wheel(timeline, x, QPoint(0, -120))
    assert track(timeline).scale.view == Span(Fraction(0), Fraction(10))


def test_sideways_or_with_shift_the_wheel_moves_along(timeline: Timeline) -> None:
    for _ in range(8):
        wheel(timeline, 500, QPoint(0, 120))
    before = track(timeline).scale.view
    wheel(timeline, 500, QPoint(-120, 0))
    wheel(timeline, 500, QPoint(0, -120), Qt.KeyboardModifier.ShiftModifier)
    after = track(timeline).scale.view
    assert after.start > before.start
    assert abs(after.duration - before.duration) < Fraction(1, 1000)


def test_a_pinch_zooms_about_the_pointer(timeline: Timeline) -> None:
    x = track(timeline).scale.x_of(Fraction(3))
    place = QPointF(x, 60)
    pinch = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture, QPointingDevice.primaryPointingDevice(), 2, place, place,
        track(timeline).mapToGlobal(place), 1.0, QPointF(),
    )  # fmt: skip
    QApplication.sendEvent(track(timeline), pinch)
    assert abs(track(timeline).scale.view.duration - 5) < Fraction(1, 100)
    assert abs(track(timeline).scale.x_of(Fraction(3)) - x) < 2


def test_the_keyboard_zooms_about_playhead_or_handle(timeline: Timeline) -> None:
    timeline.set_playhead(Fraction(8))
    for _ in range(12):
        timeline.looking.zoom_in(Fraction(8))
    view = track(timeline).scale.view
    assert view.duration < 1
    assert view.start <= 8 <= view.end
    timeline.looking.zoom_out(Fraction(8))
    assert track(timeline).scale.view.duration > view.duration
    timeline.looking.show_all()
    assert track(timeline).scale.view.duration == 10


def test_what_is_zoomed_to_follows_the_playhead_and_survives_a_review(timeline: Timeline, clip: Clip) -> None:
    for _ in range(6):
        timeline.looking.zoom_in(Fraction(1))
    timeline.set_playhead(Fraction(8))
    view = track(timeline).scale.view
    assert view.start <= 8 <= view.end
    timeline.open(clip, SPAN)
    assert track(timeline).scale.view == view


def test_the_minimap_shows_only_what_is_zoomed_and_moves_it(timeline: Timeline) -> None:
    place = minimap(timeline)
    assert not place.is_zoomed
    for _ in range(5):
        timeline.looking.zoom_in(Fraction(1))
    assert place._view != place._whole
    height = timeline.sizeHint().height()
    QTest.mouseClick(place, LEFT, pos=QPoint(round(place.width() * 0.8), 6))
    view = track(timeline).scale.view
    assert abs((view.start + view.end) / 2 - 8) < Fraction(1, 4)
    drag(place, QPoint(round(place.width() * 0.8), 6), QPoint(round(place.width() * 0.5), 6))
    view = track(timeline).scale.view
    assert abs((view.start + view.end) / 2 - 5) < Fraction(1, 4)
    timeline.looking.show_all()
    assert timeline.sizeHint().height() == height, "nothing jumps"


def test_the_frame_under_the_pointer_is_shown(qtbot: QtBot, timeline: Timeline) -> None:
    card = timeline.findChild(HoverCard)
    assert isinstance(card, HoverCard)
    QTest.mouseMove(track(timeline), at(timeline, 3))
    QTest.mouseMove(track(timeline), at(timeline, 7))
    index = int(track(timeline).scale.time_at(at(timeline, 7).x()) * 25)
    qtbot.waitUntil(lambda: card.shown_index == index, timeout=LONG)
    QTest.mousePress(track(timeline), LEFT, pos=at(timeline, 7))
    assert not card.isVisible(), "it does not lie over what is dragged"
    QTest.mouseRelease(track(timeline), LEFT, pos=at(timeline, 7))


@pytest.fixture
def scenes(tmp_path: Path) -> Clip:
    """Three shots of 3, 4 and 3 seconds."""
    return film(tmp_path / "scenes.mp4", still(1, 75) + still(2, 100) + still(3, 75))


def test_a_double_click_selects_the_shot(qtbot: QtBot, timeline: Timeline, scenes: Clip) -> None:
    timeline.open(scenes, SPAN)
    settled: list[Span] = []
    timeline.span_settled.connect(settled.append)
    QTest.mouseDClick(track(timeline), LEFT, pos=at(timeline, 5))
    qtbot.waitUntil(lambda: timeline.span == Span(Fraction(3), Fraction(7)), timeout=LONG)
    assert settled == [Span(Fraction(3), Fraction(7))], "one change to undo"


def test_a_gesture_gives_the_search_for_a_shot_up(qtbot: QtBot, timeline: Timeline, scenes: Clip) -> None:
    timeline.open(scenes, SPAN)
    searching: list[bool] = []
    timeline.looking.searching.connect(searching.append)
    timeline.looking.select_shot(Fraction(5))
    QTest.mouseClick(track(timeline), LEFT, pos=at(timeline, 9))
    assert searching == [True, False]
    qtbot.wait(700)
    assert timeline.span == SPAN


def test_bands_say_how_many_takes_lie_there() -> None:
    bands = (Band(Span(Fraction(1), Fraction(4)), is_kept=True), Band(Span(Fraction(3), Fraction(6)), is_kept=False))
    assert (
        band_words(bands, Fraction(7, 2)) == "Takes of this moment: 2, of them kept: 1 (00:00:01.000 to 00:00:06.000)"
    )
    assert band_words(bands, Fraction(7)) == ""


def test_context_and_takes_are_drawn_on_the_track(timeline: Timeline, clip: Clip) -> None:
    plain = track(timeline).grab().toImage()
    timeline.set_request(RetakeRequest(clip.path, SPAN, ""))
    with_context = track(timeline).grab().toImage()
    assert with_context != plain
    timeline.set_bands((Band(Span(Fraction(7), Fraction(9)), is_kept=True),))
    assert track(timeline).grab().toImage() != with_context


def test_the_selection_moves_by_a_frame_from_the_keyboard_and_stops_at_the_ends(timeline: Timeline) -> None:
    timeline.nudge(1)
    assert timeline.span == Span(Fraction(51, 25), Fraction(151, 25))
    timeline.nudge(-1000)
    assert timeline.span == Span(Fraction(0), Fraction(4))


def test_two_hours_zoom_to_single_frames_without_holding_up_the_window(
    qtbot: QtBot, timeline: Timeline, clip: Clip
) -> None:
    count = 2 * 3600 * 25
    film = replace(clip, frames=FrameTimes(tuple(range(count)), Fraction(1, 25), count), fingerprint="two hours")
    timeline.open(film, SPAN)
    longest = 0.0
    for _ in range(70):
        begun = clock.perf_counter()
        wheel(timeline, 700, QPoint(0, 120))
        track(timeline).repaint()
        QApplication.processEvents()
        longest = max(longest, clock.perf_counter() - begun)
    assert track(timeline).scale.view.duration * 25 <= 7
    assert longest < 0.25, f"{longest * 1000:.0f} ms"
