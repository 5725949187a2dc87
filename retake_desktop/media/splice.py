"""Puts kept takes back into their original: the file that the person gets."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import merge
from pathlib import Path
from typing import cast

from av.container import OutputContainer
from av.error import FFmpegError
from av.packet import Packet
from av.stream import Stream
from av.video.stream import VideoStream

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.job import Progress
from retake_desktop.media.encode import writing_errors
from retake_desktop.media.gop import Unsuitable
from retake_desktop.media.kept_take import KeptTake as KeptTake
from retake_desktop.media.kept_take import part_of
from retake_desktop.media.source import open_source
from retake_desktop.media.splice_aac import AacJoints, JoinedSound
from retake_desktop.media.splice_check import check_copies, check_seams, check_times
from retake_desktop.media.splice_lossless import LosslessPicture
from retake_desktop.media.splice_picture import PictureEncoder
from retake_desktop.media.splice_plan import LosslessWay, encoded_whole, planned
from retake_desktop.media.splice_plan import plan as plan
from retake_desktop.media.splice_report import SpliceMethod as SpliceMethod
from retake_desktop.media.splice_report import SplicePlan as SplicePlan
from retake_desktop.media.splice_report import SpliceReport as SpliceReport
from retake_desktop.media.splice_report import Stretch as Stretch
from retake_desktop.media.splice_sound import SoundEncoder
from retake_desktop.media.splice_target import FORMATS, copied_packets, copied_stream, is_copied, open_target, shift_of
from retake_desktop.media.splice_target import suffix_for as suffix_for

OnProgress = Callable[[Progress], None]


def splice(
    original: Clip,
    takes: Sequence[KeptTake],
    output: str,
    on_progress: OnProgress,
    *,
    free_bytes: Callable[[str], int] = lambda folder: shutil.disk_usage(folder).free,
) -> SpliceReport:
    """Writes `original` with all `takes` in it to `output` (.mp4, .mov, .m4v, .mkv, .ts, .m2ts); later takes win.

    Frame count, frame times, size and colours stay the original's. Of the picture, only the stretches that the takes
    need are encoded, where the video allows that (`plan` tells); what no take replaces is copied: all pictures when
    only sound is replaced, all sound when only pictures are. `output` appears complete and checked, or not at all.
    `on_progress` counts frames. Raises RetakeError: INVALID_REQUEST (nothing to do, the original itself, unknown
    suffix, a take that is too short), NO_SPACE, FILE_TROUBLE, MEDIA_FAILED.
    """
    _check(original, takes, output)
    picture = [take for take in takes if take.mode.replaces_picture]
    part = str(part_of(output))
    try:
        with writing_errors("splicing the video"):
            the_plan, way = planned(original, takes)
            is_small = the_plan.method is SpliceMethod.LOSSLESS
            _check_space(original, output, free_bytes, factor=1 if is_small else 3)
            sound = _with_sound(original, takes)
            joints, said = _sound_way(original, sound)
            job = _Job(original, picture, sound, joints, part, on_progress)
            the_plan = _written(job, the_plan, way)
            check_times(original, part)
            _settle(part, output)
    finally:
        Path(part).unlink(missing_ok=True)
    return _report(output, the_plan, said)


def _report(output: str, done: SplicePlan, sound: str) -> SpliceReport:
    return SpliceReport(
        output, done.frames_total, done.frames_untouched, done.method, done.reason, done.stretches, sound
    )


def _with_sound(original: Clip, takes: Sequence[KeptTake]) -> list[KeptTake]:
    if not original.audio:
        return []
    return [take for take in takes if take.mode.replaces_sound and take.result.audio]


def _sound_way(original: Clip, takes: Sequence[KeptTake]) -> tuple[AacJoints | None, str]:
    """The new packets of the sound where the others can stay, and what is done as a sentence for the person."""
    if not original.audio:
        return None, "There is no sound."
    if not takes:
        return None, "All sound is copied as it is."
    try:
        joints = AacJoints(original, takes)
    except Unsuitable as why:
        return None, f"The sound is encoded once more, at high quality. {why}"
    part = f"{joints.coded:,} of {joints.count:,}"
    return joints, f"{part} packets of sound are encoded, around the new moment; all others are copied as they are."


def _written(job: _Job, the_plan: SplicePlan, way: LosslessWay | None) -> SplicePlan:
    """What was done. Encodes everything where a splice does not stand up to its check, and says which step failed."""
    try:
        job.write(way)
    except Unsuitable as why:
        reason = str(why)
    except RetakeError as error:
        if way is None or error.kind is not ErrorKind.MEDIA_FAILED or error.__cause__ is not None:
            raise
        reason = f"Copying was tried, but {error.detail}."
    except FFmpegError as error:
        if way is None or isinstance(error, OSError):
            raise
        reason = f"Copying was tried, but FFmpeg refused it ({type(error).__name__})."
    else:
        return the_plan
    job.write(None)
    return encoded_whole(job.original, job.picture, reason)


def _check(original: Clip, takes: Sequence[KeptTake], output: str) -> None:
    if not takes:
        raise RetakeError(ErrorKind.INVALID_REQUEST, "There is no take to put into the original.")
    if Path(output).suffix.lower() not in FORMATS:
        raise RetakeError(ErrorKind.INVALID_REQUEST, f"The name must end in one of {', '.join(FORMATS)}.")
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


@dataclass(frozen=True, slots=True)
class _Job:
    """What is written where; `picture` and `sound` are the takes that replace one or the other."""

    original: Clip
    picture: Sequence[KeptTake]
    sound: Sequence[KeptTake]
    joints: AacJoints | None
    part: str
    on_progress: OnProgress

    def write(self, way: LosslessWay | None) -> None:
        """Writes the film; with `way`, most of the picture is copied, and checked. Raises Unsuitable and others."""
        lossless: LosslessPicture | None = None
        suffix = Path(self.part.removesuffix(".part")).suffix.lower()
        with open_source(self.original.path) as source, open_target(self.part, suffix, source) as target:
            shift = shift_of(source, target)
            copied: dict[int, Stream] = {}
            flows: list[Iterator[Packet[Stream]]] = []
            for stream in source.streams:
                if stream.index == self.original.video_index and self.picture:
                    video = cast("VideoStream", stream)
                    if way:
                        lossless = LosslessPicture(self.original, self.picture, way, video, target, shift)
                    encoder = lossless or PictureEncoder(self.original, self.picture, video, target, shift)
                    flows.append(encoder.packets())
                elif self._is_new_sound(stream) and self.joints:
                    flows.append(JoinedSound(self.original, self.joints, stream, target, shift).packets())
                elif self._is_new_sound(stream):
                    flows.append(SoundEncoder(self.original, self.sound, stream, target, shift).packets())
                elif stream.index == self.original.video_index or is_copied(stream, target):
                    copied[stream.index] = copied_stream(target, stream)
            flows.append(copied_packets(source, copied, shift))
            _mux(target, merge(*flows, key=_decoding_time), self.original, self.on_progress)
        if lossless and way:
            check_copies(self.original, self.part, lossless.sums)
            check_seams(self.original, self.part, way.cuts)

    def _is_new_sound(self, stream: Stream) -> bool:
        return bool(self.sound) and stream.index == self.original.audio[0].index


def _decoding_time(packet: Packet[Stream]) -> Fraction:
    return (packet.dts or 0) * packet.time_base


def _mux(target: OutputContainer, packets: Iterator[Packet[Stream]], original: Clip, on_progress: OnProgress) -> None:
    done = 0
    for packet in packets:
        is_picture = packet.stream.type == "video"
        target.mux_one(packet)
        if is_picture:
            done += 1
            on_progress(Progress(min(done, len(original.frames)), len(original.frames)))


def _settle(part: str, output: str) -> None:
    with Path(part).open("rb") as file:
        os.fsync(file.fileno())
    Path(part).replace(output)
