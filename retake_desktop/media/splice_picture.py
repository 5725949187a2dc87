"""The spliced file's picture: the original's frames, with the takes' frames in their place, encoded once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import cast

from av.container import OutputContainer
from av.packet import Packet
from av.stream import Stream
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.window import Rectangle, Window, paired_frame
from retake_desktop.media.conform import Conformer, cropped, scaled, upright
from retake_desktop.media.decoding import held_frames
from retake_desktop.media.kept_take import KeptTake

_X264 = {"preset": "faster", "crf": "14"}
_X265 = {"preset": "fast", "x265-params": "log-level=none:crf=15"}
_X264_FORMATS = {"yuv420p", "yuvj420p", "yuv422p", "yuvj422p", "yuv444p", "yuvj444p"}
_X265_FORMATS = {"yuv420p", "yuv420p10le", "yuv422p10le", "yuv444p10le", "yuv420p12le", "yuv422p12le"}


class PictureEncoder:
    """Encodes every frame of `original` at its own time; those inside a take's span come from the take.

    Size, rotation mark, pixel shape, pixel format and colour tags stay as they are. HEVC and deeper colours than
    8 bit become HEVC, everything else H.264.
    """

    def __init__(
        self, original: Clip, takes: Sequence[KeptTake], stream: Stream, target: OutputContainer, shift: Fraction
    ) -> None:
        self._original = original
        self._takes = takes
        source = cast("VideoStream", stream)
        self._time_base = source.time_base or original.frames.time_base
        self._offset = round((original.origin - shift) / self._time_base)
        self._hevc = original.codec == "hevc" or original.bit_depth > 8
        self._pixel_format = _pixel_format(original, hevc=self._hevc)
        self._stream = self._add_stream(source, target)

    def packets(self) -> Iterator[Packet[Stream]]:
        """The encoded picture, in decoding order."""
        frames = self._original.frames
        ticks = [round(frames.start_of(i) / self._time_base) + self._offset for i in range(len(frames) + 1)]
        durations = {begin: end - begin for begin, end in pairwise(ticks)}
        for tick, frame in zip(ticks, self._pictures(), strict=False):
            frame.pts, frame.time_base = tick, self._time_base
            # A decoded frame still says I, P or B; the encoder would obey it.
            frame.pict_type = 0
            yield from _timed(self._stream.encode(frame), durations)
        yield from _timed(self._stream.encode(None), durations)

    def _add_stream(self, source: VideoStream, target: OutputContainer) -> VideoStream:
        options = _X265 if self._hevc else _X264
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

    def _pictures(self) -> Iterator[VideoFrame]:
        frames = self._original.frames
        own = Conformer(self._own_filters(), self._pixel_format)
        playing: dict[int, _TakeFrames] = {}
        for index, frame in enumerate(held_frames(self._original, range(len(frames)))):
            number = self._take_at(index)
            if number is None:
                yield own.convert(frame)
                continue
            if number not in playing:
                playing[number] = _TakeFrames(self._original, self._takes[number], self._pixel_format)
            yield playing[number].picture(index)

    def _own_filters(self) -> tuple[tuple[str, str], ...]:
        width, height = self._original.coded_width, self._original.coded_height
        if width % 2 == 0 and height % 2 == 0:
            return ()
        return cropped(Rectangle(0, 0, width & ~1, height & ~1))

    def _take_at(self, index: int) -> int | None:
        """Which take shows frame `index`; the last one where spans overlap."""
        middle = self._original.frames.midpoint_of(index)
        numbers = (n for n in range(len(self._takes) - 1, -1, -1) if self._takes[n].span.contains(middle))
        return next(numbers, None)


class _TakeFrames:
    """A take's pictures as the original would hold them: size, turn, colours. Asked for in rising order."""

    def __init__(self, original: Clip, take: KeptTake, pixel_format: str) -> None:
        self._original = original
        self._take = take
        self._wanted = 0
        self._frames = held_frames(take.result, self._pairs())
        self._conformer = Conformer(_result_filters(original, take.result, take.window), pixel_format)

    def picture(self, index: int) -> VideoFrame:
        self._wanted = index
        frame = next(self._frames, None)
        if frame is None:
            raise RetakeError(ErrorKind.MEDIA_FAILED, "the take cannot be decoded to its end")
        return self._conformer.convert(frame)

    def _pairs(self) -> Iterator[int]:
        """The result's frame for the original's `_wanted`, whatever that is when the next one is asked for."""
        before, after = self._original.frames, self._take.result.frames
        while True:
            pair = paired_frame(self._take.window, before, after, self._wanted)
            if pair is None:
                early = self._take.window.to_result(before.midpoint_of(self._wanted)) < 0
                pair = 0 if early else len(after) - 1
            yield pair


def _result_filters(original: Clip, result: Clip, window: Window) -> tuple[tuple[str, str], ...]:
    """From a result's decoded frame to the original's coded one: cut off the bars, scale, turn back."""
    turned = original.rotation in (90, 270)
    width, height = original.coded_width & ~1, original.coded_height & ~1
    size = (height, width) if turned else (width, height)
    picture = _picture_in(result, window)
    whole = (picture.width, picture.height) == _upright_size(result)
    return (
        *upright(result.rotation),
        *(() if whole else cropped(picture)),
        *scaled(*size, result.colour, result.coded_height, original.colour),
        *upright(-original.rotation % 360),
    )


def _upright_size(clip: Clip) -> tuple[int, int]:
    size = (clip.coded_width, clip.coded_height)
    return size[::-1] if clip.rotation in (90, 270) else size


def _picture_in(result: Clip, window: Window) -> Rectangle:
    """Where the source's picture lies in the result, which may have another size than what was sent."""
    width, height = _upright_size(result)
    across, down = Fraction(width, window.width), Fraction(height, window.height)
    picture = window.picture
    left, top = round(picture.x * across), round(picture.y * down)
    right = min(width, round((picture.x + picture.width) * across))
    bottom = min(height, round((picture.y + picture.height) * down))
    return Rectangle(left, top, right - left, bottom - top)


def _pixel_format(original: Clip, *, hevc: bool) -> str:
    formats = _X265_FORMATS if hevc else _X264_FORMATS
    if original.pixel_format in formats:
        return original.pixel_format
    return "yuv420p10le" if original.bit_depth > 8 else "yuv420p"


def _timed(packets: list[Packet[VideoStream]], durations: dict[int, int]) -> Iterator[Packet[Stream]]:
    for packet in packets:
        packet.duration = durations.get(packet.pts or 0, 0)
        yield cast("Packet[Stream]", packet)
