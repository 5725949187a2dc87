"""Replaces a stretch of AAC sound and leaves all packets outside the joints as they are.

AAC windows overlap by half: a packet is heard together with the one before it, and the halves cancel each other's
aliasing only when both were coded with the same window. So new packets begin and end in sound that is not changed,
and every joint is decoded and compared with the original before it is used.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.codec.context import CodecContext
from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.stream import Stream

from retake_desktop.domain.clip import Clip
from retake_desktop.media.adts import adts_header, is_adts
from retake_desktop.media.gop import Unsuitable
from retake_desktop.media.kept_take import KeptTake
from retake_desktop.media.pcm import SampleFormat
from retake_desktop.media.source import audio_stream, open_source
from retake_desktop.media.splice_sound import Insert
from retake_desktop.media.splice_target import copied_stream

FRAME = 1024
"""Samples in an AAC packet."""
_MARGIN = 3
"""Packets of unchanged sound that are coded anew on each side, so that there is a joint to look at."""
_TRIES = 8
_LEAD = 3
"""Packets decoded before a joint, so that the decoder has settled."""
_BITS_PER_CHANNEL = 128_000
_GAP = Fraction(1, 50)
"""Seconds by which a packet may lie off the running count of samples: Matroska rounds times."""
_INAUDIBLE = 3e-4
"""Share of the sound's energy (35 dB below it) that a joint may lose in any case."""
_SILENCE = 1e-6
_WORSE = 4.0
"""How many times as much energy a joint may lose as the same sound does that is coded anew right beside it."""


@dataclass(frozen=True, slots=True)
class NewPackets:
    """Packets `first` and following of the track are replaced by `payloads`, one for one."""

    first: int
    payloads: tuple[bytes, ...]

    @property
    def end(self) -> int:
        return self.first + len(self.payloads)


