"""The order of showing, told from a few bytes for each sample, is that of the times added up and sorted."""

from array import array
from itertools import groupby, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from retake_desktop.domain.clip import FrameTimes
from retake_desktop.media.mp4_order import found_order
from retake_desktop.media.mp4_runs import Runs
from retake_desktop.media.mp4_tables import SampleTimes
from retake_desktop.media.worker_protocol import decoded, encoded
from tests.domain.examples import a_clip

STEPS = (1, 512, 1001)
PATTERNS = ([0], [1, 0], [2, 0, 1], [3, 1, 0, 2], [4, 2, 0, 1, 3], [1, 3, 0, 2])
"""Orders of showing within the pictures of one reordering."""


def runs(numbers: list[int], most: int) -> Runs:
    """In a table's rows, of which none stands for more than `most` samples."""
    rows = [(value, len(list(group))) for value, group in groupby(numbers)]
    parts = [(value, min(most, left)) for value, count in rows for left in range(count, 0, -most)]
    return Runs([count for _, count in parts], array("i", [value for value, _ in parts]))


@st.composite
def sampled(draw: st.DrawFn) -> SampleTimes:
    """Films of one pace, of several, with a frame that came late, or with nothing in order at all."""
    step, late = draw(st.sampled_from(STEPS)), draw(st.integers(0, 9))
    patterns = draw(st.lists(st.sampled_from(PATTERNS), min_size=1, max_size=60))
    places: list[int] = []
    ends: list[int] = []
    for pattern in patterns:
        places += [len(places) + place for place in pattern]
        ends.append(len(places) - 1)
    durations = [step] * len(places)
    for place in draw(st.lists(st.one_of(st.sampled_from(ends), st.integers(0, len(places) - 1)), max_size=3)):
        durations[place] += late
    decoding = [sum(durations[:place]) for place in range(len(places))]
    clock = decoding if draw(st.booleans()) else [place * step for place in range(len(places))]
    delay = draw(st.sampled_from((0, step, 2 * step, 7)))
    offsets = [clock[place] + delay - own for place, own in zip(places, decoding, strict=True)]
    for place in draw(st.lists(st.integers(0, len(places) - 1), max_size=1)):
        offsets[place] += draw(st.integers(-2 * step, 2 * step))
    most = draw(st.sampled_from((1, 3, 1000)))
    return SampleTimes(1000, len(places), runs(durations, most), runs(offsets, most), (0, None), 0)


@settings(max_examples=150)
@given(sampled())
def test_it_is_the_order_of_their_times(samples: SampleTimes) -> None:
    order = found_order(samples)
    composition = list(samples.composition())
    times = sorted(set(composition))
    assert [order.first + tick for tick in order.ticks] == times
    for begin, end in pairwise((0, *order.turns, len(times) - 1)):
        assert len({times[place + 1] - times[place] for place in range(begin, end)}) <= 1
    last = max(place for place, time in enumerate(composition) if time == times[-1])
    assert order.last_duration == list(samples.durations)[last]


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(-(1 << 31), (1 << 31) - 1)), min_size=1, max_size=90))
def test_runs_are_their_numbers(rows: list[tuple[int, int]]) -> None:
    repeated = Runs([count for count, _ in rows], array("i", [value for _, value in rows]))
    numbers = [value for count, value in rows for _ in range(count)]
    codes = repeated.codes()
    assert (list(repeated), list(reversed(repeated)), repeated.sum) == (numbers, numbers[::-1], sum(numbers))
    assert repeated.distinct == sorted({value for _, value in rows})
    assert codes is None or [repeated.distinct[code] for code in codes] == numbers


def test_two_hours_of_one_pace_are_told_in_no_more_words_than_ten_seconds() -> None:
    short, long = (
        a_clip(frames=FrameTimes(found_order(film).ticks, a_clip().frames.time_base, 512 * film.count))
        for film in (steady(300), steady(216_000))
    )
    assert decoded(encoded(long), type(long)) == long
    assert len(long.frames) == 216_000
    assert len(encoded(long)) < len(encoded(short)) + 50


def steady(count: int) -> SampleTimes:
    """Frames of one pace, of which two in three change places."""
    offsets = Runs([1, 2] * (count // 3), array("i", [1024, -512] * (count // 3)))
    return SampleTimes(15_360, count, Runs([count], array("i", [512])), offsets, (0, None), 0)
