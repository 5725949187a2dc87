"""Whether an MP4's sample tables may stand in for reading its packets: only when FFmpeg's own view agrees."""

from concurrent.futures import Executor, Future
from contextlib import suppress
from itertools import islice

from av.video.stream import VideoStream

from retake_desktop.media.completeness import mp4_outline
from retake_desktop.media.mp4_boxes import Outline
from retake_desktop.media.mp4_order import Order, Stretches, found_order, joined
from retake_desktop.media.mp4_tables import SampleTimes, picture_track, sample_times
from retake_desktop.media.reading import Reading
from retake_desktop.media.source import begins_as_mp4
from retake_desktop.media.timing import Shown, shown_at, ticks_of

_CHECKED = 200
"""Entries of FFmpeg's index that are compared at each end, where edit lists have their effect."""

Tables = tuple[SampleTimes, Order]


class Mp4Index:
    """The index of an MP4 or MOV, read on other threads while FFmpeg opens the file: of two hours both take a while."""

    def __init__(self, path: str, beside: Executor) -> None:
        """Of what does not begin as an MP4 does, nothing is read before it is asked for."""
        self._path = path
        self._beside = beside
        self._outline: Future[Outline] | None = None
        self._ahead: Future[tuple[int, _Read | None] | None] | None = None
        with suppress(OSError):
            if begins_as_mp4(path):
                self._outline = beside.submit(mp4_outline, path)
                self._ahead = beside.submit(self._read_ahead)

    @property
    def outline(self) -> Outline:
        """The boxes. Raises RetakeError(FILE_TROUBLE)."""
        if self._outline is None:
            self._outline = self._beside.submit(mp4_outline, self._path)
        return self._outline.result()

    def tables(self, track_id: int) -> Tables | None:
        """The tables of one track; None where they are incomplete, inconsistent or not of the plain kind."""
        ahead = self._ahead.result() if self._ahead else None
        read = ahead[1] if ahead and ahead[0] == track_id else _read(self.outline, track_id)
        if read is None:
            return None
        samples, found = read
        return samples, joined(samples, found)

    def _read_ahead(self) -> "tuple[int, _Read | None] | None":
        """The tables of the first track with pictures, which is mostly the one."""
        track_id = picture_track(self.outline)
        return None if track_id is None else (track_id, _read(self.outline, track_id))


_Read = tuple[SampleTimes, Order | Stretches]


def _read(outline: Outline, track_id: int) -> _Read | None:
    samples = sample_times(outline, track_id)
    return None if samples is None else (samples, found_order(samples))


def frames_from_tables(
    index: Mp4Index, size: int, reading: Reading, first_shown: int, stream: VideoStream
) -> Shown | None:
    """The frames that reading all packets would give, by the index; None where it cannot be relied on.

    `reading` goes up to the first decoded frame, which is shown at `first_shown`; `size` is the file's, in bytes.
    """
    tables = index.tables(stream.id)
    if tables is None:
        return None
    samples, order = tables
    if samples.time_scale != 1 / (stream.time_base or 1) or not reading.times:
        return None
    shift = _agreed_shift(samples, order, size, reading, stream)
    if shift is None:
        return None
    start, end = samples.shown
    begin = order.ticks.before(max(start, first_shown - shift) - order.first)
    stop = len(order.ticks) if end is None else order.ticks.before(end - order.first)
    if begin >= stop:
        return None
    first = order.first + order.ticks[begin]
    if stop - begin == len(order.ticks):
        return shown_at(first + shift, order.ticks, order.last_duration, stream, order.turns)
    last = samples.duration_at(order.first + order.ticks[stop - 1])
    return shown_at(first + shift, ticks_of(order.ticks[begin:stop]), last, stream)


def _agreed_shift(samples: SampleTimes, order: Order, size: int, reading: Reading, stream: VideoStream) -> int | None:
    """Ticks between the media's clock and FFmpeg's, when its index lists the same samples and hides the same ones."""
    entries, count = stream.index_entries, samples.count
    if len(entries) != count or entries[count - 1].pos + entries[count - 1].size > size or samples.last_chunk >= size:
        return None
    hidden = _hidden(samples, order)
    checked = {*range(min(count, _CHECKED)), *range(max(0, count - _CHECKED), count)}
    checked.update(islice(hidden, _CHECKED))
    if any(bool(entries[place].is_discard) != (place in hidden) for place in checked):
        return None
    listed = (time for place, time in enumerate(samples.composition()) if place not in hidden)
    shifts = {None if time is None else time - own for own, (time, _) in zip(listed, reading.times, strict=False)}
    return shifts.pop() if len(shifts) == 1 else None


def _hidden(samples: SampleTimes, order: Order) -> dict[int, None]:
    """The places, in rising order, of the samples that the edit list does not show."""
    start, end = samples.shown
    if order.first >= start and (end is None or order.first + order.ticks[-1] < end):
        return {}
    times = enumerate(samples.composition())
    return {place: None for place, time in times if time < start or (end is not None and time >= end)}
