"""Decides, before anything is written, which frames a splice codes anew and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind
from retake_desktop.media.gop import CodedOrder, Cut, Unsuitable, cuts_around, read_coded_order
from retake_desktop.media.kept_take import KeptTake
from retake_desktop.media.source import media_errors, open_source, video_stream
from retake_desktop.media.splice_report import SpliceMethod, SplicePlan, Stretch
from retake_desktop.media.stretch import StretchEncoder

_PIXEL_FORMATS = {"h264": {"yuv420p", "yuvj420p"}, "hevc": {"yuv420p", "yuvj420p", "yuv420p10le"}}
_NAMES = {"h264": "H.264", "hevc": "HEVC", "vp9": "VP9", "av1": "AV1", "mpeg4": "MPEG-4 Part 2", "prores": "ProRes",
          "mpeg2video": "MPEG-2", "vp8": "VP8", "mjpeg": "Motion JPEG", "dnxhd": "DNxHD"}  # fmt: skip
_CONTAINERS = ("mp4", "matroska", "mpegts")
_AVC_PROFILES = {66, 77, 100}


@dataclass(frozen=True, slots=True)
class LosslessWay:
    """What a copy with new stretches in it needs to know of its original."""

    order: CodedOrder
    cuts: tuple[Cut, ...]


def plan(original: Clip, takes: Sequence[KeptTake]) -> SplicePlan:
    """Which frames of `original` putting `takes` into it will code anew; nothing is written.

    Costs a pass over the file's packets. Raises RetakeError(FILE_TROUBLE | MEDIA_FAILED).
    """
    with media_errors(ErrorKind.MEDIA_FAILED, "looking at the original's frames failed"):
        return planned(original, takes)[0]


def planned(original: Clip, takes: Sequence[KeptTake]) -> tuple[SplicePlan, LosslessWay | None]:
    """The plan, and how to carry it out where most packets can be copied. Raises as `plan`, and what PyAV raises."""
    total = len(original.frames)
    picture = [take for take in takes if take.mode.replaces_picture]
    if not picture:
        return SplicePlan(total, total, SpliceMethod.LOSSLESS, "Every picture is copied as it is."), None
    try:
        way = _way(original, picture)
    except Unsuitable as why:
        return encoded_whole(original, picture, str(why)), None
    touched = [take.touched(original.frames) for take in picture]
    stretches = tuple(_stretch(cut, touched, total) for cut in way.cuts)
    coded = sum(stretch.end - stretch.first for stretch in stretches)
    if coded == total:
        why_all = "There is no place in it where copying could stop or start again."
        return encoded_whole(original, picture, why_all), None
    frames = "1 frame is" if coded == 1 else f"{coded:,} frames are"
    reason = f"{frames} encoded, for the new moment and to its next seam; all others are copied as they are."
    return SplicePlan(total, total - coded, SpliceMethod.LOSSLESS, reason + _colours(original, picture), stretches), way


def encoded_whole(original: Clip, takes: Sequence[KeptTake], why: str) -> SplicePlan:
    """The plan where no picture can be copied."""
    total = len(original.frames)
    reason = f"The whole picture is encoded once more, at high quality. {why}"
    touched = [take.touched(original.frames) for take in takes]
    moment = min(first for first, _ in touched), max(end for _, end in touched)
    return SplicePlan(
        total, 0, SpliceMethod.REENCODED, reason + _colours(original, takes), (Stretch(0, total, *moment, why),)
    )


def _way(original: Clip, takes: Sequence[KeptTake]) -> LosslessWay:
    """Raises Unsuitable where the pictures around the takes cannot be copied."""
    if original.codec not in _PIXEL_FORMATS:
        name = _NAMES.get(original.codec, original.codec)
        raise Unsuitable(f"Only H.264 and HEVC can be joined without that; this is {name}.")
    if original.pixel_format not in _PIXEL_FORMATS[original.codec]:
        raise Unsuitable(f"Its pixels ({original.pixel_format}) are not the 4:2:0 that can be joined without that.")
    if not any(name in original.container for name in _CONTAINERS):
        raise Unsuitable("Its container is none whose packets can be copied safely.")
    if original.coded_width % 2 or original.coded_height % 2:
        raise Unsuitable("Its size is odd, which the encoder does not take.")
    order = read_coded_order(original, "h264" if original.codec == "h264" else "hevc")
    _check_kind(original, order)
    way = LosslessWay(order, tuple(cuts_around(order, [take.touched(original.frames) for take in takes])))
    _check_encoder(original, way)
    return way


def _check_kind(original: Clip, order: CodedOrder) -> None:
    if original.codec == "hevc":
        if order.ids.layered:
            raise Unsuitable("It holds a second layer (spatial video).")
        return
    if order.ids.interlaced:
        raise Unsuitable("It is interlaced.")
    if order.ids.profile not in _AVC_PROFILES:
        raise Unsuitable(f"Its profile ({order.ids.profile}) is none that the encoder can match.")


def _check_encoder(original: Clip, way: LosslessWay) -> None:
    with open_source(original.path) as container:
        StretchEncoder(original, video_stream(container, original), way.order)


def _stretch(cut: Cut, touched: Sequence[tuple[int, int]], total: int) -> Stretch:
    inside = [(first, end) for first, end in touched if cut.first <= first < cut.end]
    moment = min(first for first, _ in inside), max(end for _, end in inside)
    before = "with the new moment" if cut.first == moment[0] else "where nothing copied needs what is replaced"
    after = "ends where the next copied picture needs nothing before it"
    if cut.resume is None:
        nothing_later = moment[1] < total
        after = "ends with the film" + (", since no later picture can be decoded without earlier ones" * nothing_later)
    return Stretch(cut.first, cut.end, *moment, f"It begins {before} and {after}.")


def _colours(original: Clip, takes: Sequence[KeptTake]) -> str:
    if original.colour.is_hdr and not all(take.result.colour.is_hdr for take in takes):
        return " The new moment came back in standard range and is converted to the original's HDR colours."
    return ""
