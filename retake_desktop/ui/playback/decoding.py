"""The decode thread: the only place where exact frames are decoded for the screen, for source and result alike."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import ErrorKind, RetakeError
from retake_desktop.media.picture import Picture
from retake_desktop.ui.playback.course import Course, Step
from retake_desktop.ui.playback.image import to_image
from retake_desktop.ui.playback.material import Layer, Material, Shot
from retake_desktop.ui.playback.sides import MOST_AHEAD, Box, Reader, Sides, Wanted

_LEAST_AHEAD = 3
"""Shots decoded before their time while playing; up to `MOST_AHEAD` of them where they fit into `_AHEAD_BYTES`."""
_AHEAD_BYTES = 48 << 20
_AT_EASE = 5
"""Shots ahead with which no more need be skipped."""
_MOMENT_SECONDS = 0.05
"""In which whatever follows at once has followed, and has been drawn."""
_STAYS_SECONDS = 0.1
"""After which, from then on, a frame at rest is taken to stay for a while."""

_AT_REST_NS = 40_000_000
"""Nanoseconds for which one frame has been wanted before others are asked to leave the processor to it."""


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
        self._most_ahead = _LEAST_AHEAD
        self._due = Step(0, 0)
        self._numbers = 0
        self._following: Order | None = None
        self._is_filling = False
        self._since = 0
        self._sides = Sides(open_reader or self._open_reader)
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

        order = self._following
        return FrameReader(clip, self._is_unwanted, beside=order is not None and bool(order.material.takes))

    def _is_unwanted(self) -> bool:
        """Asked by the readers after each packet: whether what is being decoded would not be shown."""
        following, newest = self._following, self._order
        if following is None or self._closing or newest is None:
            return self._closing or newest is None
        if newest is not following:
            return self._is_filling or newest.is_previewed or newest.material is not following.material
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
            self._sides.close()

    def _next_order(self, done: int) -> Order | None:
        with self._change:
            while not self._closing:
                if self._order is None:
                    # Mostly another film is ordered in the same moment, whose first picture comes before all else.
                    if self._change.wait(_MOMENT_SECONDS):
                        continue
                    self._sides.keep(())
                    self._sides.let_go()
                elif self._order.number > done:
                    return self._order
                self._change.wait()
        return None

    def _follow(self, order: Order) -> None:
        if order.course is None:
            self.shot_ready.emit(self._shoot(order, Step(0, order.index)))
            self._busy(False)
            self._fill(order)
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
                self._most_ahead = _most_ahead(shots[batch[0]])
            for step in batch:
                self.shot_ready.emit(shots[step])

    def _fill(self, order: Order) -> None:
        """Decodes one frame further than one that stays on screen. After a seek the next one comes late, when the
        decoder is full: so playing begins at once, and so does a step."""
        if self._is_over(order, _MOMENT_SECONDS):
            return
        self._sides.let_go()
        if self._is_over(order, _STAYS_SECONDS) or order.index + 1 >= len(order.material.before.frames):
            return
        self._is_filling = True
        try:
            self._shoot(order, Step(0, order.index + 1))
        except RetakeError:
            pass  # It is said when that frame is asked for.
        finally:
            self._is_filling = False

    def _is_over(self, order: Order, seconds: float) -> bool:
        """Whether another takes the place of `order` in so long."""
        with self._change:
            return self._change.wait_for(lambda: self._order is not order or self._closing, seconds)

    def _wait_for_room(self, order: Order, course: Course) -> bool:
        """False once the order was replaced."""
        with self._change:
            if self._ahead >= min(_AT_EASE, self._most_ahead):
                course.had_to_wait()
            while self._ahead >= self._most_ahead and self._order is order and not self._closing:
                self._change.wait()
            return self._order is order and not self._closing

    def _shoot(self, order: Order, step: Step) -> Shot:
        material = order.material
        self._sides.keep(material.clips)
        partners = material.partners_of(step.index)
        wanted = [Wanted(0, material.before, step.index, order.box)] + [
            Wanted(take + 1, material.takes[take].clip, partner, material.take_box(take, order.box))
            for take, partner in enumerate(partners)
            if partner is not None
        ]
        pictures = self._sides.pictures(wanted, is_alone=not partners)
        images = {one.place: to_image(picture) for one, picture in zip(wanted, pictures, strict=True)}
        layers = tuple(Layer(images.get(take + 1), partner) for take, partner in enumerate(partners))
        after = layers[0] if layers else Layer()
        return Shot(
            order=order.number,
            lap=step.lap,
            index=step.index,
            time=material.before.frames.start_of(step.index),
            material=material,
            before=images[0],
            after=after.image,
            after_index=after.index,
            others=layers[1:],
        )


def _most_ahead(shot: Shot) -> int:
    """How many shots like `shot` are decoded before their time."""
    images = (shot.before, *(shot.layer(place).image for place in range(1, len(shot.material.clips))))
    size = sum(image.sizeInBytes() for image in images if image is not None)
    return max(_LEAST_AHEAD, min(MOST_AHEAD, _AHEAD_BYTES // max(1, size)))
