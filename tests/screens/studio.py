"""A whole window over recorded material, driven like a person's, and pictures of it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QThreadPool
from PySide6.QtWidgets import QApplication, QWidget

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.job import Job, Service, Stage
from retake_desktop.media.cache import DiskCache
from retake_desktop.media.previews import Previews
from retake_desktop.services.settings import Settings
from retake_desktop.ui.care import CareTools
from retake_desktop.ui.main_window import MainWindow
from retake_desktop.ui.motion import keep_still
from retake_desktop.ui.playback.playback import Playback
from retake_desktop.ui.playback.soundtrack import Soundtrack
from retake_desktop.ui.preferences import Preferences
from retake_desktop.ui.style import Style, Theme
from retake_desktop.ui.workbench import Workbench
from tests.fakes.job_thread import LIVE, FakeJobThread
from tests.screens.material import PROMPTS, SPAN, Material

_LONGEST = 60.0
"""Seconds that a busy machine may take for one step."""
_QUIET = 0.15
"""Seconds without news after which a picture is taken: filmstrip, waveform and frames are there."""


def settle(until: Callable[[], object] = lambda: True) -> None:
    """Runs the event loop until `until` holds and everything asked for has been drawn. Raises TimeoutError."""
    deadline = time.monotonic() + _LONGEST
    while not (until() and _is_at_rest()):
        if time.monotonic() > deadline:
            raise TimeoutError("the window did not come to show what the scene waits for")
        _turn()
    quiet_until = time.monotonic() + _QUIET
    while time.monotonic() < quiet_until:
        _turn()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _is_at_rest() -> bool:
    """No thumbnail, filmstrip or frame is being read."""
    pools = (pool for window in QApplication.topLevelWidgets() for pool in window.findChildren(QThreadPool))
    return all(not pool.activeThreadCount() for pool in pools)


def _turn() -> None:
    QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)
    time.sleep(0.002)


@dataclass
class Set:
    """One window with everything behind it. Pictures are of `shown`: the window, unless a scene says otherwise."""

    material: Material
    window: MainWindow
    jobs: FakeJobThread
    workbench: Workbench
    playback: Playback
    preferences: Preferences
    shown: QWidget

    def open(self, clip: Clip | None = None) -> None:
        """Puts a clip on stage, the sample unless one is given, with the bad moment selected."""
        wanted = clip or self.material.sample
        self.workbench.opening.open_path(wanted.path)
        settle(lambda: self.workbench.retaking.clip == wanted)
        if clip is None:
            self.workbench.retaking.set_span(SPAN)
            self.playback.seek(SPAN.start)

    def retake(self, prompt: str = PROMPTS[0], takes: int = 1) -> list[str]:
        """Presses Retake; the ids of the new jobs, which rest in `draft`."""
        before = set(self.jobs.jobs)
        compose = self.window.compose
        compose.prompt.setPlainText(prompt)
        compose._takes.setValue(takes)
        settle(lambda: compose._retake.isEnabled())
        compose.ask()
        settle(lambda: len(self.jobs.jobs) == len(before) + takes)
        self.workbench.retaking.touch()
        return [job_id for job_id in self.jobs.jobs if job_id not in before]

    def stages(self, job_id: str, last: Stage, **changes: Any) -> Job:
        """Moves a job through the usual stages to `last`, with `changes` there."""
        usual = (Stage.PREPARING, Stage.HOSTING, Stage.SUBMITTING, Stage.QUEUED, Stage.RUNNING, Stage.DOWNLOADING)
        for stage in usual[: usual.index(last) if last in usual else len(usual)]:
            self.jobs.move(job_id, stage, **({"request_id": "7d3f0c"} if stage is Stage.QUEUED else {}))
        return self.jobs.move(job_id, last, **changes)

    def review(self, prompt: str = PROMPTS[0], takes: int = 1) -> str:
        """Brings takes home and looks at the first."""
        ids = self.retake(prompt, takes)
        for job_id, clip in zip(ids, self.material.takes, strict=False):
            self.jobs.bring_home(job_id, clip)
        self.workbench.reviewing.open(ids[0])
        settle(lambda: self.window.is_reviewing and self.window.compare.shot is not None)
        self.jobs.changes_known.emit(ids[0], self.material.changes)
        self.playback.seek(SPAN.start + 1)
        return ids[0]

    def is_current(self) -> bool:
        """The picture is the frame that the figures under it name."""
        shot = (self.window.compare if self.window.is_reviewing else self.window.stage).shot
        return shot is None or shot.index == self.playback.index

    def put(self, job: Job, **changes: Any) -> Job:
        return self.jobs.put(replace(job, **changes))

    def show(self, dialog: QWidget | None) -> None:
        """From now on pictures are of `dialog`."""
        if dialog is None:
            raise RuntimeError("the dialog that the scene asked for did not open")
        self.shown = dialog

    def dialog(self, kind: type[QWidget]) -> None:
        """Pictures are of the open window of this class."""
        self.show(next((one for one in QApplication.topLevelWidgets() if type(one) is kind and one.isVisible()), None))


class Studio:
    """Makes sets over one `material`, in one application. `folder` holds what is made once for all windows."""

    def __init__(self, app: QApplication, material: Material, folder: Path) -> None:
        keep_still(True)
        self._style = Style(app)
        self._material = material
        self.shown = Theme.DARK
        self._style.set_theme(self.shown)
        self._cache = DiskCache(folder / "cache")

    def theme(self, theme: Theme) -> None:
        """From now on everything is in `theme`."""
        self.shown = theme
        self._style.set_theme(theme)

    @contextmanager
    def set(
        self,
        size: tuple[int, int] = (1280, 800),
        *,
        clips: tuple[Clip, ...] = (),
        service: Service = LIVE,
        has_token: bool = True,
        is_guest: bool = True,
        settings: Settings | None = None,
    ) -> Iterator[Set]:
        """Opens a window of `size` logical pixels; `clips` are files that can be opened besides the sample."""
        playback = Playback(sound=Soundtrack(lambda _clip: None, lambda: None))
        preferences = Preferences(
            msgspec.structs.replace(settings or Settings(), theme=self.shown.value), lambda _settings: None
        )
        window = MainWindow(playback, previews=Previews(self._cache))
        jobs = FakeJobThread((self._material.sample, *clips), service=service, has_token=has_token)
        jobs.window_seen = self._material.prepared
        jobs._now = datetime.now(UTC) - timedelta(minutes=2)
        workbench = Workbench(
            window,
            jobs,
            playback,
            preferences,
            self._style,
            sample=Path(self._material.sample.path),
            is_guest=is_guest,
            tools=CareTools(cache=self._cache),
        )
        window.resize(*size)
        window.show()
        jobs.begin()
        settle()
        try:
            yield Set(self._material, window, jobs, workbench, playback, preferences, window)
        finally:
            workbench.quitting.has_said_farewell = True
            for other in QApplication.topLevelWidgets():
                if other is not window:
                    other.close()
            window.close()
            window.deleteLater()
            settle()
