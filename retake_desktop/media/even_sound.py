"""The sound of a film whose index leaves no larger gap in it, in large pieces: FFmpeg reads, decodes, places and
converts it without a step of Python for each of its frames, in two thirds of the time."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import pairwise
from operator import sub

from av.audio.frame import AudioFrame
from av.error import BlockingIOError as NothingYetError
from av.error import EOFError as EndError
from av.error import FFmpegError
from av.filter import Graph
from av.filter.context import FilterContext

from retake_desktop.domain.clip import AudioTrack, Clip
from retake_desktop.media.source import audio_stream, open_quickly

SLACK = Fraction(1, 20)
"""Seconds by which a frame's time may differ from the running count before it is believed."""
_LARGEST_GAP = Fraction(1, 2)
"""Seconds between the beginnings of two frames. FFmpeg fills each gap at once, whatever that takes of memory."""
_PIECE = 1 << 16
"""Samples."""

Placed = tuple[int, memoryview]
"""Clip time in samples, and samples."""


class UnevenError(Exception):
    """This sound has to be read frame by frame."""


def even_sound(clip: Clip, track: AudioTrack, rate: int, cancelled: Callable[[], bool]) -> Iterator[Placed]:
    """Pieces of the track as unsigned bytes of one channel: clip time in samples of `rate`, and samples.

    Each sample lies within `SLACK` of its time, gaps are filled. Ends early when `cancelled` says so. Raises
    UnevenError, at any piece, where this cannot be promised.
    """
    if not _is_listed(clip, track):
        raise UnevenError
    try:
        _graph, leaving = _reading(clip, track, rate)
        place: int | None = None
        while (piece := _next(leaving)) is not None:
            if place is None:
                if piece.pts is None:
                    raise UnevenError
                place = piece.pts - round(clip.origin * rate)
            yield place, memoryview(piece.planes[0])[: piece.samples]
            place += piece.samples
            if cancelled():
                return
    except (FFmpegError, ValueError) as error:
        raise UnevenError from error
    if place is None or abs(place - _end_of(track) * rate) > _LARGEST_GAP * rate:
        raise UnevenError


def _is_listed(clip: Clip, track: AudioTrack) -> bool:
    """Whether the file's index lists the sound to its end, and without a gap."""
    if not clip.container.startswith("mov"):
        return False
    with open_quickly(clip.path) as container:
        sound = audio_stream(container, track)
        tick = sound.time_base or Fraction(1, track.sample_rate)
        times = [entry.timestamp for entry in sound.index_entries]
    if not times or abs(times[-1] * tick - clip.origin - _end_of(track)) > _LARGEST_GAP:
        return False
    return all(0 <= step * tick <= _LARGEST_GAP for step in set(map(sub, times[1:], times)))


def _end_of(track: AudioTrack) -> Fraction:
    return track.start + track.duration


def _reading(clip: Clip, track: AudioTrack, rate: int) -> tuple[Graph, FilterContext]:
    """The graph, which must be held as long as it is read from, and where it is read from."""
    graph = Graph()
    graph.threads = 1
    # The container is named, so that FFmpeg opens nothing else in the file's place.
    steps = (
        graph.add("amovie", filename=clip.path, format_name="mov", stream_index=str(track.index)),
        graph.add(
            "aresample",
            **{"async": "1", "min_hard_comp": str(float(SLACK))},
            out_sample_fmt="u8",
            out_chlayout="mono",
            out_sample_rate=str(rate),
        ),
        graph.add("asetnsamples", n=str(_PIECE), p="0"),
        graph.add("abuffersink"),
    )
    for one, other in pairwise(steps):
        one.link_to(other)
    graph.configure()
    return graph, steps[-1]


def _next(leaving: FilterContext) -> AudioFrame | None:
    try:
        piece = leaving.pull()
    except (EndError, NothingYetError):
        return None
    assert isinstance(piece, AudioFrame)  # noqa: S101 - the graph ends in a sink for sound
    return piece
