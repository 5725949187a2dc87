"""The engine of playback: what is loaded, what is on screen, and whether it runs."""

from dataclasses import replace
from fractions import Fraction

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal

from retake_desktop.domain.clip import FrameTimes
from retake_desktop.domain.span import Span
from retake_desktop.ui.playback.decoding import Decoder
from retake_desktop.ui.playback.material import Material, Shot
from retake_desktop.ui.playback.run import Run
from retake_desktop.ui.playback.runner import Runner
from retake_desktop.ui.playback.scrubbing import PLAYING, Scrubber
from retake_desktop.ui.playback.soundtrack import Side, Soundtrack

_STEP_MS = 10
"""How long a step to the next frame waits for the exact picture before the small one is shown in its place."""


class Engine(QObject):
    """One code path for one clip or for a pair. Lives in the GUI thread and never waits.

    Signals: `shot_shown(Shot)`: draw this; `moved(Fraction)`: the playhead, the start of the frame shown or asked
    for; `state_changed()`: playing, rate, loop, material or sound side changed; `lap_began(int)`: playing begins (0) or
    its loop begins anew; `failed(Problem)`.
    """

    shot_shown = Signal(object)
    moved = Signal(object)
    state_changed = Signal()
    lap_began = Signal(int)
    failed = Signal(object)

    def __init__(
        self,
        decoder: Decoder | None = None,
        sound: Soundtrack | None = None,
        parent: QObject | None = None,
        *,
        scrubber: Scrubber | None = None,
    ) -> None:
        super().__init__(parent)
        self.sound = sound or Soundtrack()
        self.material: Material | None = None
        self.index = 0
        self.rate = Fraction(0)
        self.loop: Span | None = None
        self.side = Side.BEFORE
        self.limits: Span | None = None
        self._box = (960, 540)
        self._oldest_order = 0
        self._shown: Shot | None = None
        self._preview: Shot | None = None
        self._scrubber = scrubber or Scrubber()
        self._decoder = decoder or Decoder(busy=self._scrubber.give_way)
        self._preview_timer = QTimer(self)
        self._preview_timer.setSingleShot(True)
        self._preview_timer.timeout.connect(self._show_preview)
        self._runner = Runner(self._decoder, self.sound, self)
        self._decoder.shot_ready.connect(self._receive, Qt.ConnectionType.QueuedConnection)
        self._decoder.failed.connect(self._fail, Qt.ConnectionType.QueuedConnection)
        self.sound.failed.connect(self.failed, Qt.ConnectionType.QueuedConnection)
        self._runner.shot_due.connect(self._show)
        self._runner.lap_began.connect(self.lap_began)
        self._runner.finished.connect(self._finish)

    @property
    def is_playing(self) -> bool:
        return self.rate != 0

    @property
    def time(self) -> Fraction:
        """The playhead: where the frame on screen (or just asked for) starts, in source clip time."""
        return Fraction(0) if self.material is None else self.material.before.frames.start_of(self.index)

    @property
    def box(self) -> tuple[int, int]:
        """The largest picture that can be shown, in physical pixels."""
        return self._box

    def load(self, material: Material | None, at: Fraction | None = None) -> None:
        """Takes up `material` (None: nothing), paused at clip time `at`; what was loaded before leaves the screen."""
        self._halt()
        same_source = self.material is not None and material is not None and self.material.before is material.before
        self.material = material
        self.limits = None
        self.side = Side.BEFORE
        if not same_source:
            self.loop = None
            self.index = 0
        self._shown = self._preview = None
        self._scrubber.load(material)
        self.sound.load(material)
        self._oldest_order = self._decoder.rest() + 1
        if material is not None:
            self.seek_frame(self.index if at is None else material.before.frames.index_at(at))
        self.state_changed.emit()

    def set_box(self, size: QSize) -> None:
        """The largest picture that can be shown, in physical pixels (of one side, in a comparison)."""
        box = (max(2, size.width()), max(2, size.height()))
        if box == self._box:
            return
        self._box = box
        if self.material is not None:
            self.play(self.rate) if self.is_playing else self._order_still()

    def play(self, rate: Fraction = Fraction(1)) -> None:
        """Plays at `rate` (negative: backwards); at the end it starts over."""
        if self.material is None or not rate:
            return
        first, stop = _bounds(self.material.before.frames, self.loop or self.limits)
        start = self.index
        at_the_end = start <= first if rate < 0 else start >= stop - 1
        if not first <= start < stop or at_the_end:
            start = stop - 1 if rate < 0 else first
        self.rate = rate
        self._preview = None
        self._scrubber.hold(PLAYING)
        self._runner.stop()
        self._runner.start(Run(self.material, first, stop, start, rate, self.loop is not None, self._box))
        self.state_changed.emit()

    def pause(self) -> None:
        if self.is_playing:
            self._come_to_rest()

    def seek_frame(self, index: int) -> None:
        if self.material is None:
            return
        first, stop = _bounds(self.material.before.frames, self.limits)
        self.index = max(first, min(stop - 1, index))
        self.moved.emit(self.time)
        if self.is_playing:
            self.play(self.rate)
        else:
            self._order_still()

    def close(self) -> None:
        """Ends the threads. Nothing may be called afterwards."""
        self._halt()
        self.material = None
        self._decoder.close()
        self._scrubber.close()
        self.sound.close()

    def _halt(self) -> None:
        self.rate = Fraction(0)
        self._runner.stop()
        self._scrubber.release(PLAYING)

    def _order_still(self) -> int:
        if self.material is None:
            return self._oldest_order
        self._scrubber.centre_on(self.index)
        preview, wait = self._small_shot()
        number = self._decoder.show(self.material, self.index, self._box, is_previewed=preview is not None)
        self._preview = None if preview is None else replace(preview, order=number)
        if wait:
            self._preview_timer.start(_STEP_MS)
        else:
            self._show_preview()
        return number

    def _small_shot(self) -> tuple[Shot | None, bool]:
        """The small picture of the frame asked for, if it is worth showing, and whether to wait with it.

        A step to the next frame is mostly decoded at once, and would only lose its sharpness for a moment.
        """
        shown = self._shown
        if self.material is None or (shown is not None and shown.index == self.index and shown.is_exact):
            return None, False
        step = shown is not None and shown.is_exact and abs(shown.index - self.index) == 1
        return self._scrubber.shot(self.material, self.index), step

    def _show_preview(self) -> None:
        preview, self._preview = self._preview, None
        self._preview_timer.stop()
        if preview is not None and preview.order >= self._oldest_order and preview.material is self.material:
            self._show(preview)

    def _receive(self, shot: Shot) -> None:
        if shot.order < self._oldest_order or self.material is None:
            return
        if self.is_playing:
            self._runner.take(shot)
        else:
            self._show(shot)

    def _show(self, shot: Shot) -> None:
        self._oldest_order = shot.order
        self._shown = shot
        if shot.is_exact and self._preview is not None and self._preview.order <= shot.order:
            self._preview = None
        if self.is_playing:
            self.index = shot.index
            self.moved.emit(shot.time)
        self.shot_shown.emit(shot)

    def _come_to_rest(self) -> None:
        """Stands still on the frame on screen; what was decoded ahead is not shown any more."""
        self._halt()
        self._oldest_order = self._order_still()
        self.state_changed.emit()

    def _finish(self) -> None:
        """A run has come to its end, which stays on screen."""
        if self.material is None:
            return
        first, stop = _bounds(self.material.before.frames, self.loop or self.limits)
        self.index = first if self.rate < 0 else stop - 1
        self.moved.emit(self.time)
        self._come_to_rest()

    def _fail(self, problem: object) -> None:
        self._halt()
        self.state_changed.emit()
        self.failed.emit(problem)


def _bounds(frames: FrameTimes, span: Span | None) -> tuple[int, int]:
    """First frame and the one after the last that may be shown: all, or those in `span`."""
    if span is None:
        return 0, len(frames)
    first = min(frames.nearest_boundary(span.start), len(frames) - 1)
    return first, max(first + 1, frames.nearest_boundary(span.end))
