"""The coded order of a video stream: where a copy may stop, and where it may start again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate
from typing import cast

from av.packet import Packet
from av.stream import Stream

from retake_desktop.domain.clip import Clip
from retake_desktop.media.beside import Beside
from retake_desktop.media.nal import Codec, Form, is_idr, is_slice
from retake_desktop.media.parameter_sets import UsedIds, headers_of
from retake_desktop.media.source import open_source, video_stream


class Kind(Enum):
    """What a picture is as a place to start decoding."""

    OTHER = "other"
    IDR = "idr"
    """Nothing after it in coded order refers to anything before it."""
    CRA = "cra"
    """As IDR, except for the pictures that are shown before it ("leading")."""


class Unsuitable(Exception):  # noqa: N818 - no error: a class of video that is handled another way
    """Why a video cannot be spliced without coding it all again, as a sentence for the person."""


@dataclass(frozen=True, slots=True)
class Coded:
    """One packet, in coded order. `frame` is its place in the clip's frame times; None for what is never shown."""

    frame: int | None
    pts: int
    dts: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class CodedOrder:
    """All packets of a clip's picture, times in ticks of the stream; how they are formed, the ids that they use, and
    what stands beside the pictures."""

    rows: tuple[Coded, ...]
    form: Form
    ids: UsedIds
    beside: Beside
    reorders: bool


def coded_packets(packets: Iterator[Packet[Stream]]) -> Iterator[Packet[Stream]]:
    """The packets that count, in the file's order: what both a plan and the copy made by it go through."""
    return (packet for packet in packets if packet.size and (packet.pts is not None or packet.dts is not None))


def read_coded_order(clip: Clip, codec: Codec) -> CodedOrder:
    """One pass over the picture's packets. Raises Unsuitable, RetakeError and what PyAV raises."""
    with open_source(clip.path) as container:
        stream = video_stream(container, clip)
        try:
            headers = headers_of(codec, bytes(stream.codec_context.extradata or b""))
            ids = UsedIds()
            for unit in headers.units:
                ids.take(codec, unit)
            reading = _Reading(clip, codec, headers.form, ids)
            rows = reading.rows(cast("Iterator[Packet[Stream]]", container.demux(stream)))
        except (ValueError, IndexError) as error:
            raise Unsuitable(f"Its headers cannot be read ({error}).") from error
    order = [row.frame for row in rows if row.frame is not None]
    if sorted(order) != list(range(len(clip.frames))):
        raise Unsuitable("Its packets do not match its frames one by one.")
    return CodedOrder(tuple(rows), headers.form, ids, reading.beside, reorders=order != sorted(order))


class _Reading:
    def __init__(self, clip: Clip, codec: Codec, form: Form, ids: UsedIds) -> None:
        self._codec = codec
        self._form = form
        self._ids = ids
        self.beside = Beside(codec)
        frames = clip.frames
        self._first = round(clip.origin / frames.time_base)
        self._frame_at = {tick: index for index, tick in enumerate(frames.ticks)}

    def rows(self, packets: Iterator[Packet[Stream]]) -> list[Coded]:
        found: list[tuple[int | None, int, int | None, int, Kind]] = []
        for packet in coded_packets(packets):
            if packet.pts is None:
                raise Unsuitable("Its container stores no presentation times.")
            if packet.has_sidedata("new_extradata"):
                raise Unsuitable("Its container changes the decoder's set-up on the way.")
            frame = self._frame_at.get(packet.pts - self._first)
            if frame is not None and packet.is_discard:
                raise Unsuitable("An edit list hides some of its frames.")
            if frame is None and packet.pts >= self._first:
                raise Unsuitable("An edit list hides some of its frames.")
            kind = self._kind(bytes(packet), len(found))
            found.append((frame, packet.pts, packet.dts, packet.duration or 1, kind))
        return [
            Coded(frame, pts, dts, kind)
            for (frame, pts, _, _, kind), dts in zip(found, _decoding_times(found), strict=True)
        ]

    def _kind(self, payload: bytes, number: int) -> Kind:
        """Kind of the first picture in packet `number`; parameter sets and messages before it are noted on the way."""
        if number == 0:
            for unit in self._form.units(payload):
                self.beside.note(number, unit)
        for unit in self._form.units(payload):
            if is_slice(self._codec, unit):
                return _kind_of(self._codec, unit)
            self._ids.take(self._codec, unit)
            self.beside.note(number, unit)
        raise ValueError("a packet without a picture")


def _kind_of(codec: Codec, unit: bytes) -> Kind:
    if is_idr(codec, unit):
        return Kind.IDR
    is_cra = codec == "hevc" and unit[0] >> 1 & 63 in _CRA_OR_BLA
    return Kind.CRA if is_cra else Kind.OTHER


