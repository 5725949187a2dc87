"""The pictures along the timeline."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from fractions import Fraction

from av.container import InputContainer
from av.error import FFmpegError
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.domain.span import Span
from retake_desktop.media.exact import ExactFrames, Skip
from retake_desktop.media.large import TURN
from retake_desktop.media.picture import Picture
from retake_desktop.media.rendering import Renderer
from retake_desktop.media.source import media_errors, open_source, video_stream

_ANY_WIDTH = 1 << 20
_CLOSE = 8
"""Frames between two pictures below which every frame counts; else those that nothing refers to are not decoded."""
_COST = 600
"""Packets that may be decoded for each picture without a keyframe near, or a screen recording of two hours with a
single keyframe would be decoded from its beginning to its end."""


def filmstrip(
    clip: Clip, count: int, height: int, cancelled: Callable[[], bool], span: Span | None = None
) -> Iterator[Picture]:
    """About `count` pictures of at most `height` pixels, spread evenly over `span`, by default the whole clip.

    See `pictures_near`, which makes them for the middles of `count` equal parts.
    """
    whole = span or Span(Fraction(0), clip.duration)
    parts = max(1, min(count, len(clip.frames)))
    width = whole.duration / parts
    middles = [whole.start + width * (2 * part + 1) / 2 for part in range(parts)]
    yield from pictures_near(clip, middles, width, height, cancelled)


def pictures_near(
    clip: Clip, times: Sequence[Fraction], width: Fraction, height: int, cancelled: Callable[[], bool]
) -> Iterator[Picture]:
    """For each of `times` a picture at most half of `width` seconds away, where that costs no endless decoding.

    Each picture carries the index and time of the frame that it really shows. Parts that a keyframe lies in come
    first, the middle one before all, since that costs one decoded frame each; then the others in order. Draw the
    nearest picture by time. Ends within a packet's decoding when `cancelled` says so. Raises
    RetakeError(MEDIA_FAILED | FILE_TROUBLE).
    """
    wanted = sorted({clip.frames.index_at(time) for time in times})
    box = (_ANY_WIDTH, height)
    with media_errors(ErrorKind.MEDIA_FAILED, "the filmstrip cannot be decoded"):
        renderer = Renderer(clip)
        shown: set[int] = set()
        for index, frame in _keyframes(clip, wanted, cancelled):
            shown.add(index)
            yield renderer.render(frame, index, box)
        for index, frame in _decoded(clip, _without_picture(clip, wanted, shown, width), width, cancelled):
            if index not in shown:
                shown.add(index)
                yield renderer.render(frame, index, box)


def _decoded(
    clip: Clip, wanted: list[int], width: Fraction, cancelled: Callable[[], bool]
) -> Iterator[tuple[int, VideoFrame]]:
    """The frames `wanted`, or such as follow closely, as far as their cost allows."""
    if not wanted or cancelled():
        return
    packets_left = _COST * len(wanted)

    def stop() -> bool:
        nonlocal packets_left
        packets_left -= 1
        return packets_left < 0 or cancelled()

    skip: Skip = "DEFAULT" if width * clip.frame_rate < _CLOSE else "NONREF"
    with (
        _until_cancelled(),
        TURN.of(clip, cancelled),
        closing(ExactFrames(clip, skip, stop, beside=True)) as decoder,
    ):
        for index in wanted:
            yield decoder.nearby(index)


@contextmanager
def _until_cancelled() -> Iterator[None]:
    try:
        yield
    except RetakeError as error:
        if error.kind is not ErrorKind.CANCELLED:
            raise


def _without_picture(clip: Clip, wanted: list[int], shown: set[int], width: Fraction) -> list[int]:
    """Those of `wanted` that have no shown frame within half a part's width."""
    times = sorted(clip.frames.start_of(index) for index in shown)
    return [index for index in wanted if not _any_within(times, clip.frames.start_of(index), width / 2)]


def _any_within(times: list[Fraction], time: Fraction, distance: Fraction) -> bool:
    return any(abs(other - time) <= distance for other in times)


def _keyframes(clip: Clip, wanted: list[int], cancelled: Callable[[], bool]) -> Iterator[tuple[int, VideoFrame]]:
    """Keyframes near the wanted frames, each once, coarse first."""
    if clip.container == "avi":
        return  # What its index says is not the time at which a frame is shown.
    seen: set[int] = set()
    with _until_cancelled(), TURN.of(clip, cancelled), open_source(clip.path) as container:
        stream = video_stream(container, clip)
        origin = round(clip.origin / clip.frames.time_base)
        for index in _coarse_first(wanted):
            if cancelled():
                return
            frame = _keyframe_near(container, stream, clip.frames.ticks[index] + origin, cancelled)
            place = None if frame is None or frame.pts is None else clip.frames.ticks.place_of(frame.pts - origin)
            if frame is not None and place is not None and place not in seen:
                seen.add(place)
                yield place, frame


def _keyframe_near(
    container: InputContainer, stream: VideoStream, tick: int, cancelled: Callable[[], bool]
) -> VideoFrame | None:
    try:
        container.seek(_nearest_entry(stream, tick), stream=stream)
        packet = next((one for one in container.demux(stream) if one.is_keyframe or cancelled()), None)
        if packet is None or not packet.is_keyframe:
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
