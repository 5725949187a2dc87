"""What a file says about itself around the picture: sounds, other streams, chapters, timecode."""

import re
from collections.abc import Mapping
from fractions import Fraction

from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Stream
from av.video.stream import VideoStream

from retake_desktop.domain.clip import AudioTrack, Chapter, FieldOrder, OtherStream

_TIMECODE = re.compile(r"\d{2}:\d{2}:\d{2}[:;.]\d{2,3}")
_FIELD_ORDERS = {
    2: FieldOrder.TOP_FIRST,
    3: FieldOrder.BOTTOM_FIRST,
    4: FieldOrder.BOTTOM_FIRST,
    5: FieldOrder.TOP_FIRST,
}
"""By libavcodec's AVFieldOrder. Of its two words only the second matters here: which field is shown first."""
_MAX_LISTED = 1000
"""Chapters and streams that are listed; more are not a person's work."""
_MAX_TITLE = 200

Extent = tuple[int, int]
"""First and last instant of a stream, in its ticks."""


def audio_track(stream: AudioStream, extents: Mapping[int, Extent], origin: Fraction) -> AudioTrack:
    """`extents`, by stream index, holds those of the streams for which the container states none (Matroska)."""
    tick = stream.time_base or Fraction(1, 1000)
    if stream.index in extents:
        begin, end = extents[stream.index]
    else:
        begin = stream.start_time or 0
        end = begin + (stream.duration or 0)
    return AudioTrack(
        index=stream.index,
        codec=stream.codec.canonical_name,
        sample_rate=stream.sample_rate,
        channels=stream.channels,
        layout=stream.layout.name,
        start=begin * tick - origin,
        duration=(end - begin) * tick,
        language=stream.language or "",
    )


def other_streams(container: InputContainer, video: VideoStream) -> tuple[OtherStream, ...]:
    """Everything but `video` and the sounds that can be decoded."""
    others = [
        OtherStream(stream.index, stream.type, _codec_name(stream), stream.language or "")
        for stream in container.streams
        if stream is not video and not (isinstance(stream, AudioStream) and _is_known(stream))
    ]
    return tuple(others[:_MAX_LISTED])


def _is_known(stream: Stream) -> bool:
    return getattr(stream, "codec_context", None) is not None


def _codec_name(stream: Stream) -> str:
    context = getattr(stream, "codec_context", None)
    return str(context.codec.canonical_name) if context is not None else ""


def chapters_of(container: InputContainer, origin: Fraction) -> tuple[Chapter, ...]:
    """The chapter marks in clip time; those that end before they start are left out."""
    found = []
    for chapter in container.chapters()[:_MAX_LISTED]:
        tick = chapter["time_base"] or Fraction(0)
        start, end = chapter["start"] * tick - origin, chapter["end"] * tick - origin
        if tick and start <= end:
            title = str(chapter["metadata"].get("title", ""))
            found.append(Chapter(start, end, title[:_MAX_TITLE]))
    return tuple(found)


def start_timecode(container: InputContainer, video: VideoStream) -> str:
    """The timecode of the first frame as the file states it: of the picture, of a timecode track, or of the whole."""
    streams = [video, *(stream for stream in container.streams if stream is not video)]
    for metadata in (*(stream.metadata for stream in streams[:_MAX_LISTED]), container.metadata):
        for name, value in metadata.items():
            if name.lower() == "timecode" and _TIMECODE.fullmatch(value.strip()):
                return value.strip()
    return ""


def field_order(stream: VideoStream, is_interlaced: bool) -> FieldOrder:
    """The order that the stream states; where it states none, the usual one for frames marked as `is_interlaced`."""
    stated = _FIELD_ORDERS.get(stream.codec_context.field_order)
    return stated or (FieldOrder.TOP_FIRST if is_interlaced else FieldOrder.PROGRESSIVE)
