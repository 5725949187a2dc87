"""The whole story in the real window: retake, look, move a seam, keep, a second moment, and the film frame by frame."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from typing import Any

import av
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QRadioButton, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from retake_desktop.demo.service import DemoService
from retake_desktop.domain.clip import Clip
from retake_desktop.domain.film import SeamRule
from retake_desktop.domain.job import Job, Stage
from retake_desktop.media.splice import SpliceReport, splice
from retake_desktop.ui.review.compare_mode import CompareMode
from tests.fakes.footage import make_clip
from tests.fakes.numbered import numbers
from tests.journeys.test_window import LONG, QUICK, Session, session

pytestmark = [pytest.mark.full, pytest.mark.timeout(600)]

FRAMES = 250


@pytest.fixture
def service(tmp_path: Path) -> Iterator[DemoService]:
    folder = tmp_path / "service"
    folder.mkdir()
    with DemoService(folder, QUICK) as running:
        yield running


@pytest.fixture
def original(tmp_path: Path) -> Path:
    (tmp_path / "films").mkdir()
    return make_clip(tmp_path / "films/holiday.mp4", frames=FRAMES, rate=Fraction(25), size=(320, 180), gop=25)


class Story:
    """What a person does, by mouse; `reports` holds what each Keep came to."""

    def __init__(self, qtbot: QtBot, made: Session) -> None:
        self.qtbot = qtbot
        self.made = made
        self.reports: list[SpliceReport] = []
        made.jobs.kept.connect(self._note)

    def _note(self, _job_id: str, report: SpliceReport) -> None:
        self.reports.append(report)

    def open(self, path: Path) -> None:
        self.made.drops(path)
        self.qtbot.waitUntil(lambda: self.made.workbench.retaking.clip is not None, timeout=LONG)

    def retakes(self, start: str, end: str, prompt: str) -> Job:
        """Selects, asks, and waits until the review of what came is open."""
        for name, time in (("Selection end", end), ("Selection start", start), ("Selection end", end)):
            self.made.person.sees(name, QLineEdit).setText(time)
        self.made.person.sees("Prompt", QPlainTextEdit).clear()
        self.made.person.types("Prompt", prompt)
        self.made.person.presses("Retake")
        return self.reviewed(prompt)

    def reviewed(self, prompt: str) -> Job:
        reviewing = self.made.workbench.reviewing

        def is_open() -> bool:
            return reviewing.job is not None and reviewing.job.request.prompt == prompt

        self.qtbot.waitUntil(is_open, timeout=3 * LONG)
        self.until_read("stay bit for bit")
        assert reviewing.job is not None
        return reviewing.job

    def until_read(self, words: str) -> None:
        self.qtbot.waitUntil(lambda: any(words in label for label in self.made.person.reads()), timeout=LONG)

    def keeps(self) -> SpliceReport:
        count = len(self.reports)
        self.made.person.presses("Keep")
        self.qtbot.waitUntil(lambda: len(self.reports) > count, timeout=LONG)
        self.until_read("frames untouched")
        return self.reports[-1]


@pytest.fixture
def story(qtbot: QtBot, tmp_path: Path, service: DemoService) -> Iterator[Story]:
    with session(qtbot, tmp_path, service) as made:
        yield Story(qtbot, made)


def pictures(path: str | Path) -> list[str]:
    """A name for each decoded picture of a file: equal for equal ones, to the bit."""
    with av.open(str(path)) as file:
        return [sha256(b"".join(bytes(plane) for plane in frame.planes)).hexdigest() for frame in file.decode(video=0)]


def untouched(original: Path, report: SpliceReport) -> list[int]:
    """The frames outside what was re-encoded; all of them are checked to be the original's, bit for bit."""
    coded = {index for part in report.stretches for index in range(part.first, part.end)}
    rest = [index for index in range(FRAMES) if index not in coded]
    before, after = pictures(original), pictures(report.output)
    assert len(before) == len(after) == FRAMES
    assert [before[index] for index in rest] == [after[index] for index in rest]
    return rest


