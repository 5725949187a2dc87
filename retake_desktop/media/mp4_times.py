"""Whether an MP4's sample tables may stand in for reading its packets: only when FFmpeg's own view agrees."""

from bisect import bisect_left
from dataclasses import replace
from itertools import islice
from operator import eq

from av.video.stream import VideoStream

from retake_desktop.media.mp4_boxes import Outline
from retake_desktop.media.mp4_tables import SampleTimes, sample_times
from retake_desktop.media.reading import Reading
from retake_desktop.media.timing import Shown, shown_at

_CHECKED = 200
"""Entries of FFmpeg's index that are compared at each end, where edit lists have their effect."""


def frames_from_tables(
    outline: Outline, size: int, reading: Reading, first_shown: int, stream: VideoStream
) -> Shown | None:
    """The frames that reading all packets would give, by the tables; None where those cannot be relied on.

    `reading` goes up to the first decoded frame, which is shown at `first_shown`; `size` is the file's, in bytes.
    """
    samples = sample_times(outline, stream.id)
    if samples is None or samples.time_scale != 1 / (stream.time_base or 1) or not reading.times:
        return None
    shift = _agreed_shift(samples, size, reading, stream)
    if shift is None:
        return None
    start, end = samples.shown
    start = max(start, first_shown - shift)
    # Nearly in order as they are, and so sorted in a third of the time that their set would take.
    times = sorted(samples.composition)
    times = times[bisect_left(times, start) : None if end is None else bisect_left(times, end)]
    if not times:
        return None
    if any(map(eq, times, islice(times, 1, None))):
        times = sorted(set(times))
    last = samples.durations[samples.composition.index(times[-1])]
    return replace(shown_at(times, last, stream), first=times[0] + shift)


def _shows_all(times: list[int], start: int, end: int | None) -> bool:
    return min(times) >= start and (end is None or max(times) < end)


def _agreed_shift(samples: SampleTimes, size: int, reading: Reading, stream: VideoStream) -> int | None:
    """Ticks between the media's clock and FFmpeg's, when its index lists the same samples and hides the same ones."""
    entries = stream.index_entries
    count = len(samples.composition)
    if len(entries) != count or entries[count - 1].pos + entries[count - 1].size > size or samples.last_chunk >= size:
        return None
    start, end = samples.shown
    if _shows_all(samples.composition, start, end):
        hidden = [False] * count
    else:
        hidden = [time < start or (end is not None and time >= end) for time in samples.composition]
    checked = {*range(min(count, _CHECKED)), *range(max(0, count - _CHECKED), count)}
    checked.update([place for place, is_hidden in enumerate(hidden) if is_hidden][:_CHECKED])
    if any(bool(entries[place].is_discard) != hidden[place] for place in checked):
        return None
    listed = (time for time, is_hidden in zip(samples.composition, hidden, strict=True) if not is_hidden)
    shifts = {None if time is None else time - own for own, (time, _) in zip(listed, reading.times, strict=False)}
    return shifts.pop() if len(shifts) == 1 else None
