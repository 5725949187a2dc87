"""The timeline by mouse, by keyboard, in figures, and as a screen reader meets it."""

from collections.abc import Iterator
from fractions import Fraction

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.span import Span
from retake_desktop.ui.style import Style
from retake_desktop.ui.timeline.backdrop import RULER_HEIGHT
from retake_desktop.ui.timeline.fields import TimeField
from retake_desktop.ui.timeline.handles import Edge, Handle
from retake_desktop.ui.timeline.panel import Timeline
from retake_desktop.ui.timeline.track import Track
from tests.ui.conftest import MakeFootage

SPAN = Span(Fraction(2), Fraction(6))
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def clip(make_footage: MakeFootage) -> Clip:
    return make_footage(frames=250, rate=25, size=(160, 90))


@pytest.fixture
def timeline(qtbot: QtBot, styled: Style, clip: Clip) -> Iterator[Timeline]:
    timeline = Timeline()
    qtbot.addWidget(timeline)
    timeline.resize(1000, 180)
    with qtbot.waitExposed(timeline):
        timeline.show()
    timeline.open(clip, SPAN)
    yield timeline
    timeline.close_files()


def track(timeline: Timeline) -> Track:
    found = timeline.findChild(Track)
    assert isinstance(found, Track)
    return found


def handle(timeline: Timeline, edge: Edge) -> Handle:
    return next(each for each in timeline.findChildren(Handle) if each.edge is edge)


def field(timeline: Timeline, name: str) -> TimeField:
    return next(each for each in timeline.findChildren(TimeField) if each.accessibleName() == name)


def at(timeline: Timeline, seconds: float, y: int = RULER_HEIGHT + 30) -> QPoint:
    return QPoint(round(track(timeline).scale.x_of(Fraction(seconds))), y)


def drag(widget: QWidget, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(widget, LEFT, pos=start)
    for part in range(1, 5):
        QTest.mouseMove(widget, start + (end - start) * part / 4)
    QTest.mouseRelease(widget, LEFT, pos=end)


def near(time: Fraction, seconds: float) -> bool:
    return abs(time - Fraction(seconds)) <= Fraction(1, 25)


def test_a_drag_on_empty_track_draws_a_new_selection(qtbot: QtBot, timeline: Timeline, clip: Clip) -> None:
    spans: list[Span] = []
    settled: list[Span] = []
    timeline.span_changed.connect(spans.append)
    timeline.span_settled.connect(settled.append)
    drag(track(timeline), at(timeline, 6.5), at(timeline, 9.5))
    assert len(spans) > 1, "it is told while the mouse moves"
    assert spans[-1] == timeline.span == spans[-1].snapped(clip.frames)
    assert near(spans[-1].start, 6.5)
    assert near(spans[-1].end, 9.5)
    assert settled == [spans[-1]]


def test_dragging_its_body_moves_the_selection_and_stops_at_the_clip_s_edge(timeline: Timeline, clip: Clip) -> None:
    drag(track(timeline), at(timeline, 4), at(timeline, 5))
    assert timeline.span is not None
    assert near(timeline.span.start, 3)
    assert timeline.span.duration == SPAN.duration
    drag(track(timeline), at(timeline, 5), at(timeline, 10))
    assert timeline.span.end == clip.duration
    assert timeline.span.duration == SPAN.duration


@pytest.mark.parametrize(("edge", "seconds"), [(Edge.IN, 4.0), (Edge.OUT, 8.0)])
def test_dragging_a_handle_moves_its_edge_and_previews_the_frame_there(
    timeline: Timeline, clip: Clip, edge: Edge, seconds: float
) -> None:
    previews: list[Fraction] = []
    timeline.scrub_preview.connect(previews.append)
    ended: list[bool] = []
    timeline.scrub_ended.connect(lambda: ended.append(True))
    grip = handle(timeline, edge)
    way = at(timeline, seconds) - at(timeline, float(SPAN.start if edge is Edge.IN else SPAN.end))
    QTest.mousePress(grip, LEFT, pos=QPoint(6, 20))
    QTest.mouseMove(grip, QPoint(6, 20) + QPoint(way.x(), 0))
    QTest.mouseRelease(grip, LEFT)
    assert timeline.span is not None
    moved, still = timeline.span.start, timeline.span.end
    if edge is Edge.OUT:
        moved, still = still, moved
    assert near(moved, seconds)
    assert still == (SPAN.end if edge is Edge.IN else SPAN.start)
    assert previews[-1] == (moved if edge is Edge.IN else moved - Fraction(1, 25)), "an out point shows the last frame"
    assert ended


def test_a_click_moves_the_playhead_and_not_the_selection(timeline: Timeline) -> None:
    wanted: list[Fraction] = []
    timeline.playhead_requested.connect(wanted.append)
    QTest.mouseClick(track(timeline), LEFT, pos=at(timeline, 8))
    QTest.mouseClick(track(timeline), LEFT, pos=at(timeline, 3))
    assert [near(time, seconds) for time, seconds in zip(wanted, (8, 3), strict=True)] == [True, True]
    assert timeline.span == SPAN


def test_a_drag_on_the_ruler_scrubs(timeline: Timeline) -> None:
    wanted: list[Fraction] = []
    timeline.playhead_requested.connect(wanted.append)
    drag(track(timeline), at(timeline, 1, 5), at(timeline, 5, 5))
    assert near(wanted[0], 1)
    assert near(wanted[-1], 5)
    assert wanted == sorted(wanted)
    assert timeline.span == SPAN


def test_arrow_keys_move_a_handle_by_a_frame_and_paging_by_a_second(qtbot: QtBot, timeline: Timeline) -> None:
    settled: list[Span] = []
    timeline.span_settled.connect(settled.append)
    grip = handle(timeline, Edge.IN)
    grip.setFocus()
    QTest.keyClick(grip, Qt.Key.Key_Right)
    assert timeline.span == Span(Fraction(51, 25), Fraction(6))
    QTest.keyClick(grip, Qt.Key.Key_Left)
    QTest.keyClick(grip, Qt.Key.Key_PageUp)
    assert timeline.span == Span(Fraction(3), Fraction(6))
    QTest.keyClick(handle(timeline, Edge.OUT), Qt.Key.Key_End)
    assert timeline.span == Span(Fraction(3), Fraction(10))
    assert settled[-1] == timeline.span


def test_a_handle_leaves_the_least_that_can_be_sent(timeline: Timeline) -> None:
    handle(timeline, Edge.IN).setValue(249)
    assert timeline.span == Span(Fraction(4), Fraction(6)), "two seconds are the least that can be sent"
    assert handle(timeline, Edge.IN).value() == 100


def value_interface(widget: QWidget) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("edge", "name", "written"), [(Edge.IN, "In point", "00:00:02.000"), (Edge.OUT, "Out point", "00:00:06.000")]
)
def test_handles_are_sliders_that_read_as_timecode(timeline: Timeline, edge: Edge, name: str, written: str) -> None:
    accessible = value_interface(handle(timeline, edge))
    assert accessible.role() is QAccessible.Role.Slider
    assert accessible.text(QAccessible.Text.Name) == name
    assert accessible.text(QAccessible.Text.Description) == written
    value = accessible.valueInterface()
    value.setCurrentValue(value.currentValue() + 5)
    assert accessible.text(QAccessible.Text.Description) != written


