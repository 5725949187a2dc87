"""Puts kept takes back into their original: the file that the person gets."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from heapq import merge
from pathlib import Path
from typing import cast

import av
from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.stream import Stream

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.job import Progress
from retake_desktop.media.encode import writing_errors
from retake_desktop.media.kept_take import KeptTake as KeptTake
from retake_desktop.media.source import open_source
from retake_desktop.media.splice_picture import PictureEncoder
from retake_desktop.media.splice_sound import SoundEncoder

_FORMATS = {".mp4": "mp4", ".m4v": "mp4", ".mov": "mov", ".mkv": "matroska"}
_MP4_PICTURE = {"h264", "hevc", "av1", "vp9", "mpeg4", "mpeg2video"}
_MP4_SOUND = {"aac", "mp3", "ac3", "eac3", "opus", "alac", "flac"}
_LATE_START = Fraction(1, 2)
"""Seconds. Containers that begin later (TS and camera recordings do) are moved to 0, with everything in them."""


class SpliceMethod(StrEnum):
    LOSSLESS = "lossless"
    REENCODED = "reencoded"


@dataclass(frozen=True, slots=True)
class SpliceReport:
    """What was done: `frames_untouched` are bit for bit the original's; `reason` is a sentence for the person."""

    output: str
    frames_total: int
    frames_untouched: int
    method: SpliceMethod
    reason: str


def suffix_for(original: Clip) -> str:
    """The file name suffix, and so the container, that a spliced file of this original should have."""
    suffix = Path(original.path).suffix.lower()
    if suffix in _FORMATS:
        return suffix
    sounds = {track.codec for track in original.audio}
    if any(codec.startswith("pcm_") for codec in sounds):
        return ".mov"
    fits_mp4 = suffix != ".webm" and original.codec in _MP4_PICTURE and sounds <= _MP4_SOUND
    return ".mp4" if fits_mp4 else ".mkv"


def splice(
    original: Clip,
    takes: Sequence[KeptTake],
    output: str,
    on_progress: Callable[[Progress], None],
    *,
    free_bytes: Callable[[str], int] = lambda folder: shutil.disk_usage(folder).free,
) -> SpliceReport:
    """Writes `original` with all `takes` in it to `output` (.mp4, .mov, .m4v, .mkv); later takes win.

    Frame count, frame times, size and colours stay the original's; seams lie on the frame boundaries nearest to the
    spans' ends. What no take replaces is copied: all pictures when only sound is replaced, all sound when only
    pictures are. `output` appears complete or not at all. `on_progress` counts frames.
    Raises RetakeError: INVALID_REQUEST (nothing to do, the original itself, unknown suffix, a take that is too
    short), NO_SPACE, FILE_TROUBLE, MEDIA_FAILED.
    """
    _check(original, takes, output)
    picture = [take for take in takes if take.mode.replaces_picture]
    sound = [take for take in takes if take.mode.replaces_sound and take.result.audio] if original.audio else []
    _check_space(original, output, free_bytes, factor=3 if picture else 1)
    part = f"{output}.part"
    try:
        with writing_errors("splicing the video"):
            _write(original, picture, sound, part, on_progress)
            _check_times(original, part)
            _settle(part, output)
    finally:
        Path(part).unlink(missing_ok=True)
    return _report(original, output, picture=bool(picture), sound=bool(sound))


def _check(original: Clip, takes: Sequence[KeptTake], output: str) -> None:
    if not takes:
        raise RetakeError(ErrorKind.INVALID_REQUEST, "There is no take to put into the original.")
    if Path(output).suffix.lower() not in _FORMATS:
        raise RetakeError(ErrorKind.INVALID_REQUEST, f"The name must end in one of {', '.join(_FORMATS)}.")
    for path in (original.path, *(take.result.path for take in takes)):
        if Path(output).exists() and Path(path).exists() and Path(output).samefile(path):
            raise RetakeError(ErrorKind.INVALID_REQUEST, "The new file cannot replace a file that it is made from.")
    for take in takes:
        end = take.window.to_result(min(take.span.end, original.duration))
        if end > take.result.duration + Fraction(1, 2):
            raise RetakeError(ErrorKind.INVALID_REQUEST, "The take ends before the selection does.")


