"""Whether the times of a stream run on, or its clock jumps."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import islice
from operator import sub

_MAX_STEP_BACK = Fraction(1, 2)
"""Seconds by which a stream's clock may step back before it has jumped."""
_MAX_STEP_ON = Fraction(10)
"""Seconds by which it may step on, in containers whose clocks do jump. Source: ffmpeg's -dts_delta_threshold."""


class StreamClock:
    """Notices a stream whose decoding times jump."""

    def __init__(self, tick: Fraction, may_leap: bool) -> None:
        # In ticks: a fraction for each of a long film's packets would take longer than reading them.
        self._most_back = _MAX_STEP_BACK // tick
        self._most_on = _MAX_STEP_ON // tick if may_leap else None
        self._latest: int | None = None

    def jumps_at(self, dts: int | None) -> bool:
        if dts is None:
            return False
        before, self._latest = self._latest, dts
        if before is None:
            return False
        step = dts - before
        return -step > self._most_back or (self._most_on is not None and step > self._most_on)

    def runs_through(self, clocks: Sequence[int | None]) -> bool:
        """Whether none of the next times jumps. Where one may, or is missing, `jumps_at` is to be asked for each."""
        known = [dts for dts in clocks if dts is not None]
        if not known or len(known) < len(clocks):
            return False
        steps = list(map(sub, known, (known[0] if self._latest is None else self._latest, *known)))
        if -min(steps) > self._most_back or (self._most_on is not None and max(steps) > self._most_on):
            return False
        self._latest = known[-1]
        return True

    def steps_back(self, times: Sequence[int]) -> bool:
        """Whether one of these is as much earlier than the one before it as no clock steps that runs on."""
        return max(map(sub, times, islice(times, 1, None)), default=0) > self._most_back
