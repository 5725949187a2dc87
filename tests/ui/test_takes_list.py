"""The list of takes as a person uses it: searched, named, tidied up, and light with ten thousand of them."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QAction, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from retake_desktop.domain.errors import ErrorKind, Problem
from retake_desktop.domain.job import Job, Stage
from retake_desktop.domain.mark import TakeMark
from retake_desktop.domain.retake import RetakeRequest
from retake_desktop.domain.span import Span
from retake_desktop.ui.style import Style
from retake_desktop.ui.takes.model import Heading, TakeRole, TakesModel
from retake_desktop.ui.takes.moving import Moving, read_stills, stills_of
from retake_desktop.ui.takes.search import Query, Show
from retake_desktop.ui.takes.thumbnails import Still
from tests.fakes.job_thread import LIVE, draft
from tests.ui.conftest import MakeFootage
from tests.ui.frames_on_screen import number_in
from tests.ui.making import Bench, a_bench, a_clip

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
KITCHEN = a_clip()
RESULT = a_clip("/results/a.mp4", 7)


def a_job(name: str, source: str = "/v/one.mp4", minutes: int = 0, prompt: str = "") -> Job:
    request = RetakeRequest(source, Span(Fraction(2), Fraction(6)), prompt or f"prompt of {name}")
    return draft(name, request, KITCHEN, LIVE, NOON + timedelta(minutes=minutes))


def shown(model: TakesModel) -> list[str]:
    rows = [model.row(model.index(number)) for number in range(model.rowCount())]
    return [row.id for row in rows if isinstance(row, Job)]


def found(model: TakesModel, words: str = "", show: Show = Show.ALL) -> list[str]:
    model.set_query(Query(words, show))
    return shown(model)


@pytest.fixture
def model() -> TakesModel:
    made = TakesModel()
    ready = replace(a_job("b", "/v/garden.mp4", 2, "Ein roter Mantel"), stage=Stage.READY, request_id="req-77")
    unknown = replace(a_job("c", minutes=-3000, prompt="No car"), stage=Stage.UNKNOWN)
    failed = replace(a_job("d", minutes=4, prompt="No CAR and no dog"), stage=Stage.FAILED)
    made.add([a_job("a", minutes=1, prompt="A red coat"), ready, unknown, failed])
    made.set_marks({"a": TakeMark("Liebling"), "d": TakeMark("", is_removed=True)})
    return made


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("red coat", ["a"]),
        ("COAT red", ["a"]),
        ("car", ["c"]),
        ("liebling", ["a"]),
        ("garden.mp4", ["b"]),
        ("2026-11-20", ["c"]),
        ("ready to", ["b"]),
        ("req-77", ["b"]),
        ("nothing like it", []),
        ("", ["b", "a", "c"]),
    ],
)
def test_takes_are_found_by_prompt_name_source_day_stage_and_request(
    model: TakesModel, words: str, ids: list[str]
) -> None:
    assert found(model, words) == ids


@pytest.mark.parametrize(
    ("show", "ids"),
    [
        (Show.UNDERWAY, ["a"]),
        (Show.NEEDS_YOU, ["c"]),
        (Show.READY, ["b"]),
        (Show.KEPT, []),
        (Show.ENDED, []),
        (Show.REMOVED, ["d"]),
    ],
)
def test_takes_are_shown_by_kind_and_removed_ones_only_when_asked_for(
    model: TakesModel, show: Show, ids: list[str]
) -> None:
    assert found(model, "", show) == ids


def test_what_is_not_shown_still_counts_and_comes_into_sight_when_it_fits(model: TakesModel) -> None:
    found(model, "", Show.READY)
    assert {job.id for job in model.jobs()} == {"a", "b", "c", "d"}
    job = model.job("a")
    assert job is not None
    model.put(replace(job, stage=Stage.READY))
    assert set(shown(model)) == {"a", "b"}
    model.put(replace(job, stage=Stage.DISCARDED))
    assert shown(model) == ["b"]


def test_the_takes_of_one_press_keep_their_order_as_they_come_in() -> None:
    model = TakesModel()
    model.put(a_job("old", minutes=-1))
    for take in (1, 2, 3):
        model.put(replace(a_job(f"t{take}"), take=take))
    assert shown(model) == ["t1", "t2", "t3", "old"]
    again = TakesModel()
    again.add(model.jobs())
    assert shown(again) == ["t1", "t2", "t3", "old"]


@pytest.fixture
def bench(qtbot: QtBot, styled: Style) -> Iterator[Bench]:
    made = a_bench(qtbot, styled, KITCHEN)
    made.open(qtbot, KITCHEN)
    yield made
    made.close()


def a_ready_take(bench: Bench, qtbot: QtBot) -> str:
    (job_id,) = bench.retake(qtbot)
    bench.workbench.retaking.touch()
    bench.jobs.bring_home(job_id, RESULT)
    bench.window.takes.choose(job_id)
    return job_id


def entry(bench: Bench, words: str) -> QAction:
    menu = bench.window.takes.detail.menu
    menu.aboutToShow.emit()
    return next(one for one in menu.actions() if one.text().startswith(words))


def press(bench: Bench, words: str) -> None:
    entry(bench, words).trigger()


def test_a_take_is_renamed_in_place_by_keyboard(bench: Bench, qtbot: QtBot) -> None:
    job_id = a_ready_take(bench, qtbot)
    takes = bench.window.takes
    takes.list.setFocus()
    QTest.keyClick(takes.list, Qt.Key.Key_F2)
    editor = takes.list.findChild(QLineEdit)
    assert editor is not None
    assert editor.accessibleName() == "Name of the take"
    assert editor.text() == "A red coat"
    QTest.keyClicks(editor, "x" * 250)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bench.jobs.asked[-1] == ("rename", job_id, "x" * 200))
    qtbot.waitUntil(lambda: takes.list.currentIndex().data().startswith("x" * 200))
    assert takes.chosen_job() is not None
    QTest.keyClick(takes.list, Qt.Key.Key_F2)
    editor = takes.list.findChild(QLineEdit)
    assert editor is not None
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert bench.jobs.count("rename") == 1


def test_a_removed_take_keeps_its_file_says_so_and_comes_back(bench: Bench, qtbot: QtBot) -> None:
    job_id = a_ready_take(bench, qtbot)
    press(bench, "Remove from the list")
    qtbot.waitUntil(lambda: not bench.window.takes.list.model().rowCount())
    assert "What you paid for is not deleted: a.mp4." in bench.window.notice.words()
    bench.window.notice._button.click()
    qtbot.waitUntil(lambda: bench.window.takes.list.model().rowCount() == 2)
    assert bench.jobs.asked[-1] == ("bring_back", job_id)


def test_a_removed_take_is_found_again_long_after(bench: Bench, qtbot: QtBot) -> None:
    job_id = a_ready_take(bench, qtbot)
    bench.window.takes.list.setFocus()
    QTest.keyClick(bench.window.takes.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: not bench.window.takes.list.model().rowCount())
    bench.window.takes.search.show_only(Show.REMOVED)
    bench.window.takes.list.setCurrentIndex(bench.window.takes.list.model().index(1, 0))
    press(bench, "Put back into the list")
    assert bench.jobs.asked[-1] == ("bring_back", job_id)


@pytest.mark.parametrize(
    ("stage", "why"),
    [
        (Stage.QUEUED, "It is still on its way. Cancel it first."),
        (Stage.UNKNOWN, "It may be paid for. Adopt it or send it again first."),
        (Stage.DOWNLOAD_FAILED, "It is paid for and not fetched yet."),
    ],
)
def test_what_may_be_paid_for_stays_in_the_list_and_says_why(
    bench: Bench, qtbot: QtBot, stage: Stage, why: str
) -> None:
    (job_id,) = bench.retake(qtbot)
    bench.jobs.put(replace(bench.jobs.jobs[job_id], stage=stage))
    remove = entry(bench, "Remove")
    assert not remove.isEnabled()
    assert remove.toolTip() == why
    bench.window.takes.list.setFocus()
    QTest.keyClick(bench.window.takes.list, Qt.Key.Key_Delete)
    assert bench.window.notice.words() == why
    assert bench.jobs.count("remove") == 0


def test_the_menu_fills_the_form_and_copies_the_request_id(bench: Bench, qtbot: QtBot) -> None:
    job_id = a_ready_take(bench, qtbot)
    bench.window.compose.prompt.setPlainText("")
    press(bench, "Write its prompt")
    assert bench.window.compose.prompt.toPlainText() == "A red coat"
    press(bench, "Copy its request id")
    assert QGuiApplication.clipboard().text() == f"request-of-{job_id}"


def test_a_command_that_failed_is_told_with_its_take_and_not_in_the_banner(bench: Bench, qtbot: QtBot) -> None:
    (job_id,) = bench.retake(qtbot)
    bench.jobs.command_failed.emit(job_id, Problem(ErrorKind.INVALID_REQUEST, "another retake has this request id"))
    trouble = bench.window.takes.detail._trouble
    assert trouble.isVisible()
    assert "another retake has this request id" in trouble.text()
    assert bench.window.notice.words() == ""
    bench.jobs.move(job_id, Stage.PREPARING)
    assert not trouble.isVisible()


def test_a_troubled_take_comes_into_sight_whatever_is_searched_for(bench: Bench, qtbot: QtBot) -> None:
    (job_id,) = bench.retake(qtbot)
    bench.window.takes.search._field.setText("nothing like it")
    assert bench.window.takes._empty.text() == "No take is found by that."
    bench.jobs.command_failed.emit(job_id, Problem(ErrorKind.INVALID_REQUEST))
    chosen = bench.window.takes.chosen_job()
    assert chosen is not None
    assert chosen.id == job_id


@pytest.mark.parametrize("by", ["key", "click"])
def test_escape_or_a_click_empties_the_search(bench: Bench, qtbot: QtBot, by: str) -> None:
    bench.retake(qtbot)
    field = bench.window.takes.search._field
    cross = field.findChild(QToolButton)
    assert cross is not None
    assert not cross.isVisible()
    field.setText("nothing")
    assert cross.isVisible()
    if by == "key":
        QTest.keyClick(field, Qt.Key.Key_Escape)
    else:
        QTest.mouseClick(cross, Qt.MouseButton.LeftButton)
    assert field.text() == ""
    assert not cross.isVisible()
    assert bench.window.takes.list.model().rowCount() == 2


def test_the_thumbnail_under_the_pointer_moves_and_stands_still_when_it_leaves(qtbot: QtBot) -> None:
    read: list[list[Still]] = []

    def frames(stills: list[Still], _given_up: threading.Event) -> Iterator[QImage]:
        read.append(stills)
        for shade in range(len(stills)):
            image = QImage(4, 4, QImage.Format.Format_RGB32)
            image.fill(shade)
            yield image

    moving = Moving(frames)
    moving._timer.setInterval(1)
    job = a_job("a")
    moving.point_at(job)
    assert moving.image(job) is None
    seen: set[int] = set()

    def look() -> bool:
        image = moving.image(job)
        seen.update([] if image is None else [image.pixel(0, 0) & 0xFF])
        return len(seen) > 3

    qtbot.waitUntil(look)
    assert read == [stills_of(job)]
    times = [still.time for still in stills_of(job)]
    assert times == sorted(times)
    assert Fraction(2) < times[0] < times[-1] < Fraction(6)
    moving.point_at(None)
    assert moving.image(job) is None
    moving.close()


def test_the_moving_thumbnail_shows_frames_of_the_selection_in_order(qtbot: QtBot, make_footage: MakeFootage) -> None:
    clip = make_footage(frames=200, size=(640, 360))
    job = replace(a_job("a"), request=RetakeRequest(clip.path, Span(Fraction(2), Fraction(6)), "A red coat"))
    numbers = [number_in(image) for image in read_stills(stills_of(job), threading.Event())]
    assert numbers == [clip.frames.index_at(still.time) for still in stills_of(job)]
    assert None not in numbers


def test_headings_stand_only_where_takes_are_found(model: TakesModel) -> None:
    model.set_query(Query("garden"))
    assert [row.name for row in (model.row(model.index(0)),) if isinstance(row, Heading)] == ["garden.mp4"]
    assert model.rowCount() == 2


def test_takes_are_reached_chosen_reviewed_and_asked_about_by_keyboard_alone(bench: Bench, qtbot: QtBot) -> None:
    job_id = a_ready_take(bench, qtbot)
    takes = bench.window.takes
    takes.search._field.setFocus()
    for _ in range(4):
        if bench.window.focusWidget() is takes.list:
            break
        QTest.keyClick(bench.window.focusWidget(), Qt.Key.Key_Tab)
    assert bench.window.focusWidget() is takes.list
    QTest.keyClick(takes.list, Qt.Key.Key_Home)
    QTest.keyClick(takes.list, Qt.Key.Key_Down)
    assert takes.chosen_job() is not None
    # Without a window manager no key press becomes a context menu by itself.
    where = takes.list.visualRect(takes.list.currentIndex()).center()
    takes.list.customContextMenuRequested.emit(where)
    qtbot.waitUntil(takes.list._menu.isVisible)
    assert takes.list._menu.actions()[0].text() == "Review this take"
    QTest.keyClick(takes.list._menu, Qt.Key.Key_Escape)
    assert not takes.list._menu.isVisible()
    takes.list.setFocus()
    QTest.keyClick(takes.list, Qt.Key.Key_Tab)
    assert takes.detail.isAncestorOf(bench.window.focusWidget())
    takes.list.setFocus()
    QTest.keyClick(takes.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bench.jobs.asked[-1] == ("open_result", job_id))


def test_a_row_that_a_screen_reader_selects_is_the_chosen_take(bench: Bench, qtbot: QtBot) -> None:
    job_id = a_ready_take(bench, qtbot)
    takes = bench.window.takes
    takes.list.setCurrentIndex(QModelIndex())
    assert takes.chosen_job() is None
    with qtbot.waitSignal(takes.chosen) as told:
        takes.list.selectionModel().select(
            takes._model.index_of(job_id), QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
    assert told.args == [job_id]
    chosen = takes.chosen_job()
    assert chosen is not None
    assert chosen.id == job_id


_PROMPTS = {
    "long": "Keep the coat. " * 333,
    "one long word": "x" * 5000,
    "right to left": "معطف أحمر، نفس الضوء (لقطة قريبة) — 3 ثوانٍ!",
    "mixed": "She says: “שלום, Anna!” and leaves — 100 %",
    "emoji": "👩🏽‍🚀🎬 wears a 🟥 coat 🇨🇭👨‍👩‍👧‍👦",
    "lines": "First line\n\nsecond\tline\u2028third",
    "markup": "<b>bold</b> & <img src=x> &amp; %1 {0} {name}",
}


@pytest.mark.parametrize("prompt", _PROMPTS.values(), ids=_PROMPTS)
def test_every_kind_of_prompt_is_sent_listed_found_and_named_as_it_was_written(
    bench: Bench, qtbot: QtBot, prompt: str
) -> None:
    (job_id,) = bench.retake(qtbot, prompt)
    sent = bench.jobs.jobs[job_id].request.prompt
    assert sent.split() == prompt.split()
    takes = bench.window.takes
    takes.choose(job_id)
    before = bench.window.size()
    assert takes.list.currentIndex().data(TakeRole.TITLE) == " ".join(prompt.split())
    said = " ".join(takes.list.currentIndex().data().split())
    assert said.startswith(" ".join(prompt.split()).rstrip("."))
    takes.search._field.setText(prompt.split()[-1][:100])
    assert takes.list.model().rowCount() == 2
    takes.search.reset()
    name = (prompt.strip() * 40)[:200]
    takes.list.model().setData(takes.list.currentIndex(), name)
    qtbot.waitUntil(lambda: bench.jobs.count("rename") == 1)
    qtbot.waitUntil(lambda: takes.list.currentIndex().data(TakeRole.TITLE) == " ".join(name.split()))
    press(bench, "Write its prompt")
    assert bench.window.compose.prompt.toPlainText().split() == prompt.split()
    bench.window.grab()
    assert bench.window.size() == before
