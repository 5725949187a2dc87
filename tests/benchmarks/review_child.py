"""The whole window with two files in review, or libVLC's own two players, as a process of its own that is measured.

    python -m tests.benchmarks.review_child app BEFORE AFTER SECONDS
    python -m tests.benchmarks.review_child vlc BEFORE AFTER SECONDS

Prints one line of JSON: `due` and `shown` pictures, and `wrong` pairs.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from retake_desktop.domain.job import Job, Stage
from retake_desktop.domain.retake import Mode, RetakeRequest
from retake_desktop.domain.span import Span
from retake_desktop.domain.window import window_for_whole_file
from retake_desktop.media.probe import probe
from retake_desktop.services.folders import Folders
from retake_desktop.services.history import History
from retake_desktop.services.secrets import TokenStore
from retake_desktop.services.settings import Settings
from retake_desktop.ui.job_thread import JobThread
from retake_desktop.ui.loading import settle
from retake_desktop.ui.main_window import MainWindow
from retake_desktop.ui.playback.playback import Playback
from retake_desktop.ui.preferences import Preferences
from retake_desktop.ui.review.compare_view import CompareView
from retake_desktop.ui.style import Style, Theme
from retake_desktop.ui.workbench import Workbench
from tests.services.examples import a_job

_PATIENCE = 120.0
_LOOK_MS = 20
_SIZE = (1920, 1080)


class Painted(QObject):
    """Notes which pair each painting of the comparison shows."""

    def __init__(self, view: CompareView) -> None:
        super().__init__(view)
        self._view = view
        self.shown: set[int] = set()
        self.wrong = 0
        self.is_counting = False
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        shot = self._view.shot
        if self.is_counting and watched is self._view and event.type() == QEvent.Type.Paint and shot is not None:
            self.shown.add(shot.index)
            self.wrong += shot.after_index != shot.index
        return False


def until(is_so: Callable[[], bool], seconds: float) -> bool:
    """Lets the window work, in an event loop as in life, until `is_so`, or until the time is up."""
    deadline = time.monotonic() + seconds
    loop, looking = QEventLoop(), QTimer()
    looking.timeout.connect(lambda: loop.quit() if is_so() or time.monotonic() > deadline else None)
    looking.start(_LOOK_MS)
    if not is_so():
        loop.exec()
    return is_so()


def a_take(before: str, after: str) -> Job:
    """`after` as the answer to the whole of `before`, frame for frame."""
    clip, result = probe(before), probe(after)
    span = Span(Fraction(1), Fraction(4))
    return a_job(
        stage=Stage.READY,
        request=RetakeRequest(before, span, "Another coat", Mode.PICTURE),
        source_fingerprint=clip.fingerprint,
        result_path=after,
        window=window_for_whole_file(span, clip.duration, result.width, result.height, clip.frame_rate),
    )


async def no_demo() -> str:
    """Nothing is asked of any service."""
    return "http://127.0.0.1:1"


def app(application: QApplication, before: str, after: str, seconds: float, folder: Path) -> dict[str, int]:
    """The real window; playing begins when what else a review reads has been read."""
    folders = Folders(folder / "data", folder / "config", folder / "cache")
    folders.data.mkdir(parents=True)
    take = a_take(before, after)
    history = History(folders.data / "jobs.sqlite")
    history.add([take])
    history.close()
    style = Style(application)
    style.set_theme(Theme.DARK)
    jobs = JobThread(folders, TokenStore({}), no_demo, demo=True)
    playback = Playback()
    window = MainWindow(playback)
    bench = Workbench(window, jobs, playback, Preferences(Settings(), lambda _: None), style, is_guest=True)
    bench.quitting.has_said_farewell = True
    painted = Painted(window.compare)
    measured: list[str] = []
    jobs.changes_known.connect(lambda job_id, _found: measured.append(job_id))
    jobs.start()
    window.resize(*_SIZE)
    window.show()
    settle()
    if not until(lambda: bool(window.takes.jobs()), _PATIENCE):
        raise RuntimeError("the record was never loaded")
    bench.reviewing.open(take.id)
    if not until(lambda: window.compare.shot is not None and bool(measured), 10 * _PATIENCE):
        raise RuntimeError("the review never opened")
    until(lambda: False, 3)
    playback.seek_frame(0)
    until(lambda: window.compare.shot is not None and window.compare.shot.index == 0, _PATIENCE)
    painted.is_counting = True
    begun = time.monotonic()
    due, shown, frames = 0, 0, len(probe(before).frames)
    while time.monotonic() - begun < seconds:
        painted.shown = {0}
        playback.play()
        until(lambda: not playback.is_playing or time.monotonic() - begun > seconds, _PATIENCE)
        came_due = max(painted.shown) + 1 if playback.is_playing else frames
        playback.pause()
        due, shown = due + came_due, shown + len(painted.shown)
        playback.seek_frame(0)
    window.may_close = lambda: True
    window.close()
    until(jobs.isFinished, _PATIENCE)
    return {"due": due, "shown": shown, "wrong": painted.wrong}


def vlc(_application: QApplication, before: str, after: str, seconds: float, _folder: Path) -> dict[str, int]:
    """libVLC's two players, started together, each in its half of one window."""
    import vlc as library  # type: ignore[import-untyped, unused-ignore]  # it has no type information

    window = QWidget()
    row = QHBoxLayout(window)
    halves = [QWidget(), QWidget()]
    for half in halves:
        row.addWidget(half)
    window.resize(*_SIZE)
    window.show()
    until(lambda: False, 0.5)
    instance = library.Instance("--quiet", "--no-audio")
    media = [instance.media_new(path) for path in (before, after)]
    players = [each.player_new_from_media() for each in media]
    for player, half in zip(players, halves, strict=True):
        player.set_xwindow(int(half.winId()))
    for player in players:
        player.play()
    until(lambda: all(player.get_state() == library.State.Ended for player in players), seconds + 10)
    # What a decoder skips is in none of libVLC's counts: all frames of both files are due.
    due, shown = sum(len(probe(path).frames) for path in (before, after)), 0
    for each in media:
        found = library.MediaStats()
        each.get_stats(found)
        shown += found.displayed_pictures
    for player in players:
        player.release()
    window.close()
    return {"due": due, "shown": shown, "wrong": 0}


def main() -> None:
    """Measures one of the two."""
    what, before, after, seconds = sys.argv[1:]
    os.environ.setdefault("QT_QPA_PLATFORM", "xcb" if os.environ.get("DISPLAY") else "offscreen")
    application = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder:
        found = {"app": app, "vlc": vlc}[what](application, before, after, float(seconds), Path(folder))
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
