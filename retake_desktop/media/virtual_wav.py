"""A clip's sound as a WAV file that exists only while it is read, from any sample on and at any pace."""

import struct
from fractions import Fraction
from typing import Protocol

from av.audio.frame import AudioFrame
from av.filter import Graph

from retake_desktop.domain.errors import ErrorKind
from retake_desktop.domain.span import Span
from retake_desktop.media.pcm import RATE
from retake_desktop.media.source import media_errors

_HEADER_BYTES = 44
_FRAME_BYTES = 4
_MOST_DATA = 0xFFFFFFFF - _HEADER_BYTES
"""WAV counts its bytes in 32 bits: six hours; what follows is not played."""
_BLOCK = 4800
_SLOWEST_STEP = Fraction(1, 2)
"""FFmpeg's atempo goes down to half the pace; slower takes two of them."""
_EARLY = 1024
"""Samples of its input by which each atempo brings a beginning sound too early: it fades in the pieces that hold one,
which are 2048 samples long at 48 kHz. Measured with a beep a second: 45 ms at half the pace, 12 ms at twice the pace.
"""


class Samples(Protocol):
    """What is used of `media.pcm.PcmReader`."""

    @property
    def total(self) -> int: ...
    def read(self, start: int, count: int) -> bytes: ...


class Quiet:
    """Two seconds of silence."""

    total = 2 * RATE

    def read(self, start: int, count: int) -> bytes:  # noqa: ARG002 - it is silent everywhere
        return bytes(count * _FRAME_BYTES)


class Looped:
    """A reader whose samples from the end of `span` on are those from its start again, round after round."""

    total = _MOST_DATA

    def __init__(self, reader: Samples, span: Span) -> None:
        self._reader = reader
        self._first = round(span.start * RATE)
        self._stop = max(self._first + 1, round(span.end * RATE))

    def read(self, start: int, count: int) -> bytes:
        parts = []
        while count > 0:
            place = start
            if start >= self._stop:
                place = self._first + (start - self._first) % (self._stop - self._first)
            length = min(count, self._stop - place)
            parts.append(self._reader.read(place, length))
            start, count = start + length, count - length
        return b"".join(parts)


class VirtualWav:
    """48 kHz stereo, 16 bit. Its first sample is the reader's sample `start`; `pace` 2 is twice as fast, same pitch.

    Reads are quickest in order. Not thread-safe.
    """

    def __init__(self, reader: Samples, start: int, pace: Fraction) -> None:
        self._reader = reader
        self._start = start
        self._pace = pace
        frames = max(0, int((reader.total - start) / pace))
        self._data_bytes = min(frames * _FRAME_BYTES, _MOST_DATA // _FRAME_BYTES * _FRAME_BYTES)
        self._header = _header(self._data_bytes)
        self._stretcher: _Stretcher | None = None

    @property
    def size(self) -> int:
        """Bytes of the whole file."""
        return _HEADER_BYTES + self._data_bytes

    def read(self, offset: int, count: int) -> bytes:
        """At most `count` bytes from byte `offset`; none at the end. Raises RetakeError(MEDIA_FAILED)."""
        if offset < _HEADER_BYTES:
            return self._header[offset : offset + count]
        begin = offset - _HEADER_BYTES
        end = min(begin + count, self._data_bytes)
        if end <= begin:
            return b""
        first, last = begin // _FRAME_BYTES, -(-end // _FRAME_BYTES)
        skip = begin - first * _FRAME_BYTES
        with media_errors(ErrorKind.MEDIA_FAILED, "the sound cannot be played"):
            return self._samples(first, last - first)[skip : skip + end - begin]

    def _samples(self, first: int, count: int) -> bytes:
        if self._pace == 1:
            return self._reader.read(self._start + first, count)
        if self._stretcher is None or not self._stretcher.can_reach(first):
            origin = self._start + round(first * self._pace) - _earliness(self._pace)
            self._stretcher = _Stretcher(self._reader, origin, first, self._pace)
        return self._stretcher.read(first, count)


class _Stretcher:
    """Plays a reader faster or slower at the same pitch. Sample `base` of the result is the reader's `origin`."""

    def __init__(self, reader: Samples, origin: int, base: int, pace: Fraction) -> None:
        self._reader = reader
        self._next = origin
        self._base = base
        self._held = bytearray()
        self._given = 0
        self._graph = _tempo_graph(pace)

    def can_reach(self, first: int) -> bool:
        return 0 <= first - self._base <= RATE

    def read(self, first: int, count: int) -> bytes:
        del self._held[: (first - self._base) * _FRAME_BYTES]
        self._base = first
        while len(self._held) < count * _FRAME_BYTES:
            self._push_block()
        return bytes(self._held[: count * _FRAME_BYTES])

    def _push_block(self) -> None:
        # Past its end the reader gives silence without end, so the filter never has to be drained.
        block = AudioFrame("s16", "stereo", _BLOCK)
        block.planes[0].update(self._reader.read(self._next, _BLOCK))
        block.sample_rate, block.pts, block.time_base = RATE, self._given, Fraction(1, RATE)
        self._next += _BLOCK
        self._given += _BLOCK
        self._graph.push(block)
        while True:
            try:
                frame = self._graph.pull()
            except BlockingIOError:
                return
            self._held += bytes(frame.planes[0])[: getattr(frame, "samples", 0) * _FRAME_BYTES]


def _steps(pace: Fraction) -> list[Fraction]:
    return [pace] if pace >= _SLOWEST_STEP else [_SLOWEST_STEP, pace / _SLOWEST_STEP]


def _earliness(pace: Fraction) -> int:
    """Samples of the reader by which sounds come out too early."""
    first, *second = _steps(pace)
    return _EARLY + sum(round(_EARLY * first) for _ in second)


def _tempo_graph(pace: Fraction) -> Graph:
    graph = Graph()
    nodes = [graph.add_abuffer(sample_rate=RATE, format="s16", layout="stereo", time_base=Fraction(1, RATE))]
    nodes += [graph.add("atempo", f"{float(step):.6f}") for step in _steps(pace)]
    nodes.append(graph.add("aformat", f"sample_fmts=s16:sample_rates={RATE}:channel_layouts=stereo"))
    graph.link_nodes(*nodes, graph.add("abuffersink")).configure()
    return graph


def _header(data_bytes: int) -> bytes:
    form = struct.pack("<IHHIIHH", 16, 1, 2, RATE, RATE * _FRAME_BYTES, _FRAME_BYTES, 16)
    riff = struct.pack("<4sI4s4s", b"RIFF", _HEADER_BYTES - 8 + data_bytes, b"WAVE", b"fmt ")
    return riff + form + struct.pack("<4sI", b"data", data_bytes)