class AacJoints:
    """The first sound track of `original` with `takes` in it, coded and checked, before anything is written.

    `count` is the number of packets in the track.

    Raises Unsuitable, with a sentence for the person, when packets of this track cannot be joined.
    """

    def __init__(self, original: Clip, takes: Sequence[KeptTake]) -> None:
        self._track = original.audio[0]
        if self._track.codec != "aac":
            raise Unsuitable("Only AAC can be joined without that.")
        with open_source(original.path) as container:
            stream = audio_stream(container, self._track)
            times = _times(container, stream)
            self.count = len(times)
            self._extradata = bytes(stream.codec_context.extradata or b"")
            if stream.codec_context.profile != "LC":
                raise Unsuitable("Only plain AAC (LC) can be joined without that.")
        layout = self._track.layout
        self._format = SampleFormat(self._track.sample_rate, layout, self._track.channels, "flt")
        self._origin = round((times[0] - original.origin) * self._format.rate)
        inserts = [Insert(take, original, self._format) for take in takes]
        stretches = self._stretches(inserts)
        self._packets = _payloads(original, stretches)
        self._is_adts = any(is_adts(payload) for payload in self._packets.values())
        self.parts = tuple(self._joined(first, end, inserts) for first, end in stretches)

    @property
    def coded(self) -> int:
        """Packets that are new."""
        return sum(len(part.payloads) for part in self.parts)

    def _stretches(self, inserts: Sequence[Insert]) -> list[tuple[int, int]]:
        """Packets that hold changed sound, with those that touch put together."""
        found: list[tuple[int, int]] = []
        for insert in sorted(inserts, key=lambda one: one.start):
            first = max(0, (insert.start - self._origin) // FRAME)
            end = min(self.count, -((self._origin - insert.end) // FRAME))
            if end <= first:
                continue
            if found and first - found[-1][1] < 2 * (_MARGIN + _TRIES):
                found[-1] = found[-1][0], max(end, found[-1][1])
            else:
                found.append((first, end))
        return found

    def _joined(self, first: int, end: int, inserts: Sequence[Insert]) -> NewPackets:
        """New packets for changed packets `first` to `end`: the joints are moved outwards until both hold."""
        low = max(0, first - _MARGIN - _TRIES)
        high = min(self.count, end + _MARGIN + _TRIES)
        old = self._decoded(low, high)
        new = bytearray(old)
        for insert in inserts:
            insert.put_into(new, self._origin + low * FRAME)
        coded = self._encoded(bytes(new), low, high)
        for more in range(_TRIES):
            begin = max(0, first - _MARGIN - more)
            stop = min(self.count, end + _MARGIN - 1 + more)
            part = NewPackets(begin, tuple(coded[begin - low : stop - low]))
            if self._holds(part, old, low, first):
                return part
        raise Unsuitable("Its packets do not join without a click.")

    def _holds(self, part: NewPackets, old: bytes, low: int, first: int) -> bool:
        """Whether the sound beside the changed packets comes out as it was, as well at the joint as inside."""
        lead = max(0, part.first - _LEAD)
        tail = min(self.count, part.end + 2)
        payloads = [
            *(self._packets[i] for i in range(lead, part.first)),
            *part.payloads,
            *(self._packets[i] for i in range(part.end, tail)),
        ]
        heard = self._pcm(payloads)
        size = FRAME * self._format.frame_bytes

        again = self._pcm([self._packets[i] for i in range(max(0, lead - 1), tail)])
        again = again[(lead - max(0, lead - 1)) * size :]

        def loss(number: int, other: bytes) -> float:
            was = array("f", old[(number - low) * size : (number - low + 1) * size])
            now = array("f", other[(number - lead) * size : (number - lead + 1) * size])
            energy = sum(value * value for value in was)
            return sum((a - b) ** 2 for a, b in zip(was, now, strict=False)) / (energy + _SILENCE)

        pairs = []
        if part.first > 0:
            pairs.append((part.first, min(part.first + 1, first - 1)))
        if part.end < min(self.count, low + len(old) // size):
            pairs.append((part.end, part.end - 1))
        # Noise that a decoder makes up (PNS) differs from one decoding to the next, and is no click.
        return all(
            loss(joint, heard) <= max(_INAUDIBLE, _WORSE * max(loss(inside, heard), loss(joint, again)))
            for joint, inside in pairs
        )

    def _decoded(self, low: int, high: int) -> bytes:
        lead = max(0, low - _LEAD)
        pcm = self._pcm([self._packets[i] for i in range(lead, high)])
        return pcm[(low - lead) * FRAME * self._format.frame_bytes :]

    def _pcm(self, payloads: Sequence[bytes]) -> bytes:
        """Interleaved samples of these packets, 1024 each. The first packet is not complete."""
        context = CodecContext.create("aac", "r")
        if self._extradata:
            context.extradata = self._extradata
        plain = AudioResampler(format="flt", layout=self._format.layout, rate=self._format.rate)
        samples = bytearray()
        for payload in payloads:
            for frame in context.decode(Packet(payload)):
                for converted in plain.resample(frame):
                    samples += bytes(converted.planes[0])[: converted.samples * self._format.frame_bytes]
        if len(samples) != len(payloads) * FRAME * self._format.frame_bytes:
            raise Unsuitable("Its packets are not all of the usual length.")
        return bytes(samples)

    def _encoded(self, samples: bytes, low: int, high: int) -> list[bytes]:
        """Packets `low` to `high` of these samples, in the form of the track's own."""
        context = CodecContext.create("aac", "w")
        context.rate, context.layout, context.format = self._format.rate, self._format.layout, "fltp"
        context.time_base = Fraction(1, self._format.rate)
        context.bit_rate = _BITS_PER_CHANNEL * self._format.channels
        planar = AudioResampler(format="fltp", layout=self._format.layout, rate=self._format.rate)
        size = FRAME * self._format.frame_bytes
        found: dict[int, bytes] = {}
        # One packet of silence before and two after: an encoder gives a packet out only when it has the next.
        padded = bytes(size) + samples + bytes(2 * size)
        for number in range(len(padded) // size):
            frame = AudioFrame("flt", self._format.layout, FRAME)
            frame.planes[0].update(padded[number * size : (number + 1) * size])
            frame.sample_rate, frame.time_base = self._format.rate, context.time_base
            frame.pts = (low - 1 + number) * FRAME
            for converted in planar.resample(frame):
                found |= {(packet.pts or 0) // FRAME: bytes(packet) for packet in context.encode(converted)}
        found |= {(packet.pts or 0) // FRAME: bytes(packet) for packet in context.encode(None)}
        return [self._formed(found[number]) for number in range(low, high)]

    def _formed(self, payload: bytes) -> bytes:
        sample = next(iter(self._packets.values()))
        return adts_header(sample, len(payload)) + payload if self._is_adts else payload


class JoinedSound:
    """Writes the track with its new packets."""

    def __init__(self, original: Clip, joints: AacJoints, stream: Stream, target: OutputContainer, shift: Fraction):
        self._original = original
        self._parts = joints.parts
        self._shift = round(shift / cast("Fraction", stream.time_base))
        self._stream = copied_stream(target, stream)

    def packets(self) -> Iterator[Packet[Stream]]:
        """The sound, in order."""
        new = {part.first + place: payload for part in self._parts for place, payload in enumerate(part.payloads)}
        with open_source(self._original.path) as container:
            stream = audio_stream(container, self._original.audio[0])
            for number, packet in enumerate(_sound_packets(container, stream)):
                made = _replaced(packet, new[number]) if number in new else packet
                made.pts = made.dts = cast("int", packet.pts) - self._shift
                made.stream = self._stream
                yield made


def _replaced(packet: Packet[Stream], payload: bytes) -> Packet[Stream]:
    made: Packet[Stream] = Packet(payload)
    made.time_base, made.duration, made.is_keyframe = packet.time_base, packet.duration, True
    return made


def _sound_packets(container: InputContainer, stream: AudioStream) -> Iterator[Packet[Stream]]:
    packets = cast("Iterator[Packet[Stream]]", container.demux(stream))
    return (packet for packet in packets if packet.size and packet.pts is not None)


def _times(container: InputContainer, stream: AudioStream) -> list[Fraction]:
    """Seconds at which the packets begin. Raises Unsuitable where there are gaps."""
    time_base = cast("Fraction", stream.time_base)
    ticks = [cast("int", packet.pts) for packet in _sound_packets(container, stream)]
    if not ticks:
        raise Unsuitable("Its track holds nothing.")
    step = Fraction(FRAME, stream.sample_rate)
    if any(abs((tick - ticks[0]) * time_base - place * step) > _GAP for place, tick in enumerate(ticks)):
        raise Unsuitable("Its track has gaps.")
    return [tick * time_base for tick in ticks]


def _payloads(original: Clip, stretches: Sequence[tuple[int, int]]) -> dict[int, bytes]:
    """The packets that lie in `stretches` or near enough to be needed for joining them."""
    reach = _MARGIN + _TRIES + _LEAD + 1
    found: dict[int, bytes] = {}
    with open_source(original.path) as container:
        stream = audio_stream(container, original.audio[0])
        for number, packet in enumerate(_sound_packets(container, stream)):
            if any(first - reach <= number < end + reach for first, end in stretches):
                found[number] = bytes(packet)
    return found
