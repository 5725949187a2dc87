"""Selection, prompt and mode: undone and redone together, and there again for each video, also after quitting."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from retake_desktop.domain.job import Stage
from retake_desktop.domain.retake import Mode
from retake_desktop.domain.span import Span
from retake_desktop.services import drafts
from retake_desktop.services.drafts import Draft
from retake_desktop.ui.draft_shelf import DraftShelf
from retake_desktop.ui.style import Style
from tests.ui.making import Bench, a_bench, a_clip

KITCHEN = a_clip()
GARDEN = a_clip("/videos/garden.mp4")
FIRST = Span(Fraction(0), Fraction(5))
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
State = tuple[Span | None, str, Mode]


@pytest.fixture
def bench(qtbot: QtBot, styled: Style) -> Iterator[Bench]:
    made = a_bench(qtbot, styled, KITCHEN, GARDEN)
    yield made
    made.close()


def state(bench: Bench) -> State:
    request = bench.window.compose.request()
    assert request.span == bench.window.timeline.span == bench.workbench.retaking.span
    return bench.window.timeline.span, request.prompt, request.mode


def write(bench: Bench, words: str) -> None:
    """Types, and pauses."""
    QTest.keyClicks(bench.window.compose.prompt, words)
    bench.workbench.drafting.settle()


def press(bench: Bench, widget: QWidget, *, redo: bool = False) -> None:
    widget.setFocus()
    QTest.keyClick(widget, Qt.Key.Key_Z, CONTROL | SHIFT if redo else CONTROL)


def test_undo_and_redo_walk_through_selection_prompt_and_mode(bench: Bench, qtbot: QtBot) -> None:
    bench.open(qtbot, KITCHEN)
    states = [state(bench)]
    bench.window.timeline.mark_in(Fraction(2))
    states.append(state(bench))
    write(bench, "A red coat")
    states.append(state(bench))
    bench.window.compose._mode.set_mode(Mode.SOUND)
    states.append(state(bench))
    bench.window.timeline.mark_out(Fraction(9))
    states.append(state(bench))
    assert len(set(states)) == 5
    for each in reversed(states[:-1]):
        bench.workbench.drafting.undo()
        assert state(bench) == each
    bench.workbench.drafting.undo()
    assert state(bench) == states[0]
    for each in states[1:]:
        bench.workbench.drafting.redo()
        assert state(bench) == each


@pytest.mark.parametrize("where", ["prompt", "stage", "field"])
def test_the_keys_mean_the_same_wherever_the_focus_is(bench: Bench, qtbot: QtBot, where: str) -> None:
    with qtbot.waitActive(bench.window):
        bench.window.activateWindow()
    bench.open(qtbot, KITCHEN)
    write(bench, "A red coat")
    bench.window.timeline.mark_in(Fraction(2))
    places: dict[str, QWidget] = {
        "prompt": bench.window.compose.prompt,
        "stage": bench.window.stage,
        "field": bench.window.timeline._figures._start,
    }
    press(bench, places[where])
    assert state(bench)[:2] == (FIRST, "A red coat")
    press(bench, places[where])
    assert state(bench)[:2] == (FIRST, "")
    press(bench, places[where], redo=True)
    press(bench, places[where], redo=True)
    assert state(bench)[:2] == (Span(Fraction(2), Fraction(5)), "A red coat")


def test_a_pause_in_typing_ends_a_step(bench: Bench, qtbot: QtBot) -> None:
    bench.open(qtbot, KITCHEN)
    QTest.keyClicks(bench.window.compose.prompt, "A red")
    qtbot.wait(800)
    QTest.keyClicks(bench.window.compose.prompt, " coat")
    bench.workbench.drafting.undo()
    assert state(bench)[1] == "A red"
    bench.workbench.drafting.undo()
    assert state(bench)[1] == ""


def test_going_back_to_an_earlier_video_brings_its_draft_back_and_its_steps(bench: Bench, qtbot: QtBot) -> None:
    bench.open(qtbot, KITCHEN)
    bench.window.timeline.mark_in(Fraction(2))
    write(bench, "A red coat")
    bench.window.compose._mode.set_mode(Mode.PICTURE)
    kitchen = state(bench)
    bench.open(qtbot, GARDEN)
    assert state(bench)[:2] == (FIRST, ""), "a new video begins fresh"
    QTest.keyClicks(bench.window.compose.prompt, "Rain")
    bench.open(qtbot, KITCHEN)
    assert state(bench) == kitchen
    bench.workbench.drafting.undo()
    bench.workbench.drafting.undo()
    assert state(bench)[1] == ""
    bench.open(qtbot, GARDEN)
    assert state(bench)[1] == "Rain", "what was being typed is not lost"


def test_a_new_video_takes_nothing_away_from_a_running_retake(bench: Bench, qtbot: QtBot) -> None:
    bench.open(qtbot, KITCHEN)
    (job_id,) = bench.retake(qtbot)
    before = bench.jobs.jobs[job_id].request
    bench.open(qtbot, GARDEN)
    result = a_clip("/results/a.mp4", 7)
    bench.jobs.bring_home(job_id, result)
    qtbot.wait(50)
    job = bench.jobs.jobs[job_id]
    assert (job.stage, job.request) == (Stage.READY, before)
    assert bench.jobs.count("cancel") == 0
    assert not bench.window.is_reviewing, "it does not push the new video off the stage"
    assert bench.workbench.retaking.clip == GARDEN


def test_the_draft_survives_quitting(qtbot: QtBot, styled: Style, tmp_path: Path) -> None:
    path = tmp_path / "drafts.json"
    first = a_bench(qtbot, styled, KITCHEN, shelf=DraftShelf(drafts.load(path), lambda all_: drafts.save(path, all_)))
    first.open(qtbot, KITCHEN)
    first.window.timeline.mark_in(Fraction(2))
    first.window.compose._mode.set_mode(Mode.SOUND)
    QTest.keyClicks(first.window.compose.prompt, "A red coat")
    left = state(first)
    first.close()
    assert path.stat().st_mode & 0o077 == 0, "prompts are nobody else's business"
    second = a_bench(qtbot, styled, KITCHEN, shelf=DraftShelf(drafts.load(path), lambda all_: drafts.save(path, all_)))
    second.open(qtbot, KITCHEN)
    assert state(second) == left
    second.close()


@pytest.mark.parametrize(
    "content", [b"", b"[]", b'{"a": 1}', b"\xff\xfe", b"[" * 100_000, b'{"f": {"start": 1, "end": "2"}}']
)
def test_a_broken_file_of_drafts_is_no_draft(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "drafts.json"
    path.write_bytes(content)
    assert drafts.load(path) == {}


@pytest.mark.parametrize(("start", "end"), [("9", "1"), ("1/0", "4"), ("x", "y"), ("900", "905")])
def test_a_draft_that_does_not_fit_its_clip_selects_nothing(start: str, end: str) -> None:
    assert Draft(start, end).span(KITCHEN) is None


def test_only_so_many_drafts_are_kept_the_newest(qtbot: QtBot) -> None:
    shelf = DraftShelf()
    for number in range(drafts.MOST + 1):
        shelf.put(a_clip(f"/{number}.mp4"), Draft("0", "5"))
    assert shelf.of(a_clip("/0.mp4")) is None
    assert shelf.of(a_clip(f"/{drafts.MOST}.mp4")) == Draft("0", "5")
    shelf.close()


def test_bands_of_this_video_s_takes_and_what_would_be_sent_are_on_the_track(bench: Bench, qtbot: QtBot) -> None:
    bench.open(qtbot, KITCHEN)
    (job_id,) = bench.retake(qtbot)
    timeline = bench.window.timeline
    assert [band.span for band in timeline._bands] == [FIRST]
    assert timeline._track._window == Span(Fraction(0), Fraction(13, 2)), "the selection and its surroundings"
    bench.open(qtbot, GARDEN)
    assert timeline._bands == ()
    bench.open(qtbot, KITCHEN)
    bench.jobs.bring_home(job_id, a_clip("/results/a.mp4", 7))
    bench.jobs.discard(job_id)
    qtbot.waitUntil(lambda: timeline._bands == ())
