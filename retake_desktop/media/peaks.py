"""Peaks of sound at several resolutions: the lowest and the highest sample of equal parts of time."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Self

PARTS = 1024
"""Parts of a block at the finest level."""
FACTOR = 4
"""Parts of one level in a part of the next coarser one."""
SILENCE = 128
"""A sample of nothing in unsigned 8-bit sound."""


@dataclass(frozen=True)
class WaveformBlock:
    """The peaks of one stretch of `PARTS` parts, of which it is number `index` from clip time 0.

    `part` is seconds in a part of the finest level. `low` and `high` hold the extremes of each part as unsigned bytes
    around 128.
    """

    index: int
    part: Fraction
    low: bytes
    high: bytes

    @cached_property
    def levels(self) -> tuple[tuple[bytes, bytes], ...]:
        """(low, high) for parts 1, 4, 16, ... times as long, the last of them for the whole block.

        Worked out when first asked for: the child that reads a block has no need of them, a window that draws it has
        no time for that.
        """
        found = [(self.low, self.high)]
        while len(found[-1][0]) > 1:
            low, high = found[-1]
            found.append((bytes(map(min, *_strands(low))), bytes(map(max, *_strands(high)))))
        return tuple(found)

    def ready(self) -> Self:
        """Itself, once its levels are there."""
        assert self.levels  # noqa: S101 - asked for, so that it is kept
        return self


def _strands(peaks: bytes) -> list[bytes]:
    return [peaks[part::FACTOR] for part in range(FACTOR)]
