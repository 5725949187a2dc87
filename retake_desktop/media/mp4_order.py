"""From the order in which an MP4's samples are decoded to that in which they are shown.

Two hours of film are 200,000 numbers to expand, add, sort and compare. Mostly the film has one pace, or some stretches
of one, within which the samples only change places: that this is so can be told from one byte for each sample.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, compress, count, islice
from operator import ne, sub

from retake_desktop.domain.ticks import Ticks
from retake_desktop.media.mp4_runs import MOST_CODES
from retake_desktop.media.mp4_tables import SampleTimes

_MANY = 8
"""Samples for each change of pace, below which there is nothing to be gained from the stretches between them."""
_FURTHEST = 256
"""Frames by which a sample may come earlier or later than it is decoded; codecs reorder some 16 at a time."""


@dataclass(frozen=True, slots=True)
class Order:
    """Times at which samples are shown, each once: `ticks` after `first`, which is on the media's own clock.

    `turns` are the places in `ticks` at which their spacing changes, `last_duration` is the last sample's.
    """

    first: int
    ticks: Ticks
    last_duration: int
    turns: Sequence[int]


def found_order(samples: SampleTimes) -> Order:
    """The order in which a track's samples are shown."""
    stretches = _stretches(samples)
    return _sorted(samples) if stretches is None else _in_stretches(samples, stretches)


def _sorted(samples: SampleTimes) -> Order:
    # Nearly in order as they are, and so sorted in a third of the time that their set would take.
    times = sorted(samples.composition())
    steps = _steps(times)
    if 0 in steps:
        times = sorted(set(times))
        steps = _steps(times)
    turns = list(compress(count(1), map(ne, steps, islice(steps, 1, None))))
    return Order(times[0], Ticks(list(accumulate(steps, initial=0))), samples.duration_at(times[-1]), turns)


def _steps(times: list[int]) -> list[int]:
    return list(map(sub, islice(times, 1, None), times))


def _in_stretches(samples: SampleTimes, stretches: list[range]) -> Order:
    first, last_duration = stretches[0].start, samples.duration_at(stretches[-1][-1])
    ends = list(accumulate(map(len, stretches)))[:-1]
    shifted = [range(one.start - first, one.stop - first, one.step) for one in stretches]
    turns = [place for end in ends for place in (end - 1, end)]
    return Order(first, Ticks.in_paces(shifted), last_duration, turns)


def _stretches(samples: SampleTimes) -> list[range] | None:
    """Times of showing as stretches of one pace each, in rising order; None where it is not that simple."""
    durations, delays = samples.durations, samples.offsets.distinct
    if len(durations.counts) > 1 + samples.count // _MANY:
        return None
    codes = samples.offsets.codes()
    if codes is None:
        return None
    found: list[range] = []
    place = decoded = begin = 0
    for number, step in zip(durations.counts, durations.values, strict=True):
        # The sample after a run is still decoded one step later, and belongs to that run or to the next one: after a
        # single sample, as where a film is spliced or a frame came late, mostly to the next.
        part = codes[place : begin + number + 1]
        if part and (number > 1 or place == begin):
            stretch = _stretch(part, decoded + (place - begin) * step, step, delays)
            if stretch is None or (found and stretch.start <= found[-1][-1]):
                return None
            found.append(stretch)
            place += len(part)
        begin += number
        decoded += number * step
    return found


def _stretch(codes: bytes, decoded: int, step: int, delays: list[int]) -> range | None:
    """The times of samples that are decoded from tick `decoded` on, one each `step`; None where they leave a gap, meet,
    or lie between two steps."""
    here = [code for code in range(len(delays)) if code in codes]
    earliest, latest = delays[here[0]], delays[here[-1]]
    furthest = (latest - earliest) // step
    if furthest > _FURTHEST or any((delays[code] - earliest) % step for code in here):
        return None
    # One bit for each step, the first one highest: the samples of each delay, moved to where they are shown.
    taken = 0
    for code in here:
        taken |= int(codes.translate(_MARKS[code]), 2) << furthest - (delays[code] - earliest) // step
    before = len(codes) + furthest - taken.bit_length()
    if before > furthest or taken != ((1 << len(codes)) - 1) << furthest - before:
        return None
    start = decoded + earliest + before * step
    return range(start, start + len(codes) * step, step)


_MARKS = [bytes(b"01"[other == code] for other in range(256)) for code in range(MOST_CODES)]
"""For each code, what makes of it a 1 and of all others a 0."""
