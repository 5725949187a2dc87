"""One run of playing, on a clock that stands still until it is moved: sound and picture start and stay together."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import cast

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from retake_desktop.domain.span import Span
from retake_desktop.ui.playback.course import Course, Step
from retake_desktop.ui.playback.decoding import Decoder
from retake_desktop.ui.playback.material import Material, Shot
from retake_desktop.ui.playback.run import Run
from retake_desktop.ui.playback.runner import Runner
from retake_desktop.ui.playback.soundtrack import Soundtrack
from tests.ui.making import a_clip

MATERIAL = Material(a_clip())
"""25 frames a second."""


@dataclass
class ScriptedSound:
    heard: Fraction | None = None
    is_expected: bool = True
    is_missed: bool = False
    plays: list[tuple[Fraction, Fraction, Span | None]] = field(default_factory=list)

    def play(self, at: Fraction, rate: Fraction, loop: Span | None = None) -> None:
        self.plays.append((at, rate, loop))

    def pause(self) -> None:
        """Falls silent."""

    def position(self) -> Fraction | None:
        return self.heard


@dataclass
class NotingDecoder:
    due: Step | None = None

    def play(self, _material: Material, _index: int, _box: tuple[int, int], _course: Course) -> int:
        return 1

    def report(self, due: Step, _taken: int) -> None:
        self.due = due


class Scene:
    def __init__(self) -> None:
        self.nanoseconds = 0
        self.sound = ScriptedSound()
        self.decoder = NotingDecoder()
        self.shown: list[int] = []
        sound, decoder = cast("Soundtrack", self.sound), cast("Decoder", self.decoder)
        self.runner = Runner(decoder, sound, now=lambda: self.nanoseconds)
        self.runner.shot_due.connect(lambda shot: self.shown.append(shot.index))

    def start(self, start: int, *, looped: bool = False) -> None:
        """With as many shots as it takes to begin."""
        self.begin(start, looped=looped)
        for index in range(start, start + 3):
            self.runner.take(self.shot(index))

    def begin(self, start: int, *, looped: bool = False) -> None:
        self.runner.start(Run(MATERIAL, 25, 50, start, Fraction(1), looped, (320, 180)))

    def shot(self, index: int, lap: int = 0) -> Shot:
        return Shot(1, lap, index, Fraction(index, 25), MATERIAL, QImage())

    def go_on(self, seconds: Fraction) -> None:
        self.nanoseconds += round(seconds * 1_000_000_000)
        self.runner._tick()


@pytest.fixture
def scene(qapp: QApplication) -> Iterator[Scene]:
    made = Scene()
    yield made
    made.runner.stop()


def test_the_picture_waits_for_the_sound_and_starts_with_it(scene: Scene) -> None:
    scene.start(25)
    scene.go_on(Fraction(3, 10))
    assert scene.shown == []
    scene.sound.heard = Fraction(1)
    scene.go_on(Fraction(1, 100))
    assert scene.shown == [25]
    assert len(scene.sound.plays) == 1


def test_without_sound_it_starts_at_once(scene: Scene) -> None:
    scene.sound.is_expected = False
    scene.start(25)
    assert scene.shown == [25]


def test_sound_that_comes_too_late_is_placed_anew_at_the_picture_once(scene: Scene) -> None:
    scene.start(25)
    scene.go_on(Fraction(61, 100))
    scene.sound.heard = Fraction(1)
    scene.go_on(Fraction(3, 10))
    assert [float(at) for at, _, _ in scene.sound.plays] == [1.0, 1.3]
    scene.go_on(Fraction(1, 100))
    assert len(scene.sound.plays) == 2


def test_in_a_loop_the_sound_is_started_once_and_the_rounds_are_counted_by_it(scene: Scene) -> None:
    scene.sound.heard = Fraction(1)
    scene.start(25, looped=True)
    for hundredths in range(104, 405, 4):
        scene.sound.heard = Fraction(hundredths, 100)
        scene.go_on(Fraction(4, 100))
    assert scene.sound.plays == [(Fraction(1), Fraction(1), Span(Fraction(1), Fraction(2)))]
    assert scene.decoder.due == Step(3, 26)


def test_where_no_sound_device_was_found_it_is_tried_again_after_two_seconds_at_the_picture(scene: Scene) -> None:
    scene.sound.is_expected, scene.sound.is_missed = False, True
    scene.start(25, looped=True)
    for _ in range(21):
        scene.go_on(Fraction(1, 10))
    assert [float(at) for at, _, _ in scene.sound.plays] == [1.0, 1.1]


def test_sound_beyond_half_a_second_when_the_picture_starts_is_placed_anew_and_not_run_after(scene: Scene) -> None:
    scene.start(25)
    scene.sound.heard = Fraction(151, 100)
    scene.go_on(Fraction(55, 100))
    assert scene.shown == [25]
    assert [float(at) for at, _, _ in scene.sound.plays] == [1.0, 1.04], "it was 0.04 s late"


def test_sound_beside_a_running_picture_begins_where_the_picture_will_be_when_it_is_heard(scene: Scene) -> None:
    scene.start(25)
    scene.go_on(Fraction(8, 100))
    scene.sound.heard = Fraction(102, 100)
    scene.go_on(Fraction(2, 100))
    scene.go_on(Fraction(0))
    scene.sound.heard = None
    scene.runner.sound_changed()
    assert [at for at, _, _ in scene.sound.plays] == [1, Fraction(102, 100) + Fraction(8, 100)]


def test_clock_and_sound_begin_when_the_decoder_is_filled(scene: Scene) -> None:
    scene.sound.heard = Fraction(1)
    scene.begin(25)
    scene.runner.take(scene.shot(25))
    scene.runner.take(scene.shot(26))
    scene.go_on(Fraction(3, 10))
    assert (scene.shown, scene.sound.plays) == ([], [])
    scene.runner.take(scene.shot(27))
    assert scene.shown == [25]
    assert len(scene.sound.plays) == 1


def test_what_is_decoded_slowly_or_has_no_more_begins_without_waiting_for_more(scene: Scene) -> None:
    scene.sound.is_expected = False
    scene.begin(25)
    scene.runner.take(scene.shot(25))
    scene.go_on(Fraction(81, 100))
    assert scene.shown == [25]
    scene.begin(48)
    scene.runner.take(scene.shot(48))
    scene.runner.take(scene.shot(49))
    assert scene.shown == [25, 48], "the last two of a run are all there is"


@pytest.mark.parametrize(("held_up", "shown"), [(9, [26, 27]), (11, [27]), (13, [27, 28])])
def test_a_window_that_was_held_up_a_moment_shows_each_picture_and_leaves_out_what_is_long_past(
    scene: Scene, held_up: int, shown: list[int]
) -> None:
    """Pictures come every 4 hundredths of a second; the window comes round after `held_up` of them."""
    scene.sound.is_expected = False
    scene.start(25)
    scene.runner.take(scene.shot(28))
    scene.go_on(Fraction(held_up, 100))
    scene.go_on(Fraction(1, 1000))
    assert scene.shown == [25, *shown]
