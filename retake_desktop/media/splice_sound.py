"""The spliced file's sound: the original's, with the takes' sound faded in and out in its place."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import cast

from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.packet import Packet
from av.stream import Stream

from retake_desktop.domain.clip import AudioTrack, Clip
from retake_desktop.domain.span import Span
from retake_desktop.media.kept_take import KeptTake
from retake_desktop.media.pcm import RATE, PcmReader, SampleFormat, restamped

FADE = Fraction(1, 100)
"""Seconds of crossfade inside the selection, at each joint: too short to hear, long enough not to click."""
_DELAY = Fraction(1, 10)
_LAYOUTS = {1: "mono", 2: "stereo", 3: "3.0", 4: "4.0", 5: "5.0", 6: "5.1", 7: "6.1", 8: "7.1"}
_AAC_RATES = {96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000}
_BIT_RATE_PER_CHANNEL = 128_000


class SoundEncoder:
    """Encodes the original's first track anew, in its own rate and channels, from its own start to its own end.

    Lossless sound stays lossless (PCM, FLAC, ALAC); everything else becomes AAC.
    """

    def __init__(
        self, original: Clip, takes: Sequence[KeptTake], stream: Stream, target: OutputContainer, shift: Fraction
    ) -> None:
        self._original = original
        self._takes = takes
        self._track = original.audio[0]
        self._codec = _codec(self._track)
        self._format = _format(self._track, self._codec)
        self._offset = original.origin - shift
        self._stream = self._add_stream(stream, target)

    def packets(self) -> Iterator[Packet[Stream]]:
        """The encoded sound, in order."""
        context = self._stream.codec_context
        resampler = AudioResampler(format=context.format, layout=context.layout, rate=self._format.rate)
        offset = round(self._offset * self._format.rate)
        for position, samples in self._blocks():
            frame = AudioFrame(self._format.name, self._format.layout, len(samples) // self._format.frame_bytes)
            frame.planes[0].update(samples)
            frame.sample_rate = self._format.rate
            frame.pts, frame.time_base = position + offset, Fraction(1, self._format.rate)
            for converted in resampler.resample(frame):
                yield from cast("list[Packet[Stream]]", self._stream.encode(converted))
        for converted in resampler.resample(None):
            yield from cast("list[Packet[Stream]]", self._stream.encode(converted))
        yield from cast("list[Packet[Stream]]", self._stream.encode(None))

    def _add_stream(self, source: Stream, target: OutputContainer) -> AudioStream:
        stream = cast("AudioStream", target.add_stream(self._codec, rate=self._format.rate))
        stream.codec_context.layout = self._format.layout
        if self._codec == "aac":
            stream.bit_rate = _BIT_RATE_PER_CHANNEL * self._format.channels
        stream.metadata.update(source.metadata)
        stream.disposition = source.disposition
        return stream

    def _blocks(self) -> Iterator[tuple[int, bytes]]:
        """Position (clip time in samples) and samples, about a second at a time."""
        rate = self._format.rate
        end = round((self._track.start + self._track.duration) * rate)
        inserts = [Insert(take, self._original, self._format) for take in self._takes]
        with PcmReader(self._original, 0, self._format) as reader:
            for position in range(round(_start(self._track) * rate), end, rate):
                samples = bytearray(reader.read(position, min(rate, end - position)))
                for insert in inserts:
                    insert.put_into(samples, position)
                yield position, bytes(samples)


class Insert:
    """One take's sound in the original's time and format."""

    def __init__(self, take: KeptTake, original: Clip, sample_format: SampleFormat) -> None:
        self._take = take
        self._format = sample_format
        span = take.span.snapped(original.frames)
        self.start = round(span.start * sample_format.rate)
        self.end = round(span.end * sample_format.rate)
        self._span = span
        self._samples: bytes | None = None

    def put_into(self, samples: bytearray, position: int) -> None:
        """Replaces what lies inside the span, in a block that begins at `position`, fading at both ends of it."""
        size = self._format.frame_bytes
        begin = max(self.start, position)
        end = min(self.end, position + len(samples) // size)
        if begin >= end:
            return
        if self._samples is None:
            self._samples = _sound_of(self._take, self._span, self.end - self.start, self._format)
        at = (begin - position) * size
        old = array("f", bytes(samples[at : at + (end - begin) * size]))
        new = array("f", self._samples[(begin - self.start) * size : (end - self.start) * size])
        self._fade(old, new, begin)
        samples[at : at + (end - begin) * size] = new.tobytes()

    def _fade(self, old: array[float], new: array[float], begin: int) -> None:
        fade = min(round(FADE * self._format.rate), (self.end - self.start) // 2)
        channels = self._format.channels
        for at in range(len(new) // channels):
            edge = min(begin + at - self.start, self.end - 1 - begin - at)
            if edge >= fade:
                continue
            share = (edge + 1) / (fade + 1)
            for i in range(at * channels, (at + 1) * channels):
                new[i] = old[i] + (new[i] - old[i]) * share


def _sound_of(take: KeptTake, span: Span, count: int, sample_format: SampleFormat) -> bytes:
    """`count` samples of the take's sound for `span`, at the original's pace."""
    rate, stretch = sample_format.rate, take.window.result_stretch
    own_rate = round(rate * stretch)
    with PcmReader(take.result, 0, sample_format) as reader:
        start = round(take.window.to_result(span.start) * rate)
        samples = reader.read(start, round(count * stretch) + 1)
    if own_rate != rate:
        samples = restamped(samples, own_rate, sample_format)
    wanted = count * sample_format.frame_bytes
    return samples[:wanted] + bytes(max(0, wanted - len(samples)))


def _start(track: AudioTrack) -> Fraction:
    """Without the encoder's delay, which some containers (MKV, TS) show as sound before the picture."""
    return Fraction(0) if -_DELAY < track.start < 0 else track.start


def _codec(track: AudioTrack) -> str:
    return track.codec if track.codec.startswith("pcm_") or track.codec in ("flac", "alac") else "aac"


def _format(track: AudioTrack, codec: str) -> SampleFormat:
    rate = track.sample_rate if codec != "aac" or track.sample_rate in _AAC_RATES else RATE
    channels = min(max(track.channels, 1), 8)
    layout = track.layout if track.layout and "channel" not in track.layout else _LAYOUTS[channels]
    return SampleFormat(rate, layout, channels, "flt")
