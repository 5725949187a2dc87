"""Windows that are measured from within, each in a process of its own: the app's, and an empty one of PySide6.

    python -m tests.benchmarks.windows app start
    python -m tests.benchmarks.windows empty start            until the window is there and answers
    python -m tests.benchmarks.windows app whole              until all that is behind it is there, too
    python -m tests.benchmarks.windows app heartbeat VIDEO
    python -m tests.benchmarks.windows app second VIDEO ANOTHER
    python -m tests.benchmarks.windows empty heartbeat SECONDS [FROM]
    python -m tests.benchmarks.windows app play VIDEO

`start` and `whole` write "answers" and end. `play` plays VIDEO from its beginning and writes five figures with commas
between: pictures that came due, pictures painted, seconds of processor, and the size of the picture in pixels.
`heartbeat` writes the longest time, in seconds, for which the GUI thread did not come round: of the app while it opens
VIDEO, scrubs through it and plays it, of the empty window during SECONDS, not counting those before FROM. `second`
writes the same of the app while it opens ANOTHER in place of VIDEO, as soon as that has been there for a while.
"""

import os
import random
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

if sys.argv[1:2] == ["app"]:
    # As the program itself begins.
    from retake_desktop.ui.loading import load_quickly

    load_quickly()

# Nothing else here: an empty window's start must not pay for what measures it.
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from retake_desktop.ui.beginning import Beginning, Start
    from retake_desktop.ui.main_window import MainWindow
    from retake_desktop.ui.workbench import Workbench

_STARTED = time.monotonic()
_BEAT_MS = 2
SCRUB_SECONDS, PLAY_SECONDS = 5, 8
SHOWN_SECONDS = 15
_SCRUB_MS = 16
SECOND_FROM, SECOND_UNTIL = 12, 18
"""Seconds after the start between which another video is opened, and all of it comes."""
_FILLED_MS = 8000
"""After which filmstrip, waveform and the small pictures of the neighbourhood are there."""


class Answering(QObject):
    """Ends the process when `window` has been drawn and the event loop has come round once more."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._wait()

    def _wait(self) -> None:
        if self._window.isVisible() and self._window.windowHandle().isExposed():
            self._window.repaint()
            QTimer.singleShot(0, self._done)
        else:
            QTimer.singleShot(1, self._wait)

    def _done(self) -> None:
        _end("answers")


class Heartbeat(QObject):
    """Notes the longest time between two rounds of the event loop."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.begin()
        self.startTimer(_BEAT_MS)

    def begin(self) -> None:
        """From now on: what was before does not count."""
        self.longest = 0.0
        self._before = time.perf_counter()

    def timerEvent(self, _event: object) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._before)
        self._before = now


class Visit(QObject):
    """Waits for the video in the app's window, scrubs through it, plays it, and says the longest standstill."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._playback = window.stage.playback
        self._chance = random.Random(5)  # noqa: S311 - repeatable, not secret
        self._heartbeat = Heartbeat(self)
        self._scrubbed = 0
        _every(self, 20, self._await_picture)

    def _await_picture(self) -> bool:
        if self._window.stage.shot is None:
            return False
        _every(self, _SCRUB_MS, self._scrub)
        return True

    def _scrub(self) -> bool:
        material = self._playback.material
        if material is not None:
            self._playback.seek_frame(self._chance.randrange(len(material.before.frames)))
        self._scrubbed += 1
        if self._scrubbed * _SCRUB_MS < SCRUB_SECONDS * 1000:
            return False
        self._playback.seek_frame(0)
        self._playback.play()
        QTimer.singleShot(PLAY_SECONDS * 1000, self._done)
        return True

    def _done(self) -> None:
        self._playback.pause()
        _end(f"{self._heartbeat.longest:.6f}")


class Change(QObject):
    """Opens `another` video when the first has been there for a while, and says the longest standstill since."""

    def __init__(self, workbench: "Workbench", another: str) -> None:
        super().__init__(workbench)
        self._stage = workbench.window.stage
        self._opening = workbench.opening
        self._another = another
        self._heartbeat = Heartbeat(self)
        _at(SECOND_FROM, self._open)

    def _open(self) -> None:
        if self._stage.shot is None:
            raise RuntimeError("the first video is not there")
        self._heartbeat.begin()
        self._opening.open_path(self._another)
        _at(SECOND_UNTIL, self._done)

    def _done(self) -> None:
        clip, shot = self._opening.clip, self._stage.shot
        if clip is None or clip.path != self._another or shot is None or not shot.is_exact:
            raise RuntimeError("the second video is not there")
        _end(f"{self._heartbeat.longest:.6f}")


class Show(QObject):
    """Waits for the video and for what is made of it beside, plays it, and says how many pictures were painted."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._stage = window.stage
        self._playback = window.stage.playback
        self._painted: set[int] = set()
        self._processor = 0.0
        _every(self, 20, self._await_picture)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        shot = self._stage.shot
        if event.type() == QEvent.Type.Paint and shot is not None and self._playback.is_playing:
            self._painted.add(shot.index)
        return False

    def _await_picture(self) -> bool:
        if self._stage.shot is None:
            return False
        QTimer.singleShot(_FILLED_MS, self._begin)
        return True

    def _begin(self) -> None:
        self._playback.seek_frame(0)
        self._stage.installEventFilter(self)
        self._processor = time.process_time()
        self._playback.play()
        QTimer.singleShot(SHOWN_SECONDS * 1000, self._done)

    def _done(self) -> None:
        processor = time.process_time() - self._processor
        shot = self._stage.shot
        due = self._playback.index + 1
        size = (0, 0) if shot is None else (shot.before.width(), shot.before.height())
        _end(",".join(map(str, (due, len(self._painted), f"{processor:.3f}", *size))))


