"""The timeline as it is used: by mouse, by keyboard alone, and by names alone; and what is there again afterwards."""

import struct
import subprocess
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from retake_desktop.demo.options import DemoOptions
from retake_desktop.demo.service import DemoService
from retake_desktop.domain.job import Stage
from retake_desktop.domain.span import Span
from retake_desktop.ui.timeline.backdrop import RULER_HEIGHT
from retake_desktop.ui.timeline.track import Track
from tests.fakes.footage import DEFAULT_TINT, make_clip
from tests.journeys.screen_reader import ScreenReader, accessibility_bus, screen_reader, window
from tests.journeys.test_window import LONG, Session, session
from tests.ui.frames_on_screen import number_on
from tests.ui.test_drag_and_drop import Drag, address, on_x11

RATE = 25
GREEN = (70, 150, 80)
NONE = Qt.KeyboardModifier.NoModifier
CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


@pytest.fixture
def service(tmp_path: Path) -> Iterator[DemoService]:
    folder = tmp_path / "service"
    folder.mkdir()
    options = DemoOptions(queue_seconds=1.5, run_seconds=0, answer_size=None, bleed_frames=0)
    with DemoService(folder, options) as running:
        yield running


@pytest.fixture
def made(qtbot: QtBot, tmp_path: Path, service: DemoService) -> Iterator[Session]:
    """The window, in front."""
    with session(qtbot, tmp_path, service) as running:
        with qtbot.waitActive(running.window):
            running.window.activateWindow()
        yield running


def numbered(path: Path, tint: tuple[int, int, int] = DEFAULT_TINT) -> Path:
    """Twelve seconds that show their frames' numbers."""
    return make_clip(path, frames=12 * RATE, rate=Fraction(RATE), size=(320, 180), tint=tint)


def seconds(start: float, end: float) -> Span:
    return Span(Fraction(str(start)), Fraction(str(end)))


def until_frame(qtbot: QtBot, made: Session, number: int) -> None:
    stage = made.person.sees("Stage", QWidget)
    qtbot.waitUntil(lambda: number_on(stage) == number, timeout=LONG)


def until_open(qtbot: QtBot, made: Session, path: Path) -> None:
    retaking = made.workbench.retaking
    qtbot.waitUntil(lambda: retaking.clip is not None and retaking.clip.path == str(path), timeout=LONG)
    until_frame(qtbot, made, 0)


class Hand:
    """Works the track with a mouse, by times."""

    def __init__(self, made: Session) -> None:
        self._person = made.person
        self.track = made.person.sees("Timeline", Track)

    def at(self, time: float, y: int = RULER_HEIGHT + 30) -> QPoint:
        return QPoint(round(self.track.scale.x_of(Fraction(time))), y)

    def drags(self, start: float, end: float) -> None:
        self._person.drags(self.track, self.at(start), self.at(end))

    def drags_edge(self, name: str, start: float, end: float) -> None:
        """In one movement: the handle goes along, and with it where it counts from."""
        handle = self._person.sees(name, QWidget)
        grip = QPoint(handle.width() // 2, 20)
        QTest.mousePress(handle, Qt.MouseButton.LeftButton, NONE, grip)
        QTest.mouseMove(handle, grip + QPoint(self.at(end).x() - self.at(start).x(), 0))
        QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, NONE)

    def turns_wheel(self, time: float, notches: int) -> None:
        place = QPointF(self.at(time))
        for _ in range(abs(notches)):
            turn = QPoint(0, 120 if notches > 0 else -120)
            event = QWheelEvent(
                place, self.track.mapToGlobal(place), QPoint(), turn, Qt.MouseButton.NoButton, NONE,
                Qt.ScrollPhase.NoScrollPhase, False,
            )  # fmt: skip
            QApplication.sendEvent(self.track, event)


