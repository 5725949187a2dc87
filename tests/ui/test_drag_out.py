"""A take, and the film that it is kept in, dragged out of the window into another program through X11's XDND."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from retake_desktop.ui.review.drag_out import DragOut
from retake_desktop.ui.style import Style
from tests.fakes import drop_target
from tests.ui.other_program import OtherProgram

pytestmark = pytest.mark.full


@pytest.fixture
def target(qtbot: QtBot) -> Iterator[OtherProgram]:
    program = OtherProgram(qtbot, drop_target.__file__)
    yield program
    program.end()


@pytest.fixture
def handle(qtbot: QtBot, styled: Style) -> Iterator[DragOut]:
    """In a window of its own, away from the corner."""
    assert styled is not None
    window = QWidget()
    qtbot.addWidget(window)
    window.setGeometry(300, 300, 400, 200)
    handle = DragOut(window)
    handle.setGeometry(20, 20, 300, 32)
    window.show()
    qtbot.waitExposed(window)
    yield handle
    window.close()


@pytest.mark.parametrize("name", ["take.mp4", "Ferien & Meer – 夏 #2 %20.mp4"])
def test_another_process_receives_a_copy_of_the_file_by_xdnd(
    qtbot: QtBot, tmp_path: Path, handle: DragOut, target: OtherProgram, name: str
) -> None:
    if QGuiApplication.platformName() != "xcb":
        return
    file = tmp_path / name
    file.write_bytes(b"paid for" * 1000)
    handle.show_file(str(file))
    grip = handle.mapToGlobal(handle.rect().center())
    out = QPoint(30, 30)
    steps: list[object] = ["mousemove", grip.x(), grip.y(), "mousedown", 1, "sleep", "0.2"]
    for part in range(1, 7):
        place = grip + (out - grip) * part / 6
        steps += ["mousemove", place.x(), place.y(), "sleep", "0.15"]
    target.mouse.does(*steps, "mousemove", out.x() + 2, out.y() + 2, "sleep", "0.3", "mouseup", 1)
    target.waits_for("}")
    told = json.loads(target.said.split("ready")[1])
    assert told == {
        "done": "copy",
        "paths": [str(file)],
        "contents": [sha256(file.read_bytes()).hexdigest()],
    }
    assert file.exists(), "what is dragged out stays"
