"""Where one shot ends and the next begins."""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from fractions import Fraction
from operator import sub

from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation, VideoReformatter

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.media.exact import ExactFrames
from retake_desktop.media.large import TURN
from retake_desktop.media.source import media_errors

_SIZE = (24, 14)
"""Pixels, three colours each: enough to tell pictures apart, too few to see grain and small movements."""
_LOOK = 5
"""Frames on each side of a cut that are looked at. What comes back within so many frames was a flash."""
_LEAST = 10.0
"""Levels of 255 by which pictures differ on average across a cut. Measured on the clips of `tests/media/test_shots.py`;
the strongest change without one, a whip pan over stripes, stays below by the ratios that follow."""
_ABOVE_OTHERS = 1.6
"""How much stronger than the changes around it a cut's is: in pans and explosions all changes are strong."""
_LASTING = 0.4
"""Share of a cut's change by which each picture before it differs from each after it."""
_TWIN = 3
"""Frames within which a second cut is the end of a flash that lies on the first."""
_FIRST_REACH = Fraction(2)
"""Seconds looked at first around a frame; then twice as many, and so on."""


@dataclass(frozen=True, slots=True)
class Shot:
    """Frames `first` to before `end`. Where no cut was found within reach, that side is not `certain`."""

    first: int
    end: int
    is_first_certain: bool
    is_end_certain: bool


def cuts(clip: Clip, first: int, end: int, cancelled: Callable[[], bool]) -> Iterator[int]:
    """The frames from `first` to before `end` that begin a new shot, in order, as they are found.

    Hard cuts only: fades and dissolves have no frame at which they happen. The clip's first frame is none. Ends early
    when `cancelled` says so, within a packet's decoding. Raises RetakeError(MEDIA_FAILED | FILE_TROUBLE).
    """
    begin = max(0, first - _LOOK - _TWIN)
    stop = min(len(clip.frames), end + _LOOK)
    finder = _Finder()
    with media_errors(ErrorKind.MEDIA_FAILED, "the shots cannot be found"):
        for index, looks in _looks(clip, begin, stop, cancelled):
            yield from (cut for cut in finder.add(index, looks) if first <= cut < end)
        if not cancelled():
            yield from (cut for cut in finder.rest() if first <= cut < end)


def shot_at(clip: Clip, index: int, reach: Fraction, cancelled: Callable[[], bool]) -> Shot:
    """The shot that frame `index` belongs to, looked for at most `reach` seconds to each side.

    Nearest frames first, so a short shot is found soon. When `cancelled` says so, or beyond the reach, a side ends
    where nothing was found up to there, and is not certain, unless that is where the clip ends. Raises as `cuts` does.
    """
    total = len(clip.frames)
    latest = clip.frames.index_at(clip.frames.start_of(index) + reach) + 1
    earliest = clip.frames.index_at(clip.frames.start_of(index) - reach)
    following = next(cuts(clip, index + 1, latest, cancelled), None)
    starting = _last_cut(clip, earliest, index + 1, cancelled)
    if cancelled():
        return Shot(index, index + 1, is_first_certain=False, is_end_certain=False)
    return Shot(
        first=earliest if starting is None else starting,
        end=latest if following is None else following,
        is_first_certain=starting is not None or earliest == 0,
        is_end_certain=following is not None or latest == total,
    )


def _last_cut(clip: Clip, first: int, end: int, cancelled: Callable[[], bool]) -> int | None:
    """The last cut from `first` to before `end`, looked for backwards in ever longer stretches."""
    step = _FIRST_REACH
    while end > first and not cancelled():
        begin = max(first, clip.frames.index_at(clip.frames.start_of(end) - step))
        found = list(cuts(clip, begin, end, cancelled))
        if found:
            return found[-1]
        end, step = min(begin, end - 1), step * 2
    return None


def _looks(clip: Clip, begin: int, stop: int, cancelled: Callable[[], bool]) -> Iterator[tuple[int, bytes]]:
    """Each frame's index and what little is compared of it. A frame that does not decode looks like the one before."""
    scaler = VideoReformatter()
    looks: bytes | None = None
    with TURN.of(clip, cancelled), closing(ExactFrames(clip, cancelled=cancelled, beside=True)) as frames:
        for index in range(begin, stop):
            if cancelled():
                return
            try:
                looks = _shrunk(scaler, frames.frame(index))
            except RetakeError as error:
                if error.kind is ErrorKind.CANCELLED:
                    return
                if error.kind is not ErrorKind.MEDIA_FAILED or looks is None:
                    raise
            yield index, looks


def _shrunk(scaler: VideoReformatter, frame: VideoFrame) -> bytes:
    small = scaler.reformat(frame, *_SIZE, format="rgb24", interpolation=Interpolation.AREA)
    plane = small.planes[0]
    whole, width = bytes(plane), 3 * _SIZE[0]
    return b"".join(whole[row * plane.line_size : row * plane.line_size + width] for row in range(_SIZE[1]))


def _difference(one: bytes, other: bytes) -> float:
    """Levels of 255, on average."""
    total: int = sum(map(abs, map(sub, one, other)))
    return total / len(one)


@dataclass(frozen=True, slots=True)
class _Seen:
    index: int
    looks: bytes
    change: float
    """From the frame before."""


class _Finder:
    """Takes frames in order and names cuts `_LOOK` frames after they happened."""

    def __init__(self) -> None:
        self._seen: deque[_Seen] = deque(maxlen=2 * _LOOK + 1)
        self._last_cut = -_TWIN - 1

    def add(self, index: int, looks: bytes) -> Iterator[int]:
        change = _difference(self._seen[-1].looks, looks) if self._seen else 0.0
        self._seen.append(_Seen(index, looks, change))
        place = len(self._seen) - 1 - _LOOK
        if place > 0:
            yield from self._judged(place)

    def rest(self) -> Iterator[int]:
        """Cuts so near to the end that fewer frames follow."""
        for place in range(max(1, len(self._seen) - _LOOK), len(self._seen)):
            yield from self._judged(place)

    def _judged(self, place: int) -> Iterator[int]:
        seen = self._seen[place]
        if self._is_cut(place) and seen.index - self._last_cut > _TWIN:
            self._last_cut = seen.index
            yield seen.index

    def _is_cut(self, place: int) -> bool:
        change = self._seen[place].change
        if change < _LEAST:
            return False
        everyone = list(self._seen)
        before, after = everyone[max(0, place - _LOOK) : place], everyone[place : place + _LOOK]
        # As many from each side: where a pan begins or ends, one half of them is as strong.
        others = sorted(one.change for one in (*before[1:], *after[1:]))
        if others and change < _ABOVE_OTHERS * others[len(others) // 2]:
            return False
        least = max(_LEAST / 2, change * _LASTING)
        return all(_difference(one.looks, other.looks) >= least for one in before for other in after)
