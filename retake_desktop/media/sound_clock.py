"""Which instant of a clip is being heard, from libVLC's rare reports and the machine's steady clock."""

from collections import deque
from collections.abc import Callable
from fractions import Fraction
from threading import Lock

_AHEAD = Fraction(39, 1000)
"""Seconds by which libVLC's reported time runs ahead of what is heard.

Measured with libVLC 3.0.24 on a PulseAudio null sink whose monitor was recorded: 38.6 to 39.8 ms on 17 of 18 reports,
the other one came late. The buffer event ("full") came within 3 ms of the first sample, 9 ms after the call.
"""
_REPORTS = 8
"""Reports (about 2 s) of which the earliest counts: one can only come late, never early."""
_ENOUGH = 3
"""Reports after which the event of the beginning counts no more. libVLC sends it when it has gathered enough to play,
which on a busy machine is a good while before the first sample is heard; a single report may come late."""


class SoundClock:
    """Thread-safe. Times in and out are seconds: clip time as Fraction, the machine's clock as `now` gives it."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._lock = Lock()
        self._at = Fraction(0)
        self._rate = Fraction(1)
        self._limit: Fraction | None = None
        self._starts: deque[float] = deque(maxlen=_REPORTS)
        self._began: float | None = None
        self._has_stalled = False
        self._trusted = False
        self._playing = False

    def begin(self, at: Fraction, rate: Fraction, limit: Fraction | None) -> None:
        """A new play from clip time `at`; nothing is heard yet. `limit` is where it ends, None goes on for ever."""
        with self._lock:
            self._at, self._rate, self._limit = at, rate, limit
            self._forget()
            self._has_stalled = False
            self._playing = True

    def trust(self, trusted: bool = True) -> None:
        """A sound device is there, or not: as long as that is not known, libVLC may play for nobody."""
        with self._lock:
            self._trusted = trusted

    def silence(self) -> None:
        """Nothing is heard any more; what libVLC still reports of the last play is ignored."""
        with self._lock:
            self._forget()
            self._playing = False

    def started(self) -> None:
        """The first sample is being heard now."""
        with self._lock:
            if self._playing and self._began is None and not self._has_stalled:
                self._began = self._now()

    def stalled(self) -> None:
        """libVLC has run out of samples: the sound goes on late, and how late the next report says."""
        with self._lock:
            self._has_stalled = self._has_stalled or self._began is not None
            self._forget()

    def report(self, played: Fraction) -> None:
        """libVLC says that `played` seconds of the stream have been played."""
        with self._lock:
            if self._playing:
                self._starts.append(self._now() - float(played - _AHEAD))

    def position(self) -> Fraction | None:
        """Clip time being heard; None when nothing is."""
        with self._lock:
            start = self._start()
            if start is None or not self._trusted:
                return None
            played = max(0.0, self._now() - start)
            heard = self._at + Fraction(played).limit_denominator(1_000_000) * self._rate
            return heard if self._limit is None else min(self._limit, heard)

    def _start(self) -> float | None:
        """When the first sample was heard, as far as is known."""
        if self._began is None or len(self._starts) >= _ENOUGH:
            return min(self._starts, default=None)
        return min((self._began, *self._starts))

    def _forget(self) -> None:
        self._starts.clear()
        self._began = None
