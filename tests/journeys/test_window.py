"""The first retake in the real window: real job thread, real SQLite, real media worker, real loopback HTTP."""

import os
import wave
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from retake_desktop.demo.faults import Call, Delay, When
from retake_desktop.demo.options import DemoOptions
from retake_desktop.demo.service import DemoService
from retake_desktop.domain.job import Job, Stage
from retake_desktop.domain.span import Span
from retake_desktop.media.previews import Previews
from retake_desktop.services.folders import Folders
from retake_desktop.services.history import History
from retake_desktop.services.secrets import TokenStore
from retake_desktop.services.settings import Settings
from retake_desktop.ui.job_thread import JobThread
from retake_desktop.ui.main_window import MainWindow
from retake_desktop.ui.playback.playback import Playback
from retake_desktop.ui.playback.soundtrack import Soundtrack
from retake_desktop.ui.preferences import Preferences
from retake_desktop.ui.style import Style, Theme
from retake_desktop.ui.workbench import Workbench
from tests.fakes.footage import make_clip
from tests.journeys.person import Person
from tests.ui.frames_on_screen import halves, number_on

os.environ.setdefault("QT_QPA_PLATFORM", "xcb" if os.environ.get("DISPLAY") else "offscreen")
LONG = 60_000
"""Milliseconds that a busy machine may take for a retake of a small clip."""
QUICK = DemoOptions(queue_seconds=0.3, run_seconds=0, answer_size=None, bleed_frames=0)


class Session:
    """The app from start to quit, over one person's folders: on the demo, or with an `environment` of their own."""

    def __init__(
        self,
        qtbot: QtBot,
        root: Path,
        service: DemoService,
        environment: dict[str, str] | None,
        settings: Settings | None = None,
        previews: Previews | None = None,
    ) -> None:
        self._qtbot = qtbot
        self.jobs_seen: list[Job] = []
        folders = Folders(root / "data", root / "config", root / "cache")

        async def address() -> str:
            return service.url

        style = Style(_application())
        style.set_theme(Theme.DARK)
        self.jobs = JobThread(folders, TokenStore(environment or {}), address, demo=environment is None)
        self.playback = Playback(sound=Soundtrack(lambda _clip: None))
        self.window = MainWindow(self.playback, previews=previews)
        self.preferences = Preferences(settings or Settings(), lambda _settings: None)
        self.workbench = Workbench(self.window, self.jobs, self.playback, self.preferences, style, is_guest=True)
        self.person = Person(qtbot, self.window)
        self.jobs.job_changed.connect(self.jobs_seen.append)
        self.jobs.start()
        self.window.resize(1280, 800)
        self.window.show()

    def until_stage(self, *stages: Stage) -> Job:
        """Waits until some job has been in one of `stages`."""
        self._qtbot.waitUntil(lambda: any(job.stage in stages for job in self.jobs_seen), timeout=LONG)
        return next(job for job in self.jobs_seen if job.stage in stages)

    def drops(self, *things: Path | str) -> None:
        """Files, or addresses as a browser gives them."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(it)) if isinstance(it, Path) else QUrl(it) for it in things])
        where, copy = QPointF(600, 400), Qt.DropAction.CopyAction
        self.window.dropEvent(QDropEvent(where, copy, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier))

    def quits(self) -> None:
        self.window.may_close = lambda: True
        with self._qtbot.waitSignal(self.jobs.finished, timeout=LONG):
            self.window.close()
        self.window.deleteLater()


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application


StartSession = Callable[[], Session]


@pytest.fixture
def service(tmp_path: Path) -> Iterator[DemoService]:
    folder = tmp_path / "service"
    folder.mkdir()
    with DemoService(folder, QUICK) as running:
        yield running


@contextmanager
def session(
    qtbot: QtBot,
    tmp_path: Path,
    service: DemoService,
    environment: dict[str, str] | None = None,
    person: Path | None = None,
    settings: Settings | None = None,
    previews: Previews | None = None,
) -> Iterator[Session]:
    """`person` is the folder that the app's own folders lie in."""
    made = Session(qtbot, person or tmp_path / "person", service, environment, settings, previews)
    try:
        yield made
    finally:
        made.quits()


