"""What a row of the benchmarks is, and how its figures are put together.

    @row("splice", reach=3.0, peer="ffmpeg's remux and encode")
    def splice_of_five_seconds(runs: int) -> Samples:
        \"\"\"5 s into 10 min of 1080p.\"\"\"
        return taken_in_turns(runs, ours, theirs)

A row gives seconds of ours and of the peer's for the same outcome, taken in turns in one run, so that whatever else the
machine does falls on both. A row without a peer gives what must stay under `reach`. What is not a time has a `unit`.
"""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class MissingPeerError(Exception):
    """A program to compare with is not installed. The text says how to get it."""


class Unit(StrEnum):
    """What the figures of a row are counted in."""

    SECONDS = "s"
    MEGABYTES = "MB"
    PERCENT = "%"


@dataclass(frozen=True)
class Samples:
    """What each run gave, in the row's unit. `quantile` is what of them counts: 0.5 for the median."""

    ours: Sequence[float]
    theirs: Sequence[float] = ()
    quantile: float = 0.5


@dataclass(frozen=True)
class Row:
    """`reach` is the highest ratio to the peer, or the highest figure where there is no `peer`; None only informs.

    `cold`: nothing of what is measured was in the system's or the app's caches; otherwise all of it was.
    """

    name: str
    about: str
    reach: float | None
    peer: str
    measure: Callable[[int], Samples]
    unit: Unit = Unit.SECONDS
    cold: bool = False


@dataclass(frozen=True)
class Figure:
    """What came out for a row: in its unit, with the spread (first to third quartile), and the ratio to the peer."""

    row: Row
    ours: float
    spread: tuple[float, float]
    theirs: float | None = None
    their_spread: tuple[float, float] | None = None

    @property
    def ratio(self) -> float | None:
        return None if self.theirs is None else self.ours / self.theirs

    @property
    def value(self) -> float:
        """What is held against the row's reach: the ratio, or without a peer the figure itself."""
        return self.ours if self.ratio is None else self.ratio

    @property
    def is_reached(self) -> bool | None:
        return None if self.row.reach is None else self.value <= self.row.reach

    @property
    def noise(self) -> float:
        """How far the runs lay apart, as a share of what counts: the larger of ours and the peer's quartile range."""
        ranges = [_relative(self.ours, self.spread)]
        if self.theirs is not None and self.their_spread is not None:
            ranges.append(_relative(self.theirs, self.their_spread))
        return max(ranges)

    def as_record(self) -> dict[str, Any]:
        return {
            "row": self.row.name,
            "about": self.row.about,
            "unit": self.row.unit,
            "cold": self.row.cold,
            "ours": self.ours,
            "quartiles": self.spread,
            "peer": self.row.peer,
            "theirs": self.theirs,
            "their_quartiles": self.their_spread,
            "ratio": self.ratio,
            "value": self.value,
            "noise": self.noise,
            "reach": self.row.reach,
            "reached": self.is_reached,
        }

    @classmethod
    def of_record(cls, record: dict[str, Any]) -> "Figure":
        """What `as_record` gave. Raises KeyError for a row that there is no more."""
        theirs = record["their_quartiles"]
        return cls(
            ROWS[record["row"]],
            record["ours"],
            (record["quartiles"][0], record["quartiles"][1]),
            record["theirs"],
            None if theirs is None else (theirs[0], theirs[1]),
        )


ROWS: dict[str, Row] = {}


def row(
    name: str, *, reach: float | None, peer: str = "", unit: Unit = Unit.SECONDS, cold: bool = False
) -> Callable[[Callable[[int], Samples]], Callable[[int], Samples]]:
    """Makes a row of a function whose docstring says what is measured."""

    def add(measure: Callable[[int], Samples]) -> Callable[[int], Samples]:
        about = " ".join((measure.__doc__ or "").split())
        ROWS[name] = Row(name, about, reach, peer, measure, unit, cold)
        return measure

    return add


def taken_in_turns(runs: int, ours: Callable[[], object], theirs: Callable[[], object]) -> Samples:
    """Times both `runs` times, one after the other, after one round that only warms up."""
    ours()
    theirs()
    pairs = [(seconds_of(ours), seconds_of(theirs)) for _ in range(runs)]
    return Samples([pair[0] for pair in pairs], [pair[1] for pair in pairs])


def seconds_of(action: Callable[[], object]) -> float:
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun


def figure(of: Row, runs: int) -> Figure:
    """Measures one row. Raises MissingPeerError."""
    samples = of.measure(runs)
    ours, spread = _summary(samples.ours, samples.quantile)
    if not samples.theirs:
        return Figure(of, ours, spread)
    theirs, their_spread = _summary(samples.theirs, samples.quantile)
    return Figure(of, ours, spread, theirs, their_spread)


def _summary(values: Sequence[float], quantile: float) -> tuple[float, tuple[float, float]]:
    if len(values) < 2:
        return values[0], (values[0], values[0])
    hundredths = [min(values), *statistics.quantiles(values, n=100, method="inclusive"), max(values)]
    return hundredths[round(quantile * 100)], (hundredths[25], hundredths[75])


def _relative(value: float, spread: tuple[float, float]) -> float:
    return (spread[1] - spread[0]) / value if value else 0.0
