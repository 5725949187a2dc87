"""The decode thread: the only place where exact frames are decoded for the screen, for source and result alike."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.media.picture import Picture, fitted
from retake_desktop.ui.playback.course import Course, Step
from retake_desktop.ui.playback.image import to_image
from retake_desktop.ui.playback.material import Layer, Material, Shot

AHEAD = 5
"""Shots decoded before their time while playing."""

_AT_REST_NS = 40_000_000
"""Nanoseconds for which one frame has been wanted before others are asked to leave the processor to it."""
_KEPT_BYTES, _MOST_BYTES = 24 << 20, 56 << 20
"""Bytes of pictures kept for each side; the most, where fewer would not reach from what is decoded to what is shown."""

Box = tuple[int, int]


class Reader(Protocol):
    def picture(self, index: int, box: Box) -> Picture: ...
    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be decoded: one frame, or the frames of a course. `box` is in physical pixels.

    One that `is_previewed` is on screen in small already: what was being decoded before it is not needed any more.
    """

    number: int
    material: Material
    box: Box
    index: int
    course: Course | None = None
    is_previewed: bool = False


class Decoder(QObject):
    """Takes orders from the GUI thread and gives back shots. A new order replaces the one before.

    Signals: `shot_ready(Shot)`, `failed(Problem)`; connect them to methods of QObjects, queued.
    """

    shot_ready = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        open_reader: Callable[[Clip], Reader] | None = None,
        parent: QObject | None = None,
        *,
        busy: Callable[[bool], None] = lambda _: None,
        now: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        """`busy` hears, on the decode thread, when a frame takes its time and when it is done.

        Without `open_reader`, frames that nobody waits for any more are left half decoded.
        """
        super().__init__(parent)
        self._busy = busy
        self._now = now
        self._change = threading.Condition()
        self._order: Order | None = None
        self._closing = False
        self._ahead = 0
        self._due = Step(0, 0)
        self._numbers = 0
        self._following: Order | None = None
        self._since = 0
        self._sides = _Sides(open_reader or self._open_reader)
        self._thread = threading.Thread(target=self._run, name="decode")
        self._thread.start()

    def know_first(self, clip: Clip, picture: Picture) -> None:
        """The picture of `clip`'s frame 0, as its reader would give it: it is shown before a reader is opened."""
        self._sides.first = clip, picture

    def show(self, material: Material, index: int, box: Box, *, is_previewed: bool = False) -> int:
        """Orders one frame; the shot carries the number returned here."""
        return self._place(material, index, box, None, is_previewed=is_previewed)

    def play(self, material: Material, index: int, box: Box, course: Course) -> int:
        """Orders the frames of `course`, a few at a time, as shots are taken."""
        return self._place(material, index, box, course)

    def report(self, due: Step, taken: int) -> None:
        """Says which frame is due by the clock, and how many more shots have been shown or dropped."""
        with self._change:
            self._due = due
            self._ahead = max(0, self._ahead - taken)
            self._change.notify()

    def rest(self) -> int:
        """Drops what was ordered and closes the files."""
        with self._change:
            self._numbers += 1
            self._order = None
            self._change.notify()
            return self._numbers

    def close(self) -> None:
        """Ends the thread, after the packet in hand."""
        with self._change:
            self._closing = True
            self._change.notify()
        self._thread.join()

    def _open_reader(self, clip: Clip) -> Reader:
        # Not at the top: loading the decoder would hold up the window's first appearance.
        from retake_desktop.media.frames import FrameReader

        return FrameReader(clip, self._is_unwanted)

    def _is_unwanted(self) -> bool:
        """Asked by the readers after each packet: whether what is being decoded would not be shown."""
        following, newest = self._following, self._order
        if following is None or self._closing or newest is None:
            return self._closing or newest is None
        if newest is not following:
            return newest.is_previewed or newest.material is not following.material
        if following.course is None and self._now() - self._since > _AT_REST_NS:
            self._busy(True)
        return False

    def _place(
        self, material: Material, index: int, box: Box, course: Course | None, *, is_previewed: bool = False
    ) -> int:
        with self._change:
            self._numbers += 1
            self._order = Order(self._numbers, material, box, index, course, is_previewed)
            self._ahead = 0
            self._due = Step(0, index)
            self._change.notify()
            return self._numbers

    def _run(self) -> None:
        done = 0
        try:
            while (order := self._next_order(done)) is not None:
                done = order.number
                self._following, self._since = order, self._now()
                try:
                    self._follow(order)
                except RetakeError as error:
                    if error.kind is not ErrorKind.CANCELLED:
                        self.failed.emit(error.problem)
                self._busy(False)
        finally:
            self._sides.keep(())

    def _next_order(self, done: int) -> Order | None:
        with self._change:
            while not self._closing:
                if self._order is None:
                    self._sides.keep(())
                elif self._order.number > done:
                    return self._order
                self._change.wait()
        return None

    def _follow(self, order: Order) -> None:
        if order.course is None:
            self.shot_ready.emit(self._shoot(order, Step(0, order.index)))
            return
        while self._wait_for_room(order, order.course):
            batch = order.course.next_batch(self._due)
            if not batch:
                return
            shots = {step: self._shoot(order, step) for step in sorted(batch, key=lambda step: step.index)}
            with self._change:
                if self._order is not order:
                    return
                self._ahead += len(batch)
            for step in batch:
                self.shot_ready.emit(shots[step])

    def _wait_for_room(self, order: Order, course: Course) -> bool:
        """False once the order was replaced."""
        with self._change:
            if self._ahead >= AHEAD:
                course.had_to_wait()
            while self._ahead >= AHEAD and self._order is order and not self._closing:
                self._change.wait()
            return self._order is order and not self._closing

    def _shoot(self, order: Order, step: Step) -> Shot:
        material = order.material
        self._sides.keep(material.clips)
        before = self._sides.picture(0, material.before, step.index, order.box)
        layers = tuple(
            self._layer(material, take, partner, order.box)
            for take, partner in enumerate(material.partners_of(step.index))
        )
        after = layers[0] if layers else Layer()
        return Shot(
            order=order.number,
            lap=step.lap,
            index=step.index,
            time=material.before.frames.start_of(step.index),
            material=material,
            before=to_image(before),
            after=after.image,
            after_index=after.index,
            others=layers[1:],
        )

    def _layer(self, material: Material, take: int, partner: int | None, box: Box) -> Layer:
        if partner is None:
            return Layer()
        clip, take_box = material.takes[take].clip, material.take_box(take, box)
        return Layer(to_image(self._sides.picture(take + 1, clip, partner, take_box)), partner)