def test_by_mouse(qtbot: QtBot, made: Session, tmp_path: Path) -> None:
    """Every gesture, and what the stage shows for it; then another video while the retake runs, and back."""
    holiday, garden = numbered(tmp_path / "holiday.mp4"), numbered(tmp_path / "garden.mp4", GREEN)
    made.drops(holiday)
    until_open(qtbot, made, holiday)
    hand, timeline = Hand(made), made.window.timeline
    hand.drags(6, 10)
    assert timeline.span is not None
    drawn = timeline.span
    assert abs(drawn.start - 6) <= Fraction(1, RATE)
    hand.drags_edge("In point", float(drawn.start), 4)
    assert abs(timeline.span.start - 4) <= Fraction(1, RATE)
    until_frame(qtbot, made, round(timeline.span.start * RATE))
    hand.drags_edge("Out point", float(timeline.span.end), 7)
    assert abs(timeline.span.end - 7) <= Fraction(1, RATE)
    until_frame(qtbot, made, round(timeline.span.end * RATE) - 1)
    length = timeline.span.duration
    hand.drags(5, 6)
    assert timeline.span.duration == length
    assert abs(timeline.span.start - 5) <= Fraction(1, RATE)
    until_frame(qtbot, made, round(timeline.span.start * RATE))
    QTest.mouseClick(hand.track, Qt.MouseButton.LeftButton, NONE, hand.at(10, 8))
    assert abs(made.playback.index - 10 * RATE) <= 1
    until_frame(qtbot, made, made.playback.index)

    hand.turns_wheel(10, 60)
    assert hand.track.scale.view.duration * RATE <= 7, "down to single frames"
    frame = made.playback.index - 1
    QTest.mouseClick(hand.track, Qt.MouseButton.LeftButton, NONE, hand.at((frame + 0.5) / RATE))
    until_frame(qtbot, made, frame)
    hand.turns_wheel(10, -60)

    made.person.types("Prompt", "A red coat")
    selected = timeline.span
    made.person.presses("Retake")
    job = made.until_stage(Stage.QUEUED)
    made.drops(garden)
    until_open(qtbot, made, garden)
    assert (timeline.span, made.window.compose.request().prompt) == (seconds(0, 5), "")
    hand.drags(7, 10)
    made.until_stage(Stage.READY)
    made.drops(holiday)
    until_open(qtbot, made, holiday)
    assert (timeline.span, made.window.compose.request().prompt) == (selected, "A red coat")
    assert job.request.span == selected


@pytest.mark.parametrize("is_video", [True, False])
def test_four_gigabytes_dropped_from_another_program(
    qtbot: QtBot, made: Session, tmp_path: Path, *, is_video: bool
) -> None:
    if not on_x11():
        return
    film = numbered(tmp_path / "film.mp4") if is_video else tmp_path / "film.mp4"
    swollen(film, 4 << 30)
    made.window.move(80, 80)
    drag = Drag(qtbot, [address(film)])
    drag.over(made.window.welcome)
    drag.let_go()
    drag.waits_for("copy")
    if is_video:
        until_open(qtbot, made, film)
    else:
        qtbot.waitUntil(lambda: any("film.mp4: " in words for words in made.person.reads()), timeout=LONG)
    drag.end()


def swollen(path: Path, size: int) -> None:
    """Makes `path` as long as `size` without filling the disk, by an empty box where there is an MP4."""
    with path.open("ab") as file:
        if file.tell():
            file.write(struct.pack(">I4sQ", 1, b"free", size - file.tell()))
        file.truncate(size)


def press(key: Qt.Key, held: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
    """Where the focus is, as the keyboard does it."""
    for _ in range(times):
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key, held)


