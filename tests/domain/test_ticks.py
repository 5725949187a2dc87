"""Ticks are the numbers that they were made of, however they are held."""

from bisect import bisect_left, bisect_right
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retake_desktop.domain.records import from_plain, to_plain
from retake_desktop.domain.ticks import Ticks

GAPS = st.one_of(
    st.lists(st.integers(1, 400), max_size=40),
    st.builds(lambda gap, count: [gap] * count, st.integers(1, 1 << 32), st.integers(0, 40)),
)


@st.composite
def ascending(draw: st.DrawFn) -> list[int]:
    numbers = [draw(st.one_of(st.just(0), st.integers(-(1 << 62), 1 << 62)))]
    for gap in draw(GAPS):
        numbers.append(numbers[-1] + gap)
    return numbers


@given(ascending(), st.data())
def test_they_are_a_sequence_of_their_numbers(numbers: list[int], data: st.DataObject) -> None:
    ticks = Ticks(numbers)
    place = data.draw(st.integers(-len(numbers), len(numbers) - 1))
    start, stop = data.draw(st.integers(0, len(numbers))), data.draw(st.integers(0, len(numbers)))
    assert (len(ticks), list(ticks), ticks[place]) == (len(numbers), numbers, numbers[place])
    assert list(ticks[start:stop]) == numbers[start:stop]


@given(ascending(), st.data())
def test_places_are_found(numbers: list[int], data: st.DataObject) -> None:
    ticks = Ticks(numbers)
    tick = data.draw(st.one_of(st.sampled_from(numbers), st.integers(numbers[0] - 2, numbers[-1] + 2)))
    assert (ticks.up_to(tick), ticks.before(tick)) == (bisect_right(numbers, tick), bisect_left(numbers, tick))
    assert ticks.place_of(tick) == (numbers.index(tick) if tick in numbers else None)


@given(ascending())
def test_those_of_the_same_numbers_are_equal_and_come_back_the_same(numbers: list[int]) -> None:
    ticks, others = Ticks(numbers), Ticks(tuple(numbers))
    assert (ticks, hash(ticks)) == (others, hash(others))
    assert from_plain(Ticks, to_plain(ticks)) == ticks
    assert ticks != Ticks([*numbers, numbers[-1] + 1 + len(numbers)])


@given(ascending())
def test_an_even_pace_is_known(numbers: list[int]) -> None:
    gaps = {later - one for one, later in pairwise(numbers)}
    assert Ticks(numbers).step == (gaps or {1}).pop() if len(gaps) < 2 else Ticks(numbers).step is None


@st.composite
def paced(draw: st.DrawFn) -> list[range]:
    parts: list[range] = []
    start = draw(st.integers(-(1 << 40), 1 << 40))
    for _ in range(draw(st.integers(1, 6))):
        step, count = draw(st.integers(1, 900)), draw(st.integers(1, 30))
        parts.append(range(start, start + step * count, step))
        start = parts[-1][-1] + draw(st.integers(1, 2000))
    return parts


@given(paced(), st.data())
def test_paces_are_their_numbers_one_after_the_other(parts: list[range], data: st.DataObject) -> None:
    numbers = [number for part in parts for number in part]
    ticks, written = Ticks.in_paces(parts), Ticks(numbers)
    place = data.draw(st.integers(-len(numbers), len(numbers) - 1))
    start, stop = data.draw(st.integers(0, len(numbers))), data.draw(st.integers(0, len(numbers)))
    step = data.draw(st.sampled_from((1, 1, 2)))
    tick = data.draw(st.one_of(st.sampled_from(numbers), st.integers(numbers[0] - 2, numbers[-1] + 2)))
    assert (len(ticks), list(ticks), ticks[place]) == (len(numbers), numbers, numbers[place])
    assert list(ticks[start:stop:step]) == numbers[start:stop:step]
    assert (ticks.up_to(tick), ticks.before(tick)) == (bisect_right(numbers, tick), bisect_left(numbers, tick))
    assert ticks.place_of(tick) == written.place_of(tick)
    assert (ticks, hash(ticks)) == (written, hash(written))
    assert from_plain(Ticks, to_plain(ticks)) == ticks
    assert ticks != Ticks([*numbers[:-1], numbers[-1] + 1])


@pytest.mark.parametrize("parts", [[], [range(0)], [range(5, 0, -1), range(9, 10)], [range(0, 10, 2), range(8, 12)]])
def test_paces_that_do_not_ascend_are_refused(parts: list[range]) -> None:
    with pytest.raises(ValueError, match=r"no ticks|pace"):
        Ticks.in_paces(parts)


def test_without_a_number_there_are_none() -> None:
    with pytest.raises(ValueError, match="no ticks"):
        Ticks(())


@pytest.mark.parametrize(
    "damaged",
    [(), ("I", b"123"), ("I", b""), ("x", b"1234"), (0, 0, 1), ("0", "1", "2"), ((0, 9, 1), (5, 9, 1)), ((0, 9, 1), 5)],
)
def test_what_are_no_ticks_is_refused(damaged: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        from_plain(Ticks, damaged)
