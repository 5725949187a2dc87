"""The pictures along the timeline."""

from collections.abc import Callable, Iterator
from contextlib import closing
from fractions import Fraction

from av.container import InputContainer
from av.error import FFmpegError
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind
from retake_desktop.media.exact import ExactFrames, video_stream
from retake_desktop.media.picture import Picture
from retake_desktop.media.rendering import Renderer
from retake_desktop.media.source import media_errors, open_source

_ANY_WIDTH = 1 << 20


def filmstrip(clip: Clip, count: int, height: int, cancelled: Callable[[], bool]) -> Iterator[Picture]:
    """About `count` pictures of at most `height` pixels, spread evenly over the clip: the middle one first.

    Each picture carries the index and time of the frame that it really shows, which is a frame near the middle of its
    part of the clip. Parts that a keyframe lies in come first, since that costs one decoded frame each. Draw
    the nearest picture by time. Ends early when `cancelled` says so. Raises RetakeError(MEDIA_FAILED | FILE_TROUBLE).
    """
    wanted = _wanted(clip, count)
    box = (_ANY_WIDTH, height)
    with media_errors(ErrorKind.MEDIA_FAILED, "the filmstrip cannot be decoded"):
        renderer = Renderer(clip)
        shown: set[int] = set()
        for index, frame in _keyframes(clip, wanted, cancelled):
            shown.add(index)
            yield renderer.render(frame, index, box)
        missing = _without_picture(clip, wanted, shown)
        if not missing or cancelled():
            return
        with closing(ExactFrames(clip, skip="NONREF")) as decoder:
            for index in missing:
                if cancelled():
                    return
                place, frame = decoder.nearby(index)
                yield renderer.render(frame, place, box)


def _wanted(clip: Clip, count: int) -> list[int]:
    """Frames in the middle of `count` equal parts of the clip, in order, each once."""
    parts = max(1, min(count, len(clip.frames)))
    times = (clip.duration * (2 * part + 1) / (2 * parts) for part in range(parts))
    return sorted({clip.frames.index_at(time) for time in times})


def _without_picture(clip: Clip, wanted: list[int], shown: set[int]) -> list[int]:
    """Those of `wanted` that have no shown frame within half a part's width."""
    width = clip.duration / max(1, len(wanted))
    times = sorted(clip.frames.start_of(index) for index in shown)
    return [index for index in wanted if not _any_within(times, clip.frames.start_of(index), width / 2)]


def _any_within(times: list[Fraction], time: Fraction, distance: Fraction) -> bool:
    return any(abs(other - time) <= distance for other in times)


def _keyframes(clip: Clip, wanted: list[int], cancelled: Callable[[], bool]) -> Iterator[tuple[int, VideoFrame]]:
    """Keyframes near the wanted frames, each once, coarse first."""
    if clip.container == "avi":
        return  # What its index says is not the time at which a frame is shown.
    place_of = {tick: index for index, tick in enumerate(clip.frames.ticks)}
    seen: set[int] = set()
    with open_source(clip.path) as container:
        stream = video_stream(container, clip)
        origin = round(clip.origin / clip.frames.time_base)
        for index in _coarse_first(wanted):
            if cancelled():
                return
            frame = _keyframe_near(container, stream, clip.frames.ticks[index] + origin)
            place = None if frame is None or frame.pts is None else place_of.get(frame.pts - origin)
            if frame is not None and place is not None and place not in seen:
                seen.add(place)
                yield place, frame


def _keyframe_near(container: InputContainer, stream: VideoStream, tick: int) -> VideoFrame | None:
    try:
        container.seek(_nearest_entry(stream, tick), stream=stream)
        packet = next((one for one in container.demux(stream) if one.is_keyframe), None)
        if packet is None:
            return None
        frames = packet.decode() or stream.codec_context.decode(None)
    except FFmpegError:
        return None
    return next(iter(frames), None)


def _nearest_entry(stream: VideoStream, tick: int) -> int:
    """Where to seek for the keyframe nearest to `tick`, as far as the container's index knows; else `tick` itself."""
    entries = stream.index_entries
    following = entries.search_timestamp(tick, backward=False)
    preceding = entries.search_timestamp(tick)
    if following < 0 or preceding < 0:
        return tick
    after = entries[following].timestamp
    return after if after - tick < tick - entries[preceding].timestamp else tick


def _coarse_first(items: list[int]) -> Iterator[int]:
    """The middle one, then the middles of both halves, and so on."""
    spans = [(0, len(items))]
    while spans:
        following = []
        for start, end in spans:
            if start < end:
                middle = (start + end) // 2
                yield items[middle]
                following += [(start, middle), (middle + 1, end)]
        spans = following
