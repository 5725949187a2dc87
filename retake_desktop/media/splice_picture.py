"""The spliced file's picture where nothing of it can be copied: all frames are encoded once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import cast

from av.container import OutputContainer
from av.packet import Packet
from av.stream import Stream
from av.video.stream import VideoStream

from retake_desktop.domain.clip import Clip
from retake_desktop.media.decoding import held_frames
from retake_desktop.media.hdr_levels import x265_levels
from retake_desktop.media.kept_take import KeptTake
from retake_desktop.media.new_pictures import NewPictures

_X264 = {"preset": "faster", "crf": "14"}
_X265 = {"preset": "fast", "x265-params": "log-level=none:crf=15"}
_X264_FORMATS = {"yuv420p", "yuvj420p", "yuv422p", "yuvj422p", "yuv444p", "yuvj444p"}
_X265_FORMATS = {"yuv420p", "yuv420p10le", "yuv422p10le", "yuv444p10le", "yuv420p12le", "yuv422p12le"}


class PictureEncoder:
    """Encodes every frame of `original` at its own time; those that a take replaces come from the take.

    Size, rotation mark, pixel shape, pixel format, colour tags and HDR10's levels stay as they are. HEVC and
    deeper colours than 8 bit become HEVC, everything else H.264.
    """

    def __init__(
        self, original: Clip, takes: Sequence[KeptTake], stream: Stream, target: OutputContainer, shift: Fraction
    ) -> None:
        self._original = original
        source = cast("VideoStream", stream)
        self._time_base = source.time_base or original.frames.time_base
        self._offset = round((original.origin - shift) / self._time_base)
        self._hevc = original.codec == "hevc" or original.bit_depth > 8
        self._pixel_format = _pixel_format(original, hevc=self._hevc)
        self._pictures = NewPictures(original, takes, self._pixel_format)
        self._stream = self._add_stream(source, target)

    def packets(self) -> Iterator[Packet[Stream]]:
        """The encoded picture, in decoding order."""
        frames = self._original.frames
        ticks = [round(frames.start_of(i) / self._time_base) + self._offset for i in range(len(frames) + 1)]
        durations = {begin: end - begin for begin, end in pairwise(ticks)}
        for tick, frame in zip(ticks, self._pictures.between(0, len(frames)), strict=False):
            frame.pts, frame.time_base = tick, self._time_base
            # A decoded frame still says I, P or B; the encoder would obey it.
            frame.pict_type = 0
            yield from _timed(self._stream.encode(frame), durations)
        yield from _timed(self._stream.encode(None), durations)

    def _add_stream(self, source: VideoStream, target: OutputContainer) -> VideoStream:
        options = self._hevc_options() if self._hevc else _X264
        rate = self._original.frame_rate.limit_denominator(1 << 20)
        stream = target.add_stream("libx265" if self._hevc else "libx264", rate=rate, options=options)
        # 4:2:0 knows no odd sizes; the last column or row goes.
        stream.width, stream.height = self._original.coded_width & ~1, self._original.coded_height & ~1
        stream.pix_fmt = self._pixel_format
        context, own = stream.codec_context, source.codec_context
        context.time_base = self._time_base
        context.sample_aspect_ratio = self._original.pixel_aspect
        context.color_range, context.colorspace = own.color_range, own.colorspace
        context.color_trc, context.color_primaries = own.color_trc, own.color_primaries
        if self._hevc and target.format.name in ("mp4", "mov"):
            context.codec_tag = "hvc1"
        if self._original.rotation:
            stream.set_display_rotation(-self._original.rotation)
        stream.metadata.update(source.metadata)
        return stream

    def _hevc_options(self) -> dict[str, str]:
        first = next(held_frames(self._original, [0]))
        return {**_X265, "x265-params": _X265["x265-params"] + x265_levels(first)}


def _pixel_format(original: Clip, *, hevc: bool) -> str:
    formats = _X265_FORMATS if hevc else _X264_FORMATS
    if original.pixel_format in formats:
        return original.pixel_format
    return "yuv420p10le" if original.bit_depth > 8 else "yuv420p"


def _timed(packets: list[Packet[VideoStream]], durations: dict[int, int]) -> Iterator[Packet[Stream]]:
    for packet in packets:
        packet.duration = durations.get(packet.pts or 0, 0)
        yield cast("Packet[Stream]", packet)