class _Side:
    """One file, opened when it is needed, and its latest pictures. Belongs to the decode thread."""

    def __init__(self, clip: Clip, open_reader: Callable[[Clip], Reader], first: Picture | None) -> None:
        self.clip = clip
        self._open_reader = open_reader
        self._reader: Reader | None = None
        self._first = first
        self._latest: OrderedDict[tuple[int, Box], Picture] = OrderedDict()

    def picture(self, index: int, box: Box) -> Picture:
        """The exact frame. A few are kept, so that pausing and stepping back need no seek."""
        wanted = (index, box)
        if wanted in self._latest:
            self._latest.move_to_end(wanted)
            return self._latest[wanted]
        if self._first is not None and index == 0 and _fits(self._first, self.clip, box):
            return self._first
        if self._reader is None:
            self._reader = self._open_reader(self.clip)
        picture = self._reader.picture(index, box)
        self._latest[wanted] = picture
        while len(self._latest) > self._most(len(picture.pixels)):
            self._latest.popitem(last=False)
        return picture

    def _most(self, size: int) -> int:
        """How many of `size` bytes are kept: the one on screen and those decoded ahead, more if they are small."""
        return max(1, _KEPT_BYTES // size, min(AHEAD + 1, _MOST_BYTES // size))

    def close(self) -> None:
        if self._reader is not None:
            self._reader.close()


def _fits(picture: Picture, clip: Clip, box: Box) -> bool:
    return (picture.width, picture.height) == fitted(clip.width, clip.height, box)


class _Sides:
    """The open files: the source first, then the result. Belongs to the decode thread.

    `first`, which any thread may set, is a clip about to be shown and the picture of its frame 0.
    """

    def __init__(self, open_reader: Callable[[Clip], Reader]) -> None:
        self.first: tuple[Clip, Picture] | None = None
        self._open_reader = open_reader
        self._open: dict[int, _Side] = {}

    def keep(self, clips: tuple[Clip, ...]) -> None:
        """Closes every file that is not in its place among `clips`."""
        for place, side in list(self._open.items()):
            if place >= len(clips) or clips[place] is not side.clip:
                del self._open[place]
                side.close()

    def picture(self, place: int, clip: Clip, index: int, box: Box) -> Picture:
        if place not in self._open:
            first, self.first = self.first, None
            known = first[1] if first is not None and first[0] is clip else None
            self._open[place] = _Side(clip, self._open_reader, known)
        return self._open[place].picture(index, box)
