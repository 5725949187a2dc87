"""Nothing is cut off: both languages, the smallest window, large system fonts, twice the scale."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from retake_desktop.domain.errors import ErrorKind, Problem
from retake_desktop.domain.job import Stage
from retake_desktop.services.settings import Settings
from retake_desktop.ui import style
from retake_desktop.ui.dialogs.sheets import ShortcutSheet
from retake_desktop.ui.language import CHINESE, ENGLISH
from retake_desktop.ui.shortcuts import SHORTCUTS, described
from retake_desktop.ui.style import Style
from tests.house.tree import PROJECT
from tests.ui.fitting import troubles
from tests.ui.making import Bench, a_bench, a_clip

KITCHEN = a_clip()
RESULT = a_clip("/results/a.mp4", 7)
SMALL, USUAL = (960, 600), (1280, 800)


@pytest.fixture
def enlarged(qapp: QApplication, styled: Style) -> Iterator[Callable[[float], None]]:
    """Makes the system's font larger, as a person would in the system's settings."""
    usual = style._system_font()
    before = usual.pointSizeF()

    def enlarge(factor: float) -> None:
        usual.setPointSizeF(before * factor)
        qapp.setFont(style.font())

    yield enlarge
    usual.setPointSizeF(before)
    qapp.setFont(style.font())


def first_run(bench: Bench, qtbot: QtBot) -> None:
    """Nothing is open."""


def editing(bench: Bench, qtbot: QtBot) -> None:
    bench.open(qtbot, KITCHEN)
    bench.window.compose.prompt.setPlainText("A red coat")
    bench.window.compose.advanced._fold.setChecked(True)
    bench.workbench.notices.problem(Problem(ErrorKind.OFFLINE), lambda: None)


def deciding(bench: Bench, qtbot: QtBot) -> None:
    bench.open(qtbot, KITCHEN)
    (job_id,) = bench.retake(qtbot, "A red coat and a rather long prompt that goes on")
    for stage in (Stage.PREPARING, Stage.HOSTING, Stage.SUBMITTING):
        bench.jobs.move(job_id, stage)
    bench.jobs.move(job_id, Stage.UNKNOWN, problem=Problem(ErrorKind.UNKNOWN_SUBMISSION, "the connection broke"))
    bench.window.takes.choose(job_id)


def reviewing(bench: Bench, qtbot: QtBot) -> None:
    bench.open(qtbot, KITCHEN)
    bench.window.compose._takes.setValue(2)
    ids = bench.retake(qtbot)
    for number, job_id in enumerate(ids):
        bench.jobs.bring_home(job_id, replace(RESULT, path=f"/results/{number}.mp4"))
    qtbot.waitUntil(lambda: bench.window.is_reviewing and bench.window.compare.shot is not None)
    bench.workbench.notices.say("The take is discarded.", action="Undo", deed=lambda: None)


def inspecting_a_joint(bench: Bench, qtbot: QtBot) -> None:
    reviewing(bench, qtbot)
    bench.workbench.inspecting.seams.toggle(False)


STATES = (first_run, editing, deciding, reviewing, inspecting_a_joint)
ROOMS = [
    pytest.param(ENGLISH, SMALL, 1.0, id="english-small"),
    pytest.param(CHINESE, SMALL, 1.0, id="chinese-small"),
    pytest.param(ENGLISH, USUAL, 1.4, id="english-large-font"),
    pytest.param(CHINESE, USUAL, 1.4, id="chinese-large-font"),
]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(("language", "size", "factor"), ROOMS)
def test_everything_in_the_window_can_be_read(
    qtbot: QtBot,
    styled: Style,
    speaking: Callable[[str], str],
    enlarged: Callable[[float], None],
    language: str,
    size: tuple[int, int],
    factor: float,
    state: Callable[[Bench, QtBot], None],
) -> None:
    speaking(language)
    enlarged(factor)
    bench = a_bench(qtbot, styled, KITCHEN, has_token=state is not first_run)
    try:
        bench.window.resize(*size)
        state(bench, qtbot)
        found: list[str] = []

        def fits() -> bool:
            found[:] = troubles(bench.window)
            return not found

        try:
            qtbot.waitUntil(fits, timeout=1500)
        except AssertionError:
            pytest.fail("\n".join(found))
        width, height = size
        assert bench.window.width() == width, "the window could not be made this narrow"
        assert bench.window.height() == height, "the window could not be made this low"
    finally:
        bench.close()


@pytest.mark.parametrize("language", [ENGLISH, CHINESE])
@pytest.mark.parametrize("factor", [1.0, 1.4])
def test_everything_in_the_settings_can_be_read(
    qtbot: QtBot,
    styled: Style,
    speaking: Callable[[str], str],
    enlarged: Callable[[float], None],
    language: str,
    factor: float,
) -> None:
    speaking(language)
    enlarged(factor)
    bench = a_bench(qtbot, styled, KITCHEN, settings=Settings())
    try:
        bench.workbench.setting_up.open()
        dialog = bench.workbench.setting_up._dialog
        assert dialog is not None
        qtbot.waitExposed(dialog)
        QApplication.processEvents()
        assert not troubles(dialog)
        sheet = ShortcutSheet([described(row) for row in SHORTCUTS])
        qtbot.addWidget(sheet)
        sheet.show()
        QApplication.processEvents()
        assert not troubles(sheet)
    finally:
        bench.close()


@pytest.mark.full
@pytest.mark.timeout(400)
def test_everything_can_be_read_at_twice_the_scale(tmp_path: Path) -> None:
    """All of the above once more, in a process of its own: Qt reads the scale once. The screen has 1920 x 1200."""
    screen = tmp_path / "screen.json"
    there = {"name": "screen", "x": 0, "y": 0, "width": 1920, "height": 1200}
    screen.write_text(json.dumps({"screens": [{**there, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}]}))
    scaled = {"QT_SCALE_FACTOR": "2", "QT_QPA_PLATFORM": f"offscreen:configfile={screen}"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", __file__, "-m", "not full"]
    ran = subprocess.run(
        command, cwd=PROJECT, env={**os.environ, **scaled}, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout[-4000:]


def test_the_scale_is_what_the_environment_says(qapp: QApplication) -> None:
    assert qapp.devicePixelRatio() == float(os.environ.get("QT_SCALE_FACTOR", "1"))


def test_in_a_low_window_the_pictures_of_a_review_come_first(qtbot: QtBot, styled: Style) -> None:
    bench = a_bench(qtbot, styled, KITCHEN)
    window = bench.window
    try:
        window.resize(*SMALL)
        reviewing(bench, qtbot)
        qtbot.waitUntil(lambda: window.compare.height() >= 150)
        assert (window.width(), window.height()) == SMALL
        assert not window.timeline._figures.isVisible()
        window.resize(*USUAL)
        qtbot.waitUntil(window.timeline._figures.isVisible)
        bench.workbench.reviewing.leave()
        window.resize(*SMALL)
        assert window.timeline._figures.isVisible(), "a selection is made with them"
    finally:
        bench.close()


def test_a_long_name_ends_in_an_ellipsis_before_what_stands_beside_it(qtbot: QtBot, styled: Style) -> None:
    film = a_clip("/videos/harbour at dusk, third evening, second camera, graded and conformed, approved.mov")
    bench = a_bench(qtbot, styled, film)
    try:
        bench.window.resize(*SMALL)
        bench.open(qtbot, film)
        bench.window.top_bar.show_demo(True)
        qtbot.waitUntil(lambda: not troubles(bench.window.top_bar))
        assert "…" in bench.window.top_bar._title.text()
    finally:
        bench.close()


def test_what_cannot_be_read_is_found(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    inner = QWidget(window)
    cut = QLabel("Far too long for its place", inner)
    cut.resize(30, 20)
    over = QLabel("Over", inner)
    over.setGeometry(10, 5, 80, 20)
    out = QLabel("Out", inner)
    out.setGeometry(500, 0, 80, 20)
    inner.resize(200, 100)
    column = QVBoxLayout(window)
    column.addWidget(inner)
    window.show()
    found = " ".join(troubles(window))
    assert "is cut off" in found
    assert "lies over" in found
    assert "sticks out" in found
