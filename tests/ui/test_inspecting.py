"""A take under review, from the keyboard: zoom, seams, changes, lining up, judging, and choosing among several."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from fractions import Fraction

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from retake_desktop.domain.changes import Changes
from retake_desktop.domain.clip import AudioTrack
from retake_desktop.domain.errors import ErrorKind, Problem
from retake_desktop.domain.span import Span
from retake_desktop.ui.playback.soundtrack import Side
from retake_desktop.ui.playback.zoom import Zoom
from retake_desktop.ui.review.compare_mode import CompareMode
from retake_desktop.ui.style import Style
from retake_desktop.ui.takes.take_list import TakeList
from retake_desktop.ui.takes.thumbnails import still_of
from tests.ui.making import Bench, a_bench, a_clip

KITCHEN = a_clip()
RESULT = a_clip("/results/a.mp4", 7)
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def bench(qtbot: QtBot, styled: Style) -> Iterator[Bench]:
    made = a_bench(qtbot, styled, KITCHEN)
    made.open(qtbot, KITCHEN)
    made.window.activateWindow()
    qtbot.waitUntil(made.window.isActiveWindow)
    yield made
    made.close()


def review(bench: Bench, qtbot: QtBot, takes: int = 1) -> list[str]:
    bench.window.compose._takes.setValue(takes)
    ids = bench.retake(qtbot)
    for number, job_id in enumerate(ids):
        bench.jobs.bring_home(job_id, replace(RESULT, path=f"/results/{number}.mp4"))
    qtbot.waitUntil(lambda: bench.window.is_reviewing and bench.window.compare.shot is not None)
    return ids


def is_full(bench: Bench) -> bool:
    return bench.window.is_full


def loop_of(bench: Bench) -> Span | None:
    return bench.workbench._playback.loop


def press(bench: Bench, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    bench.window.compare.setFocus()
    QTest.keyClick(bench.window.compare, key, modifier)


def named(parent: QWidget, name: str) -> QWidget:
    (found,) = [one for one in parent.findChildren(QWidget) if one.accessibleName() == name and one.isVisible()]
    return found


def button(parent: QWidget, words: str) -> QPushButton:
    (found,) = [one for one in parent.findChildren(QPushButton) if one.text() == words and one.isVisible()]
    return found


def test_b_shows_before_for_as_long_as_it_is_held(bench: Bench, qtbot: QtBot) -> None:
    review(bench, qtbot)
    compare = bench.window.compare
    compare.setFocus()
    QTest.keyPress(compare, Qt.Key.Key_B)
    assert "showing before" in compare.accessibleDescription()
    QTest.keyRelease(compare, Qt.Key.Key_B)
    assert "showing" not in compare.accessibleDescription()
    compare.choose(CompareMode.AB)
    press(bench, Qt.Key.Key_B)
    assert "showing before" in compare.accessibleDescription(), "a tap in A/B stays"
    press(bench, Qt.Key.Key_B)
    assert "showing after" in compare.accessibleDescription()


def test_the_pictures_are_enlarged_from_the_keyboard(bench: Bench, qtbot: QtBot) -> None:
    review(bench, qtbot)
    press(bench, Qt.Key.Key_1, CONTROL)
    assert bench.window.compare.zoom.scale == 1
    assert named(bench.window.compare_bar, "Zoom").accessibleDescription() == "100 %"
    press(bench, Qt.Key.Key_Plus, CONTROL)
    assert bench.window.compare.zoom.scale == 2
    press(bench, Qt.Key.Key_0, CONTROL)
    assert bench.window.compare.zoom == Zoom()
    press(bench, Qt.Key.Key_M)
    assert bench.window.compare_bar.loupe.isChecked()


def test_the_full_screen_holds_pictures_and_controls_and_escape_leaves_it_first(bench: Bench, qtbot: QtBot) -> None:
    review(bench, qtbot)
    press(bench, Qt.Key.Key_F11)
    assert is_full(bench)
    assert not bench.window.takes.isVisible()
    press(bench, Qt.Key.Key_Escape)
    assert not is_full(bench)
    assert bench.window.is_reviewing
    assert bench.window.takes.isVisible()
    press(bench, Qt.Key.Key_Escape)
    assert not bench.window.is_reviewing


def test_a_take_is_moved_by_a_frame_and_shown_so_at_the_same_place(bench: Bench, qtbot: QtBot) -> None:
    (job_id,) = review(bench, qtbot)
    bench.workbench._playback.seek_frame(40)
    qtbot.waitUntil(lambda: bench.window.compare.shot is not None and bench.window.compare.shot.index == 40)
    shot = bench.window.compare.shot
    assert shot is not None
    before = shot.after_index
    assert before is not None
    named(bench.window.review, "One frame later")
    press(bench, Qt.Key.Key_Right, CONTROL)
    qtbot.waitUntil(lambda: bench.window.compare.shot is not None and bench.window.compare.shot is not shot)
    moved = bench.window.compare.shot
    assert moved is not None
    assert (moved.index, moved.after_index) == (40, before + 1)
    assert bench.jobs.asked[-2:] == [("correct", job_id, 1), ("measure_changes", job_id)]


def test_changes_lie_on_the_timeline_and_n_goes_to_them(bench: Bench, qtbot: QtBot) -> None:
    (job_id,) = review(bench, qtbot)
    change_map = bench.window.timeline.change_map
    assert change_map.accessibleDescription() == "Looking for what has changed"
    levels = tuple(30.0 if 10 <= index < 50 or index == 130 else 0.0 for index in range(150))
    bench.jobs.changes_known.emit(job_id, Changes(0, levels, 1.0, (0, 125), (0, 125)))
    assert change_map.isVisible()
    assert change_map.accessibleDescription() == (
        "The selection has changed. Outside it 1 frames have changed, at 00:00:05.200."
    )
    press(bench, Qt.Key.Key_N)
    assert bench.workbench._playback.index == 10
    press(bench, Qt.Key.Key_N)
    assert bench.workbench._playback.index == 130
    QTest.mouseClick(bench.window.timeline._track, Qt.MouseButton.LeftButton, pos=change_map.geometry().center())
    assert 60 < bench.workbench._playback.index < 100, "the map lets a click through to the track"
    press(bench, Qt.Key.Key_Escape)
    assert not change_map.isVisible()


def test_changes_that_cannot_be_measured_are_told(bench: Bench, qtbot: QtBot) -> None:
    (job_id,) = review(bench, qtbot)
    bench.jobs.changes_known.emit(job_id, Problem(ErrorKind.MEDIA_FAILED))
    assert "could not be measured" in bench.window.timeline.change_map.accessibleDescription()


def test_a_seam_is_looped_with_original_and_take_in_turn(bench: Bench, qtbot: QtBot) -> None:
    review(bench, qtbot)
    playback = bench.workbench._playback
    press(bench, Qt.Key.Key_6)
    assert loop_of(bench) == Span(Fraction(9, 2), Fraction(11, 2))
    assert playback.is_playing
    assert bench.window.seam_panel.isVisible()
    assert not bench.window.waves.isVisible(), "the sound of the joint is in the panel"
    sides: set[tuple[int, Side]] = set()
    playback.lap_began.emit(1)
    sides.add((1, playback.side))
    playback.lap_began.emit(2)
    sides.add((2, playback.side))
    assert sides == {(1, Side.AFTER), (2, Side.BEFORE)}
    seam = named(bench.window.compare_bar, "Out seam")
    assert isinstance(seam, QToolButton)
    assert seam.isChecked()
    press(bench, Qt.Key.Key_6)
    assert loop_of(bench) is None
    assert not bench.window.seam_panel.isVisible()
    assert not seam.isChecked()


def test_the_joint_s_sound_takes_the_place_of_the_moment_s_while_a_seam_is_looked_at(
    qtbot: QtBot, styled: Style
) -> None:
    track = AudioTrack(1, "aac", 48_000, 2, "stereo", Fraction(0), Fraction(30))
    sounding = replace(KITCHEN, audio=(track,))
    with closing(a_bench(qtbot, styled, sounding)) as made:
        made.open(qtbot, sounding)
        made.window.activateWindow()
        review(made, qtbot)
        assert made.window.waves.isVisible()
        press(made, Qt.Key.Key_6)
        assert not made.window.waves.isVisible()
        press(made, Qt.Key.Key_6)
        assert made.window.waves.isVisible()


def test_a_rating_and_a_note_are_kept_with_the_take(bench: Bench, qtbot: QtBot) -> None:
    (job_id,) = review(bench, qtbot)
    star = named(bench.window.review, "4 of 5 stars")
    assert isinstance(star, QToolButton)
    star.click()
    judgement = bench.window.review._judgement
    judgement._note.setPlainText("the sleeve flickers")
    judgement.settle()
    qtbot.waitUntil(lambda: bench.jobs.jobs[job_id].note == "the sleeve flickers")
    assert bench.jobs.jobs[job_id].rating == 4


def has_pictures(takes: TakeList) -> bool:
    """Whether the thumbnail of the last take, a red one, is painted."""
    row = takes.visualRect(takes.model().index(takes.model().rowCount() - 1, 0))
    shown = takes.viewport().grab(QRect(row.left() + 40, row.center().y(), 1, 1)).toImage().pixelColor(0, 0)
    return shown.red() > 2 * shown.blue()


def test_takes_are_chosen_blind_and_then_revealed(bench: Bench, qtbot: QtBot) -> None:
    first, second = review(bench, qtbot, takes=2)
    panel, compare = bench.window.review, bench.window.compare
    bench.workbench.choosing._shuffle = lambda places: places.reverse()
    shown = bench.window.review.job
    assert shown is not None
    (box,) = [one for one in panel.candidates.findChildren(QCheckBox) if one.isVisible()]
    assert not button(panel, "Blind").isEnabled()
    red = QImage(80, 45, QImage.Format.Format_RGB32)
    red.fill(Qt.GlobalColor.red)
    for job in bench.window.takes.jobs():
        bench.window.takes.list._thumbnails._on_read(still_of(job), red)
    assert has_pictures(bench.window.takes.list)
    box.setChecked(True)
    button(panel, "Blind").click()
    qtbot.waitUntil(lambda: compare.cast.is_blind)
    assert [compare.cast.labels[place] for place, _ in compare.panes()] == ["A", "B", "C"]
    assert not panel._facts.isVisible(), "facts would give it away"
    assert not has_pictures(bench.window.takes.list), "so would thumbnails"
    QTest.keyPress(compare, Qt.Key.Key_B)
    assert len(compare.panes()) == 3, "so would before alone"
    QTest.keyRelease(compare, Qt.Key.Key_B)
    press(bench, Qt.Key.Key_5)
    assert not bench.window.seam_panel.isVisible(), "and the joint of original and take"
    assert not any(one.isVisible() for one in bench.window.findChildren(QToolButton) if one.text() == "In seam")
    # Qt shows what a layout has taken up when it gets round to it.
    qtbot.waitUntil(lambda: any(one.text() == "Pick A" for one in panel.findChildren(QPushButton) if one.isVisible()))
    button(panel, "Pick A").click()
    assert not compare.cast.is_blind
    assert has_pictures(bench.window.takes.list)
    assert "C: Original" in panel.blind._answer.text()
    button(panel, "Review the picked take").click()
    other = second if shown.id == first else first
    qtbot.waitUntil(lambda: panel.job is not None and panel.job.id == other)
    assert panel._facts.isVisible()


def test_two_takes_are_shown_against_each_other_and_before_and_after_come_back(bench: Bench, qtbot: QtBot) -> None:
    review(bench, qtbot, takes=2)
    panel, compare = bench.window.review, bench.window.compare
    (box,) = [one for one in panel.candidates.findChildren(QCheckBox) if one.isVisible()]
    box.setChecked(True)
    button(panel, "Against it").click()
    qtbot.waitUntil(lambda: [place for place, _ in compare.panes()] == [1, 2])
    material = bench.workbench._playback.material
    assert material is not None
    assert material.heard == (1, 2)
    button(panel, "Before and after again").click()
    assert [place for place, _ in compare.panes()] == [0, 1]
