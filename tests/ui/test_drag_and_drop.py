"""Drops through X11's own protocol (XDND): dragged out of another process by a mouse that xdotool moves.

NOT TRIED: drops on Wayland, and on Windows and macOS. There Qt hands the window the same events, but nothing here has
dragged anything into it. Without X11 (Qt's offscreen platform) there is no such mouse either, and nothing is tried.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from retake_desktop.ui.drop import Dropped
from retake_desktop.ui.style import Style
from tests.fakes import drag_source
from tests.ui.making import Bench, a_bench, a_clip
from tests.ui.other_program import LONG, OtherProgram

KITCHEN = a_clip()


class Drag(OtherProgram):
    """What another program offers, on its way to the window."""

    def __init__(self, qtbot: QtBot, addresses: list[str]) -> None:
        super().__init__(qtbot, drag_source.__file__, *addresses)

    def over(self, widget: QWidget) -> None:
        """Holds it over the middle of `widget`."""
        middle = widget.mapToGlobal(widget.rect().center())
        self.mouse.does("mousemove", 30, 30, "mousedown", 1, "sleep", "0.1", "mousemove", 40, 40, "sleep", "0.3")
        for part in (1, 2, 3):
            self.mouse.goes_to(QPoint(40, 40) + (middle - QPoint(40, 40)) * part / 3)
        self.mouse.goes_to(middle + QPoint(3, 3))

    def let_go(self) -> None:
        self.mouse.does("mouseup", 1)


@pytest.fixture
def bench(qtbot: QtBot, styled: Style) -> Iterator[Bench]:
    made = a_bench(qtbot, styled, KITCHEN)
    made.window.setGeometry(80, 80, 1000, 640)
    qtbot.waitExposed(made.window)
    yield made
    made.close()


@pytest.fixture
def drags(qtbot: QtBot) -> Iterator[Callable[..., Drag]]:
    begun: list[Drag] = []

    def begin(*addresses: str) -> Drag:
        begun.append(Drag(qtbot, list(addresses)))
        return begun[-1]

    yield begin
    for drag in begun:
        drag.end()


def on_x11() -> bool:
    return QGuiApplication.platformName() == "xcb"


def address(path: str | Path) -> str:
    return QUrl.fromLocalFile(str(path)).toString()


def dropped_on(bench: Bench) -> list[Dropped]:
    heard: list[Dropped] = []
    bench.window.dropped.connect(heard.append)
    return heard


def test_a_file_is_announced_opened_and_stays_where_it_is(
    bench: Bench, drags: Callable[..., Drag], qtbot: QtBot
) -> None:
    if not on_x11():
        return
    drag = drags(address(KITCHEN.path))
    drag.over(bench.window.welcome)
    qtbot.waitUntil(bench.window._overlay.isVisible, timeout=LONG)
    assert bench.window._overlay.text() == "Drop to open kitchen.mp4"
    drag.let_go()
    drag.waits_for("copy")
    qtbot.waitUntil(lambda: bench.workbench.retaking.clip == KITCHEN, timeout=LONG)
    assert not bench.window._overlay.isVisible()


@pytest.mark.full
def test_a_file_is_opened_wherever_it_is_dropped_also_on_the_prompt(
    bench: Bench, drags: Callable[..., Drag], qtbot: QtBot
) -> None:
    if not on_x11():
        return
    bench.open(qtbot, KITCHEN)
    heard = dropped_on(bench)
    drag = drags(address("/videos/other.mp4"))
    drag.over(bench.window.compose.prompt)
    qtbot.waitUntil(bench.window._overlay.isVisible, timeout=LONG)
    assert "This video keeps its selection and prompt." in bench.window._overlay.text()
    drag.let_go()
    qtbot.waitUntil(lambda: heard == [Dropped("/videos/other.mp4")], timeout=LONG)
    assert bench.window.compose.prompt.toPlainText() == ""


def test_thirty_files_at_once_open_the_first_video(bench: Bench, drags: Callable[..., Drag], qtbot: QtBot) -> None:
    if not on_x11():
        return
    drag = drags(*(address(f"/videos/{number}.jpg") for number in range(29)), address(KITCHEN.path))
    drag.over(bench.window.welcome)
    drag.let_go()
    qtbot.waitUntil(lambda: "Opened the first of 30 files" in bench.window.notice.words(), timeout=LONG)
    assert bench.workbench.opening.clip == KITCHEN


@pytest.mark.full
def test_a_folder_without_a_video_is_told(
    bench: Bench, drags: Callable[..., Drag], qtbot: QtBot, tmp_path: Path
) -> None:
    if not on_x11():
        return
    drag = drags(address(tmp_path))
    drag.over(bench.window.welcome)
    drag.let_go()
    qtbot.waitUntil(lambda: "no video in that folder" in bench.window.welcome._trouble.text(), timeout=LONG)


@pytest.mark.full
def test_of_a_folder_the_first_video_is_opened(
    bench: Bench, drags: Callable[..., Drag], qtbot: QtBot, tmp_path: Path
) -> None:
    if not on_x11():
        return
    card = tmp_path / "card"
    card.mkdir()
    for name in ("b.mp4", "a.MOV", "notes.txt"):
        (card / name).touch()
    drag = drags(address(card))
    drag.over(bench.window.welcome)
    drag.let_go()
    qtbot.waitUntil(lambda: ("open_clip", str(card / "a.MOV")) in bench.jobs.asked, timeout=LONG)


def test_a_file_that_vanishes_while_it_is_dropped_is_told(
    bench: Bench, drags: Callable[..., Drag], qtbot: QtBot, tmp_path: Path
) -> None:
    if not on_x11():
        return
    gone = tmp_path / "gone.mp4"
    gone.touch()
    drag = drags("--vanish", address(gone))
    drag.over(bench.window.welcome)
    drag.let_go()
    qtbot.waitUntil(lambda: bench.window.welcome._trouble.text().startswith("gone.mp4: "), timeout=LONG)
    assert not gone.exists()


def test_an_address_from_a_browser_is_announced_and_fetched(
    bench: Bench, drags: Callable[..., Drag], qtbot: QtBot
) -> None:
    if not on_x11():
        return
    link = "https://example.org/a.mp4?signature=secret"
    drag = drags("--browser", link)
    drag.over(bench.window.welcome)
    qtbot.waitUntil(bench.window._overlay.isVisible, timeout=LONG)
    assert bench.window._overlay.text() == "Drop to fetch the video from example.org and open it"
    drag.let_go()
    drag.waits_for("copy")
    qtbot.waitUntil(lambda: ("open_address", link) in bench.jobs.asked, timeout=LONG)


@pytest.mark.full
def test_an_address_that_is_not_fetched_is_explained_before_it_is_dropped(
    bench: Bench, drags: Callable[..., Drag], qtbot: QtBot
) -> None:
    if not on_x11():
        return
    drag = drags("--browser", "http://example.org/a.mp4")
    drag.over(bench.window.welcome)
    qtbot.waitUntil(bench.window._overlay.isVisible, timeout=LONG)
    assert bench.window._overlay.text().startswith("Only https addresses are fetched")
    drag.let_go()
    qtbot.waitUntil(lambda: "Only https" in bench.window.welcome._trouble.text(), timeout=LONG)


@pytest.mark.full
def test_what_leaves_the_window_again_takes_its_overlay_along(
    bench: Bench, drags: Callable[..., Drag], qtbot: QtBot
) -> None:
    if not on_x11():
        return
    drag = drags(address(KITCHEN.path))
    drag.over(bench.window.welcome)
    qtbot.waitUntil(bench.window._overlay.isVisible, timeout=LONG)
    drag.mouse.goes_to(QPoint(20, 400))
    drag.mouse.goes_to(QPoint(10, 410))
    qtbot.waitUntil(lambda: not bench.window._overlay.isVisible(), timeout=LONG)
    drag.let_go()
    drag.waits_for("ignore")
    assert bench.workbench.opening.clip is None
