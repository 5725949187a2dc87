"""Codes a stretch of pictures so that its packets fit between copied ones of the same stream."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from av.codec.context import CodecContext, Flags
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from retake_desktop.domain.clip import Clip
from retake_desktop.media.gop import CodedOrder, Unsuitable
from retake_desktop.media.hevc_ids import HevcIds, free_ids, renumbered
from retake_desktop.media.nal import ANNEX_B, Codec
from retake_desktop.media.parameter_sets import AVC_PPS, AVC_SPS, HEVC_PPS, HEVC_SPS, HEVC_VPS

_AVC_IDS = range(32)
_AVC_PROFILES = {66: "baseline", 77: "main"}
_AVC_SETS = {AVC_SPS, AVC_PPS}
_HEVC_SETS = {HEVC_VPS, HEVC_SPS, HEVC_PPS}
_LONGEST_GOP = 250


@dataclass(frozen=True, slots=True)
class CodedPicture:
    """NAL units of one picture; `place` is its place in the stretch, in order of display."""

    units: tuple[bytes, ...]
    place: int
    is_key: bool


class StretchEncoder:
    """Encodes stretches of `original` with parameter sets that clash with none of the stream's own.

    `sets` are these parameter sets, known before anything is encoded. Raises Unsuitable when there is no free id or
    the encoder refuses the picture.
    """

    def __init__(self, original: Clip, source: VideoStream, order: CodedOrder) -> None:
        self._original = original
        self._source = source
        self._order = order
        # Only where the stream has decoding times ahead of display anyway.
        self._bframes = 2 if order.reorders else 0
        self._codec: Codec = "h264" if original.codec == "h264" else "hevc"
        self._avc_id = 0
        self._hevc_ids: HevcIds | None = None
        self._choose_ids()
        self.sets = self._sets_of(self._opened())

    def packets(self, pictures: Iterator[VideoFrame]) -> Iterator[CodedPicture]:
        """The coded pictures in coded order; frames come in order of display."""
        context = self._opened()
        if self._sets_of(context) != self.sets:
            raise Unsuitable("The encoder describes its pictures differently from one stretch to the next.")
        for place, frame in enumerate(pictures):
            frame.pts, frame.time_base = place, context.time_base
            # A decoded frame still says I, P or B; the encoder would obey it.
            frame.pict_type = 0
            yield from self._coded(context, frame)
        yield from self._coded(context, None)

    def _coded(self, context: VideoCodecContext, frame: VideoFrame | None) -> Iterator[CodedPicture]:
        for packet in context.encode(frame):
            units = tuple(self._renumbered(unit) for unit in ANNEX_B.units(bytes(packet)))
            yield CodedPicture(units, packet.pts or 0, packet.is_keyframe)

    def _choose_ids(self) -> None:
        used = self._order.ids
        if self._codec == "hevc":
            self._hevc_ids = free_ids(used)
            if self._hevc_ids is None:
                raise Unsuitable("It uses all ids that a new parameter set could have.")
            return
        number = next((number for number in _AVC_IDS if number not in used.sps | used.pps), None)
        if number is None:
            raise Unsuitable("It uses all ids that a new parameter set could have.")
        self._avc_id = number

    def _renumbered(self, unit: bytes) -> bytes:
        return renumbered(unit, self._hevc_ids) if self._hevc_ids else unit

    def _sets_of(self, context: VideoCodecContext) -> tuple[bytes, ...]:
        units = ANNEX_B.units(bytes(context.extradata or b""))
        if self._codec == "h264":
            return tuple(unit for unit in units if unit[0] & 31 in _AVC_SETS)
        return tuple(self._renumbered(unit) for unit in units if unit[0] >> 1 & 63 in _HEVC_SETS)

    def _opened(self) -> VideoCodecContext:
        name = "libx264" if self._codec == "h264" else "libx265"
        context = cast("VideoCodecContext", CodecContext.create(name, "w"))
        context.width, context.height = self._original.coded_width, self._original.coded_height
        context.pix_fmt = self._original.pixel_format
        rate = self._original.frame_rate.limit_denominator(1 << 20)
        context.framerate, context.time_base = rate, Fraction(rate.denominator, rate.numerator)
        context.sample_aspect_ratio = self._original.pixel_aspect
        own = self._source.codec_context
        context.color_range, context.colorspace = own.color_range, own.colorspace
        context.color_trc, context.color_primaries = own.color_trc, own.color_primaries
        context.flags |= Flags.global_header
        context.options = self._avc_options() if self._codec == "h264" else self._hevc_options()
        context.open()
        return context

    def _avc_options(self) -> dict[str, str]:
        used = self._order.ids
        params = f"sps-id={self._avc_id}:keyint={_LONGEST_GOP}:scenecut=0:b-pyramid=none:bframes={self._bframes}"
        profile = _AVC_PROFILES.get(used.profile, "high")
        # Captions are put in again as they were, with everything else that stands beside a picture.
        return {"preset": "faster", "crf": "14", "profile": profile, "x264-params": params, "a53cc": "0"}

    def _hevc_options(self) -> dict[str, str]:
        params = f"log-level=none:crf=15:keyint={_LONGEST_GOP}:scenecut=0:open-gop=0:b-pyramid=0:info=0"
        return {"preset": "fast", "x265-params": f"{params}:bframes={self._bframes}"}
