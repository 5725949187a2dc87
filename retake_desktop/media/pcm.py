"""The sound of a clip as plain samples, decoded on demand from any place."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from math import gcd
from types import TracebackType
from typing import Self

import av
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

from retake_desktop.domain.clip import AudioTrack, Clip
from retake_desktop.domain.errors import ErrorKind
from retake_desktop.media.source import audio_stream, media_errors, open_quickly

RATE = 48000
_PREROLL = Fraction(1, 4)
"""Seconds decoded and thrown away before a wanted sample: lapped transforms and Opus need up to 0.1 s to settle."""
_AHEAD = 2 * RATE
"""Samples. A read at most this far ahead decodes onward, one further away seeks."""
_SLACK = Fraction(1, 50)
"""Seconds by which a frame's time may differ from the running count of samples before it is believed to be a gap."""
_BYTES = {"s16": 2, "flt": 4}


@dataclass(frozen=True, slots=True)
class SampleFormat:
    """Interleaved little endian samples: `name` is FFmpeg's ("s16" or "flt"), `layout` FFmpeg's channel layout."""

    rate: int = RATE
    layout: str = "stereo"
    channels: int = 2
    name: str = "s16"

    @property
    def frame_bytes(self) -> int:
        """Bytes of one sample of all channels."""
        return self.channels * _BYTES[self.name]


STEREO = SampleFormat()
"""What is heard and sent: 48 kHz, stereo, signed 16 bit."""


class PcmReader:
    """Samples of one audio track in clip time: sample 0 is heard with the clip's first video frame.

    Where the track has nothing (before its start, in gaps, after its end, no track at all) there is silence.
    `total` is the clip's duration in samples. Not thread-safe. Raises RetakeError(FILE_TROUBLE | MEDIA_FAILED).
    """

    def __init__(self, clip: Clip, track: int = 0, sample_format: SampleFormat = STEREO) -> None:
        self.format = sample_format
        self.total = round(clip.duration * sample_format.rate)
        self._track = clip.audio[track] if track < len(clip.audio) else None
        self._decoder = _Decoder(clip, self._track, sample_format) if self._track else None
        self._blocks: Iterator[tuple[int, bytes]] | None = None
        self._head = 0
        self._held = bytearray()
        self._ended = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self, start: int, count: int) -> bytes:
        """Exactly `count` samples (of all channels) from sample `start`, which may lie outside the clip."""
        self._decode_until(start, start + count)
        size = self.format.frame_bytes
        begin = max(start, self._head)
        end = min(start + count, self._tail)
        if end <= begin:
            return bytes(count * size)
        middle = self._held[(begin - self._head) * size : (end - self._head) * size]
        return bytes((begin - start) * size) + middle + bytes((start + count - end) * size)

    def close(self) -> None:
        """Lets go of the file. Reading afterwards gives silence."""
        if self._decoder:
            self._decoder.close()
        self._decoder = None

    @property
    def _tail(self) -> int:
        return self._head + len(self._held) // self.format.frame_bytes

    def _decode_until(self, start: int, end: int) -> None:
        if self._decoder is None:
            return
        if self._blocks is None or not self._head <= start <= self._tail + _AHEAD:
            self._blocks, self._ended = self._decoder.blocks(start), False
            self._head = start
            self._held.clear()
        self._forget_before(start)
        while self._tail < end and not self._ended:
            self._take_block(self._blocks)

    def _take_block(self, blocks: Iterator[tuple[int, bytes]]) -> None:
        block = next(blocks, None)
        if block is None:
            self._ended = True
            return
        position, samples = block
        size = self.format.frame_bytes
        gap = position - self._tail
        if gap > 0:
            self._held += bytes(gap * size)
        self._held += samples[max(0, -gap) * size :]

    def _forget_before(self, start: int) -> None:
        """Keeps a little of what was read, so that a caller may step back by a block without a seek."""
        keep = min(start - RATE, self._tail)
        if keep - self._head > RATE:
            del self._held[: (keep - self._head) * self.format.frame_bytes]
            self._head = keep


def restamped(samples: bytes, rate: int, sample_format: SampleFormat) -> bytes:
    """Samples played as if they had been recorded at `rate`: a little faster or slower, and in pitch likewise."""
    return b"".join(_restamped(samples, rate, sample_format))


