"""Sound against picture, from outside: what a real sound server plays, and what is seen on the screen.

The clip beeps with the first frame of each second. A beep recorded from the device's monitor, and that frame grabbed
from the screen, may lie at most 40 ms apart.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from threading import Thread

import pytest
from pytestqt.qtbot import QtBot

from retake_desktop.domain.span import Span
from retake_desktop.ui.playback.material import Material, Shot
from retake_desktop.ui.playback.playback import Playback
from retake_desktop.ui.player.stage import Stage
from retake_desktop.ui.style import Style
from tests.fakes.sound_server import Recording, SoundServer, sound_server
from tests.ui.conftest import MakeFootage
from tests.ui.frames_on_screen import number_in

pytestmark = [pytest.mark.full, pytest.mark.timeout(300)]

RATE = 25
MOST = 0.040
_FAR = 0.24
"""Seconds: half of what lies between two beeps at twice the speed."""
WAIT = 60_000


@dataclass
class Watched:
    """When which frame was first seen."""

    seen: list[tuple[float, int]] = field(default_factory=list)

    def moments_of_full_seconds(self) -> list[float]:
        return [moment for moment, number in self.seen if number >= 0 and number % RATE == 0]


@dataclass
class Room:
    """A stage on a screen, a sound device, and somebody who watches and listens."""

    qtbot: QtBot
    playback: Playback
    stage: Stage
    server: SoundServer
    listening: ExitStack
    device: str = ""

    def apart(self, seconds: float) -> list[float]:
        """How much later than its frame each beep comes (negative: earlier), in seconds, while playing goes on."""
        with self.watched() as watched, self.server.recording(self.device) as recorded:
            self.qtbot.wait(round(seconds * 1000))
        return _pairs(recorded, watched)

    def plug_in(self, device: str) -> None:
        """From now on it is played on `device`, to which somebody listens all the time: a null sink that nobody hears
        hands out as much as it likes at once, and changes its latency when the first listener comes."""
        self.device = device
        self.server.add(device)
        self.listening.enter_context(self.server.recording(device))

    @contextmanager
    def watched(self) -> Iterator[Watched]:
        corner, ratio = self.stage.mapToGlobal(self.stage.rect().topLeft()), self.stage.devicePixelRatioF()
        size = self.stage.size()
        place = [round(length * ratio) for length in (corner.x(), corner.y(), size.width(), size.height())]
        command = [sys.executable, "-m", "tests.fakes.screen_watcher", *map(str, place)]
        watched = Watched()
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:

            def note() -> None:
                for line in process.stdout or ():
                    moment, number = line.split()
                    watched.seen.append((float(moment), int(number)))

            thread = Thread(target=note)
            thread.start()
            self.qtbot.waitUntil(lambda: bool(watched.seen), timeout=WAIT)
            try:
                yield watched
            finally:
                process.terminate()
                thread.join()

    def is_heard(self) -> bool:
        return self.playback.sound.position() is not None

    def play(self, rate: Fraction = Fraction(1)) -> None:
        self.playback.play(rate)
        self.qtbot.waitUntil(self.is_heard, timeout=WAIT)


def _pairs(recorded: Recording, watched: Watched) -> list[float]:
    """Beeps against the nearest frame of a full second. A beep whose frame was not seen at all, since a busy machine
    skipped it or watching began later, is left out; so many must remain that none is left out for being far off."""
    moments = watched.moments_of_full_seconds()
    near = [min((beep - moment for moment in moments), key=abs) for beep in recorded.beeps() if moments]
    return [apart for apart in near if abs(apart) < _FAR]


@pytest.fixture
def room(qtbot: QtBot, styled: Style, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    with tempfile.TemporaryDirectory() as folder, sound_server(Path(folder)) as server, ExitStack() as listening:
        monkeypatch.setenv("PULSE_SERVER", server.address)
        playback = Playback()
        stage = Stage(playback)
        qtbot.addWidget(stage)
        stage.setGeometry(40, 40, 320, 180)
        with qtbot.waitExposed(stage):
            stage.show()
        room = Room(qtbot, playback, stage, server, listening)
        room.plug_in("one")
        yield room
        playback.close()


def open_clip(room: Room, make_footage: MakeFootage, seconds: int) -> None:
    clip = make_footage(frames=seconds * RATE, rate=RATE, suffix=".mov", audio="pcm_s16le", beeps=True)
    room.playback.load(Material(clip))
    room.qtbot.waitUntil(lambda: room.stage.shot is not None, timeout=WAIT)


def assert_together(room: Room, seconds: float, at_least: int) -> None:
    apart = room.apart(seconds)
    figures = " ".join(f"{1000 * one:.0f}" for one in apart)
    print(f"sound after picture, ms: {figures}")  # noqa: T201 - a measurement is worth reading
    assert len(apart) >= at_least
    assert max(map(abs, apart)) <= MOST, figures


@pytest.mark.parametrize("rate", [Fraction(1, 2), Fraction(1), Fraction(2)])
def test_at_each_rate(room: Room, make_footage: MakeFootage, rate: Fraction) -> None:
    open_clip(room, make_footage, 40)
    room.play(rate)
    assert_together(room, 10, at_least=round(7 * rate))


def test_after_seeks(room: Room, make_footage: MakeFootage) -> None:
    open_clip(room, make_footage, 60)
    room.play()
    for second in (40, 3, 21):
        room.playback.seek(Fraction(second) + Fraction(1, 3))
        room.qtbot.waitUntil(room.is_heard, timeout=WAIT)
        assert_together(room, 5, at_least=3)


def test_after_other_rates(room: Room, make_footage: MakeFootage) -> None:
    open_clip(room, make_footage, 60)
    for rate in (Fraction(2), Fraction(1, 2), Fraction(1)):
        room.play(rate)
    assert_together(room, 6, at_least=4)


def test_in_a_loop_and_after_it(room: Room, make_footage: MakeFootage) -> None:
    open_clip(room, make_footage, 60)
    room.playback.set_loop(Span(Fraction(7, 2), Fraction(13, 2)))
    room.playback.seek(Fraction(7, 2))
    room.play()
    assert_together(room, 12, at_least=8)
    room.playback.set_loop(None)
    room.qtbot.waitUntil(room.is_heard, timeout=WAIT)
    assert_together(room, 6, at_least=4)


@pytest.mark.timeout(1200)
def test_after_ten_minutes(room: Room, make_footage: MakeFootage) -> None:
    open_clip(room, make_footage, 11 * 60)
    room.play()
    begun = time.monotonic()
    assert_together(room, 8, at_least=5)
    room.qtbot.waitUntil(lambda: room.playback.time > 10 * 60, timeout=700_000)
    assert 590 < time.monotonic() - begun < 640
    assert_together(room, 10, at_least=7)


def test_a_device_that_goes_away_and_another_that_comes(room: Room, make_footage: MakeFootage) -> None:
    open_clip(room, make_footage, 60)
    room.play()
    assert_together(room, 4, at_least=2)
    with room.qtbot.waitSignal(room.playback.sound.lost, timeout=WAIT), room.watched() as watched:
        room.server.remove("one")
        room.qtbot.wait(3000)
    seconds = watched.moments_of_full_seconds()
    steps = [later - earlier for earlier, later in pairwise(seconds)]
    assert steps
    assert all(abs(step - 1) < MOST for step in steps), "the picture goes on in time"
    room.plug_in("two")
    room.qtbot.waitUntil(room.is_heard, timeout=WAIT)
    assert_together(room, 6, at_least=4)


def test_when_decoding_cannot_keep_up_the_sound_goes_on_and_frames_are_skipped_evenly(
    room: Room, make_footage: MakeFootage
) -> None:
    """4K60, drawn large, on whatever this machine has; each picture shown is the one that it says."""
    quick = {"preset": "ultrafast"}
    clip = make_footage(
        frames=600, rate=60, size=(3840, 2160), gop=60, bframes=0, options=quick, suffix=".mov", audio="pcm_s16le"
    )
    room.stage.resize(1280, 720)
    shots: list[Shot] = []
    room.playback.load(Material(clip))
    room.qtbot.waitUntil(lambda: room.stage.shot is not None, timeout=WAIT)
    with room.server.recording(room.device) as recorded:
        room.play()
        room.playback.shot_shown.connect(shots.append)
        room.qtbot.wait(7000)
        room.playback.shot_shown.disconnect(shots.append)
        room.playback.pause()
    assert all(number_in(shot.before) == shot.index for shot in shots[:: max(1, len(shots) // 40)])
    steps = [later.index - earlier.index for earlier, later in pairwise(shots) if earlier.time > 2]
    print(f"{len(shots)} shown of {shots[-1].index - shots[0].index}, steps {sorted(set(steps))}")  # noqa: T201 - as above
    assert min(steps) > 0
    assert max(steps) <= 2 * sorted(steps)[len(steps) // 2] + 1, f"uneven: {steps}"
    assert recorded.hiccups() == []
