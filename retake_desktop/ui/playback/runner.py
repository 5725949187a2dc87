"""Playing: shows shots at their time by the clock, and drops what comes too late."""

import time
from collections import deque
from collections.abc import Callable
from fractions import Fraction

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from retake_desktop.ui.playback.clock import Clock
from retake_desktop.ui.playback.course import Step
from retake_desktop.ui.playback.decoding import Decoder
from retake_desktop.ui.playback.material import Shot
from retake_desktop.ui.playback.run import Run
from retake_desktop.ui.playback.soundtrack import Soundtrack

_LATE = Fraction(1, 20)
"""Seconds after its end until which a frame is still shown; later, only to keep the picture from standing still."""
_STANDSTILL = Fraction(1, 2)
_POLL_MS = 8
_FILL_NS = 800_000_000
"""How long they are waited for, where decoding is slow."""
_BEHIND = Fraction(1, 50)
"""Seconds. A window that was held up shows each picture, one after the other, where it is no further behind than this
and half of what a picture lasts; otherwise it leaves out what is past."""
_REFRESH_MS = 16
"""What a screen needs to show a picture."""
_SOUND_WAIT_NS = 600_000_000
"""How long the first frame waits for the sound, so that both start together. libVLC takes 10 to 40 ms where it has
played before; it tells 0.25 to 0.5 s after its first sound of all whether anybody hears it."""
_APART = Fraction(1, 10)
"""Seconds. Sound that comes after the picture has started, and further from it, is placed anew."""
_LONGEST_DELAY = Fraction(3, 10)
"""Seconds. What took longer waited for something else, and says nothing of how long the next sound will take."""
_ASK_AGAIN_NS = 2_000_000_000
"""How long after finding no sound device the sound is tried again."""


