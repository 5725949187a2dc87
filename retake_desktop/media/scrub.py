"""The scrub cache: the neighbourhood of the playhead in small pictures, so that dragging never waits for a GOP."""

import threading
from collections.abc import Callable
from fractions import Fraction

from av.video.frame import VideoFrame

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.media.exact import ExactFrames
from retake_desktop.media.large import TURN, is_large
from retake_desktop.media.picture import Picture, fitted
from retake_desktop.media.recent import bytes_of
from retake_desktop.media.rendering import Renderer
from retake_desktop.media.source import media_errors

REACH = Fraction(10)
"""Seconds kept on either side of the playhead."""
BOUND = 48 << 20
"""Bytes of pictures kept for one clip."""
_WIDEST, _NARROWEST = 320, 128
"""Pixels. Where the frames of the neighbourhood would not fit into the bound they are made smaller, down to this."""
_PADDING = 1.05
"""Rows of a picture are padded in memory."""
_MOVED = 2
"""Seconds the playhead may move before the neighbourhood moves with it."""


class ScrubCache:
    """Exact frames of one probed clip, small. One thread fills it; `centre_on` and `picture` are for any thread.

    What it holds never takes more than `bound` bytes: the frames furthest from the playhead go first.
    """

    def __init__(self, clip: Clip, bound: int = BOUND) -> None:
        self._clip = clip
        self._bound = bound
        self._box = _box(clip, bound)
        self._renderer = Renderer(clip)
        self._shrinker = Renderer(clip)
        self._lock = threading.Lock()
        self._kept: dict[int, VideoFrame] = {}
        self._bytes = 0
        self._centre = 0
        self._first, self._stop = 0, 0
        self._aim = 0
        self._lost: set[int] = set()
        self._too_much: set[int] = set()
        self._frames: ExactFrames | None = None
        self._is_large = is_large(clip)
        self._is_my_turn = False
        self._told: Callable[[], bool] = lambda: False
        self.centre_on(0)

    @property
    def bytes_kept(self) -> int:
        return self._bytes

    def centre_on(self, index: int) -> bool:
        """Says where the playhead is; True when other frames are wanted now than before."""
        frames = self._clip.frames
        with self._lock:
            self._centre = index
            middle = frames.start_of(index)
            first, stop = frames.index_at(middle - REACH), frames.index_at(middle + REACH) + 1
            slack = frames.index_at(middle + _MOVED) - index
            if self._stop and abs(first - self._first) <= slack and abs(stop - self._stop) <= slack:
                return False
            self._first, self._stop = first, stop
            self._too_much.clear()
            return True

    def picture(self, index: int) -> Picture | None:
        """Frame `index`, where it is at hand. Takes a fraction of a millisecond (HDR: two)."""
        with self._lock:
            frame = self._kept.get(index)
            return None if frame is None else self._renderer.render(frame, index, self._box)

    def fill(self, cancelled: Callable[[], bool]) -> bool:
        """Decodes what is missing, from the playhead to the end of the neighbourhood, then what lies before.

        Returns whether everything is there; False after `cancelled`, which is asked after each packet.
        Raises RetakeError(MEDIA_FAILED | FILE_TROUBLE).
        """
        self._told = cancelled
        is_over = True
        try:
            with media_errors(ErrorKind.MEDIA_FAILED, "the video cannot be opened any more"):
                is_over = self._filled()
        finally:
            if is_over:
                self.rest()
        return is_over

    def rest(self) -> None:
        """For the thread that fills, when it will not go on soon: a decoder of large pictures gives its memory back."""
        if self._is_large:
            self._let_go()

    def close(self) -> None:
        """For the thread that fills it."""
        with self._lock:
            self._kept.clear()
            self._bytes = 0
        self._let_go()

    def _let_go(self) -> None:
        frames, self._frames = self._frames, None
        if frames is not None:
            frames.close()
        if self._is_my_turn:
            self._is_my_turn = False
            TURN.leave()

    def _filled(self) -> bool:
        while (index := self._wanted()) is not None:
            if self._told() or not self._has_turn():
                return False
            if self._frames is None:
                over, keep = self._is_over, self._keep
                self._frames = ExactFrames(self._clip, cancelled=over, passing=keep, beside=True)
            self._decode(self._frames, index)
        return True

    def _has_turn(self) -> bool:
        """Waits until this is the only decoder of large pictures beside the screen's; False when told to rest first."""
        if not self._is_large:
            return True
        if self._is_my_turn and TURN.is_wanted:
            self.rest()
        if not self._is_my_turn:
            self._is_my_turn = TURN.take(self._told)
        return self._is_my_turn

    def _decode(self, frames: ExactFrames, index: int) -> None:
        self._aim = index
        try:
            frames.frame(index, whole_from=self._first)
        except RetakeError as error:
            if error.kind is ErrorKind.MEDIA_FAILED:
                self._lost.add(index)
            elif error.kind is not ErrorKind.CANCELLED:
                raise

    def _is_over(self) -> bool:
        is_wanted = self._is_large and TURN.is_wanted
        return is_wanted or self._told() or not self._first <= self._aim < self._stop

    def _wanted(self) -> int | None:
        with self._lock:
            for stretch in (range(self._centre, self._stop), range(self._first, self._centre)):
                for index in stretch:
                    if index not in self._kept and index not in self._lost and index not in self._too_much:
                        return index
        return None

    def _keep(self, index: int, frame: VideoFrame) -> None:
        """Takes every frame that is decoded on the way, as long as it belongs to the neighbourhood."""
        if index in self._kept or not self._first <= index < self._stop:
            return
        small = self._shrinker.shrunk(frame, self._box)
        with self._lock:
            self._kept[index] = small
            self._bytes += bytes_of(small)
            while self._bytes > self._bound:
                furthest = max(self._kept, key=lambda place: abs(place - self._centre))
                self._bytes -= bytes_of(self._kept.pop(furthest))
                self._too_much.add(furthest)


def _box(clip: Clip, bound: int) -> tuple[int, int]:
    """The box in which pictures of a whole neighbourhood fit into `bound` bytes."""
    frames = max(1, round(2 * REACH * clip.frame_rate))
    width, height = fitted(clip.width, clip.height, (_WIDEST, _WIDEST))
    bytes_each = width * height * (3 if clip.colour.is_hdr else 1.5) * _PADDING
    scale = min(1.0, (bound / (frames * bytes_each)) ** 0.5)
    side = max(_NARROWEST, int(_WIDEST * scale))
    return side, side
