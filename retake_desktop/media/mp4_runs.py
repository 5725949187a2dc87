"""Columns of numbers that repeat, as an MP4's tables hold them, read many at a time: two hours have 200,000."""

from array import array
from collections.abc import Iterator, Sequence
from itertools import chain, repeat
from operator import mul

MOST_CODES = 64
_FEW = 4
"""Repetitions up to which it is quicker to repeat all numbers at once, and to leave out what is too many."""
_EMPTY = 255
_ALL = bytes(range(256))
_ALONE = [bytes((code,)) for code in range(MOST_CODES)]


class Runs:
    """32-bit numbers, each of `values` as often as `counts` says; neither is to be changed. At least one.

    `distinct` are the different ones among `values`, in rising order.
    """

    __slots__ = ("_codes", "counts", "distinct", "values")

    def __init__(self, counts: Sequence[int], values: "array[int]") -> None:
        """Bytes are the quickest of counts."""
        self.counts = counts
        self.values = values
        self.distinct, self._codes = _told_apart(values)

    def __iter__(self) -> Iterator[int]:
        return chain.from_iterable(map(repeat, self.values, self.counts))

    def __reversed__(self) -> Iterator[int]:
        return chain.from_iterable(map(repeat, reversed(self.values), reversed(self.counts)))

    @property
    def sum(self) -> int:
        return sum(map(mul, self.counts, self.values))

    @property
    def length(self) -> int:
        """How many numbers there are."""
        counts = self.counts
        return sum(one * counts.count(one) for one in met(counts)) if isinstance(counts, bytes) else sum(counts)

    def codes(self) -> bytes | None:
        """For each number its place in `distinct`; None where those are more than `MOST_CODES`."""
        if self._codes is None:
            return None
        most = met(self.counts)[-1] if isinstance(self.counts, bytes) else max(self.counts)
        if most > _FEW:
            return b"".join(map(mul, map(_ALONE.__getitem__, self._codes), self.counts))
        counts, slots = bytes(self.counts), bytearray(most * len(self.counts))
        for turn in range(most):
            emptied = counts.translate(bytes(_EMPTY if count <= turn else 0 for count in range(256)))
            slots[turn::most] = _either(self._codes, emptied)
        return bytes(slots).translate(None, bytes((_EMPTY,)))


def _either(one: bytes, other: bytes) -> bytes:
    """The bits of both."""
    return (int.from_bytes(one, "big") | int.from_bytes(other, "big")).to_bytes(len(one), "big")


def _told_apart(values: "array[int]") -> tuple[list[int], bytes | None]:
    """The different values in rising order, and for each value its place among them; None where they are too many."""
    columns = columns_of(values)
    # Mostly one of their four bytes tells them apart, and the others are the same in all or go with it.
    column = max(columns, key=lambda one: len(met(one)))
    different = met(column)
    if len(different) <= MOST_CODES:
        place_of = {byte: column.index(byte) for byte in different}
        if all(_goes_with(column, place_of, other) for other in columns if other is not column):
            distinct = sorted(values[place] for place in place_of.values())
            codes = {byte: distinct.index(values[place]) for byte, place in place_of.items()}
            return distinct, column.translate(_mapping(codes))
    distinct = sorted(set(values))
    if len(distinct) > MOST_CODES:
        return distinct, None
    code_of = {value: code for code, value in enumerate(distinct)}
    return distinct, bytes(map(code_of.__getitem__, values))


def _goes_with(column: bytes, place_of: dict[int, int], other: bytes) -> bool:
    """Whether `other` has the same byte wherever `column` has."""
    if len(met(other)) == 1:
        return True
    return column.translate(_mapping({byte: other[place] for byte, place in place_of.items()})) == other


def columns_of(numbers: "array[int]") -> list[bytes]:
    """The first bytes of all numbers, the second ones, and so on, as the machine holds them."""
    content = numbers.tobytes()
    return [content[place :: numbers.itemsize] for place in range(numbers.itemsize)]


def met(column: bytes) -> bytes:
    """The different bytes among these, in rising order."""
    return _ALL.translate(None, _ALL.translate(None, column))


def _mapping(changes: dict[int, int]) -> bytes:
    """A table for `bytes.translate`."""
    table = bytearray(256)
    for byte, other in changes.items():
        table[byte] = other
    return bytes(table)
