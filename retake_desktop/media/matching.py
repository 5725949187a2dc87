"""Finds the time at which the untouched frames of a result lie in the window that was sent."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from operator import sub
from statistics import fmean, median

from retake_desktop.domain.clip import FrameTimes
from retake_desktop.media.signature import LUMA

_REACH = Fraction(1, 2)
"""Seconds by which a result may begin late or early, beyond what its length is off by."""
_MOST_COMPARED = 60
"""Untouched frames that are looked at; more would not tell more."""
_ENOUGH = 8
"""Pairs of frames below which nothing is concluded."""
_AS_GOOD = 1.05
_ROUNDING = 0.05
"""Levels. Two fits whose cost differs by no more than that are equally good, and the simpler one is believed."""
_TELLING = 1.5
_LEAST_TELLING = 0.5
"""A fit is certain where shifting it by some frames makes it worse by this factor and by so many levels."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Window time = result time / `pace` + `offset`; `cost` is the mean difference of paired frames, in levels."""

    offset: Fraction
    pace: Fraction
    cost: float
    is_certain: bool


class Matcher:
    """Signatures of the window (`ours`, at the constant `rate`) and of a result (`theirs`, at `times`).

    `untouched` are the places in `ours` that the service had no reason to change.
    """

    def __init__(
        self, ours: Sequence[bytes], theirs: Sequence[bytes], rate: Fraction, times: FrameTimes, untouched: list[int]
    ) -> None:
        self._ours, self._theirs = ours, theirs
        self._rate, self._times = rate, times
        self._untouched = untouched
        self._middles = [times.midpoint_of(index) for index in range(len(times))]
        self._stride = max(1, len(untouched) // _MOST_COMPARED)
        self._levels: dict[tuple[bool, int], array[int]] = {}
        self._costs: dict[tuple[int, int], float] = {}

    def best_fit(self, paces: Sequence[Fraction]) -> Fit:
        """The best fit with one of `paces` (the first of equally good ones), or with the drift that was measured."""
        fit = self._best(paces, self._untouched)
        return self._drifting(fit) if fit.is_certain else Fit(Fraction(0), paces[0], fit.cost, is_certain=False)

    def pairs(self, fit: Fit) -> list[tuple[bytes, bytes]]:
        """Untouched frames of the window and of the result that belong together."""
        places = self._places(fit.offset, fit.pace, set(self._untouched))
        return [(self._ours[place], self._theirs[index]) for index, place in places]

    def _best(self, paces: Iterable[Fraction], among: list[int]) -> Fit:
        chosen = set(among)
        fits = [fit for pace in paces for fit in self._fits(pace, chosen)]
        if not fits:
            return Fit(Fraction(0), Fraction(1), 0.0, is_certain=False)
        limit = min(fit.cost for fit in fits) * _AS_GOOD + _ROUNDING
        best = next(fit for fit in fits if fit.cost <= limit)
        far = [f.cost for f in fits if f.pace == best.pace and abs(f.offset - best.offset) * self._rate >= 2]
        telling = bool(far) and median(far) >= max(best.cost * _TELLING, best.cost + _LEAST_TELLING)
        return Fit(best.offset, best.pace, best.cost, is_certain=telling)

    def _fits(self, pace: Fraction, chosen: set[int]) -> list[Fit]:
        """Fits for every offset that is looked at, the smallest offset first."""
        length = len(self._ours) / self._rate
        reach = _REACH + abs(length - self._times.duration / pace)
        step = 1 / self._rate if self._has_own_rate(pace) else 1 / (2 * self._rate)
        most = floor(min(reach, length / 2) / step)
        offsets = sorted((count * step for count in range(-most, most + 1)), key=abs)
        wanted = min(_ENOUGH, len(chosen))
        fits = []
        for offset in offsets:
            places = self._places(offset, pace, chosen)
            if len(places) >= wanted > 0:
                cost = fmean(self._cost(index, place) for index, place in places)
                fits.append(Fit(offset, pace, cost, is_certain=False))
        return fits

    def _has_own_rate(self, pace: Fraction) -> bool:
        """Whether each frame of the result takes as long as one of the window."""
        return abs(len(self._times) / self._times.duration * pace / self._rate - 1) < Fraction(1, 200)

    def _places(self, offset: Fraction, pace: Fraction, chosen: set[int]) -> list[tuple[int, int]]:
        """Which frames of the result show which chosen ones of the window, under this fit."""
        # In floats: only the frame that a middle falls into matters, and it is tried a hundred times.
        scale, shift = float(self._rate / pace), float(offset * self._rate)
        shown = ((index, floor(float(middle) * scale + shift - 1e-6)) for index, middle in enumerate(self._middles))
        return [pair for pair in shown if pair[1] in chosen][:: self._stride]

    def _drifting(self, fit: Fit) -> Fit:
        """`fit`, or the line through what the earlier and the later half of the untouched frames say by themselves."""
        half = len(self._untouched) // 2
        parts = (self._untouched[:half], self._untouched[half:])
        early, late = (self._best([fit.pace], part) for part in parts)
        if not (early.is_certain and late.is_certain) or early.offset == late.offset:
            return fit
        (first, one), (second, other) = (
            ((fmean(part) + 0.5) / self._rate, found.offset) for part, found in zip(parts, (early, late), strict=True)
        )
        begin, end = Fraction(first) - one, Fraction(second) - other
        pace = fit.pace * (end - begin) / Fraction(second - first)
        offset = Fraction(first) - begin * fit.pace / pace
        places = self._places(offset, pace, set(self._untouched))
        cost = fmean(self._cost(index, place) for index, place in places) if places else fit.cost
        return Fit(offset, pace, cost, is_certain=True) if cost * _AS_GOOD + _ROUNDING < fit.cost else fit

    def _cost(self, index: int, place: int) -> float:
        """How unlike the result's frame `index` and the window's frame `place` are, whatever their brightness."""
        key = (index, place)
        if key not in self._costs:
            theirs, ours = self._centred(True, index), self._centred(False, place)
            self._costs[key] = sum(map(abs, map(sub, theirs, ours))) / len(ours)
        return self._costs[key]

    def _centred(self, is_theirs: bool, index: int) -> "array[int]":
        key = (is_theirs, index)
        if key not in self._levels:
            luma = (self._theirs if is_theirs else self._ours)[index][LUMA]
            mean = round(sum(luma) / len(luma))
            self._levels[key] = array("h", (level - mean for level in luma))
        return self._levels[key]
