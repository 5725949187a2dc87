"""Frame times of an MP4 or MOV track from its sample tables: what reading all its packets would say, without reading.

Anything unusual gives None: then the packets are read.
"""

import sys
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from operator import add

from retake_desktop.domain.clip import Edit
from retake_desktop.media.mp4_boxes import Bytes, Outline, boxes, first, table
from retake_desktop.media.mp4_chunks import least_size, sample_count
from retake_desktop.media.mp4_runs import Runs, columns_of, met

_MAX_OFFSET = 1 << 28
_MAX_EDITS = 1 << 12
_UNITY = 1 << 16
"""1.0 as a 16.16 fixed-point number."""


@dataclass(frozen=True, slots=True)
class SampleTimes:
    """What a track's tables say about its `count` samples, in decoding order and in ticks of `time_scale` a second.

    `durations` say for how long each is decoded before the next, `offsets` by how much later it is shown; `shown` is
    the stretch of the media's own clock that the edit list shows (`end` None: to the end). `least_size` is how many
    bytes the file must have to hold the last sample, and the first byte of every chunk of them.
    """

    time_scale: int
    count: int
    durations: Runs
    offsets: Runs
    shown: tuple[int, int | None]
    least_size: int

    def composition(self) -> Iterator[int]:
        """When each sample is shown, on the media's own clock."""
        return map(add, accumulate(self.durations, initial=0), self.offsets)

    def duration_at(self, time: int) -> int:
        """Of the last sample that is shown at `time`: found at once where that is near the end."""
        decoded = self.durations.sum
        for duration, offset in zip(reversed(self.durations), reversed(self.offsets), strict=True):
            decoded -= duration
            if decoded + offset == time:
                return duration
        raise ValueError("no sample is shown then")


@dataclass(frozen=True, slots=True)
class _Track:
    movie_scale: int
    time_scale: int
    samples: Bytes
    edits: tuple[tuple[int, int, int], ...]
    """Duration on the movie's clock, start on the media's (-1: empty), rate in 16.16."""


def edits_of(outline: Outline, track_id: int) -> tuple[Edit, ...]:
    """The edit list of a track; empty when there is none that can be read."""
    track = _track(outline, track_id)
    if track is None:
        return ()
    return tuple(
        Edit(Fraction(duration, track.movie_scale), Fraction(start, track.time_scale) if start >= 0 else None)
        for duration, start, _ in track.edits
    )


def sample_times(outline: Outline, track_id: int) -> SampleTimes | None:
    """The times of a track's samples where its tables are complete, consistent and of the plain kind."""
    if outline.is_fragmented or not outline.is_whole:
        return None
    track = _track(outline, track_id)
    shown = _shown(track) if track else None
    if track is None or shown is None:
        return None
    count = sample_count(track.samples)
    durations = _durations(track.samples, count)
    offsets = _offsets(track.samples, count)
    least = least_size(track.samples, count)
    if durations is None or offsets is None or least is None:
        return None
    return SampleTimes(track.time_scale, count, durations, offsets, shown, least)


def picture_track(outline: Outline) -> int | None:
    """The id of the first track that holds pictures."""
    for kind, track in boxes(outline.movie or memoryview(b"")):
        handler = first(track, b"mdia", b"hdlr")
        if kind == b"trak" and handler is not None and bytes(handler[8:12]) == b"vide":
            return id_of(track)
    return None


def id_of(track: Bytes) -> int:
    """A track's id; 0, which none has, where it is not said."""
    return _number(first(track, b"tkhd") or memoryview(b""), 12, 20)


def _track(outline: Outline, track_id: int) -> _Track | None:
    if outline.movie is None:
        return None
    for kind, track in boxes(outline.movie):
        if kind != b"trak" or id_of(track) != track_id:
            continue
        media = first(track, b"mdia", b"mdhd")
        movie_header, samples = first(outline.movie, b"mvhd"), first(track, b"mdia", b"minf", b"stbl")
        if media is None or movie_header is None or samples is None:
            return None
        movie_scale, time_scale = _number(movie_header, 12, 20), _number(media, 12, 20)
        if not movie_scale or not time_scale:
            return None
        return _Track(movie_scale, time_scale, samples, _edits(first(track, b"edts", b"elst")))
    return None


def _number(box: Bytes, place: int, wide_place: int) -> int:
    """A 32-bit number that lies at `place` in version 0 of a full box, and at `wide_place` in version 1."""
    at = wide_place if len(box) and box[0] == 1 else place
    return int.from_bytes(box[at : at + 4], "big")


def _edits(box: Bytes | None) -> tuple[tuple[int, int, int], ...]:
    if box is None or len(box) < 8:
        return ()
    wide = 8 if box[0] == 1 else 4
    count = int.from_bytes(box[4:8], "big")
    step = 2 * wide + 4
    if count > _MAX_EDITS or len(box) < 8 + count * step:
        return ()
    found = []
    for at in range(8, 8 + count * step, step):
        duration = int.from_bytes(box[at : at + wide], "big")
        start = int.from_bytes(box[at + wide : at + 2 * wide], "big", signed=True)
        found.append((duration, start, int.from_bytes(box[at + 2 * wide : at + step], "big", signed=True)))
    return tuple(found)


def _shown(track: _Track) -> tuple[int, int | None] | None:
    """The stretch shown by an edit list of the plain kind: empty edits, then one that plays at normal speed."""
    if not track.edits:
        return -_MAX_OFFSET, None
    *before, (duration, start, rate) = track.edits
    if any(earlier >= 0 for _, earlier, _ in before) or start < 0 or rate != _UNITY:
        return None
    if not duration:
        return start, None
    # Rounded to the nearest tick, halves up, as FFmpeg's av_rescale does.
    length = (2 * duration * track.time_scale + track.movie_scale) // (2 * track.movie_scale)
    return start, start + length


def _runs(samples: Bytes, kind: bytes, count: int) -> Runs | None:
    """A table of numbers of samples, each with a value below `_MAX_OFFSET`, when it is for `count` samples."""
    rows = table(samples, kind, 2)
    if not rows or not count:
        return None
    counts = rows[::2]
    runs = Runs(_as_bytes(counts) or counts.tolist(), array("i", rows[1::2].tobytes()))
    is_sane = runs.length == count and runs.distinct[0] > -_MAX_OFFSET and runs.distinct[-1] < _MAX_OFFSET
    return runs if is_sane else None


def _as_bytes(numbers: "array[int]") -> bytes | None:
    """The numbers as bytes where none is larger: that is found out in no time."""
    columns = columns_of(numbers)
    low = columns.pop(0 if sys.byteorder == "little" else -1)
    return None if any(met(column) != b"\0" for column in columns) else low


def _durations(samples: Bytes, count: int) -> Runs | None:
    durations = _runs(samples, b"stts", count)
    return durations if durations and durations.distinct[0] > 0 else None


def _offsets(samples: Bytes, count: int) -> Runs | None:
    """By how much each sample is shown later than decoded; signed, as all readers take them in both versions."""
    if first(samples, b"ctts") is None:
        return Runs([count], array("i", [0]))
    return _runs(samples, b"ctts", count)