def set_from_outside(widget: TimeField, text: str) -> None:
    """As AT-SPI's EditableText.setTextContents does it."""
    accessible = value_interface(widget)
    editable, content = accessible.editableTextInterface(), accessible.textInterface()
    editable.replaceText(0, content.characterCount(), text)


@pytest.mark.parametrize("text", ["00:00:03.200", "3.2", "00:00:03:05", "3,2"])
def test_a_start_set_from_outside_takes_effect_without_enter(timeline: Timeline, text: str) -> None:
    set_from_outside(field(timeline, "Selection start"), text)
    assert timeline.span == Span(Fraction(16, 5), Fraction(6))


def test_a_start_past_the_end_moves_the_whole_selection(timeline: Timeline) -> None:
    set_from_outside(field(timeline, "Selection start"), "00:00:06.000")
    assert timeline.span == Span(Fraction(6), Fraction(10))
    set_from_outside(field(timeline, "Selection start"), "00:00:02.000")
    assert timeline.span == Span(Fraction(2), Fraction(10)), "each text counts by itself"


def test_an_end_set_moves_only_the_end_and_other_texts_follow(timeline: Timeline) -> None:
    set_from_outside(field(timeline, "Selection end"), "00:00:08.000")
    assert timeline.span == Span(Fraction(2), Fraction(8))
    assert field(timeline, "Selection start").text() == "00:00:02.000"
    assert handle(timeline, Edge.OUT).accessibleDescription() == "00:00:08.000"


def test_typing_takes_effect_within_300_ms_and_half_typed_times_do_not_matter(qtbot: QtBot, timeline: Timeline) -> None:
    spans: list[Span] = []
    timeline.span_changed.connect(spans.append)
    start = field(timeline, "Selection start")
    start.setFocus()
    start.selectAll()
    QTest.keyClicks(start, "3.4", delay=20)
    assert spans == []
    qtbot.waitUntil(lambda: spans != [], timeout=300)
    assert spans == [Span(Fraction(17, 5), Fraction(6))]
    assert start.text() == "3.4", "it is made tidy only when the focus leaves"
    QApplication.sendEvent(start, QFocusEvent(QEvent.Type.FocusOut))
    assert start.text() == "00:00:03.400"


