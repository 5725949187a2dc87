"""Which frames are decoded ahead while playing: forwards with even skips where time is short, or backwards."""

from dataclasses import dataclass

_PATIENCE, _MOST_PATIENCE = 6, 200
"""Batches that found decoding well ahead before fewer frames are skipped. It doubles each time that was too soon."""
_MAX_STRIDE = 12


@dataclass(frozen=True, slots=True)
class Step:
    """A frame to be shown: its index, and the round of the loop that it belongs to."""

    lap: int
    index: int


class Course:
    """The order of frames from `start` through the frames `first` to `stop` (not included), in one direction.

    `stride` is every how many frames one is shown at best (fast playback shows fewer than there are). When decoding
    falls behind the clock it grows, so that skipped frames are spread evenly; it shrinks again with time to spare.
    """

    def __init__(
        self, first: int, stop: int, start: int, *, backwards: bool, looped: bool, stride: int = 1, chunk: int = 1
    ) -> None:
        self._first = first
        self._last = stop - 1
        self._direction = -1 if backwards else 1
        self._looped = looped
        self._best_stride = stride
        self._chunk = chunk
        self._lap = 0
        self._next = start
        self._given: Step | None = None
        self._at_ease = 0
        self._patience = _PATIENCE
        self.stride = stride

    def next_batch(self, due: Step) -> list[Step]:
        """The next frames in the order of showing, given the frame `due` by the clock; empty at the end.

        Forwards it is one frame; backwards several, which are decoded forwards in one go and shown in reverse.
        """
        if self._order_of(due) > (self._lap, self._next * self._direction):
            self._hurry(due)
        if self._is_outside(self._next):
            return self._turn()
        batch: list[Step] = []
        while len(batch) < self._chunk and not self._is_outside(self._next):
            batch.append(Step(self._lap, self._next))
            self._next += self.stride * self._direction
        self._given = batch[-1]
        return batch

    def had_to_wait(self) -> None:
        """Says that decoding is as far ahead as it may be."""
        self._at_ease += 1
        if self._at_ease >= self._patience and self.stride > self._best_stride:
            self.stride -= 1
            self._at_ease = 0

    def _order_of(self, step: Step) -> tuple[int, int]:
        return step.lap, step.index * self._direction

    def _hurry(self, due: Step) -> None:
        self._at_ease = 0
        self._patience = min(self._patience * 2, _MOST_PATIENCE)
        self.stride = min(self.stride + 1, _MAX_STRIDE)
        self._lap = due.lap
        self._next = due.index + self.stride * self._direction

    def _is_outside(self, index: int) -> bool:
        return not self._first <= index <= self._last

    def _turn(self) -> list[Step]:
        """Past the edge: the next round, or the very last frame, which is always shown."""
        edge = self._last if self._direction > 0 else self._first
        if self._looped:
            self._lap += 1
            self._next = self._first if self._direction > 0 else self._last
        elif self._given == Step(self._lap, edge):
            return []
        else:
            self._next = edge
        self._given = Step(self._lap, self._next)
        self._next += self.stride * self._direction
        return [self._given]
