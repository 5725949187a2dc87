"""The open sounds of what is played, each obeying on the one thread that may wait for libVLC."""

import queue
import threading
from collections.abc import Callable, Mapping
from enum import Enum
from fractions import Fraction
from typing import Protocol

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import Problem, RetakeError
from retake_desktop.domain.span import Span
from retake_desktop.media.sound_output import Device, Output

_LATER = 0.2
"""Seconds for which a clip that has just come is left to the window, unless something is asked of its sound."""


class Side(Enum):
    BEFORE = "before"
    AFTER = "after"


class SoundPlayer(Protocol):
    """What is used of `media.sound.Sound`."""

    @property
    def output(self) -> Output: ...
    @property
    def devices(self) -> tuple[Device, ...]: ...
    def play(self, at: Fraction, rate: Fraction = Fraction(1), loop: Span | None = None) -> None: ...
    def pause(self) -> None: ...
    def position(self) -> Fraction | None: ...
    def set_volume(self, percent: int) -> None: ...
    def choose_device(self, device: str) -> None: ...
    def close(self) -> None: ...


class SoundPlayers:
    """One sound for each side. Whatever is asked is done in order, later, on a thread of its own."""

    def __init__(
        self,
        open_sound: Callable[[Clip], SoundPlayer | None],
        find_trouble: Callable[[], str | None],
        failed: Callable[[Problem], None],
        unusable: Callable[[str], None],
    ) -> None:
        """`failed` and `unusable` are called on the thread."""
        self._open_sound = open_sound
        self._find_trouble = find_trouble
        self._failed = failed
        self._unusable = unusable
        self._open: dict[Side, SoundPlayer] = {}
        self._commands: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._asked = 0
        self._obeyed = 0
        self._hurry = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sound")
        self._thread.start()

    @property
    def is_settled(self) -> bool:
        """Everything that was asked for has been done."""
        return self._asked == self._obeyed

    def get(self, side: Side) -> SoundPlayer | None:
        return self._open.get(side)

    def get_ready(self) -> None:
        """Finds out whether there can be sound before somebody waits for it."""
        self._ask(self._look_for_trouble)

    def open(self, clips: Mapping[Side, Clip], made_ready: Callable[[Side, SoundPlayer], None]) -> None:
        """In place of what is open. A side that cannot be opened is silent; the other is heard all the same."""
        self._hurry.set()
        hurry = self._hurry = threading.Event()
        self._ask(lambda: self._exchange(clips, made_ready, hurry))

    def ask(self, side: Side, action: Callable[[SoundPlayer], None]) -> None:
        """Has `action` done with the sound of `side`, if it is open by then."""
        self._hurry.set()
        self._ask(lambda: self._do(side, action))

    def close(self) -> None:
        """Ends the thread; the sound stops."""
        self.open({}, lambda _side, _player: None)
        self._commands.put(None)
        self._thread.join()

    def _ask(self, command: Callable[[], None]) -> None:
        self._asked += 1
        self._commands.put(command)

    def _run(self) -> None:
        while (command := self._commands.get()) is not None:
            try:
                command()
            except RetakeError as error:
                self._failed(error.problem)
            self._obeyed += 1

    def _look_for_trouble(self) -> None:
        # Told when there is a clip whose sound is missed.
        self._find_trouble()

    def _do(self, side: Side, action: Callable[[SoundPlayer], None]) -> None:
        if side in self._open:
            action(self._open[side])

    def _exchange(
        self, clips: Mapping[Side, Clip], made_ready: Callable[[Side, SoundPlayer], None], hurry: threading.Event
    ) -> None:
        for player in self._open.values():
            player.close()
        self._open = {}
        audible = {side: clip for side, clip in clips.items() if clip.audio}
        if not audible:
            return
        hurry.wait(_LATER)
        if reason := self._find_trouble():
            self._unusable(reason)
            return
        for side, clip in audible.items():
            try:
                opened = self._open_sound(clip)
            except RetakeError as error:
                self._failed(error.problem)
                continue
            if opened is not None:
                made_ready(side, opened)
                self._open[side] = opened
