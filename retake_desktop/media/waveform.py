"""The outline of a clip's sound."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.error import FFmpegError
from av.stream import Discard

from retake_desktop.domain.clip import AudioTrack, Clip
from retake_desktop.domain.errors import ErrorKind
from retake_desktop.media.source import media_errors, open_source

_SILENCE = b"\x80"
"""A sample of nothing in unsigned 8-bit sound."""
_FIRST_CHUNK = 2
_CHUNK = 10
"""Seconds of sound in the first chunk, which should come soon, and in the others."""
_SAMPLES_A_PEAK = 240
"""Where a peak spans more samples, only so many, evenly spaced, are looked at: the eye sees no difference."""
_SLACK = Fraction(1, 20)
"""Seconds by which a frame's time may differ from the running count before it is believed to be a gap."""


@dataclass(frozen=True, slots=True)
class WaveformChunk:
    """Lowest and highest sample of equal parts of a second, as signed bytes from -127 to 127.

    `start` is the clip time of the first part in seconds, a multiple of a part.
    """

    start: Fraction
    peaks_per_second: int
    low: bytes
    high: bytes


def waveform(clip: Clip, peaks_per_second: int, cancelled: Callable[[], bool]) -> Iterator[WaveformChunk]:
    """The outline of the clip's first sound track, mixed to one channel, in order and chunk by chunk.

    Parts before the picture begins are left out, gaps are skipped; a clip without sound yields nothing. Ends early when
    `cancelled` says so. Raises RetakeError(MEDIA_FAILED | FILE_TROUBLE).
    """
    if not clip.audio:
        return
    track = clip.audio[0]
    with media_errors(ErrorKind.MEDIA_FAILED, "the sound cannot be decoded"):
        outline = _Outline(track.sample_rate, peaks_per_second)
        for position, samples in _decoded(clip, track):
            if cancelled():
                return
            yield from outline.add(position, samples)
        yield from outline.rest()


def _decoded(clip: Clip, track: AudioTrack) -> Iterator[tuple[int, bytes]]:
    """Clip time, counted in samples, and unsigned 8-bit samples. A frame without a time follows the one before."""
    resampler = AudioResampler("u8", "mono", track.sample_rate)
    position = round(track.start * track.sample_rate)
    with open_source(clip.path) as container:
        for stream in container.streams:
            if stream.index != track.index:
                stream.discard = Discard.all
        for packet in container.demux(container.streams[track.index]):
            try:
                frames = packet.decode()
            except FFmpegError:
                continue
            for frame in frames:
                if not isinstance(frame, AudioFrame):
                    continue
                if frame.pts is not None and frame.time_base:
                    position = round((frame.pts * frame.time_base - clip.origin) * track.sample_rate)
                for plain in resampler.resample(frame):
                    yield position, bytes(plain.planes[0])[: plain.samples]
                    position += plain.samples


class _Outline:
    """Cuts samples into parts and finds the extremes of each. Part k begins at sample k * rate // parts a second."""

    def __init__(self, rate: int, parts_a_second: int) -> None:
        self._rate = rate
        self._parts = parts_a_second
        self._stride = max(1, rate // parts_a_second // _SAMPLES_A_PEAK)
        self._first = 0
        self._waiting = bytearray()
        self._running = False
        self._enough = _FIRST_CHUNK * rate

    def add(self, position: int, samples: bytes) -> Iterator[WaveformChunk]:
        gap = position - (self._begin(self._first) + len(self._waiting))
        slack = self._rate * _SLACK if self._running else 0
        if gap > slack:
            yield from self.rest()
            self._first = position * self._parts // self._rate
            self._waiting += _SILENCE * (position - self._begin(self._first))
        elif gap < -slack:
            samples = samples[-gap:]
        self._running = self._running or bool(samples)
        self._waiting += samples
        if len(self._waiting) >= self._enough:
            self._enough = _CHUNK * self._rate
            yield self._chunk(self._whole_parts())

    def rest(self) -> Iterator[WaveformChunk]:
        """What is left, with a part that sound fills only partly."""
        whole = self._whole_parts()
        partly = len(self._waiting) > self._begin(self._first + whole) - self._begin(self._first)
        if whole or partly:
            yield self._chunk(whole + partly)

    def _begin(self, part: int) -> int:
        return part * self._rate // self._parts

    def _whole_parts(self) -> int:
        end = self._begin(self._first) + len(self._waiting)
        part = end * self._parts // self._rate
        while self._begin(part + 1) <= end:
            part += 1
        while self._begin(part) > end:
            part -= 1
        return max(0, part - self._first)

    def _chunk(self, count: int) -> WaveformChunk:
        begin = self._begin(self._first)
        edges = [self._begin(self._first + part) - begin for part in range(count + 1)]
        taken = bytes(self._waiting[: edges[-1]])
        parts = [taken[left : max(right, left + 1) : self._stride] or _SILENCE for left, right in pairwise(edges)]
        start = Fraction(self._first, self._parts)
        self._first += count
        del self._waiting[: edges[-1]]
        return WaveformChunk(start, self._parts, _signed(map(min, parts)), _signed(map(max, parts)))


def _signed(levels: Iterator[int]) -> bytes:
    """Signed bytes from unsigned samples around 128."""
    return bytes(max(-127, level - 128) & 0xFF for level in levels)
