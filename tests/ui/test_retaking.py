"""From opening a video to the review of its take, on a window with a fake job thread."""

from collections.abc import Iterator
from fractions import Fraction

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from retake_desktop.domain.errors import ErrorKind, Problem
from retake_desktop.domain.job import Progress, Stage
from retake_desktop.domain.retake import Mode
from retake_desktop.domain.span import Span
from retake_desktop.ui.drop import read_drop
from retake_desktop.ui.style import Style
from tests.fakes.job_thread import DEMO
from tests.ui.making import Bench, a_bench, a_clip

KITCHEN = a_clip()
GARDEN = a_clip("/videos/garden.mp4")
RESULT = a_clip("/results/a.mp4", 7)


@pytest.fixture
def bench(qtbot: QtBot, styled: Style) -> Iterator[Bench]:
    made = a_bench(qtbot, styled, KITCHEN, GARDEN)
    yield made
    made.close()


def test_an_opened_clip_is_on_stage_with_its_first_five_seconds_selected(bench: Bench, qtbot: QtBot) -> None:
    bench.open(qtbot, KITCHEN)
    assert bench.window.stage.isVisible()
    assert bench.window.timeline.span == Span(Fraction(0), Fraction(5))


def test_what_is_asked_for_is_what_the_form_shows(bench: Bench, qtbot: QtBot) -> None:
    bench.open(qtbot, KITCHEN)
    bench.window.compose._mode.set_mode(Mode.SOUND)
    bench.window.compose._takes.setValue(3)
    ids = bench.retake(qtbot, "  A red coat ")
    assert len(ids) == 3
    request = bench.jobs.asked[-1][1]
    assert (request.source, request.prompt, request.mode, request.takes) == (KITCHEN.path, "A red coat", Mode.SOUND, 3)
    assert request.span == Span(Fraction(0), Fraction(5))


