"""The clock of playback: follows the sound where there is one, a monotonic clock otherwise."""

import time
from collections.abc import Callable
from fractions import Fraction

_SECOND = 1_000_000_000
_JUMP = _SECOND
"""Nanoseconds. A sound further away than this has been placed elsewhere; the picture follows at once."""
_SLEW = 4
"""A smaller difference is made up within four times its length, so that the picture never jumps or runs back."""


class Clock:
    """Clip time as it passes. Standing still until started; belongs to one thread.

    `now` gives nanoseconds of a monotonic clock.
    """

    def __init__(self, now: Callable[[], int] = time.monotonic_ns) -> None:
        self._now = now
        self._rate = Fraction(0)
        self._at = 0
        self._read_at = now()

    def start(self, at: Fraction, rate: Fraction) -> None:
        """Runs from clip time `at` (seconds) at `rate` clip seconds per second; a negative rate runs backwards."""
        self._at = round(at * _SECOND)
        self._rate = rate
        self._read_at = self._now()

    def stop(self) -> None:
        self._rate = Fraction(0)

    def position(self, heard: Fraction | None = None) -> Fraction:
        """Clip time now, in seconds. `heard` is the clip time of the sound, None while there is nothing to follow."""
        now = self._now()
        passed = int((now - self._read_at) * self._rate)
        self._read_at = now
        self._at += passed
        if heard is not None and self._rate:
            self._follow(round(heard * _SECOND) - self._at, abs(passed) // _SLEW)
        return Fraction(self._at, _SECOND)

    def milliseconds_until(self, moment: Fraction) -> int:
        """Real milliseconds from the last reading until clip time `moment`, rounded up; 0 when it has come."""
        if not self._rate:
            return 0
        wait = (moment * _SECOND - self._at) / self._rate
        return max(0, -int(-wait // 1_000_000))

    def _follow(self, behind: int, most: int) -> None:
        if abs(behind) > _JUMP:
            self._at += behind
        else:
            self._at += max(-most, min(most, behind))
