"""Whether an MP4's sample tables may stand in for reading its packets: only when FFmpeg's own view agrees."""

from concurrent.futures import Executor, Future
from contextlib import suppress
from itertools import islice

from av.video.stream import VideoStream

from retake_desktop.domain.errors import RetakeError
from retake_desktop.media.completeness import mp4_outline
from retake_desktop.media.mp4_boxes import Outline
from retake_desktop.media.mp4_order import Order, found_order
from retake_desktop.media.mp4_short import ShortIndex, short_index
from retake_desktop.media.mp4_tables import SampleTimes, picture_track, sample_times
from retake_desktop.media.reading import Reading
from retake_desktop.media.source import begins_as_mp4
from retake_desktop.media.timing import Shown, shown_at, ticks_of

_CHECKED = 200
"""Entries of FFmpeg's index that are compared at each end, where edit lists have their effect."""

Tables = tuple[SampleTimes, Order]
"""Of one track."""


class Mp4Index:
    """The index of an MP4 or MOV, read on other threads while FFmpeg opens the file: of two hours both take a while."""

    def __init__(self, path: str, beside: Executor) -> None:
        """Of what does not begin as an MP4 does, nothing is read before it is asked for."""
        self._path = path
        self._beside = beside
        self._outline: Future[Outline] | None = None
        self._ahead: Future[tuple[int, Tables | None] | None] | None = None
        with suppress(OSError):
            if begins_as_mp4(path):
                self._outline = beside.submit(mp4_outline, path)

    @property
    def outline(self) -> Outline:
        """The boxes. Raises RetakeError(FILE_TROUBLE)."""
        if self._outline is None:
            self._outline = self._beside.submit(mp4_outline, self._path)
        return self._outline.result()

    def read_ahead(self) -> None:
        """Begins to read the tables that `tables` will be asked for: to be called when FFmpeg is busy, since both want
        Python's lock."""
        if self._outline and not self._ahead:
            self._ahead = self._beside.submit(self._read_pictures)

    def tables(self, track_id: int) -> Tables | None:
        """The tables of one track; None where they are incomplete, inconsistent or not of the plain kind."""
        ahead = self._ahead.result() if self._ahead else None
        return ahead[1] if ahead and ahead[0] == track_id else _read(self.outline, track_id)

    def shortened(self) -> ShortIndex | None:
        """What FFmpeg opens sooner; None of what does not begin as an MP4 does, or where that gains nothing."""
        with suppress(OSError, RetakeError):
            return short_index(self._path, self._outline.result()) if self._outline else None
        return None

    def _read_pictures(self) -> tuple[int, Tables | None] | None:
        """The tables of the first track with pictures, which is mostly the one."""
        track_id = picture_track(self.outline)
        return None if track_id is None else (track_id, _read(self.outline, track_id))


def _read(outline: Outline, track_id: int) -> Tables | None:
    samples = sample_times(outline, track_id)
    return None if samples is None else (samples, found_order(samples))


def frames_from_tables(
    index: Mp4Index, size: int, reading: Reading, first_shown: int, stream: VideoStream, short: ShortIndex | None
) -> Shown | None:
    """The frames that reading all packets would give, by the index; None where it cannot be relied on.

    `reading` goes up to the first decoded frame, which is shown at `first_shown`; `size` is the file's, in bytes;
    `short` is what FFmpeg has seen of the index, where that is not all.
    """
    tables = index.tables(stream.id)
    if tables is None:
        return None
    samples, order = tables
    if samples.time_scale != 1 / (stream.time_base or 1) or not reading.times:
        return None
    listed = short.kept.get(stream.id, samples.count) if short else samples.count
    shift = None if samples.least_size > size else _agreed_shift(samples, order, listed, reading, stream)
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


def _agreed_shift(samples: SampleTimes, order: Order, listed: int, reading: Reading, stream: VideoStream) -> int | None:
    """Ticks between the media's clock and FFmpeg's, when its index lists the same samples, all or the first `listed`,
    and hides the same ones."""
    entries = stream.index_entries
    hidden = _hidden(samples, order)
    if len(entries) != listed or next(reversed(hidden), 0) >= listed:
        return None
    checked = {*range(min(listed, _CHECKED)), *range(max(0, listed - _CHECKED), listed)}
    checked.update(islice(hidden, _CHECKED))
    if any(bool(entries[place].is_discard) != (place in hidden) for place in checked):
        return None
    own = (time for place, time in enumerate(samples.composition()) if place not in hidden)
    shifts = {None if time is None else time - mine for mine, (time, _) in zip(own, reading.times, strict=False)}
    return shifts.pop() if len(shifts) == 1 else None


def _hidden(samples: SampleTimes, order: Order) -> dict[int, None]:
    """The places, in rising order, of the samples that the edit list does not show."""
    start, end = samples.shown
    if order.first >= start and (end is None or order.first + order.ticks[-1] < end):
        return {}
    times = enumerate(samples.composition())
    return {place: None for place, time in times if time < start or (end is not None and time >= end)}