def _opened(qtbot: QtBot, made: Session, tmp_path: Path) -> None:
    made.drops(make_clip(tmp_path / "holiday.mp4", frames=200, rate=Fraction(25), size=(640, 360)))
    qtbot.waitUntil(lambda: made.workbench.retaking.clip is not None, timeout=LONG)
    stage = made.person.sees("Stage", QWidget)
    qtbot.waitUntil(lambda: number_on(stage) == 0, timeout=LONG)


def _selects(qtbot: QtBot, made: Session, start: str, end: str) -> None:
    for name, time in (("Selection end", end), ("Selection start", start)):
        field = made.person.sees(name, QLineEdit)
        field.setText(time)
    span = made.workbench.retaking
    qtbot.waitUntil(lambda: span.span is not None and float(span.span.start) == pytest.approx(2.0))


def test_drop_select_say_retake_compare_and_keep(qtbot: QtBot, tmp_path: Path, service: DemoService) -> None:
    with session(qtbot, tmp_path, service) as made:
        _opened(qtbot, made, tmp_path)
        _selects(qtbot, made, "00:00:02.000", "00:00:05.000")
        made.person.types("Prompt", "A red coat, same light")
        made.person.presses("Picture and sound")
        _double_clicks(made.person.sees("Retake", QWidget))
        ready = made.until_stage(Stage.READY)
        assert ready.request.prompt == "A red coat, same light"
        assert ready.request.span == Span(Fraction(2), Fraction(5))
        compare = _shown_compare(qtbot, made)
        qtbot.waitUntil(lambda: halves(compare)[0] is not None, timeout=LONG)
        left, right = halves(compare)
        assert left == right == made.playback.index
        seen = [job.stage for job in made.jobs_seen]
        for stage in (Stage.PREPARING, Stage.HOSTING, Stage.SUBMITTING, Stage.QUEUED, Stage.DOWNLOADING):
            assert stage in seen
        made.person.presses("Keep")
        kept = made.until_stage(Stage.KEPT)
        assert kept.final_path == str(tmp_path / "holiday-retake.mp4")
        assert Path(kept.final_path).exists()
    with closing(History(tmp_path / "person" / "data" / "jobs.sqlite")) as history:
        assert len(history.jobs()) == 1, "a double click is one press"
    assert service.received.accepted_submissions == 1


def _double_clicks(button: QWidget) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(button, Qt.MouseButton.LeftButton)


def _shown_compare(qtbot: QtBot, made: Session) -> QWidget:
    """Review opens by itself, because the person has touched nothing since Retake."""
    qtbot.waitUntil(lambda: made.window.is_reviewing, timeout=LONG)
    return made.person.sees("Before and after", QWidget)


