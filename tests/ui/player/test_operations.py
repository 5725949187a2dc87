"""Whatever a person does with the stage, the number read back from a grab of it is the number that was asked for."""

import random
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.span import Span
from retake_desktop.media.probe import probe
from retake_desktop.ui.playback.material import Material, Shot
from retake_desktop.ui.playback.playback import SPEEDS, Playback
from retake_desktop.ui.player.stage import Stage
from tests.media.footage_matrix import ROWS, Row
from tests.ui.frames_on_screen import number_on

_EACH_TIME = {"one GOP of 600", "variable rate in mkv", "hevc 10 bit in mov", "turned by 90"}
OFTEN = [row for row in ROWS if row.what in _EACH_TIME]
WAIT = 60_000


@pytest.fixture
def stage(qtbot: QtBot, playback: Playback) -> Stage:
    stage = Stage(playback)
    qtbot.addWidget(stage)
    stage.resize(480, 270)
    with qtbot.waitExposed(stage):
        stage.show()
    return stage


def test_there_are_the_kinds_of_file_that_are_tried_each_time() -> None:
    assert len(OFTEN) == len(_EACH_TIME)


@pytest.mark.parametrize("row", OFTEN, ids=lambda row: row.what)
def test_the_number_shown_is_the_number_asked_for(qtbot: QtBot, stage: Stage, row: Row, tmp_path: Path) -> None:
    Person(qtbot, stage, row, tmp_path).act(20)


@pytest.mark.full
@pytest.mark.timeout(900)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.what)
def test_after_300_operations_on_any_file_each_number_was_the_one_asked_for(
    qtbot: QtBot, stage: Stage, row: Row, tmp_path: Path
) -> None:
    Person(qtbot, stage, row, tmp_path).act(300)


class Person:
    """Does things at random, the same for each kind of file, and knows which frame each of them should lead to."""

    def __init__(self, qtbot: QtBot, stage: Stage, row: Row, folder: Path) -> None:
        self.qtbot = qtbot
        self.stage = stage
        self.playback = stage.playback
        self.clip: Clip = probe(str(row.make(folder)))
        self.first = row.shows.start if row.shows else 0
        self.chance = random.Random(row.what)  # noqa: S311 - a repeatable walk, not a secret
        self.count = len(self.clip.frames)
        self.shots: list[Shot] = []
        self.wanted = 0
        self.playback.shot_shown.connect(self.shots.append)
        self.playback.load(Material(self.clip))
        self.check("load")

    def act(self, times: int) -> None:
        deeds = (self.seek, self.step, self.drag, self.loop, self.change_rate, self.pause)
        for number in range(times):
            deed: Callable[[], None] = self.chance.choices(deeds, (6, 6, 4, 1, 1, 2))[0]
            deed()
            self.check(f"operation {number}, {deed.__name__}")

    def check(self, what: str) -> None:
        """Exact and at rest, the stage shows the frame that is wanted, and on the way there it never went back."""
        self.qtbot.waitUntil(self.has_arrived, timeout=WAIT)
        assert number_on(self.stage) == self.wanted + self.first, what
        orders = [shot.order for shot in self.shots]
        assert orders == sorted(orders), f"{what}: an older picture came after a newer one"
        del self.shots[:-1]

    def has_arrived(self) -> bool:
        shot = self.stage.shot
        return shot is not None and shot.is_exact and shot.index == self.wanted == self.playback.index

    def anywhere(self) -> int:
        return self.chance.randrange(self.count)

    def seek(self) -> None:
        """To any instant of a frame."""
        self.wanted = self.anywhere()
        frames = self.clip.frames
        start, end = frames.start_of(self.wanted), frames.end_of(self.wanted)
        self.playback.seek(start + (end - start) * self.chance.randrange(100) / 100)

    def step(self) -> None:
        by = self.chance.choice((-1, 1, 1))
        self.wanted = max(0, min(self.count - 1, self.wanted + by))
        self.playback.step(by)

    def drag(self) -> None:
        """A flood of places, some of which are shown on the way."""
        for _ in range(self.chance.randrange(2, 25)):
            self.wanted = self.anywhere()
            self.playback.seek_frame(self.wanted)
            if self.chance.random() < 0.3:
                QApplication.processEvents()

    def loop(self) -> None:
        """Twice round a few frames, which it never leaves."""
        begin = self.anywhere()
        end = min(self.count, begin + self.chance.randrange(1, 8))
        frames = self.clip.frames
        self.playback.set_loop(Span(frames.start_of(begin), frames.end_of(end - 1)))
        self.playback.seek_frame(begin)
        with self.qtbot.waitSignal(self.playback.lap_began, check_params_cb=lambda lap: lap >= 2, timeout=WAIT):
            self.playback.play(self.chance.choice((Fraction(1), Fraction(2))))
        self.come_to_rest()
        self.playback.set_loop(None)
        assert begin <= self.wanted < end

    def change_rate(self) -> None:
        self.playback.play(self.chance.choice(SPEEDS))
        self.look_on()
        self.playback.shuttle(self.chance.choice((-1, 1)))
        self.look_on()
        self.come_to_rest()

    def pause(self) -> None:
        self.playback.play()
        self.look_on()
        self.come_to_rest()

    def look_on(self) -> None:
        """For a moment, or to the end."""
        self.qtbot.wait(self.chance.randrange(20, 120))
        shot = self.stage.shot
        assert shot is not None
        assert number_on(self.stage) == shot.index + self.first, "while playing"

    def come_to_rest(self) -> None:
        """What is asked for by pausing is the frame that is on screen then."""
        self.playback.pause()
        self.wanted = self.playback.index