def tab_to(name: str) -> QWidget:
    for _ in range(60):
        press(Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        assert focused is not None
        if focused.accessibleName() == name:
            return focused
    raise AssertionError(f"Tab never comes to {name}")


def test_by_keyboard_alone(qtbot: QtBot, made: Session, tmp_path: Path) -> None:
    """From the path on the clipboard to the retake, without a mouse."""
    holiday = numbered(tmp_path / "holiday.mp4")
    QApplication.clipboard().setText(str(holiday))
    press(Qt.Key.Key_V, CONTROL)
    until_open(qtbot, made, holiday)
    timeline, playback = made.window.timeline, made.playback
    spans = [seconds(0, 5)]

    def now(start: float, end: float) -> None:
        spans.append(seconds(start, end))
        assert timeline.span == spans[-1]

    press(Qt.Key.Key_Right, SHIFT, times=3)
    press(Qt.Key.Key_I)
    now(3, 5)
    press(Qt.Key.Key_Right, SHIFT, times=4)
    press(Qt.Key.Key_Left)
    press(Qt.Key.Key_O)
    now(3, 7)
    for key, index in ((Qt.Key.Key_End, 299), (Qt.Key.Key_Home, 0), (Qt.Key.Key_PageDown, 30)):
        press(key)
        assert playback.index == index
    press(Qt.Key.Key_I, SHIFT)
    assert playback.index == 75
    press(Qt.Key.Key_O, SHIFT)
    assert playback.index == 174, "the last frame that is part of it"
    press(Qt.Key.Key_Right, ALT)
    now(3.04, 7.04)
    press(Qt.Key.Key_Right, ALT | SHIFT)
    now(4.04, 8.04)

    whole = timeline.looking.view
    press(Qt.Key.Key_Plus, times=12)
    assert timeline.looking.view.duration * RATE <= 7, "down to single frames"
    press(Qt.Key.Key_PageDown)
    press(Qt.Key.Key_0)
    assert timeline.looking.view == whole

    tab_to("Timeline")
    tab_to("In point")
    press(Qt.Key.Key_Left)
    now(4, 8.04)
    until_frame(qtbot, made, 100)
    press(Qt.Key.Key_PageUp)
    now(5, 8.04)
    press(Qt.Key.Key_Right, ALT)
    now(5.04, 8.08)
    tab_to("Out point")
    press(Qt.Key.Key_Left, times=2)
    assert timeline.span == seconds(5.04, 8)
    until_frame(qtbot, made, 199)
    field = tab_to("Selection start")
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, "00:00:05:00")
    press(Qt.Key.Key_Return)
    assert timeline.span == seconds(5, 8)
    tab_to("Selection end")

    prompt = tab_to("Prompt")
    QTest.keyClicks(prompt, "A red coat")
    made.workbench.drafting.settle()
    press(Qt.Key.Key_Z, CONTROL)
    assert made.window.compose.request().prompt == ""
    press(Qt.Key.Key_Z, CONTROL)
    assert timeline.span == seconds(5.04, 8)
    press(Qt.Key.Key_Z, CONTROL | SHIFT, times=2)
    press(Qt.Key.Key_Return, CONTROL)
    job = made.until_stage(Stage.QUEUED)
    assert (job.request.span, job.request.prompt) == (seconds(5, 8), "A red coat")


@pytest.mark.full
def test_by_names_alone_and_everything_is_there_again_after_another_video_and_after_quitting(tmp_path: Path) -> None:
    """The real program; a second and a third launch hand their videos to the window that is there."""
    holiday, garden = numbered(tmp_path / "holiday.mp4"), numbered(tmp_path / "garden.mp4", GREEN)
    with accessibility_bus(tmp_path / "person") as surroundings:
        with window(surroundings, "--demo", str(holiday)) as program, screen_reader(surroundings) as reader:
            _until_selected(reader, "00:00:00.000", "00:00:05.000")
            reader.slide("Out point", 8 * RATE)
            reader.slide("In point", 3 * RATE + 1)
            _until_selected(reader, "00:00:03.040", "00:00:08.000")
            assert reader.read("In point")["description"] == "00:00:03.040"
            assert reader.read("Timeline")["description"] == "Selection from 00:00:03.040 to 00:00:08.000"
            reader.slide("In point", 0)
            reader.slide("In point", 7 * RATE)
            _until_selected(reader, "00:00:06.000", "00:00:08.000")
            reader.write("Selection end", "00:00:09:05")
            _until_selected(reader, "00:00:06.000", "00:00:09:05")
            reader.write("Prompt", "A red coat")
            reader.press("Sound")
            assert _launched(surroundings, garden) == 0
            _until_selected(reader, "00:00:00.000", "00:00:05.000")
            assert reader.read("Prompt")["text"] == ""
            assert _launched(surroundings, holiday) == 0
            _until_selected(reader, "00:00:06.000", "00:00:09.200")
            assert reader.read("Prompt")["text"] == "A red coat"
            reader.slide("Out point", 10 * RATE)
            program.terminate()
            assert program.wait(30) == 0
        with window(surroundings, "--demo", str(holiday)), screen_reader(surroundings) as reader:
            _until_selected(reader, "00:00:06.000", "00:00:10.000")
            assert reader.read("Prompt")["text"] == "A red coat"
            assert reader.read("Sound")["checked"]


def _until_selected(reader: ScreenReader, start: str, end: str) -> None:
    names = ("Selection start", "Selection end")
    reader.until(
        lambda: [reader.read(name).get("text") for name in names] == [start, end], f"{start} to {end} is selected"
    )


def _launched(surroundings: dict[str, str], video: Path) -> int:
    """The exit code of another launch."""
    command = [sys.executable, "-m", "retake_desktop", "--demo", str(video)]
    return subprocess.run(command, env=surroundings, check=False, timeout=60).returncode
