"""The files that are open for the screen, and their latest pictures."""

import os
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Protocol

from retake_desktop.domain.clip import Clip
from retake_desktop.media.large import is_large
from retake_desktop.media.picture import Picture, fitted

MOST_AHEAD = 8
"""Shots that are decoded before their time, at most."""
_KEPT_BYTES, _MOST_BYTES = 24 << 20, 56 << 20
"""Bytes of pictures kept for each side; the most, where fewer would not reach from what is decoded to what is shown."""

Box = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Frame `index` of the clip in this `place`, to fit `box`."""

    place: int
    clip: Clip
    index: int
    box: Box


class Reader(Protocol):
    def picture(self, index: int, box: Box) -> Picture: ...
    def close(self) -> None: ...


class Side:
    """One file, opened when it is needed, and its latest pictures. Used by one thread at a time."""

    def __init__(
        self, clip: Clip, open_reader: Callable[[Clip], Reader], first: Picture | None, *, is_alone: bool
    ) -> None:
        self.clip = clip
        self.is_alone = is_alone
        self._open_reader = open_reader
        self._reader: Reader | None = None
        self._first = first
        self._latest: OrderedDict[tuple[int, Box], Picture] = OrderedDict()

    def picture(self, index: int, box: Box) -> Picture:
        """The exact frame. A few are kept, so that pausing and stepping back need no seek."""
        known = self.known(index, box)
        if known is not None:
            return known
        if self._reader is None:
            self._reader = self._open_reader(self.clip)
        picture = self._reader.picture(index, box)
        self._latest[index, box] = picture
        while len(self._latest) > self._most(len(picture.pixels)):
            self._latest.popitem(last=False)
        return picture

    def known(self, index: int, box: Box) -> Picture | None:
        """The same where it needs no file; otherwise None."""
        wanted = (index, box)
        if wanted in self._latest:
            self._latest.move_to_end(wanted)
            return self._latest[wanted]
        if self._first is not None and index == 0 and _fits(self._first, self.clip, box):
            return self._first
        return None

    def _most(self, size: int) -> int:
        """How many of `size` bytes are kept: the one on screen and those decoded ahead, more if they are small."""
        return max(2, _KEPT_BYTES // size, min(MOST_AHEAD + 1, _MOST_BYTES // size))

    def close(self) -> None:
        if self._reader is not None:
            self._reader.close()


def _fits(picture: Picture, clip: Clip, box: Box) -> bool:
    return (picture.width, picture.height) == fitted(clip.width, clip.height, box)


class Sides:
    """The open files: the source first, then the result. Belongs to the decode thread.

    `first`, which any thread may set, is a clip about to be shown and the picture of its frame 0.
    """

    def __init__(self, open_reader: Callable[[Clip], Reader]) -> None:
        self.first: tuple[Clip, Picture] | None = None
        self._open_reader = open_reader
        self._open: dict[int, Side] = {}
        self._leaving: list[Side] = []
        self._pool: ThreadPoolExecutor | None = None

    def keep(self, clips: tuple[Clip, ...]) -> None:
        """Puts every file aside that is not in its place among `clips`.

        And those with large pictures that were opened alone and are not any more, or the other way round: they are
        decoded by fewer threads, in less memory, in step with others.
        """
        is_alone = len(clips) < 2
        for place, side in list(self._open.items()):
            is_another = place >= len(clips) or clips[place] is not side.clip
            if is_another or (is_large(side.clip) and side.is_alone is not is_alone):
                self._leaving.append(self._open.pop(place))

    def let_go(self) -> None:
        """Closes what was put aside, which holds Python up for some 10 ms: not while a picture can be had without."""
        while self._leaving:
            self._leaving.pop().close()

    def pictures(self, wanted: Sequence[Wanted], *, is_alone: bool) -> list[Picture]:
        """Those of one instant, decoded side by side: a file alone keeps no second processor busy for long.

        `is_alone`: no other file belongs to them. Raises what the first of them that cannot be had raises, when none is
        being decoded any more.
        """
        sides = [self._side(one.place, one.clip, is_alone=is_alone) for one in wanted]
        if any(side.known(one.index, one.box) is None for side, one in zip(sides, wanted, strict=True)):
            self.let_go()  # Never in memory beside those that are opened now.
        others = [
            self._helpers().submit(side.picture, one.index, one.box)
            for side, one in zip(sides[1:], wanted[1:], strict=True)
        ]
        try:
            first = sides[0].picture(wanted[0].index, wanted[0].box)
        finally:
            wait(others)
        return [first, *(other.result() for other in others)]

    def close(self) -> None:
        """Closes all files; nothing may be asked for afterwards."""
        self.keep(())
        self.let_go()
        if self._pool is not None:
            self._pool.shutdown()

    def _side(self, place: int, clip: Clip, *, is_alone: bool) -> Side:
        if place not in self._open:
            first, self.first = self.first, None
            known = first[1] if first is not None and first[0] is clip else None
            self._open[place] = Side(clip, self._open_reader, known, is_alone=is_alone)
        return self._open[place]

    def _helpers(self) -> ThreadPoolExecutor:
        if self._pool is None:
            self._pool = ThreadPoolExecutor(max(1, (os.cpu_count() or 1) - 1), "decode-beside")
        return self._pool
