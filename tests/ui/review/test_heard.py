"""Which of the two sounds is heard, and when: recorded from the device of a real sound server while A/B is flipped.

Every sound says which second of its file it is. The take begins four seconds into the source, so what is heard lies
four seconds behind the picture when it is the take's, and with it when it is the source's.
"""

import tempfile
import time
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import groupby
from math import sqrt
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from retake_desktop.domain.span import Span
from retake_desktop.domain.window import Rectangle, Window
from retake_desktop.ui.playback.material import After, Material, Shot
from retake_desktop.ui.playback.playback import Playback
from retake_desktop.ui.playback.soundtrack import Side
from retake_desktop.ui.review.compare_bar import CompareBar
from retake_desktop.ui.review.compare_mode import CompareMode
from retake_desktop.ui.review.compare_view import CompareView
from retake_desktop.ui.review.sound_choice import Listening
from retake_desktop.ui.style import Style
from tests.fakes.footage import UnreadableError, sound_time
from tests.fakes.sound_server import RATE, Recording, SoundServer, sound_server
from tests.ui.conftest import MakeFootage

pytestmark = [pytest.mark.full, pytest.mark.timeout(240)]

WAIT = 60_000
LATER = 4
"""Seconds of the source before the take begins."""
CYCLE = 16
"""Seconds after which the sound of the footage says the same again."""
PIECE, STEP = 2880, 960
"""Samples that are told apart, and from one to the next: 60 and 20 ms."""
TOGETHER = 0.08
"""Seconds between sound and picture; `test_sound_and_picture.py` measures them more exactly."""
SOON = 0.6
"""Seconds within which the other sound is heard. It begins anew in the other file, at the same instant."""


