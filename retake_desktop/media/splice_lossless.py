"""The spliced file's picture where most of it is copied: packets of the original with newly coded stretches between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import islice
from typing import cast
from zlib import crc32

from av.container import OutputContainer
from av.packet import Packet
from av.stream import Stream
from av.video.stream import VideoStream

from retake_desktop.domain.clip import Clip
from retake_desktop.media.beside import Around
from retake_desktop.media.gop import Coded, Cut, Unsuitable, coded_packets
from retake_desktop.media.hevc_ids import as_broken_link
from retake_desktop.media.kept_take import KeptTake
from retake_desktop.media.nal import ANNEX_B, Codec, Form
from retake_desktop.media.new_pictures import NewPictures
from retake_desktop.media.parameter_sets import with_sets
from retake_desktop.media.source import open_source, video_stream
from retake_desktop.media.splice_plan import LosslessWay
from retake_desktop.media.splice_target import copied_stream
from retake_desktop.media.stretch import CodedPicture, StretchEncoder

_NO_PICTURE_DATA = {"h264": {7, 8, 9, 12}, "hevc": {32, 33, 34, 35, 36, 38}}
"""NAL unit types that muxers may add or leave out: parameter sets, delimiters, end of sequence, filler."""


class LosslessPicture:
    """Copies `original`'s packets as `way` says and codes the rest. `sums` then holds a checksum for each copied
    packet, None for each new one, in coded order."""

    def __init__(
        self,
        original: Clip,
        takes: Sequence[KeptTake],
        way: LosslessWay,
        stream: VideoStream,
        target: OutputContainer,
        shift: Fraction,
    ) -> None:
        self._original = original
        self._way = way
        self._codec: Codec = "h264" if original.codec == "h264" else "hevc"
        self._encoder = StretchEncoder(original, stream, way.order)
        self._pictures = NewPictures(original, takes, original.pixel_format)
        self._in_band = target.format.name == "mpegts" and way.order.form == ANNEX_B
        self._time_base = original.frames.time_base
        self._shift = round(shift / self._time_base)
        self._stream = copied_stream(target, stream)
        try:
            extradata = with_sets(self._codec, bytes(stream.codec_context.extradata or b""), self._encoder.sets)
        except (ValueError, IndexError) as error:
            raise Unsuitable(f"Its headers have no room for new ones ({error}).") from error
        cast("VideoStream", self._stream).codec_context.extradata = extradata
        self.sums: list[int | None] = []

    def packets(self) -> Iterator[Packet[Stream]]:
        """The picture's packets in coded order."""
        with open_source(self._original.path) as container:
            source = container.demux(video_stream(container, self._original))
            packets = enumerate(coded_packets(cast("Iterator[Packet[Stream]]", source)))
            before: Cut | None = None
            for cut in self._way.cuts:
                yield from self._copied(packets, before, cut.stop)
                yield from self._coded(cut, before)
                before = cut
            yield from self._copied(packets, before, len(self._way.order.rows))

    def _copied(
        self, packets: Iterator[tuple[int, Packet[Stream]]], before: Cut | None, stop: int
    ) -> Iterator[Packet[Stream]]:
        """What is copied between the stretch `before` and packet `stop`."""
        rows = self._way.order.rows
        start = 0 if before is None else before.resume
        if start is None or start >= stop:
            return
        for number, packet in packets:
            if number >= start and not (before and number in before.dropped):
                if packet.pts != rows[number].pts:
                    raise Unsuitable("It was read differently the second time.")
                is_marked = before is not None and before.breaks_link and number == start
                copy = self._marked(packet) if is_marked else packet
                self.sums.append(checksum(self._codec, self._way.order.form, bytes(copy)))
                copy.pts, copy.dts = rows[number].pts - self._shift, rows[number].dts - self._shift
                copy.stream = self._stream
                yield copy
            if number == stop - 1:
                return

    def _marked(self, packet: Packet[Stream]) -> Packet[Stream]:
        form = self._way.order.form
        marked: Packet[Stream] = Packet(form.packed(as_broken_link(unit) for unit in form.units(bytes(packet))))
        marked.time_base, marked.duration, marked.is_keyframe = packet.time_base, packet.duration, True
        return marked

    def _coded(self, cut: Cut, before: Cut | None) -> Iterator[Packet[Stream]]:
        slots = decoding_times(self._way.order.rows, cut, before.dropped if before else frozenset())
        coded = self._encoder.packets(self._pictures.between(cut.first, cut.end))
        beside = self._beside(cut)
        lasting = self._way.order.beside.lasting_at(cut.stop)
        for slot, picture in zip(slots, coded, strict=True):
            frame = cut.first + picture.place
            around = beside.get(frame, Around())
            packet = self._packet(picture, frame, (*lasting * picture.is_key, *around.before), around.behind)
            packet.dts = slot - self._shift
            if packet.dts > (packet.pts or 0):
                raise Unsuitable("Its decoding times leave no room for the new pictures' order.")
            self.sums.append(None)
            yield packet

    def _beside(self, cut: Cut) -> dict[int, Around]:
        """What stood beside the pictures of a stretch, by their frames."""
        order = self._way.order
        if not order.beside.is_with_pictures:
            return {}
        end = len(order.rows) if cut.resume is None else cut.resume + 1 + len(cut.dropped)
        with open_source(self._original.path) as container:
            source = container.demux(video_stream(container, self._original))
            packets = islice(coded_packets(cast("Iterator[Packet[Stream]]", source)), cut.stop, end)
            rows = zip(order.rows[cut.stop : end], packets, strict=True)
            return {
                row.frame: order.beside.around(order.form, bytes(packet))
                for row, packet in rows
                if row.frame is not None
            }

    def _packet(
        self, picture: CodedPicture, frame: int, before: tuple[bytes, ...], behind: tuple[bytes, ...]
    ) -> Packet[Stream]:
        sets = self._encoder.sets if self._in_band and picture.is_key else ()
        packet: Packet[Stream] = Packet(self._way.order.form.packed((*sets, *before, *picture.units, *behind)))
        frames = self._original.frames
        origin = round(self._original.origin / self._time_base) - self._shift
        end = frames.end if frame + 1 == len(frames) else frames.ticks[frame + 1]
        packet.time_base = self._time_base
        packet.pts, packet.duration = origin + frames.ticks[frame], end - frames.ticks[frame]
        packet.is_keyframe = picture.is_key
        packet.stream = self._stream
        return packet


def decoding_times(rows: Sequence[Coded], cut: Cut, skipped: frozenset[int]) -> list[int]:
    """One for each new picture, in ticks: those of the packets that they stand for.

    Pictures that came after the packet at which copying starts again get theirs squeezed in before it.
    """
    resume = len(rows) if cut.resume is None else cut.resume
    count = cut.end - cut.first
    slots = [rows[place].dts for place in range(cut.stop, resume) if place not in skipped][-count:]
    missing = count - len(slots)
    if missing:
        last, limit = rows[resume - 1].dts, rows[resume].dts
        slots += [last + (limit - last) * (place + 1) // (missing + 1) for place in range(missing)]
    return slots


def checksum(codec: Codec, form: Form, payload: bytes) -> int:
    """Of what a packet holds apart from headers, however its container forms it. Raises ValueError."""
    total = 0
    for unit in form.units(payload):
        number = unit[0] & 31 if codec == "h264" else unit[0] >> 1 & 63
        if number not in _NO_PICTURE_DATA[codec]:
            total = crc32(unit, total)
    return total
