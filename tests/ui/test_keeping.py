"""What the window says and offers about keeping: seams on the timeline, troubles, exports, and room on disk."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QSpinBox, QTableWidget
from pytestqt.qtbot import QtBot

from retake_desktop.domain.errors import ErrorKind, Problem
from retake_desktop.domain.film import SeamChoice, SeamRule
from retake_desktop.domain.job import Stage
from retake_desktop.domain.retake import Mode
from retake_desktop.media.splice_report import SpliceMethod, SplicePlan, Stretch
from retake_desktop.services.pipeline.keeping import KeepPlan
from retake_desktop.services.room import Room, SourceRoom
from retake_desktop.ui.review.export_menu import Export
from retake_desktop.ui.style import Style
from retake_desktop.ui.timeline.seam_marks import SeamGrip
from tests.ui.making import Bench, a_bench, a_clip

KITCHEN = a_clip()
RESULT = a_clip("/results/a.mp4", 7)
SEAMS, REACH = (0, 125), (0, 160)


@pytest.fixture
def bench(qtbot: QtBot, styled: Style) -> Iterator[Bench]:
    made = a_bench(qtbot, styled, KITCHEN)
    made.open(qtbot, KITCHEN)
    yield made
    made.close()


def review(bench: Bench, qtbot: QtBot) -> str:
    (job_id,) = bench.retake(qtbot)
    bench.jobs.bring_home(job_id, RESULT)
    qtbot.waitUntil(lambda: bench.window.is_reviewing)
    return job_id


def plan_for(job_id: str, seams: tuple[int, int] = SEAMS) -> KeepPlan:
    stretch = Stretch(0, 150, *seams, "up to the next keyframe")
    return KeepPlan(
        job_id=job_id,
        splice=SplicePlan(750, 600, SpliceMethod.LOSSLESS, "", (stretch,)),
        first=seams[0],
        end=seams[1],
        crossfade=0,
        selection=SEAMS,
        reach=REACH,
        moments=1,
        gives_way=(),
        path="/videos/kitchen-retake.mp4",
        is_rebuilt=False,
    )


def planned(bench: Bench, job_id: str, seams: tuple[int, int] = SEAMS) -> None:
    bench.jobs.keep_planned.emit(job_id, plan_for(job_id, seams))


def grip(bench: Bench, name: str) -> SeamGrip:
    (found,) = [one for one in bench.window.findChildren(SeamGrip) if name in one.accessibleName()]
    return found


def field(bench: Bench, name: str) -> QSpinBox:
    (found,) = [one for one in bench.window.findChildren(QSpinBox) if one.accessibleName() == name]
    return found


def button(bench: Bench, words: str) -> QPushButton:
    (found,) = [one for one in bench.window.review.findChildren(QPushButton) if one.text() == words]
    return found


def last_seams(bench: Bench) -> Any:
    return next((asked[1:] for asked in reversed(bench.jobs.asked) if asked[0] == "set_seams"), None)


def test_the_seams_lie_on_the_change_map_and_are_moved_there_by_mouse(bench: Bench, qtbot: QtBot) -> None:
    job_id = review(bench, qtbot)
    out = grip(bench, "Seam out")
    assert not out.isVisible(), "nothing is said before it is known"
    planned(bench, job_id)
    qtbot.waitUntil(out.isVisible)
    scale = bench.window.timeline._track.scale
    assert out.geometry().center().x() == pytest.approx(scale.x_of(KITCHEN.frames.start_of(125)), abs=1)
    assert out.accessibleDescription() == "frame 124, 00:00:05.000"
    there = round(scale.x_of(KITCHEN.frames.start_of(140)))
    middle = out.rect().center()
    QTest.mousePress(out, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(out, QPoint(there, 0) - QPoint(out.x(), 0) + QPoint(0, middle.y()))
    frame = field(bench, "Seam out").value()
    assert frame == pytest.approx(139, abs=2)
    planned(bench, job_id)
    assert out.value() == frame + 1, "what is in the hand stays there"
    QTest.mouseRelease(out, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.waitUntil(lambda: "set_seams" in [asked[0] for asked in bench.jobs.asked])
    assert last_seams(bench) == (job_id, SeamChoice(SeamRule.CHOSEN, 0, frame + 1))
    assert bench.workbench._playback.index == frame, "the frame at the seam is shown"


def test_the_seams_are_moved_by_keyboard_and_follow_the_figures(bench: Bench, qtbot: QtBot) -> None:
    job_id = review(bench, qtbot)
    planned(bench, job_id)
    out = grip(bench, "Seam out")
    qtbot.waitUntil(out.isVisible)
    QTest.keyClick(out, Qt.Key.Key_Right)
    assert field(bench, "Seam out").value() == 125
    field(bench, "Seam in").setValue(7)
    assert grip(bench, "Seam in").value() == 7
    qtbot.waitUntil(lambda: last_seams(bench) == (job_id, SeamChoice(SeamRule.CHOSEN, 7, 126)))
    for _ in range(50):
        QTest.keyClick(out, Qt.Key.Key_Right)
    assert out.value() == REACH[1], "no further than the take has pictures"


def test_the_seams_are_gone_with_the_review_and_for_a_take_of_the_sound(bench: Bench, qtbot: QtBot) -> None:
    job_id = review(bench, qtbot)
    planned(bench, job_id)
    out = grip(bench, "Seam out")
    qtbot.waitUntil(out.isVisible)
    bench.workbench.reviewing.leave()
    assert not out.isVisible()
    job = bench.jobs.jobs[job_id]
    bench.jobs.put(replace(job, request=replace(job.request, mode=Mode.SOUND)))
    bench.workbench.reviewing.open(job_id)
    qtbot.waitUntil(lambda: bench.window.is_reviewing)
    planned(bench, job_id)
    assert not out.isVisible()


def test_while_the_film_is_made_no_seam_can_be_moved(bench: Bench, qtbot: QtBot) -> None:
    job_id = review(bench, qtbot)
    planned(bench, job_id)
    out = grip(bench, "Seam out")
    button(bench, "Keep").click()
    assert not out.isEnabled()
    bench.jobs.keep_stopped.emit(job_id)
    assert out.isEnabled()


@pytest.mark.parametrize(
    ("kind", "words"),
    [(ErrorKind.NO_SPACE, "The disk is full"), (ErrorKind.FILE_TROUBLE, "A file or folder cannot be used")],
)
def test_a_film_that_cannot_be_written_is_said_and_can_be_kept_again(
    bench: Bench, qtbot: QtBot, kind: ErrorKind, words: str
) -> None:
    job_id = review(bench, qtbot)
    keep = button(bench, "Keep")
    keep.click()
    assert not keep.isEnabled()
    bench.jobs.command_failed.emit(job_id, Problem(kind))
    assert any(words in label.text() for label in bench.window.findChildren(QLabel) if label.isVisible())
    assert keep.isEnabled()


def exports(bench: Bench) -> dict[Export, QAction]:
    return {action.data(): action for action in bench.window.review.decisions._menu.actions() if action.data()}


def test_every_export_asks_for_a_name_and_is_made(bench: Bench, qtbot: QtBot, tmp_path: Path) -> None:
    job_id = review(bench, qtbot)
    bench.jobs.move(job_id, Stage.KEPT, result_path="/results/a.mp4", final_path="/videos/kitchen-retake.mp4")
    bench.workbench._playback.seek_frame(40)
    time = bench.workbench._playback.time
    targets = {what: str(tmp_path / f"{what.name}.mp4") for what in Export}
    for what, action in exports(bench).items():
        action.trigger()
        exporting, reviewing = bench.workbench.finishing.exporting, bench.workbench.reviewing
        dialog = (reviewing if what in {Export.RESULT, Export.FILM} else exporting)._dialog
        assert dialog is not None
        dialog.fileSelected.emit(targets[what])
        dialog.done(0)
    asked = [one for one in bench.jobs.asked if one[0] in {"export", "share_video", "share_still", "share_facts"}]
    assert asked[:2] == [
        ("export", job_id, "/results/a.mp4", targets[Export.RESULT]),
        ("export", job_id, "/videos/kitchen-retake.mp4", targets[Export.FILM]),
    ]
    assert [one[0] for one in asked[2:]] == ["share_video", "share_video", "share_still", "share_facts"]
    assert [one[-1] for one in asked[2:]] == [
        targets[what] for what in (Export.SIDE_BY_SIDE, Export.WIPE, Export.STILL, Export.FACTS)
    ]
    assert asked[4][-2] == time, "the still is of the frame on screen"
    qtbot.waitUntil(lambda: "Saved as" in bench.window.notice.words())


def test_an_export_over_the_original_is_refused_and_says_so(bench: Bench, qtbot: QtBot) -> None:
    job_id = review(bench, qtbot)
    bench.jobs.export_refused.emit(job_id, "/videos/kitchen.mp4")
    assert bench.window.notice.words().startswith("kitchen.mp4 was not replaced: it is the original")


def test_what_a_take_does_not_have_cannot_be_exported_and_says_why(bench: Bench, qtbot: QtBot) -> None:
    job_id = review(bench, qtbot)
    assert not exports(bench)[Export.FILM].isEnabled()
    assert exports(bench)[Export.FILM].toolTip() == "Keep the take first."
    job = bench.jobs.jobs[job_id]
    bench.jobs.put(replace(job, request=replace(job.request, mode=Mode.SOUND)))
    assert not exports(bench)[Export.WIPE].isEnabled()
    assert exports(bench)[Export.RESULT].isEnabled()


def test_room_is_told_per_video_and_clearing_asks_for_the_cache_alone(bench: Bench) -> None:
    bench.window.top_bar.room_asked.emit()
    dialog = bench.workbench.finishing.rooming._dialog
    assert dialog is not None
    sources = (SourceRoom("/videos/kitchen.mp4", 3, 5_000_000, 2_000_000, 90_000_000),)
    bench.jobs.room_known.emit(Room(sources, cache=7_000_000, other=1000))
    (table,) = dialog.findChildren(QTableWidget)
    row = [table.model().index(0, column).data() for column in range(table.columnCount())]
    assert row == ["kitchen.mp4", "3", "5.0 MB", "2.0 MB", "90.0 MB"]
    (clear,) = [one for one in dialog.findChildren(QPushButton) if "Clear the cache" in one.text()]
    assert "7.0 MB" in clear.text()
    clear.click()
    assert not clear.isEnabled()
    assert [asked[0] for asked in bench.jobs.asked][-2:] == ["measure_room", "clear_cache"]
    bench.jobs.room_known.emit(Room(sources, cache=0, other=1000))
    assert not clear.isEnabled()
    assert clear.toolTip() == "It is empty."
    dialog.close()


def test_other_takes_with_long_prompts_do_not_make_the_panel_wider_than_its_place(bench: Bench, qtbot: QtBot) -> None:
    bench.window.compose._takes.setValue(2)
    for job_id in bench.retake(qtbot, "Seventy times seven yellow bath ducks, all of them in step"):
        bench.jobs.bring_home(job_id, RESULT)
    qtbot.waitUntil(lambda: bench.window.is_reviewing)
    qtbot.waitUntil(bench.window.review.candidates.isVisible)
    scroll = bench.window.review._scroll
    inner = scroll.widget()
    assert inner is not None
    qtbot.waitUntil(lambda: inner.width() <= scroll.viewport().width())
