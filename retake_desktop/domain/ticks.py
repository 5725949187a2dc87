"""Whole numbers that ascend, such as the times of all frames of two hours, held in little memory."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from operator import eq
from typing import Any, overload

from retake_desktop.domain.paces import Paces

_SHORT, _LONG = "I", "q"
"""How `array` names whole numbers of 4 bytes without, and of 8 bytes with a sign."""


class Ticks(Sequence[int]):
    """Ascending whole numbers of at most 64 bits, at least one; immutable, equal to others of the same numbers.

    Evenly spaced ones are held as a range and those `in_paces` as such, so that two hours of them take no longer than
    ten seconds; others packed.
    """

    __slots__ = ("_numbers",)

    def __init__(self, numbers: Sequence[int]) -> None:
        """Raises ValueError without a number, OverflowError for one that 64 bits cannot hold."""
        if not numbers:
            raise ValueError("no ticks")
        self._numbers: range | Paces | array[int] = _as_range(numbers) or _packed(numbers)

    @classmethod
    def in_paces(cls, parts: Sequence[range]) -> "Ticks":
        """The numbers of `parts`, one after the other. Raises ValueError when they do not ascend, or hold nothing."""
        ticks = cls(parts[0] if parts else ())
        if len(parts) > 1:
            ticks._numbers = Paces(parts)
        return ticks

    @property
    def step(self) -> int | None:
        """From each number to the next; None where that differs."""
        return self._numbers.step if isinstance(self._numbers, range) else None

    def up_to(self, tick: int) -> int:
        """How many of the numbers are at most `tick`."""
        numbers = self._numbers
        return numbers.up_to(tick) if isinstance(numbers, Paces) else bisect_right(numbers, tick)

    def before(self, tick: int) -> int:
        """How many of the numbers are less than `tick`: the place of the first that is not."""
        numbers = self._numbers
        return numbers.up_to(tick - 1) if isinstance(numbers, Paces) else bisect_left(numbers, tick)

    def place_of(self, tick: int) -> int | None:
        """Where `tick` is among the numbers; None where it is not."""
        if isinstance(self._numbers, range):
            return self._numbers.index(tick) if tick in self._numbers else None
        place = self.before(tick)
        return place if place < len(self._numbers) and self._numbers[place] == tick else None

    def to_plain(self) -> "tuple[int, int, int] | tuple[str, bytes] | list[tuple[int, int, int]]":
        """What `from_plain` makes the same numbers of, on the same machine."""
        numbers = self._numbers
        if isinstance(numbers, range):
            return _plain_range(numbers)
        if isinstance(numbers, Paces):
            return list(map(_plain_range, numbers.parts))
        return numbers.typecode, numbers.tobytes()

    @classmethod
    def from_plain(cls, plain: Any) -> "Ticks":
        """Raises ValueError or TypeError for anything that `to_plain` does not give."""
        first, *rest = plain
        if isinstance(first, list | tuple):
            return cls.in_paces([range(*part) for part in plain])
        return cls(array(first, *rest) if first in (_SHORT, _LONG) else range(first, *rest))

    @overload
    def __getitem__(self, place: int) -> int: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[int]: ...

    def __getitem__(self, place: int | slice) -> int | Sequence[int]:
        return self._numbers[place]

    def __len__(self) -> int:
        return len(self._numbers)

    def __iter__(self) -> Iterator[int]:
        return iter(self._numbers)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Ticks):
            return NotImplemented
        mine, others = self._numbers, other._numbers
        if mine == others:
            return True
        # Numbers that are held in paces on one side only, or in others, may be the same.
        may_be = Paces in (type(mine), type(others)) and len(mine) == len(others)
        return may_be and all(map(eq, mine, others))

    def __hash__(self) -> int:
        return hash((len(self._numbers), self._numbers[0], self._numbers[-1]))

    def __repr__(self) -> str:
        return f"Ticks({self._numbers!r})" if self.step else f"Ticks({list(self._numbers)!r})"


def _plain_range(numbers: range) -> tuple[int, int, int]:
    return numbers.start, numbers.stop, numbers.step


def _as_range(numbers: Sequence[int]) -> range | None:
    """The numbers as one range, always the same for the same numbers; None where they are not evenly spaced."""
    first, last, gaps = numbers[0], numbers[-1], len(numbers) - 1
    if not gaps:
        return range(first, first + 1)
    step, rest = divmod(last - first, gaps)
    if rest or step < 1 or numbers[1] - first != step:
        return None
    even = range(first, last + step, step)
    if isinstance(numbers, range) or all(map(eq, numbers, even)):
        return even
    return None


def _packed(numbers: Sequence[int]) -> "array[int]":
    is_short = numbers[0] >= 0 and numbers[-1] < 1 << 32
    kind = _SHORT if is_short else _LONG
    return numbers if isinstance(numbers, array) and numbers.typecode == kind else array(kind, numbers)