def _every(parent: QObject, milliseconds: int, deed: Callable[[], bool]) -> None:
    """Does `deed` until it says that it is done."""
    timer = QTimer(parent)

    def go() -> None:
        if deed():
            timer.stop()

    timer.timeout.connect(go)
    timer.start(milliseconds)


def _at(seconds: float, deed: Callable[[], None]) -> None:
    """Does `deed` so long after the start."""
    QTimer.singleShot(max(0, round((_STARTED + seconds - time.monotonic()) * 1000)), deed)


def empty(what: str, seconds: float, since: float = 0) -> None:
    application = QApplication([])
    window = QWidget()
    window.resize(1280, 800)
    window.show()
    if what == "start":
        Answering(window)
    else:
        heartbeat = Heartbeat(window)
        _at(since, heartbeat.begin)
        _at(seconds, lambda: _end(f"{heartbeat.longest:.6f}"))
    application.exec()


def app(what: str, arguments: list[str]) -> None:
    from retake_desktop.ui import beginning, main_window

    if what == "start":
        main_window.MainWindow = _drawn(main_window.MainWindow)  # type: ignore[misc] # before the program has it
    elif what == "whole":
        beginning.Beginning = _whole(beginning.Beginning)  # type: ignore[misc] # before the program has it
    elif what == "second":
        another = arguments.pop()
        _once_open(lambda workbench: Change(workbench, another))
    else:
        measure = {"heartbeat": Visit, "play": Show}[what]
        _once_open(lambda workbench: measure(workbench.window))
    from retake_desktop.app import main

    main(arguments)


def _drawn(kind: "type[MainWindow]") -> "type[MainWindow]":
    class Drawn(kind):  # type: ignore[misc, valid-type] # of what the program would make
        def showEvent(self, event: QShowEvent) -> None:
            super().showEvent(event)
            Answering(self)

    return Drawn


def _whole(kind: "type[Beginning]") -> "type[Beginning]":
    class Whole(kind):  # type: ignore[misc, valid-type] # of what the program would make
        def _end(self) -> None:
            super()._end()
            Answering(self.parent())

    return Whole


def _once_open(measure: "Callable[[Workbench], object]") -> None:
    from retake_desktop import session

    open_first = session._open_first

    def begin(workbench: "Workbench", start: "Start") -> None:
        open_first(workbench, start)
        measure(workbench)

    session._open_first = begin


def _end(word: str) -> None:
    """At once: how long a window takes to close is not measured here. The next one is not to think that it crashed."""
    sys.stdout.write(word + "\n")
    sys.stdout.flush()
    if "retake_desktop.app" in sys.modules:
        from retake_desktop.services.folders import Folders

        for left in Folders.of_this_person().logs.glob("run-*"):
            left.unlink()
    os._exit(0)


if __name__ == "__main__":
    _, whose, wanted, *given = sys.argv
    if whose == "empty":
        empty(wanted, *(float(one) for one in given or "0"))
    else:
        app(wanted, given)
