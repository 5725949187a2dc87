"""Zooming down to single frames, the minimap, the frame under the pointer, the shot under a double-click."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from retake_desktop.domain.clip import Clip, FrameTimes
from retake_desktop.domain.retake import RetakeRequest
from retake_desktop.domain.span import Span
from retake_desktop.domain.ticks import Ticks
from retake_desktop.media.peaks import PARTS, WaveformBlock
from retake_desktop.media.picture import Picture
from retake_desktop.media.previews import tiles
from retake_desktop.media.probe import probe
from retake_desktop.ui import style
from retake_desktop.ui.style import Style
from retake_desktop.ui.timeline.backdrop import HEIGHT
from retake_desktop.ui.timeline.bands import Band, takes_words
from retake_desktop.ui.timeline.handles import Edge
from retake_desktop.ui.timeline.hover import HoverCard
from retake_desktop.ui.timeline.minimap import Minimap
from retake_desktop.ui.timeline.panel import Timeline
from tests.fakes.footage import make_clip
from tests.media.test_shots import film, still
from tests.ui.making import a_clip
from tests.ui.timeline.test_timeline import LEFT, SPAN, at, drag, handle, track

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
    words = "Takes of this moment: 2, of them kept: 1 (00:00:01.000 to 00:00:06.000)"
    assert takes_words(bands, Span(Fraction(7, 2), Fraction(7, 2))) == words
    assert takes_words(bands, Span(Fraction(0), Fraction(4))) == words
    assert takes_words(bands, Span(Fraction(6), Fraction(7))) == ""


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


def calls(deed: Callable[[], object]) -> int:
    """How many functions `deed` calls, on this thread: its work, however fast the machine is."""
    count = 0

    def note(_frame: object, event: str, _what: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        deed()
    finally:
        sys.setprofile(None)
    return count


def work_of_zooming(timeline: Timeline, film: Clip) -> int:
    """The most that one notch of the wheel and the painting after it cost, from all of `film` to single frames."""
    timeline.open(film, SPAN)
    surface = track(timeline)
    backdrop, part = surface.backdrop, Fraction(256, 48000)
    levels = bytes(range(256)) * (PARTS // 256)
    for index in range(int(film.duration / (part * PARTS)) + 1):
        backdrop.add_peaks(WaveformBlock(index, part, levels, levels).ready())
    many = min(len(film.frames), 1500)
    for number in range(many):
        index = number * len(film.frames) // many
        backdrop.add_picture(Picture(index, film.frames.start_of(index), 16, 9, 64, bytes(64 * 9)))

    def notch() -> None:
        wheel(timeline, 700, QPoint(0, 120))
        surface.repaint()

    costs = [calls(notch) for _ in range(70)]
    assert surface.scale.view.duration * 25 <= 7, "single frames"
    return max(costs)


def test_zooming_two_hours_to_single_frames_costs_no_more_than_zooming_a_minute(timeline: Timeline, clip: Clip) -> None:
    costs = []
    for seconds in (60, 7200):
        times = FrameTimes(Ticks(range(seconds * 25)), Fraction(1, 25), seconds * 25)
        costs.append(work_of_zooming(timeline, replace(clip, frames=times, fingerprint=f"{seconds} s")))
    assert costs[1] < costs[0] * 1.5, costs


def test_what_the_track_is_asked_to_read_does_not_grow_with_the_film(timeline: Timeline, clip: Clip) -> None:
    times = FrameTimes(Ticks(range(180_000)), Fraction(1, 25), 180_000)
    timeline.open(replace(clip, frames=times, fingerprint="two hours"), SPAN)
    surface = track(timeline)
    for _ in range(70):
        wheel(timeline, 700, QPoint(0, 120))
        count = -(-surface.scale.width // surface.backdrop.cell_width)
        assert len(tiles(replace(clip, frames=times), surface.scale.view, count)) <= 2 * count


RATES = ("12", "24000/1001", "25", "30000/1001", "60", "120")
STEPS = st.lists(st.integers(5, 1500), min_size=2, max_size=300)
MOVES = st.lists(
    st.tuples(st.sampled_from(["wheel", "zoom", "pan", "reveal", "centre"]), st.floats(0, 1), st.integers(-12, 12)),
    max_size=8,
)


def constant(rate: Fraction, count: int) -> FrameTimes:
    ticks = tuple(index * rate.denominator for index in range(count))
    return FrameTimes(Ticks(ticks), Fraction(1, rate.numerator), count * rate.denominator)


def variable(steps: list[int]) -> FrameTimes:
    ticks = tuple(accumulate(steps[:-1], initial=0))
    return FrameTimes(Ticks(ticks), Fraction(1, 600), ticks[-1] + steps[-1])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)
@given(
    frames=st.builds(constant, st.sampled_from([Fraction(rate) for rate in RATES]), st.integers(2, 3000))
    | st.builds(variable, STEPS),
    moves=MOVES,
    pixel=st.floats(0, 1),
)
def test_however_the_track_is_zoomed_and_moved_pixels_and_frames_agree(
    timeline: Timeline, clip: Clip, frames: FrameTimes, moves: list[tuple[str, float, int]], pixel: float
) -> None:
    """For every rate, also where it varies: the view stays inside, and a frame drawn at a pixel is found there."""
    surface = track(timeline)
    whole = Span(Fraction(0), frames.duration)
    surface.show_clip(replace(clip, frames=frames), whole, editable=True)
    for what, place, strength in moves:
        scale = surface.scale
        time = Fraction(place) * frames.duration
        if what == "wheel":
            wheel(timeline, scale.left + place * scale.width, QPoint(0, strength * 120))
        elif what == "zoom":
            surface.zoom(Fraction(4, 5) ** strength, time)
        elif what == "pan":
            wheel(timeline, 500, QPoint(strength * 120, 0))
        elif what == "reveal":
            surface.reveal(time)
            assert surface.scale.view.start <= time <= surface.scale.view.end
        else:
            surface.centre_on(time)
        view = surface.scale.view
        assert 0 <= view.start < view.end <= frames.duration
        assert max(view.start.denominator, view.end.denominator) < 10**9, "no fraction grows without end"
    scale = surface.scale
    x = scale.left + pixel * scale.width
    index = frames.index_at(scale.time_at(x))
    assert scale.x_of(frames.start_of(index)) <= x + 1e-6
    assert x - 1e-6 <= scale.x_of(frames.end_of(index)) or index == len(frames) - 1


def test_the_very_end_comes_into_view_where_it_lies_between_two_steps_of_the_view(
    timeline: Timeline, clip: Clip
) -> None:
    surface, frames = track(timeline), constant(Fraction(30), 40)
    surface.show_clip(replace(clip, frames=frames), Span(Fraction(0), frames.duration), editable=True)
    surface.zoom(Fraction(1, 2), Fraction(0))
    surface.reveal(frames.duration)
    assert surface.scale.view.end == frames.duration


def shown_limits(timeline: Timeline) -> set[int]:
    """Where, to a pixel, lines of the limits' colour run down the track's waveform."""
    image = track(timeline).grab().toImage()
    ratio, row = image.devicePixelRatio(), HEIGHT - 5
    wanted = style.colour("warning")
    hits = [x for x in range(image.width()) if near_colour(image.pixelColor(x, round(row * ratio)), wanted)]
    return {round(x / ratio) for x in hits}


def near_colour(one: QColor, other: QColor) -> bool:
    pairs = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return all(abs(a - b) < 40 for a, b in pairs)


def test_the_model_s_limits_are_drawn_while_an_edge_is_in_hand(qtbot: QtBot, timeline: Timeline) -> None:
    times = FrameTimes(Ticks(range(1500)), Fraction(1, 25), 1500)
    timeline.open(replace(timeline._clip or a_clip(), frames=times), Span(Fraction(25), Fraction(32)))
    with qtbot.waitActive(timeline):
        timeline.activateWindow()

    def lines_at(*seconds: int) -> bool:
        found = shown_limits(timeline)
        places = [track(timeline).scale.x_of(Fraction(each)) for each in seconds]
        return all(any(abs(x - place) <= 1.5 for x in found) for place in places) and all(
            any(abs(x - place) <= 2.5 for place in places) for x in found
        )

    assert lines_at()
    ends = {Edge.IN: (30, 12), Edge.OUT: (27, 45)}
    for edge, places in ends.items():
        handle(timeline, edge).setFocus(Qt.FocusReason.TabFocusReason)
        assert lines_at(*places), "by keyboard"
    track(timeline).setFocus(Qt.FocusReason.MouseFocusReason)
    assert lines_at()
    grip = handle(timeline, Edge.OUT)
    QTest.mousePress(grip, LEFT, pos=QPoint(6, 20))
    QTest.mouseMove(grip, QPoint(16, 20))
    assert lines_at(27, 45), "by mouse"
    QTest.mouseRelease(grip, LEFT)
    assert lines_at()
    QTest.mousePress(track(timeline), LEFT, pos=at(timeline, 50))
    QTest.mouseMove(track(timeline), at(timeline, 55))
    start = track(timeline).scale.time_at(at(timeline, 50).x())
    assert timeline.span is not None
    assert abs(timeline.span.start - start) < Fraction(1, 25)
    assert lines_at(52), "while a new one is drawn; 20 seconds on lies past the end"
    QTest.mouseRelease(track(timeline), LEFT, pos=at(timeline, 55))
    assert lines_at()