def _restamped(samples: bytes, rate: int, sample_format: SampleFormat) -> Iterator[bytes]:
    size = sample_format.frame_bytes
    resampler = AudioResampler(format=sample_format.name, layout=sample_format.layout, rate=sample_format.rate)
    for begin in range(0, len(samples), RATE * size):
        part = samples[begin : begin + RATE * size]
        frame = AudioFrame(sample_format.name, sample_format.layout, len(part) // size)
        frame.planes[0].update(part)
        frame.sample_rate = rate
        yield from (bytes(out.planes[0])[: out.samples * size] for out in resampler.resample(frame))
    yield from (bytes(out.planes[0])[: out.samples * size] for out in resampler.resample(None))


class _Decoder:
    """An open file, decoding one audio stream from wherever it is asked."""

    def __init__(self, clip: Clip, track: AudioTrack, sample_format: SampleFormat) -> None:
        self._clip = clip
        self._track = track
        self._format = sample_format
        self._anchor: Fraction | None = None
        self._container = open_quickly(clip.path)
        for stream in self._container.streams:
            stream.discard = av.stream.Discard.default if stream.index == track.index else av.stream.Discard.all
        self._stream = audio_stream(self._container, track)

    def close(self) -> None:
        self._container.close()

    def blocks(self, start: int) -> Iterator[tuple[int, bytes]]:
        """Position (clip time in samples) and bytes of what follows sample `start`, in order; may begin earlier."""
        wanted = Fraction(start, self._format.rate) - _PREROLL
        with media_errors(ErrorKind.MEDIA_FAILED, "the sound cannot be decoded"):
            if self._anchor is None:
                self._anchor = self._find_anchor()
            yield from self._resampled(self._frames_from(wanted))

    def _frames_from(self, wanted: Fraction) -> Iterator[AudioFrame]:
        """Frames from the last one at or before `wanted` clip time, as far as the container can find it."""
        beginning = self._clip.origin + self._track.start
        for back in (Fraction(0), Fraction(1), Fraction(10), None):
            target = beginning if back is None else max(beginning, wanted + self._clip.origin - back)
            if not self._seek(target):
                continue
            frames = self._decode()
            first = next(frames, None)
            if first is None:
                continue
            if self._time(first) <= max(wanted, self._track.start) + _SLACK or target == beginning:
                return chain((first,), frames)
        return iter(())

    def _seek(self, target: Fraction) -> bool:
        """False where the container cannot go there: a track without packets, a file without an index."""
        time_base = self._stream.time_base or Fraction(1, 1000)
        try:
            self._container.seek(int(target / time_base), stream=self._stream)
        except av.error.FFmpegError:
            return False
        return True

    def _decode(self) -> Iterator[AudioFrame]:
        """Frames that decode; damaged packets leave a gap."""
        for packet in self._container.demux(self._stream):
            try:
                yield from packet.decode()
            except av.error.InvalidDataError:
                continue

    def _time(self, frame: AudioFrame) -> Fraction:
        return (frame.pts or 0) * _time_base(frame) - self._clip.origin

    def _exact_time(self, frame: AudioFrame) -> Fraction:
        """The frame's time without the container's rounding (MKV: 1 ms), on the track's grid of equal frames."""
        time, tick = self._time(frame), _time_base(frame)
        if self._anchor is None or tick <= Fraction(1, frame.sample_rate):
            return time
        step = Fraction(frame.samples, frame.sample_rate)
        exact = self._anchor + round((time - self._anchor) / step) * step
        return exact if abs(exact - time) <= tick else time

    def _find_anchor(self) -> Fraction | None:
        """Where the track's second frame starts: the first may have been cut short by the encoder's delay."""
        first = next(self._decode(), None)
        return self._time(first) + Fraction(first.samples, first.sample_rate) if first else None

    def _resampled(self, frames: Iterator[AudioFrame]) -> Iterator[tuple[int, bytes]]:
        run: _Run | None = None
        for frame in frames:
            if frame.pts is None or not frame.samples:
                continue
            time = self._exact_time(frame)
            if run is None or not run.continues_with(frame, time):
                yield from run.finish() if run else ()
                frame, time = _aligned(frame, time, self._format.rate)
                run = _Run(frame, time, self._format)
            yield from run.push(frame)
        yield from run.finish() if run else ()


class _Run:
    """Frames without a gap or a change of format between them, resampled onto the clip's grid of samples."""

    def __init__(self, frame: AudioFrame, time: Fraction, sample_format: SampleFormat) -> None:
        self._size = sample_format.frame_bytes
        self._signature = _signature(frame)
        self._expected = time
        self._position = round(time * sample_format.rate)
        self._resampler = AudioResampler(
            format=sample_format.name, layout=sample_format.layout, rate=sample_format.rate
        )

    def continues_with(self, frame: AudioFrame, time: Fraction) -> bool:
        return _signature(frame) == self._signature and abs(time - self._expected) < _SLACK

    def push(self, frame: AudioFrame) -> Iterator[tuple[int, bytes]]:
        self._expected += Fraction(frame.samples, frame.sample_rate)
        frame.pts = None
        yield from self._out(self._resampler.resample(frame))

    def finish(self) -> Iterator[tuple[int, bytes]]:
        yield from self._out(self._resampler.resample(None))

    def _out(self, frames: list[AudioFrame]) -> Iterator[tuple[int, bytes]]:
        for frame in frames:
            yield self._position, bytes(frame.planes[0])[: frame.samples * self._size]
            self._position += frame.samples


def _signature(frame: AudioFrame) -> tuple[str, str, int]:
    return frame.format.name, frame.layout.name, frame.sample_rate


def _aligned(frame: AudioFrame, time: Fraction, rate: int) -> tuple[AudioFrame, Fraction]:
    """The frame without its first samples, so that it starts on a sample of `rate`: then every seek resamples alike."""
    own = frame.sample_rate
    for cut in range(min(frame.samples, own // gcd(own, rate))):
        start = time + Fraction(cut, own)
        if (start * rate).denominator == 1:
            return _shortened(frame, cut), start
    return frame, time


def _shortened(frame: AudioFrame, cut: int) -> AudioFrame:
    if cut == 0:
        return frame
    shorter = AudioFrame(frame.format.name, frame.layout.name, frame.samples - cut)
    shorter.sample_rate = frame.sample_rate
    sample_bytes = frame.format.bytes * (1 if frame.format.is_planar else frame.layout.nb_channels)
    for source, target in zip(frame.planes, shorter.planes, strict=True):
        target.update(bytes(source)[cut * sample_bytes : frame.samples * sample_bytes])
    return shorter


def _time_base(frame: AudioFrame) -> Fraction:
    return frame.time_base or Fraction(1, frame.sample_rate)