@dataclass
class Listener:
    """Tells from a recording, and from when which frame was shown, what was heard at each moment."""

    shown: list[tuple[float, Fraction]] = field(default_factory=list)

    def look(self, shot: Shot) -> None:
        self.shown.append((time.monotonic(), shot.time))

    def picture_at(self, moment: float) -> float | None:
        """Source time on screen; None before anything was."""
        place = bisect_right(self.shown, moment, key=lambda one: one[0]) - 1
        if place < 0:
            return None
        since, at = self.shown[place]
        return float(at) + min(moment - since, 0.1)

    def heard(self, recorded: Recording) -> list[tuple[float, Side | None]]:
        """Moments, and whose sound it was; None for silence, and for what is neither."""
        found: list[tuple[float, Side | None]] = []
        for first in range(0, len(recorded.samples) - PIECE, STEP):
            moment = recorded.moment_of(first + PIECE // 2)
            picture = self.picture_at(moment)
            if picture is not None:
                found.append((moment, _side(recorded.samples[first : first + PIECE].tobytes(), picture)))
        return found


def _side(piece: bytes, picture: float) -> Side | None:
    try:
        second = sound_time(piece, RATE, 1)
    except UnreadableError:
        return None
    for side, behind in ((Side.BEFORE, 0), (Side.AFTER, LATER)):
        apart = (picture - second - behind + CYCLE / 2) % CYCLE - CYCLE / 2
        if abs(apart) < TOGETHER:
            return side
    return None


@dataclass
class Room:
    qtbot: QtBot
    playback: Playback
    view: CompareView
    bar: CompareBar
    server: SoundServer

    def play(self) -> None:
        self.playback.play()
        self.qtbot.waitUntil(lambda: self.playback.sound.position() is not None, timeout=WAIT)
        self.qtbot.wait(1000)


@pytest.fixture
def room(qtbot: QtBot, styled: Style, monkeypatch: pytest.MonkeyPatch, make_footage: MakeFootage) -> Iterator[Room]:
    """A comparison on a screen, and a sound device that plays to nobody."""
    assert styled is not None
    with tempfile.TemporaryDirectory() as folder, sound_server(Path(folder)) as server:
        monkeypatch.setenv("PULSE_SERVER", server.address)
        server.add("one")
        playback = Playback()
        view, bar = CompareView(playback), CompareBar(playback)
        view.facing.connect(bar.sound.face)
        for widget in (view, bar):
            qtbot.addWidget(widget)
        view.resize(640, 300)
        with qtbot.waitExposed(view):
            view.show()
        sound = {"suffix": ".mov", "audio": "pcm_s16le"}
        before = make_footage(frames=40 * 25, rate=25, **sound)
        after = make_footage(frames=30 * 24, rate=24, first_number=1000, **sound)
        stretch = Span(Fraction(LATER), Fraction(LATER + 30))
        window = Window(
            stretch, Fraction(1), 24, 720, 320, 180, Rectangle(0, 0, 320, 180), Span(Fraction(0), Fraction(30))
        )
        playback.load(Material(before, After(after, window)), stretch.start)
        playback.set_range(stretch)
        qtbot.waitUntil(lambda: view.shot is not None, timeout=WAIT)
        yield Room(qtbot, playback, view, bar, server)
        playback.close()


def test_flipping_a_and_b_switches_the_sound_at_the_same_instant(room: Room) -> None:
    room.view.choose(CompareMode.AB)
    room.bar.sound.choose(Listening.WITH_PICTURE)
    listener = Listener()
    room.playback.shot_shown.connect(listener.look)
    flips: list[tuple[float, Side]] = []
    with room.server.recording("one") as recorded:
        room.play()
        for side in (Side.BEFORE, Side.AFTER, Side.BEFORE, Side.AFTER):
            flips.append((time.monotonic(), side))
            room.view.flip()
            assert room.playback.side is side
            room.qtbot.wait(2500)
    heard = listener.heard(recorded)
    delays = []
    for (flipped, side), end in zip(flips, [*(moment for moment, _ in flips[1:]), heard[-1][0]], strict=True):
        during = [(moment, whose) for moment, whose in heard if flipped < moment < end]
        first = next(moment for moment, whose in during if whose is side)
        delays.append(first - flipped)
        after = [whose for moment, whose in during if moment > first + 0.1]
        # A busy machine may make the picture late for a moment; the sound that is heard is never the other one.
        assert after.count(side) > 0.9 * len(after)
        assert (Side.AFTER if side is Side.BEFORE else Side.BEFORE) not in after
    figures = " ".join(f"{1000 * delay:.0f}" for delay in delays)
    print(f"the other sound is heard after, ms: {figures}")  # noqa: T201 - a measurement is worth reading
    assert max(delays) < SOON, figures


def test_each_side_stays_where_it_is_chosen_whatever_is_shown(room: Room) -> None:
    room.view.choose(CompareMode.AB)
    room.bar.sound.choose(Listening.AFTER)
    listener = Listener()
    room.playback.shot_shown.connect(listener.look)
    with room.server.recording("one") as recorded:
        room.play()
        begun = time.monotonic()
        room.view.flip()
        room.qtbot.wait(2000)
    heard = [whose for moment, whose in listener.heard(recorded) if moment > begun]
    lasting = {whose for whose, run in groupby(heard) if len(list(run)) > 5}
    assert Side.AFTER in lasting
    assert Side.BEFORE not in lasting, "a busy machine may leave gaps, but never the other side"


def test_a_louder_side_is_brought_down_by_as_much_as_was_asked(room: Room) -> None:
    levels = []
    for decibels in (0.0, -6.0):
        room.playback.sound.set_gain(Side.BEFORE, decibels)
        with room.server.recording("one") as recorded:
            room.play()
            room.qtbot.wait(1500)
        room.playback.pause()
        pieces = [recorded.samples[place : place + STEP] for place in range(0, len(recorded.samples) - STEP, STEP)]
        loud = sorted(sqrt(sum(sample * sample for sample in piece) / STEP) for piece in pieces[len(pieces) // 3 :])
        # The upper quartile: a busy machine may leave gaps, which are no measure of the volume.
        levels.append(loud[3 * len(loud) // 4])
    print("levels:", levels)  # noqa: T201 - a measurement is worth reading
    assert levels[1] / levels[0] == pytest.approx(0.5, rel=0.15)