_CRA_OR_BLA = {16, 17, 18, 21}
"""NAL unit types of ITU-T H.265, table 7-1. A BLA picture is entered as a CRA picture is."""


def _decoding_times(found: Sequence[tuple[int | None, int, int | None, int, Kind]]) -> list[int]:
    """Decoding times, with those that the container does not store counted back from the next known one."""
    times = [dts for _, _, dts, _, _ in found]
    following: int | None = None
    for place in range(len(found) - 1, -1, -1):
        known = times[place]
        if known is None:
            known = following - found[place][3] if following is not None else found[place][1]
            times[place] = known
        following = known
    return [time for time in times if time is not None]


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch that is coded anew: frames `first` to `end` (not included).

    In coded order, packets before `stop` are copied; copying starts again with packet `resume` (None: not at all),
    without those in `dropped`, which are shown in the stretch. `breaks_link`: `resume` is no IDR; it must be marked as
    a place where what came before is missing.
    """

    first: int
    end: int
    stop: int
    resume: int | None
    dropped: frozenset[int]
    breaks_link: bool


def cuts_around(order: CodedOrder, moments: Sequence[tuple[int, int]]) -> list[Cut]:
    """The shortest stretches that hold `moments` (first frame, end), which may touch or overlap.

    The head of a GOP is copied as far as coded order and order of display end together there: what is copied then
    refers to nothing later.
    """
    places = _Places(order.rows)
    cuts: list[Cut] = []
    start, dropped, base = 0, frozenset[int](), 0
    waiting = sorted(moments)
    while waiting:
        first, end = waiting.pop(0)
        stop, copied = places.last_stop(start, dropped, base, first)
        entry = places.entry(stop, end)
        while waiting and (entry is None or waiting[0][0] <= entry.frame):
            end = max(end, waiting.pop(0)[1])
            entry = places.entry(stop, end)
        if entry is None:
            return [*cuts, Cut(copied, places.total, stop, None, frozenset(), breaks_link=False)]
        cuts.append(Cut(copied, entry.frame, stop, entry.row, entry.dropped, entry.breaks_link))
        start, dropped, base = entry.row, entry.dropped, entry.frame
    return cuts


@dataclass(frozen=True, slots=True)
class _Entry:
    frame: int
    row: int
    dropped: frozenset[int]
    breaks_link: bool


class _Places:
    """Where a copy may stop and start again."""

    def __init__(self, rows: Sequence[Coded]) -> None:
        self._rows = rows
        self._shown_before = [0, *accumulate(int(row.frame is not None) for row in rows)]
        self.total = self._shown_before[-1]
        self._least = [self.total] * (len(rows) + 1)
        for place in range(len(rows) - 1, -1, -1):
            frame = rows[place].frame
            self._least[place] = self._least[place + 1] if frame is None else min(frame, self._least[place + 1])

    def last_stop(self, start: int, dropped: frozenset[int], base: int, first: int) -> tuple[int, int]:
        """Where to stop copying from row `start` (which shows frame `base` on): the row, and the frame then due."""
        best, due = start, base
        highest, count = base - 1, 0
        for place in range(start, len(self._rows)):
            frame = self._rows[place].frame
            if place in dropped:
                continue
            if frame is not None:
                if frame >= first:
                    break
                highest, count = max(highest, frame), count + 1
            if highest + 1 - base == count:
                best, due = place + 1, base + count
        return best, due

    def entry(self, stop: int, end: int) -> _Entry | None:
        """The first place after row `stop` where copying may start, with nothing but frames from `end` on."""
        for place in range(stop, len(self._rows)):
            row = self._rows[place]
            if row.kind is Kind.OTHER or row.frame is None or row.frame < end:
                continue
            entry = self._entry_at(place, row.kind, row.frame)
            if entry.frame >= end and self._is_whole(entry) and self._has_room(entry):
                return entry
        return None

    def _entry_at(self, place: int, kind: Kind, frame: int) -> _Entry:
        if kind is Kind.IDR:
            return _Entry(self._least[place], place, frozenset(), breaks_link=False)
        following = place + 1
        while following < len(self._rows) and (self._rows[following].frame or 0) < frame:
            following += 1
        return _Entry(frame, place, frozenset(range(place + 1, following)), breaks_link=True)

    def _is_whole(self, entry: _Entry) -> bool:
        """Whether what is copied from there on is all that is shown from there on."""
        least = self._least[entry.row + 1 + len(entry.dropped)]
        before = self._shown_before[entry.row] + len(entry.dropped)
        return min(least, self._rows[entry.row].frame or 0) >= entry.frame == before

    def _has_room(self, entry: _Entry) -> bool:
        """Whether the decoding times of the dropped pictures' successors fit in before the row."""
        row, more = entry.row, len(entry.dropped)
        return more == 0 or (row > 0 and self._rows[row].dts - self._rows[row - 1].dts > more)
