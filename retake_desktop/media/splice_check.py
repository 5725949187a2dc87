"""Looks at a spliced film before it gets its name: everything there, in its place, and decodable across the seams."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from fractions import Fraction
from typing import cast

from av.packet import Packet
from av.stream import Stream
from av.video.frame import VideoFrame

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.media.exact import ExactFrames
from retake_desktop.media.gop import Cut, coded_packets
from retake_desktop.media.nal import Codec
from retake_desktop.media.parameter_sets import headers_of
from retake_desktop.media.probe import probe
from retake_desktop.media.source import open_source
from retake_desktop.media.splice_lossless import checksum

_BEYOND = 2
"""Copied frames that are decoded and compared after a stretch."""


def check_times(original: Clip, part: str) -> None:
    """Every frame of the original must be there, at its time. Raises RetakeError(MEDIA_FAILED)."""
    with open_source(part) as container:
        stream = container.streams.video[0]
        time_base = cast("Fraction", stream.time_base)
        shown = (p.pts for p in container.demux(stream) if p.pts is not None and p.size and not p.is_discard)
        ticks = sorted(shown)
    frames = original.frames
    hidden = len(ticks) - len(frames)
    ticks = ticks[max(0, hidden) :]
    tolerance = time_base + frames.time_base
    right = len(ticks) == len(frames) and all(
        abs((tick - ticks[0]) * time_base - frames.start_of(index)) <= tolerance for index, tick in enumerate(ticks)
    )
    if not right:
        raise RetakeError(
            ErrorKind.MEDIA_FAILED, f"the new file has {len(ticks)} frames, or other times, for {len(frames)}"
        )


def check_copies(original: Clip, part: str, sums: Sequence[int | None]) -> None:
    """The copied packets must be there bit for bit, in their order. Raises RetakeError(MEDIA_FAILED)."""
    codec: Codec = "h264" if original.codec == "h264" else "hevc"
    with open_source(part) as container:
        stream = container.streams.video[0]
        form = headers_of(codec, bytes(stream.codec_context.extradata or b"")).form
        packets = coded_packets(cast("Iterator[Packet[Stream]]", container.demux(stream)))
        found = 0
        for wanted, packet in zip(sums, packets, strict=False):
            found += 1
            if wanted is not None and checksum(codec, form, bytes(packet)) != wanted:
                raise RetakeError(ErrorKind.MEDIA_FAILED, "a copied frame differs from the original's")
        if found != len(sums) or next(packets, None) is not None:
            raise RetakeError(ErrorKind.MEDIA_FAILED, "frames are missing")


def check_seams(original: Clip, part: str, cuts: Sequence[Cut]) -> None:
    """All stretches must decode, and the copied frames at their ends must look as they did.

    Raises RetakeError(MEDIA_FAILED).
    """
    kept = probe(part)
    total = len(original.frames)
    if len(kept.frames) != total:
        raise RetakeError(ErrorKind.MEDIA_FAILED, f"the new file shows {len(kept.frames)} frames for {total}")
    with closing(ExactFrames(original)) as before, closing(ExactFrames(kept)) as after:
        for cut in cuts:
            for index in range(max(0, cut.first - 1), min(total, cut.end + _BEYOND)):
                new = after.frame(index)
                is_copied = not cut.first <= index < cut.end
                if new.is_corrupt or (is_copied and not _same(new, before.frame(index))):
                    raise RetakeError(ErrorKind.MEDIA_FAILED, f"frame {index} came out damaged")


def _same(one: VideoFrame, other: VideoFrame) -> bool:
    return one.format.name == other.format.name and _samples(one) == _samples(other)


def _samples(frame: VideoFrame) -> bytes:
    """All planes without what pads their lines."""
    depth = 2 if frame.format.components[0].bits > 8 else 1
    return b"".join(
        bytes(memoryview(plane)[row * plane.line_size : row * plane.line_size + plane.width * depth])
        for plane in frame.planes
        for row in range(plane.height)
    )