def test_however_often_retake_is_pressed_it_is_asked_for_once_until_it_is_on_record(bench: Bench, qtbot: QtBot) -> None:
    bench.open(qtbot, KITCHEN)
    bench.jobs.recording = False
    bench.window.compose.prompt.setPlainText("A red coat")
    QTest.mouseDClick(bench.window.compose._retake, Qt.MouseButton.LeftButton)
    for _ in range(20):
        bench.window.compose._retake.click()
        QTest.keyClick(bench.window.compose.prompt, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert bench.jobs.count("retake") == 1
    assert not bench.window.compose._retake.isEnabled()
    assert bench.window.compose._reason.text() == "Putting your retake on record…"
    bench.jobs.record()
    assert bench.window.compose._retake.isEnabled()


def test_retake_waits_for_every_take_of_the_press(bench: Bench, qtbot: QtBot) -> None:
    bench.open(qtbot, KITCHEN)
    bench.jobs.recording = False
    bench.window.compose._takes.setValue(2)
    bench.window.compose.prompt.setPlainText("A red coat")
    bench.window.compose._retake.click()
    seen: list[bool] = []
    bench.jobs.job_changed.connect(lambda _job: seen.append(bench.window.compose._retake.isEnabled()))
    bench.jobs.record()
    assert seen == [False, True]


def test_a_retake_that_could_not_be_recorded_can_be_pressed_again(bench: Bench, qtbot: QtBot) -> None:
    bench.open(qtbot, KITCHEN)
    bench.jobs.recording = False
    bench.window.compose.prompt.setPlainText("A red coat")
    bench.window.compose._retake.click()
    bench.jobs.command_failed.emit("", Problem(ErrorKind.NO_TOKEN))
    assert bench.window.compose._retake.isEnabled()
    assert "There is no RunComfy API token." in bench.window.notice.words()


def test_a_finished_take_opens_its_review_by_itself(bench: Bench, qtbot: QtBot) -> None:
    bench.open(qtbot, KITCHEN)
    (job_id,) = bench.retake(qtbot)
    bench.jobs.bring_home(job_id, RESULT)
    qtbot.waitUntil(lambda: bench.window.is_reviewing)
    assert bench.window.review.job is not None
    assert bench.window.review.job.id == job_id
    assert bench.window.compare.isVisible()


def test_it_does_not_when_the_person_went_on_writing(bench: Bench, qtbot: QtBot) -> None:
    bench.open(qtbot, KITCHEN)
    (job_id,) = bench.retake(qtbot)
    bench.window.compose.prompt.insertPlainText("Now another thing")
    bench.jobs.bring_home(job_id, RESULT)
    assert bench.jobs.count("open_result") == 0
    bench.window.takes.choose(job_id)
    bench.window.takes.detail._review.click()
    qtbot.waitUntil(lambda: bench.window.is_reviewing)


def test_it_does_not_when_another_clip_is_on_stage_and_the_take_is_not_lost(bench: Bench, qtbot: QtBot) -> None:
    bench.open(qtbot, KITCHEN)
    (job_id,) = bench.retake(qtbot)
    bench.open(qtbot, GARDEN)
    bench.jobs.bring_home(job_id, RESULT)
    assert bench.jobs.count("open_result") == 0
    bench.window.takes.review_asked.emit(job_id)
    qtbot.waitUntil(lambda: bench.window.is_reviewing)
    assert bench.workbench.opening.clip == KITCHEN


def test_it_does_not_when_another_clip_is_about_to_be_on_stage(bench: Bench, qtbot: QtBot) -> None:
    bench.open(qtbot, KITCHEN)
    (job_id,) = bench.retake(qtbot)
    bench.workbench.opening.open_path(GARDEN.path)
    bench.jobs.bring_home(job_id, RESULT)
    assert bench.jobs.count("open_result") == 0


def test_a_take_of_another_clip_that_comes_home_meanwhile_stays_in_the_list(bench: Bench, qtbot: QtBot) -> None:
    bench.open(qtbot, GARDEN)
    (of_the_garden,) = bench.retake(qtbot)
    bench.open(qtbot, KITCHEN)
    bench.retake(qtbot)
    bench.jobs.bring_home(of_the_garden, RESULT)
    assert bench.jobs.count("open_result") == 0
    assert bench.workbench.retaking.untouched


def test_keeping_says_what_was_touched_and_where_the_film_lies(bench: Bench, qtbot: QtBot) -> None:
    bench.open(qtbot, KITCHEN)
    (job_id,) = bench.retake(qtbot)
    bench.jobs.bring_home(job_id, RESULT)
    qtbot.waitUntil(lambda: bench.window.is_reviewing)
    decisions = bench.window.review._decisions
    decisions._keep.click()
    assert not decisions._keep.isEnabled()
    bench.jobs.keep_progress.emit(job_id, Progress(30, 100))
    assert decisions._bar.value() == 30
    bench.jobs.move(job_id, Stage.KEPT, final_path="/videos/kitchen-retake.mp4")
    bench.jobs.kept.emit(job_id, _Report())
    assert decisions._outcome.text() == "618 of 750 frames untouched.\n/videos/kitchen-retake.mp4"
    assert decisions._reveal.isVisible()
    assert decisions._keep.accessibleDescription() == "It is kept already. Move a seam to make the film anew."


def test_discarding_goes_back_to_editing_and_can_be_undone(bench: Bench, qtbot: QtBot) -> None:
    bench.open(qtbot, KITCHEN)
    (job_id,) = bench.retake(qtbot)
    bench.jobs.bring_home(job_id, RESULT)
    qtbot.waitUntil(lambda: bench.window.is_reviewing)
    bench.window.review._decisions._discard.click()
    assert not bench.window.is_reviewing
    qtbot.waitUntil(lambda: bench.jobs.jobs[job_id].stage is Stage.DISCARDED)
    bench.window.notice._button.click()
    qtbot.waitUntil(lambda: bench.jobs.jobs[job_id].stage is Stage.READY)


def test_retake_again_brings_prompt_mode_and_selection_back(bench: Bench, qtbot: QtBot) -> None:
    bench.open(qtbot, KITCHEN)
    bench.workbench.retaking.set_span(Span(Fraction(3), Fraction(7)))
    (job_id,) = bench.retake(qtbot, "A red coat")
    bench.jobs.bring_home(job_id, RESULT)
    qtbot.waitUntil(lambda: bench.window.is_reviewing)
    bench.window.compose.prompt.clear()
    bench.window.review._decisions._again.click()
    assert not bench.window.is_reviewing
    assert bench.window.compose.prompt.toPlainText() == "A red coat"
    assert bench.window.timeline.span == Span(Fraction(3), Fraction(7))


def test_a_file_that_is_no_video_is_refused_in_place_and_the_clip_on_stage_stays(bench: Bench, qtbot: QtBot) -> None:
    bench.workbench.opening.open_path("/videos/notes.txt")
    qtbot.waitUntil(bench.window.welcome._trouble.isVisible)
    assert bench.window.welcome._trouble.text().startswith("notes.txt: This file cannot be read as a video")
    bench.open(qtbot, KITCHEN)
    bench.workbench.opening.open_path("/videos/notes.txt")
    qtbot.waitUntil(lambda: "notes.txt: This file cannot be read" in bench.window.notice.words())
    assert bench.workbench.opening.clip == KITCHEN
    assert bench.window.stage.isVisible()


def test_only_the_clip_asked_for_last_gets_on_stage(bench: Bench, qtbot: QtBot) -> None:
    bench.open(qtbot, KITCHEN)
    bench.workbench.opening.open_path("/videos/slow.mp4")
    bench.workbench.opening.open_path(GARDEN.path)
    bench.jobs.clip_opened.emit(GARDEN)
    bench.jobs.clip_opened.emit(a_clip("/videos/slow.mp4"))
    assert bench.workbench.retaking.clip == GARDEN


def test_of_several_dropped_files_the_first_is_opened_and_the_rest_are_said(bench: Bench, qtbot: QtBot) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(KITCHEN.path), QUrl.fromLocalFile(GARDEN.path)])
    bench.window.dropped.emit(read_drop(data))
    qtbot.waitUntil(lambda: "Opened the first of 2 files" in bench.window.notice.words())
    assert bench.workbench.opening.clip == KITCHEN