def _check_space(original: Clip, output: str, free_bytes: Callable[[str], int], factor: int) -> None:
    """An estimate: high quality makes a new file of up to about three times an ordinary original."""
    try:
        free = free_bytes(str(Path(output).absolute().parent))
    except OSError as error:
        raise RetakeError(ErrorKind.FILE_TROUBLE, "the folder for the new file is not there") from error
    needed = original.size_bytes * factor
    if free < needed:
        raise RetakeError(ErrorKind.NO_SPACE, f"about {needed >> 20} MB are needed, {free >> 20} MB are free")


def _write(
    original: Clip,
    picture: Sequence[KeptTake],
    sound: Sequence[KeptTake],
    part: str,
    on_progress: Callable[[Progress], None],
) -> None:
    name = _FORMATS[Path(part.removesuffix(".part")).suffix.lower()]
    options = {"movflags": "faststart"} if name != "matroska" else {}
    with open_source(original.path) as source, av.open(part, "w", format=name, options=options) as target:
        shift = _shift(source)
        target.metadata.update(source.metadata)
        copied: dict[int, Stream] = {}
        flows: list[Iterator[Packet[Stream]]] = []
        for stream in source.streams:
            if stream.index == original.video_index and picture:
                flows.append(PictureEncoder(original, picture, stream, target, shift).packets())
            elif original.audio and stream.index == original.audio[0].index and sound:
                flows.append(SoundEncoder(original, sound, stream, target, shift).packets())
            elif _is_kept(stream, original):
                copied[stream.index] = _copied_stream(target, stream)
        target.set_chapters(source.chapters())
        flows.append(_copied_packets(source, copied, shift))
        _mux(target, merge(*flows, key=_decoding_time), original, on_progress)


def _is_kept(stream: Stream, original: Clip) -> bool:
    """Other pictures (covers, second cameras) and data tracks are left out: few containers take them all."""
    return stream.index == original.video_index or stream.type in ("audio", "subtitle")


def _copied_stream(target: OutputContainer, stream: Stream) -> Stream:
    copy = target.add_stream_from_template(stream)
    copy.metadata.update(stream.metadata)
    copy.disposition = stream.disposition
    return copy


def _shift(source: InputContainer) -> Fraction:
    start = Fraction(source.start_time or 0, av.time_base)
    return start if start > _LATE_START else Fraction(0)


def _copied_packets(source: InputContainer, copied: dict[int, Stream], shift: Fraction) -> Iterator[Packet[Stream]]:
    if not copied:
        return
    streams = [stream for stream in source.streams if stream.index in copied]
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
        if packet.size == 0 or (packet.dts is None and packet.pts is None):
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


def _decoding_time(packet: Packet[Stream]) -> Fraction:
    return (packet.dts or 0) * packet.time_base


def _mux(
    target: OutputContainer,
    packets: Iterator[Packet[Stream]],
    original: Clip,
    on_progress: Callable[[Progress], None],
) -> None:
    done = 0
    for packet in packets:
        is_picture = packet.stream.type == "video"
        target.mux_one(packet)
        if is_picture:
            done += 1
            on_progress(Progress(done, len(original.frames)))


def _check_times(original: Clip, part: str) -> None:
    """Every frame of the original must be there, at its time, before the new file gets its name."""
    with open_source(part) as container:
        stream = container.streams.video[0]
        time_base = cast("Fraction", stream.time_base)
        shown = (p.pts for p in container.demux(stream) if p.pts is not None and p.size and not p.is_discard)
        ticks = sorted(shown)
    frames = original.frames
    tolerance = time_base + frames.time_base
    right = len(ticks) == len(frames) and all(
        abs((tick - ticks[0]) * time_base - frames.start_of(index)) <= tolerance for index, tick in enumerate(ticks)
    )
    if not right:
        raise RetakeError(
            ErrorKind.MEDIA_FAILED, f"the new file has {len(ticks)} frames, or other times, for {len(frames)}"
        )


def _settle(part: str, output: str) -> None:
    with Path(part).open("rb") as file:
        os.fsync(file.fileno())
    Path(part).replace(output)


def _report(original: Clip, output: str, *, picture: bool, sound: bool) -> SpliceReport:
    total = len(original.frames)
    if picture:
        reason = "The whole picture was encoded once more, at high quality."
        return SpliceReport(output, total, 0, SpliceMethod.REENCODED, reason)
    reason = "Only sound was replaced; every picture was copied as it is."
    if not sound:
        reason = "There was no sound to replace; everything was copied as it is."
    return SpliceReport(output, total, total, SpliceMethod.LOSSLESS, reason)
