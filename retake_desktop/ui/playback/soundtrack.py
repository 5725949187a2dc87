"""The sound of what is played, asked for from the GUI thread and handled on a thread of its own."""

import queue
import threading
from collections.abc import Callable
from enum import Enum
from fractions import Fraction
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import RetakeError
from retake_desktop.ui.playback.material import Material

SLOWEST, FASTEST = Fraction(1, 4), Fraction(2)
"""Rates between which the sound is played along; outside, and backwards, the picture runs in silence."""


class Side(Enum):
    BEFORE = "before"
    AFTER = "after"


class SoundPlayer(Protocol):
    """What is used of `media.sound.Sound`."""

    def play(self, at: Fraction, rate: Fraction = Fraction(1)) -> None: ...
    def pause(self) -> None: ...
    def position(self) -> Fraction | None: ...
    def set_volume(self, percent: int) -> None: ...
    def close(self) -> None: ...


def system_sound(clip: Clip) -> SoundPlayer:
    """The clip's sound on the system's output."""
    from retake_desktop.media import sound

    return sound.Sound(clip)


def system_trouble() -> str | None:
    """Why there can be no sound, as a sentence; None when there can. May take a second."""
    from retake_desktop.media import sound

    return sound.trouble()


class Soundtrack(QObject):
    """The sound of the material's source, or of its result. No method waits.

    Signals: `failed(Problem)`: the sound could not be opened; `unusable(str)`: this system can play none, and why.
    The picture goes on without it. libVLC is loaded when the first clip with sound is.
    """

    failed = Signal(object)
    unusable = Signal(str)

    def __init__(
        self,
        open_sound: Callable[[Clip], SoundPlayer | None] = system_sound,
        find_trouble: Callable[[], str | None] = system_trouble,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._open_sound = open_sound
        self._find_trouble = find_trouble
        self._material: Material | None = None
        self._side = Side.BEFORE
        self._volume = 100
        self._wanted = False
        self._has_led = False
        self._player: SoundPlayer | None = None
        self._commands: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._asked = 0
        self._obeyed = 0
        self._thread = threading.Thread(target=self._run, name="sound")
        self._thread.start()

    def load(self, material: Material | None) -> None:
        """Prepares the sound of `material`; its chosen side starts as the source's."""
        self._material = material
        self._side = Side.BEFORE
        self._open_side()

    def choose(self, side: Side) -> None:
        """Takes the sound from source or result from the next `play` on."""
        if side is not self._side:
            self._side = side
            self._open_side()

    def play(self, at: Fraction, rate: Fraction) -> None:
        """Plays from source time `at`; silence where the rate or the place allows none."""
        place = self._to_side(at)
        if SLOWEST <= rate <= FASTEST and place is not None:
            self._wanted = True
            self._ask(lambda: self._with_player(lambda player: player.play(place, rate)))
        else:
            self.pause()

    def pause(self) -> None:
        self._wanted = False
        self._ask(lambda: self._with_player(lambda player: player.pause()))

    def set_volume(self, percent: int) -> None:
        self._volume = percent
        self._ask(lambda: self._with_player(lambda player: player.set_volume(percent)))

    def position(self) -> Fraction | None:
        """Source time being heard; None in silence and until everything asked for has been done."""
        player = self._player
        if player is None or self._asked != self._obeyed:
            return None
        heard = player.position()
        if heard is None:
            return None
        self._has_led = True
        return self._from_side(heard)

    @property
    def is_expected(self) -> bool:
        """Something was asked to be heard and will be in a moment, since this player has been heard before."""
        return self._wanted and self._has_led

    def close(self) -> None:
        """Ends the thread; the sound stops."""
        self._ask(lambda: self._swap(None))
        self._commands.put(None)
        self._thread.join()

    def _open_side(self) -> None:
        self._has_led = False
        material = self._material
        clip = None
        if material is not None:
            clip = material.after.clip if material.after and self._side is Side.AFTER else material.before
        self._ask(lambda: self._swap(clip))

    def _to_side(self, time: Fraction) -> Fraction | None:
        material = self._material
        if material is None:
            return None
        if material.after is None or self._side is Side.BEFORE:
            return time
        place = material.after.window.to_result(time)
        return place if 0 <= place < material.after.clip.duration else None

    def _from_side(self, heard: Fraction) -> Fraction:
        material = self._material
        if material is None or material.after is None or self._side is Side.BEFORE:
            return heard
        return material.after.window.result_to_source(heard)

    def _ask(self, command: Callable[[], None]) -> None:
        self._asked += 1
        self._commands.put(command)

    def _run(self) -> None:
        while (command := self._commands.get()) is not None:
            try:
                command()
            except RetakeError as error:
                self.failed.emit(error.problem)
            self._obeyed += 1

    def _swap(self, clip: Clip | None) -> None:
        player, self._player = self._player, None
        if player is not None:
            player.close()
        if clip is None or not clip.audio:
            return
        if reason := self._find_trouble():
            self.unusable.emit(reason)
        else:
            self._player = self._open_sound(clip)
            self._with_player(lambda opened: opened.set_volume(self._volume))

    def _with_player(self, action: Callable[[SoundPlayer], None]) -> None:
        if self._player is not None:
            action(self._player)