def test_slow_typing_is_measured_against_the_selection_before_it(qtbot: QtBot, timeline: Timeline) -> None:
    start = field(timeline, "Selection start")
    start.setFocus()
    start.selectAll()
    for key in "7.5":
        QTest.keyClicks(start, key)
        qtbot.wait(250)
    assert timeline.span is not None
    assert timeline.span.duration == SPAN.duration, "the 7 on the way has not eaten the length"


def test_a_text_from_outside_counts_from_what_is_selected_now_even_after_typing(timeline: Timeline) -> None:
    start = field(timeline, "Selection start")
    start.setFocus()
    start.selectAll()
    QTest.keyClicks(start, "3")
    QTest.keyClick(start, Qt.Key.Key_Return)
    set_from_outside(field(timeline, "Selection end"), "9")
    set_from_outside(start, "4")
    assert timeline.span == Span(Fraction(4), Fraction(9))


def test_enter_takes_effect_at_once_and_is_one_change_to_undo(qtbot: QtBot, timeline: Timeline) -> None:
    settled: list[Span] = []
    timeline.span_settled.connect(settled.append)
    end = field(timeline, "Selection end")
    end.setFocus()
    end.selectAll()
    QTest.keyClicks(end, "5")
    QTest.keyClick(end, Qt.Key.Key_Return)
    assert settled == [Span(Fraction(2), Fraction(5))]


def test_what_is_no_time_moves_nothing_and_is_marked(qtbot: QtBot, timeline: Timeline) -> None:
    start = field(timeline, "Selection start")
    set_from_outside(start, "two")
    assert timeline.span == SPAN
    assert start.property("invalid") is True
    assert "00:00:01.200" in start.accessibleDescription()


def test_under_two_seconds_is_marked_and_left_alone(timeline: Timeline) -> None:
    set_from_outside(field(timeline, "Selection end"), "3")
    assert timeline.span == Span(Fraction(2), Fraction(3))
    for name in ("Selection start", "Selection end"):
        assert field(timeline, name).property("invalid") is True
        assert field(timeline, name).accessibleDescription() == "Select at least 2 seconds."
    set_from_outside(field(timeline, "Selection end"), "5")
    assert field(timeline, "Selection end").property("invalid") is False
    assert field(timeline, "Selection end").accessibleDescription() == ""


def test_i_and_o_set_the_points_at_the_playhead(timeline: Timeline) -> None:
    timeline.mark_in(Fraction(3))
    timeline.mark_out(Fraction(5))
    assert timeline.span == Span(Fraction(3), Fraction(126, 25)), "the frame on screen is part of it"


def test_setting_it_from_the_program_tells_nobody(timeline: Timeline) -> None:
    told: list[Span] = []
    timeline.span_changed.connect(told.append)
    timeline.set_span(Span(Fraction(1), Fraction(4)))
    assert told == []
    assert field(timeline, "Selection end").text() == "00:00:04.000"


def test_under_review_only_the_stretch_is_shown_and_nothing_can_be_moved(timeline: Timeline, clip: Clip) -> None:
    timeline.review(clip, Span(Fraction(1), Fraction(7)), SPAN)
    assert track(timeline).scale.view == Span(Fraction(1), Fraction(7))
    assert not any(each.isVisible() for each in timeline.findChildren(Handle))
    wanted: list[Fraction] = []
    timeline.playhead_requested.connect(wanted.append)
    drag(track(timeline), at(timeline, 3), at(timeline, 5))
    assert timeline.span == SPAN
    assert near(wanted[-1], 5)
    for name in ("Selection start", "Selection end"):
        assert not field(timeline, name).isEnabled()
        assert "review" in field(timeline, name).accessibleDescription()
    timeline.open(clip, SPAN)
    assert all(each.isVisible() for each in timeline.findChildren(Handle))


def test_filmstrip_and_waveform_fill_in(qtbot: QtBot, timeline: Timeline) -> None:
    surface = track(timeline)
    lanes = {"strip": RULER_HEIGHT + 28, "wave": RULER_HEIGHT + 78}

    def colours(y: int) -> int:
        image = surface.grab().toImage()
        scale = image.devicePixelRatio()
        return len(
            {
                image.pixel(round(x * scale), round((y + dy) * scale))
                for x in range(700, 960, 3)
                for dy in range(-9, 9, 3)
            }
        )

    qtbot.waitUntil(lambda: colours(lanes["strip"]) > 20 and colours(lanes["wave"]) > 1, timeout=10000)


def test_without_a_clip_the_fields_say_why_they_are_off(timeline: Timeline) -> None:
    timeline.open(None)
    assert field(timeline, "Selection start").accessibleDescription() == "Open a video first."
    assert not field(timeline, "Selection start").isEnabled()


def test_each_name_belongs_to_one_showing_widget(timeline: Timeline) -> None:
    names = [
        each.accessibleName() for each in timeline.findChildren(QWidget) if each.isVisible() and each.accessibleName()
    ]
    assert sorted(names) == ["In point", "Out point", "Selection end", "Selection start", "Timeline"]