class Runner(QObject):
    """Plays one run at a time.

    Signals: `shot_due(Shot)` at its moment; `lap_began(int)`: a run (0) or its next round begins; `finished()` when a
    run has ended by itself.
    """

    shot_due = Signal(object)
    lap_began = Signal(int)
    finished = Signal()

    def __init__(
        self,
        decoder: Decoder,
        sound: Soundtrack,
        parent: QObject | None = None,
        *,
        now: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        super().__init__(parent)
        self._decoder = decoder
        self._sound = sound
        self._now = now
        self._clock = Clock(now)
        self._run: Run | None = None
        self._order = 0
        self._lap = 0
        self._started = False
        self._fills_until: int | None = None
        self._waits_until: int | None = None
        self._sound_lead = Fraction(0)
        self._sound_delay = Fraction(0)
        self._placed = Fraction(0)
        self._placed_at = 0
        self._has_heard = False
        self._was_moved = False
        self._ask_again_at = 0
        self._last_shown = Fraction(0)
        self._queue: deque[Shot] = deque()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._tick)

    def start(self, run: Run) -> None:
        """Begins `run`; clock and sound start when its first frame is there."""
        self._run = run
        self._lap = 0
        self._started = self._was_moved = False
        self._fills_until = self._waits_until = None
        self._last_shown = run.entry(run.start)
        self._queue.clear()
        self.lap_began.emit(0)
        self._order = self._decoder.play(run.material, run.start, run.box, run.course())

    def stop(self) -> None:
        self._run = None
        self._timer.stop()
        self._queue.clear()
        self._sound.pause()

    def sound_changed(self) -> None:
        """Lets the sound begin anew at this moment, after its side was changed."""
        if self._run is not None and self._started:
            self._place_sound(self._run, self._clock.position())

    def take(self, shot: Shot) -> None:
        """A shot that was decoded ahead of its time."""
        run = self._run
        if run is None or shot.order != self._order:
            return
        if self._fills_until is None:
            self._fills_until = self._now() + _FILL_NS
        self._queue.append(shot)
        self._tick()

    def _start_clock(self, run: Run) -> None:
        """Starts with the sound, or without it when there is none or it keeps us waiting."""
        if self._waits_until is None:
            if not run.is_filled(len(self._queue)) and self._now() < (self._fills_until or 0):
                self._timer.start(_POLL_MS)
                return
            self._waits_until = self._now() + _SOUND_WAIT_NS
            self._place_sound(run, run.material.before.frames.start_of(run.start))
        heard = self._sound.position()
        if heard is None and self._sound.is_expected and self._now() < (self._waits_until or 0):
            self._timer.start(_POLL_MS)
            return
        self._started = True
        begin = run.entry(run.start)
        self._has_heard = heard is not None and abs(heard - begin) < _STANDSTILL
        if heard is not None and self._has_heard:
            self._learn_delay(run, heard)
            begin = heard
        self._clock.start(begin, run.rate)

    def _tick(self) -> None:
        run = self._run
        if run is None:
            return
        if not self._started:
            self._start_clock(run)
        if not self._started:
            return
        passed = self._clock.position(self._heard(run))
        if not run.looped and self._is_past(run, passed):
            self.stop()
            self.finished.emit()
            return
        lap = max(self._lap, run.lap_at(passed))
        if lap != self._lap:
            self._lap = lap
            self.lap_began.emit(lap)
        position = passed - run.lead(self._lap)
        taken = self._show_due(run, position)
        self._decoder.report(Step(self._lap, run.material.before.frames.index_at(position)), taken)
        self._timer.start(self._pause_length(run))

    def _place_sound(self, run: Run, passed: Fraction) -> None:
        """Begins the sound at clip time `passed`, which counts on through the rounds of a loop.

        Beside a running picture it begins as much further on as it will be late.
        """
        if self._started:
            passed += self._sound_delay * run.rate
        self._sound_lead = run.lead(run.lap_at(passed))
        self._has_heard = False
        self._placed, self._placed_at = passed - self._sound_lead, self._now()
        self._ask_again_at = self._placed_at + _ASK_AGAIN_NS
        self._sound.play(self._placed, run.rate, run.loop)

    def _learn_delay(self, run: Run, heard: Fraction) -> None:
        """Real seconds from asking for the sound until its first sample is heard."""
        waited = Fraction(self._now() - self._placed_at, 1_000_000_000)
        delay = waited - (heard - self._placed) / run.rate
        if 0 <= delay <= _LONGEST_DELAY:
            self._sound_delay = delay

    def _heard(self, run: Run) -> Fraction | None:
        """Where the sound is. One that starts late is placed anew rather than the picture thrown about."""
        heard = self._sound.position()
        if heard is None:
            if self._sound.is_missed and self._now() > self._ask_again_at:
                self._was_moved = False
                self._place_sound(run, self._clock.position())
            return None
        heard += self._sound_lead
        if not self._has_heard:
            now = self._clock.position()
            self._learn_delay(run, heard - self._sound_lead)
            if abs(heard - now) > _APART * abs(run.rate) and not self._was_moved:
                self._was_moved = True
                self._place_sound(run, now)
                return None
            self._has_heard = True
        return heard

    def _is_past(self, run: Run, position: Fraction) -> bool:
        return position <= run.ends if run.rate < 0 else position >= run.ends

    def _show_due(self, run: Run, position: Fraction) -> int:
        """Shows the newest shot whose time has come, or the one before it if that is soon enough; says how many left
        the queue."""
        due: Shot | None = None
        taken = 0
        while self._queue and self._has_come(run, self._queue[0], position):
            if due is not None and self._is_just_behind(run, self._queue[0], position):
                break
            due = self._queue.popleft()
            taken += 1
        if due is not None and self._is_fresh(run, due, position):
            self._last_shown = position + run.lead(self._lap)
            self.shot_due.emit(due)
        return taken

    def _has_come(self, run: Run, shot: Shot, position: Fraction) -> bool:
        if shot.lap != self._lap:
            return shot.lap < self._lap
        entry = run.entry(shot.index)
        return entry >= position if run.rate < 0 else entry <= position

    def _is_just_behind(self, run: Run, shot: Shot, position: Fraction) -> bool:
        """Whether `shot`, whose time has come, can still wait until the one before it has been seen."""
        frames = run.material.before.frames
        length = frames.end_of(shot.index) - frames.start_of(shot.index)
        behind = abs(position - run.entry(shot.index))
        return shot.lap == self._lap and behind <= min(_BEHIND * abs(run.rate), length / 2)

    def _is_fresh(self, run: Run, shot: Shot, position: Fraction) -> bool:
        if shot.lap != self._lap:
            return False
        frames = run.material.before.frames
        exit_time = frames.start_of(shot.index) if run.rate < 0 else frames.end_of(shot.index)
        late = (exit_time - position if run.rate < 0 else position - exit_time) / abs(run.rate)
        return late <= _LATE or abs(position + run.lead(self._lap) - self._last_shown) > _STANDSTILL * abs(run.rate)

    def _pause_length(self, run: Run) -> int:
        """Milliseconds until there is something to do: the next shot's time, or a look at the clock."""
        if not self._queue or self._queue[0].lap != self._lap:
            return max(1, min(_POLL_MS, self._clock.milliseconds_until(run.ends + run.lead(self._lap))))
        return self._clock.milliseconds_until(run.entry(self._queue[0].index) + run.lead(self._lap)) or _REFRESH_MS