def test_two_moments_are_kept_in_one_film_and_every_other_frame_is_the_originals(story: Story, original: Path) -> None:
    person = story.made.person
    story.open(original)
    first = story.retakes("00:00:01.000", "00:00:03.000", "A red coat")
    assert not list(original.parent.glob("*retake*")), "nothing is written before Keep"
    for mode in ("Wipe", "A/B", "Difference", "Side by side"):
        person.presses(mode)
    seam = person.sees("Seam in", QSpinBox)
    seam.setValue(23)
    story.qtbot.waitUntil(lambda: story.made.playback.index == 23, timeout=LONG)
    report = story.keeps()
    assert report.output == str(original.parent / "holiday-retake.mp4")
    assert report.stretches[0].moment_first == 23
    rest = untouched(original, report)
    assert len(rest) == report.frames_untouched
    story.qtbot.waitUntil(lambda: story.made.playback.material is not None and str(
        story.made.playback.material.after and story.made.playback.material.after.clip.path) == report.output,
        timeout=LONG,
    )  # fmt: skip
    person.presses("Back to editing")
    story.retakes("00:00:06.000", "00:00:08.000", "A blue coat")
    story.until_read("2 moments are in the film")
    second = story.keeps()
    assert second.output == report.output
    assert len(untouched(original, second)) == second.frames_untouched
    assert {part.moment_first for part in second.stretches} >= {23}
    assert numbers(second.output) == list(range(FRAMES)), "the demo changes colours, not the order of frames"
    person.presses("Take out")
    story.until_read("made anew without it")
    kept = [job for job in story.made.window.takes.jobs() if job.stage is Stage.KEPT]
    assert [job.id for job in kept] == [first.id]
    assert kept[0].seams.rule is SeamRule.CHOSEN
    assert len(untouched(original, report)) == report.frames_untouched


class Keys:
    """The keyboard, and nothing else: what is reached is reached with Tab or a shortcut."""

    def __init__(self, story: Story) -> None:
        self.window = story.made.window
        self.window.activateWindow()
        story.qtbot.waitUntil(self.window.isActiveWindow)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)

    def tabs_to(self, name: str) -> QWidget:
        for _step in range(120):
            now = QApplication.focusWidget()
            if now is not None and name in {now.accessibleName(), getattr(now, "text", lambda: "")()}:
                return now
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"{name} cannot be reached with Tab")

    def writes(self, name: str, words: str) -> None:
        field = self.tabs_to(name)
        self.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(field, words)

    def retakes(self, start: str, end: str, prompt: str) -> None:
        self.writes("Selection end", end)
        self.writes("Selection start", start)
        self.writes("Selection end", end)
        self.writes("Prompt", prompt)
        self.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_the_whole_story_with_the_keyboard_alone(story: Story, original: Path) -> None:
    keys = Keys(story)
    QGuiApplication.clipboard().setText(str(original))
    keys.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    story.qtbot.waitUntil(lambda: story.made.workbench.retaking.clip is not None, timeout=LONG)
    keys.retakes("00:00:01.000", "00:00:03.000", "A red coat")
    story.reviewed("A red coat")
    compare = story.made.window.compare
    modes = (CompareMode.SIDE_BY_SIDE, CompareMode.WIPE, CompareMode.AB, CompareMode.DIFFERENCE)
    for key, mode in zip((Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4), modes, strict=True):
        keys.press(key)
        assert compare.mode is mode
    seam = keys.tabs_to("Seam in")
    assert isinstance(seam, QSpinBox)
    before = seam.value()
    keys.press(Qt.Key.Key_Down)
    assert seam.value() == before - 1
    keys.tabs_to("Keep")
    keys.press(Qt.Key.Key_Space)
    story.qtbot.waitUntil(lambda: len(story.reports) == 1, timeout=LONG)
    assert story.reports[0].stretches[0].moment_first == before - 1
    assert len(untouched(original, story.reports[0])) == story.reports[0].frames_untouched
    story.until_read("frames untouched")
    keys.press(Qt.Key.Key_Escape)
    story.qtbot.waitUntil(lambda: not story.made.window.is_reviewing, timeout=LONG)
    keys.retakes("00:00:06.000", "00:00:08.000", "A blue coat")
    story.reviewed("A blue coat")
    keys.tabs_to("Keep")
    keys.press(Qt.Key.Key_Space)
    story.qtbot.waitUntil(lambda: len(story.reports) == 2, timeout=LONG)
    film = story.reports[1]
    assert film.output == story.reports[0].output
    assert len({part.moment_first for part in film.stretches}) == 2
    assert len(untouched(original, film)) == film.frames_untouched
    assert numbers(film.output) == list(range(FRAMES))


