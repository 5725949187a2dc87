"""Whole numbers that ascend at one pace for a while, then at another: as the frames of a film that was put together."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, pairwise
from typing import overload


class Paces(Sequence[int]):
    """The numbers of `parts`, one after the other, without ever writing them out; at least one, and immutable."""

    __slots__ = ("_begins", "_starts", "parts")

    def __init__(self, parts: Sequence[range]) -> None:
        """Raises ValueError when they do not ascend, or hold nothing."""
        if not parts or not all(part and part.step > 0 for part in parts):
            raise ValueError("a pace holds at least one number and ascends")
        if any(part[-1] >= following.start for part, following in pairwise(parts)):
            raise ValueError("paces follow each other")
        self.parts = tuple(parts)
        self._starts = [part.start for part in parts]
        self._begins = list(accumulate(map(len, parts), initial=0))

    def up_to(self, number: int) -> int:
        """How many of the numbers are at most `number`."""
        at = bisect_right(self._starts, number) - 1
        if at < 0:
            return 0
        part = self.parts[at]
        return self._begins[at] + min(len(part), (number - part.start) // part.step + 1)

    @overload
    def __getitem__(self, place: int) -> int: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[int]: ...

    def __getitem__(self, place: int | slice) -> int | Sequence[int]:
        if isinstance(place, slice):
            return self._between(*place.indices(len(self)))
        at = range(len(self))[place]
        part = bisect_right(self._begins, at) - 1
        return self.parts[part][at - self._begins[part]]

    def _between(self, start: int, stop: int, step: int) -> list[int]:
        if step != 1:
            return [self[place] for place in range(start, stop, step)]
        found: list[int] = []
        for part, begin in zip(self.parts, self._begins, strict=False):
            if begin < stop and start < begin + len(part):
                found += part[max(0, start - begin) : stop - begin]
        return found

    def __len__(self) -> int:
        return self._begins[-1]

    def __iter__(self) -> Iterator[int]:
        return chain.from_iterable(self.parts)

    def __eq__(self, other: object) -> bool:
        return self.parts == other.parts if isinstance(other, Paces) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.parts)