def test_a_dropped_web_address_is_fetched(bench: Bench) -> None:
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/a.mp4")])
    bench.window.dropped.emit(read_drop(data))
    assert bench.jobs.asked[-1] == ("open_address", "https://example.org/a.mp4")
    assert bench.jobs.count("open_clip") == 0


def test_the_selection_can_be_undone(bench: Bench, qtbot: QtBot) -> None:
    bench.open(qtbot, KITCHEN)
    bench.window.timeline.mark_in(Fraction(2))
    assert bench.window.timeline.span == Span(Fraction(2), Fraction(5))
    bench.workbench.drafting.undo()
    assert bench.window.timeline.span == Span(Fraction(0), Fraction(5))


def test_takes_that_are_open_are_spoken_of_on_closing_and_only_then(bench: Bench, qtbot: QtBot) -> None:
    bench.open(qtbot, KITCHEN)
    bench.retake(qtbot)
    bench.window.close()
    assert bench.window.isVisible()
    assert (
        bench.window.farewell.words()
        == "What is still on this computer goes on the next time you start Retake Desktop."
    )
    bench.window.close()
    assert not bench.window.isVisible()
    assert bench.jobs.count("shut_down") == 1


def test_without_open_takes_the_window_closes_at_once(bench: Bench) -> None:
    bench.window.close()
    assert not bench.window.isVisible()


def test_the_demo_service_is_marked_and_said_to_be_free(qtbot: QtBot, styled: Style) -> None:
    bench = a_bench(qtbot, styled, KITCHEN, service=DEMO, has_token=False)
    bench.open(qtbot, KITCHEN)
    assert bench.window.top_bar._demo.isVisible()
    assert bench.window.compose._price_text.toPlainText() == "Sends 6.5 s of 30.0 s. Demo service: free"
    bench.close()


@pytest.mark.parametrize(
    ("is_guest", "has_token", "offered"), [(False, False, True), (True, False, False), (False, True, False)]
)
def test_the_first_run_offers_the_token_only_where_nothing_was_given(
    qtbot: QtBot, styled: Style, is_guest: bool, has_token: bool, offered: bool
) -> None:
    bench = a_bench(qtbot, styled, has_token=has_token, is_guest=is_guest)
    assert bench.window.welcome._token_card.isVisible() is offered
    bench.close()


class _Report:
    output = "/videos/kitchen-retake.mp4"
    frames_total = 750
    frames_untouched = 618
    method = "lossless"
    reason = ""
