from fractions import Fraction
from itertools import pairwise

from retake_desktop.ui.playback.clock import Clock


class Time:
    """A monotonic clock that moves when told."""

    def __init__(self) -> None:
        self.nanoseconds = 5_000

    def __call__(self) -> int:
        return self.nanoseconds

    def passes(self, milliseconds: int) -> None:
        self.nanoseconds += milliseconds * 1_000_000


def test_it_stands_still_until_started() -> None:
    time = Time()
    clock = Clock(time)
    time.passes(500)
    assert clock.position() == 0


def test_it_runs_at_its_rate_in_either_direction() -> None:
    time = Time()
    clock = Clock(time)
    clock.start(Fraction(2), Fraction(1, 2))
    time.passes(500)
    assert clock.position() == Fraction(9, 4)
    clock.start(Fraction(2), Fraction(-2))
    time.passes(500)
    assert clock.position() == 1


def test_a_sound_that_starts_late_holds_the_picture_back_without_a_jump() -> None:
    time = Time()
    clock = Clock(time)
    clock.start(Fraction(0), Fraction(1))
    time.passes(100)
    assert clock.position(None) == Fraction(1, 10)
    seen = []
    for elapsed in range(110, 1000, 10):
        time.passes(10)
        seen.append(clock.position(Fraction(elapsed - 60, 1000)))
    steps = [later - earlier for earlier, later in pairwise(seen)]
    assert min(steps) >= Fraction(7, 1000), "it slows down, and never stands or runs back"
    assert max(steps) <= Fraction(13, 1000)
    assert abs(seen[-1] - Fraction(930, 1000)) < Fraction(2, 1000), "it ends up where the sound is"


def test_losing_the_sound_goes_on_from_where_it_was() -> None:
    time = Time()
    clock = Clock(time)
    clock.start(Fraction(0), Fraction(1))
    for elapsed in range(10, 510, 10):
        time.passes(10)
        clock.position(Fraction(elapsed + 5, 1000))
    before = clock.position(Fraction(505, 1000))
    time.passes(10)
    assert clock.position(None) - before == Fraction(10, 1000)


def test_a_sound_that_was_placed_elsewhere_is_followed_at_once() -> None:
    time = Time()
    clock = Clock(time)
    clock.start(Fraction(0), Fraction(1))
    time.passes(10)
    assert clock.position(Fraction(30)) == 30


def test_it_says_how_long_until_a_moment_at_its_rate() -> None:
    time = Time()
    clock = Clock(time)
    clock.start(Fraction(1), Fraction(2))
    assert clock.milliseconds_until(Fraction(2)) == 500
    assert clock.milliseconds_until(Fraction(1, 2)) == 0
    clock.start(Fraction(1), Fraction(-1))
    assert clock.milliseconds_until(Fraction(3, 4)) == 250
