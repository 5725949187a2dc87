"""Clips, jobs and windows for tests of the window that need no file."""

from dataclasses import dataclass
from fractions import Fraction

from pytestqt.qtbot import QtBot

from retake_desktop.domain.clip import Clip, Colour, FrameTimes
from retake_desktop.domain.job import Service
from retake_desktop.domain.ticks import Ticks
from retake_desktop.media.picture import Picture
from retake_desktop.services.settings import Settings
from retake_desktop.ui.draft_shelf import DraftShelf
from retake_desktop.ui.main_window import MainWindow
from retake_desktop.ui.playback.decoding import Decoder
from retake_desktop.ui.playback.playback import Playback
from retake_desktop.ui.playback.soundtrack import Soundtrack
from retake_desktop.ui.preferences import Preferences
from retake_desktop.ui.style import Style
from retake_desktop.ui.workbench import Workbench
from tests.fakes.job_thread import LIVE, FakeJobThread


def a_clip(path: str = "/videos/kitchen.mp4", seconds: int = 30, size: tuple[int, int] = (1920, 1080)) -> Clip:
    """A clip at 25 frames a second whose file does not exist: whatever reads it finds nothing, as on a lost disk."""
    width, height = size
    return Clip(
        path=path,
        size_bytes=1_000_000,
        container="mp4",
        video_index=0,
        codec="h264",
        pixel_format="yuv420p",
        bit_depth=8,
        width=width,
        height=height,
        coded_width=width,
        coded_height=height,
        pixel_aspect=Fraction(1),
        rotation=0,
        colour=Colour(),
        frame_rate=Fraction(25),
        is_variable_rate=False,
        origin=Fraction(0),
        frames=FrameTimes(Ticks(range(seconds * 25)), Fraction(1, 25), seconds * 25),
        audio=(),
        fingerprint=f"fingerprint of {path}",
    )


class GreyReader:
    """Reads clips that are no files: every frame is plain grey."""

    def __init__(self, clip: Clip) -> None:
        self._clip = clip

    def picture(self, index: int, box: tuple[int, int]) -> Picture:
        width, height = min(box[0], 32), min(box[1], 18)
        time = self._clip.frames.start_of(index)
        return Picture(index, time, width, height, width * 4, bytes([128]) * (width * height * 4))

    def close(self) -> None:
        """Nothing is open."""


def no_sound(_clip: Clip) -> None:
    """Every clip is silent."""


@dataclass
class Bench:
    """A whole window on a fake job thread."""

    window: MainWindow
    jobs: FakeJobThread
    workbench: Workbench
    preferences: Preferences
    saved: list[Settings]

    def open(self, qtbot: QtBot, clip: Clip) -> None:
        self.workbench.opening.open_path(clip.path)
        qtbot.waitUntil(lambda: self.workbench.retaking.clip == clip)

    def retake(self, qtbot: QtBot, prompt: str = "A red coat") -> list[str]:
        """Writes `prompt`, presses Retake and waits for the record; the ids of the new jobs."""
        before = set(self.jobs.jobs)
        self.window.compose.prompt.setPlainText(prompt)
        self.window.compose._retake.click()
        qtbot.waitUntil(self.window.compose._retake.isEnabled)
        return [job_id for job_id in self.jobs.jobs if job_id not in before]

    def close(self) -> None:
        self.workbench.quitting.has_said_farewell = True
        self.window.close()


def a_bench(
    qtbot: QtBot,
    style: Style,
    *clips: Clip,
    service: Service = LIVE,
    has_token: bool = True,
    is_guest: bool = False,
    settings: Settings | None = None,
    shelf: DraftShelf | None = None,
) -> Bench:
    """Shows the window and begins. Close it with `close`, which the caller's fixture does."""
    saved: list[Settings] = []
    preferences = Preferences(settings or Settings(), saved.append)
    playback = Playback(Decoder(GreyReader), Soundtrack(no_sound))
    window = MainWindow(playback)
    jobs = FakeJobThread(clips, service=service, has_token=has_token)
    workbench = Workbench(window, jobs, playback, preferences, style, is_guest=is_guest, shelf=shelf)
    window.show()
    jobs.begin()
    qtbot.addWidget(window)
    return Bench(window, jobs, workbench, preferences, saved)
