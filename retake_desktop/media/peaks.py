"""Peaks of sound at several resolutions: the lowest and the highest sample of equal parts of time."""

from dataclasses import dataclass, field
from fractions import Fraction

PARTS = 1024
"""Parts of a block at the finest level."""
FACTOR = 4
"""Parts of one level in a part of the next coarser one."""
SILENCE = 128
"""A sample of nothing in unsigned 8-bit sound."""


@dataclass(frozen=True, slots=True)
class WaveformBlock:
    """The peaks of one stretch of `PARTS` parts, of which it is number `index` from clip time 0.

    `part` is seconds in a part of the finest level. `low` and `high` hold the extremes of each part as unsigned bytes
    around 128. `levels` holds (low, high) for parts 1, 4, 16, ... times as long, the last of them for the whole block.
    """

    index: int
    part: Fraction
    low: bytes
    high: bytes
    levels: tuple[tuple[bytes, bytes], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        found = [(self.low, self.high)]
        while len(found[-1][0]) > 1:
            low, high = found[-1]
            coarser = bytes(map(min, *_strands(low))), bytes(map(max, *_strands(high)))
            found.append(coarser)
        object.__setattr__(self, "levels", tuple(found))


def _strands(peaks: bytes) -> list[bytes]:
    return [peaks[part::FACTOR] for part in range(FACTOR)]
