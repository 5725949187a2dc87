"""Whole stretches of times are judged as each of them would be."""

from fractions import Fraction
from random import Random

import pytest

from retake_desktop.media.stream_clock import StreamClock

TICK = Fraction(1, 1000)


@pytest.mark.parametrize("may_leap", [True, False])
@pytest.mark.parametrize("seed", range(20))
def test_a_stretch_runs_through_where_no_time_of_it_jumps(seed: int, may_leap: bool) -> None:
    random = Random(seed)  # noqa: S311 - any times will do
    one_by_one, at_once = StreamClock(TICK, may_leap), StreamClock(TICK, may_leap)
    now, through = 0, 0
    for _ in range(50):
        times: list[int | None] = []
        for _ in range(random.randrange(1, 6)):
            now += random.choice([40, 40, 40, 40, -500, -501, 10_000, 10_001])
            times.append(None if random.random() < 0.05 else now)
        jumps = [one_by_one.jumps_at(time) for time in times]
        if at_once.runs_through(times):
            assert None not in times
            assert not any(jumps)
            through += 1
        else:
            assert None in times or any(jumps)
            assert [at_once.jumps_at(time) for time in times] == jumps
    assert 0 < through < 50


def test_steps_back_are_noticed_where_only_those_matter() -> None:
    clock = StreamClock(TICK, may_leap=False)
    assert not clock.steps_back([7])
    assert not clock.steps_back([0, 500, 0, 90_000])
    assert clock.steps_back([0, 501, 0])