def test_a_selection_is_dragged_on_the_timeline(qtbot: QtBot, tmp_path: Path, service: DemoService) -> None:
    with session(qtbot, tmp_path, service) as made:
        _opened(qtbot, made, tmp_path)
        handle = made.person.sees("Out point", QWidget)
        before = made.workbench.retaking.span
        assert before is not None
        middle = QPoint(handle.width() // 2, handle.height() // 2)
        made.person.drags(handle, middle, middle - QPoint(120, 0))
        after = made.workbench.retaking.span
        assert after is not None
        assert after.start == before.start
        assert after.end < before.end
        assert made.workbench.retaking.clip is not None
        assert after.end == made.workbench.retaking.clip.frames.snap(after.end)


def test_play_and_pause_move_the_picture_and_stop_it(qtbot: QtBot, tmp_path: Path, service: DemoService) -> None:
    with session(qtbot, tmp_path, service) as made:
        _opened(qtbot, made, tmp_path)
        stage = made.person.sees("Stage", QWidget)
        made.person.presses("Play")
        qtbot.waitUntil(lambda: (number_on(stage) or 0) > 5, timeout=LONG)
        made.person.presses("Play")
        qtbot.waitUntil(lambda: number_on(stage) == made.playback.index, timeout=LONG)
        resting = made.playback.index
        qtbot.wait(150)
        assert number_on(stage) == resting == made.playback.index


def test_a_queued_take_is_cancelled(qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "service"
    folder.mkdir()
    with DemoService(folder, DemoOptions(queue_seconds=120)) as slow, session(qtbot, tmp_path, slow) as made:
        _opened(qtbot, made, tmp_path)
        made.person.types("Prompt", "A red coat")
        made.person.presses("Retake")
        made.until_stage(Stage.QUEUED)
        made.person.presses("Cancel job")
        assert made.until_stage(Stage.CANCELLED).request_id is not None


@pytest.mark.full
def test_quitting_in_the_middle_and_starting_again_goes_on_without_a_second_submission(
    qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "service"
    folder.mkdir()
    with DemoService(folder, DemoOptions(queue_seconds=1.5, run_seconds=0, answer_size=None)) as slow:
        with session(qtbot, tmp_path, slow) as made:
            _opened(qtbot, made, tmp_path)
            made.person.types("Prompt", "A red coat")
            made.person.presses("Retake")
            job = made.until_stage(Stage.QUEUED)
        with session(qtbot, tmp_path, slow) as again:
            assert again.until_stage(Stage.READY).id == job.id
        assert slow.received.accepted_submissions == 1


@pytest.mark.full
def test_quitting_waits_for_the_answer_to_a_submission_on_its_way(
    qtbot: QtBot, tmp_path: Path, service: DemoService
) -> None:
    service.faults.add(Delay(call=Call.SUBMIT, seconds=2.5, when=When.BEFORE_ANSWERING))
    with session(qtbot, tmp_path, service) as made:
        _opened(qtbot, made, tmp_path)
        made.person.types("Prompt", "A red coat")
        made.person.presses("Retake")
        qtbot.waitUntil(lambda: service.received.accepted_submissions == 1, timeout=LONG)
        assert made.jobs.is_sending
    history = History(tmp_path / "person" / "data" / "jobs.sqlite")
    (job,) = history.jobs()
    history.close()
    assert job.stage is Stage.QUEUED
    assert job.request_id is not None


def _text(folder: Path) -> Path:
    (folder / "bad.mp4").write_text("This is no video.")
    return folder / "bad.mp4"


def _empty(folder: Path) -> Path:
    (folder / "bad.mp4").touch()
    return folder / "bad.mp4"


def _folder(folder: Path) -> Path:
    (folder / "bad.mp4").mkdir()
    return folder / "bad.mp4"


def _vanished(folder: Path) -> Path:
    return folder / "bad.mp4"


def _sound_only(folder: Path) -> Path:
    with wave.open(str(folder / "bad.wav"), "wb") as sound:
        sound.setparams((1, 2, 48000, 0, "NONE", ""))
        sound.writeframes(b"\0\0" * 48000)
    return folder / "bad.wav"


@pytest.mark.parametrize(
    ("make", "said"),
    [
        pytest.param(_text, "bad.mp4: ", marks=pytest.mark.full),
        (_empty, "bad.mp4: "),
        (_folder, "There is no video in that folder."),
        pytest.param(_vanished, "bad.mp4: ", marks=pytest.mark.full),
        (_sound_only, "bad.wav: "),
    ],
)
def test_what_is_no_video_is_told_in_the_window(
    qtbot: QtBot, tmp_path: Path, service: DemoService, make: Callable[[Path], Path], said: str
) -> None:
    path = make(tmp_path)
    with session(qtbot, tmp_path, service) as made:
        made.drops(path)
        qtbot.waitUntil(lambda: any(said in words for words in made.person.reads()), timeout=LONG)
        assert made.workbench.retaking.clip is None


def test_a_plain_http_address_is_refused_with_a_sentence(qtbot: QtBot, tmp_path: Path, service: DemoService) -> None:
    with session(qtbot, tmp_path, service) as made:
        before = made.person.reads()
        made.drops("http://example.com/clip.mp4")
        qtbot.waitUntil(lambda: any(words not in before and len(words) > 20 for words in made.person.reads()))


def test_a_token_with_a_line_break_is_told_and_the_window_still_opens_videos(
    qtbot: QtBot, tmp_path: Path, service: DemoService
) -> None:
    with session(qtbot, tmp_path, service, environment={"RUNCOMFY_API_TOKEN": "two\nlines"}) as made:
        _opened(qtbot, made, tmp_path)
        made.person.types("Prompt", "A red coat")
        made.person.presses("Retake")
        qtbot.waitUntil(lambda: any("API token" in words for words in made.person.reads()), timeout=LONG)
        assert made.jobs_seen == []
