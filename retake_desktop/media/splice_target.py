"""The container of a spliced film: which one, with which options, and the streams that are copied into it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.stream import Disposition, Stream

from retake_desktop.domain.clip import Clip

FORMATS = {
    ".mp4": "mp4", ".m4v": "mp4", ".mov": "mov", ".mkv": "matroska", ".ts": "mpegts", ".m2ts": "mpegts",
    ".mts": "mpegts",
}  # fmt: skip
"""File name suffixes of spliced films, with FFmpeg's names of their containers."""
_MP4_PICTURE = {"h264", "hevc", "av1", "vp9", "mpeg4", "mpeg2video"}
_MP4_SOUND = {"aac", "mp3", "ac3", "eac3", "opus", "alac", "flac"}
_LATE_START = Fraction(1, 2)
"""Seconds. Recordings that begin later are moved to 0, with everything in them, where they leave MPEG-TS."""
_BRANDS = {"major_brand", "minor_version", "compatible_brands"}
_PMT_IDS = {0x100, 0x1000}
"""Ids that FFmpeg's MPEG-TS muxer gives to its own table, in a plain stream or on a camera's card."""
_HEVC_TAGS = {"hvc1", "hev1"}


def suffix_for(original: Clip) -> str:
    """The file name suffix, and so the container, that a spliced file of this original should have."""
    suffix = Path(original.path).suffix.lower()
    if suffix in FORMATS:
        return suffix
    sounds = {track.codec for track in original.audio}
    if any(codec.startswith("pcm_") for codec in sounds):
        return ".mov"
    fits_mp4 = suffix != ".webm" and original.codec in _MP4_PICTURE and sounds <= _MP4_SOUND
    return ".mp4" if fits_mp4 else ".mkv"


def open_target(part: str, suffix: str, source: InputContainer) -> OutputContainer:
    """The new file, with `source`'s metadata and chapters."""
    target = av.open(part, "w", format=FORMATS[suffix], options=_options(suffix, source))
    target.metadata.update({key: value for key, value in source.metadata.items() if key not in _BRANDS})
    target.set_chapters(source.chapters())
    return target


def _options(suffix: str, source: InputContainer) -> dict[str, str]:
    if FORMATS[suffix] == "mpegts":
        return {"mpegts_copyts": "1", "mpegts_m2ts_mode": "0" if suffix == ".ts" else "1"}
    if FORMATS[suffix] == "matroska":
        return {}
    flags = "faststart"
    if any(key.startswith("com.") for key in source.metadata):
        # What phones write (com.apple.quicktime.*) is kept in this form only.
        flags += "+use_metadata_tags"
    return {"movflags": flags}


def shift_of(source: InputContainer, target: OutputContainer) -> Fraction:
    """Seconds by which all times of `source` move down in `target`."""
    start = Fraction(source.start_time or 0, av.time_base)
    return start if start > _LATE_START and target.format.name != "mpegts" else Fraction(0)


def copied_stream(target: OutputContainer, stream: Stream) -> Stream:
    """A stream of `target` for packets of `stream`. Raises ValueError where the container does not take it."""
    copy = target.add_stream_from_template(stream)
    copy.metadata.update(stream.metadata)
    copy.disposition = stream.disposition
    if target.format.name == "mpegts" and not _PMT_IDS & {other.id for other in stream.container.streams}:
        copy.id = stream.id
    if stream.type == "video" and target.format.name in ("mp4", "mov"):
        _keep_tag(copy, stream)
    return copy


def _keep_tag(copy: Stream, stream: Stream) -> None:
    """Players of one kind take only "hvc1", which the muxer would not choose by itself."""
    context = copy.codec_context
    if stream.codec_context.codec.canonical_name == "hevc":
        tag = stream.codec_context.codec_tag
        context.codec_tag = tag if tag in _HEVC_TAGS else "hvc1"


def is_copied(stream: Stream, target: OutputContainer) -> bool:
    """Whether a stream other than the picture goes into the new file: sound, subtitles, covers, attached fonts.

    A start timecode travels as metadata; other data tracks have no place that all containers know.
    """
    if stream.type in ("audio", "subtitle"):
        return True
    if stream.type == "attachment":
        return target.format.name == "matroska"
    is_cover = stream.type == "video" and bool(stream.disposition & Disposition.attached_pic)
    return is_cover and target.format.name in ("mp4", "mov")


def copied_packets(source: InputContainer, copied: dict[int, Stream], shift: Fraction) -> Iterator[Packet[Stream]]:
    """The packets of the streams `copied` (by their index in `source`), moved to their new streams."""
    streams = [stream for stream in source.streams if stream.index in copied and stream.type != "attachment"]
    if not streams:
        return
    for packet in _with_decoding_times(source.demux(*streams)):
        offset = round(shift / packet.time_base)
        packet.dts = packet.dts - offset if packet.dts is not None else None
        packet.pts = packet.pts - offset if packet.pts is not None else None
        packet.stream = copied[packet.stream_index]
        yield packet


def _with_decoding_times(packets: Iterator[Packet[Stream]]) -> Iterator[Packet[Stream]]:
    """Gives a stream's first packets the decoding times that MKV does not store, counted back from the first known."""
    waiting: dict[int, list[Packet[Stream]]] = {}
    for packet in packets:
        if packet.size == 0:
            continue
        if packet.dts is None and packet.pts is None:
            if packet.stream.disposition & Disposition.attached_pic:
                yield packet
            continue
        early = waiting.setdefault(packet.stream_index, [])
        if packet.dts is None:
            early.append(packet)
            continue
        for place, held in enumerate(early):
            held.dts = packet.dts - (len(early) - place) * max(1, packet.duration or 0)
        yield from early
        early.clear()
        yield packet
    for early in waiting.values():
        for held in early:
            held.dts = held.pts
        yield from early