def rename(original: Path) -> None:
    original.rename(original.with_name("renamed.mp4"))


def edit(original: Path) -> None:
    original.write_bytes(original.read_bytes() + b"\0\0\0\x08free")


def take_the_folder_away(original: Path) -> None:
    rmtree(original.parent)


@pytest.mark.parametrize(
    ("happens", "is_kept", "words"),
    [
        (rename, True, "frames untouched"),
        (edit, False, "The video has changed"),
        (take_the_folder_away, False, "is not where it was"),
    ],
)
def test_an_original_that_is_renamed_is_found_and_a_changed_or_lost_one_is_said(
    story: Story, original: Path, happens: Callable[[Path], None], is_kept: bool, words: str
) -> None:
    story.open(original)
    story.retakes("00:00:01.000", "00:00:03.000", "A red coat")
    happens(original)
    story.made.person.presses("Keep")
    story.until_read(words)
    assert len(story.reports) == is_kept
    assert len(list(original.parent.glob("*-retake.*"))) == is_kept
    assert list(original.parent.glob("*.part")) == []
    (job,) = story.made.window.takes.jobs()
    assert job.stage is (Stage.KEPT if is_kept else Stage.READY)
    assert job.result_path is not None
    assert Path(job.result_path).exists(), "what was paid for is there"


def test_a_full_disk_is_said_and_with_room_again_the_take_is_kept(story: Story, original: Path) -> None:
    story.open(original)
    story.retakes("00:00:01.000", "00:00:03.000", "A red coat")
    desk = story.made.jobs._desk
    assert desk is not None
    worker = desk._tools.worker
    real = worker.splice

    async def on_full_disk(original: Clip, takes: Any, output: str, on_progress: Any) -> SpliceReport:
        return splice(original, takes, output, on_progress, free_bytes=lambda _folder: 1000)

    worker.splice = on_full_disk  # type: ignore[method-assign]  # the same splice on a full disk
    story.made.person.presses("Keep")
    story.until_read("The disk is full")
    assert [path.name for path in original.parent.iterdir()] == [original.name]
    worker.splice = real  # type: ignore[method-assign]  # somebody has made room
    assert len(untouched(original, story.keeps())) > 0


def test_the_name_of_the_file_is_given_away_by_dragging_and_copying(story: Story, original: Path) -> None:
    story.open(original)
    job = story.retakes("00:00:01.000", "00:00:03.000", "A red coat")
    handle = story.made.person.sees("File to drag", QWidget)
    QTest.keyClick(handle, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    urls = QGuiApplication.clipboard().mimeData().urls()
    assert [url.toLocalFile() for url in urls] == [job.result_path]
    assert isinstance(story.made.person.sees("Automatic", QRadioButton), QRadioButton)
    assert QPoint(handle.width(), handle.height()).x() > 100
    content = original.read_bytes()
    story.made.jobs.export(job.id, str(job.result_path), str(original))
    story.until_read("holiday.mp4 was not replaced")
    assert original.read_bytes() == content, "the file dialog's question is not enough"
