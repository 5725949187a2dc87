"""The sound of what is played, asked for from the GUI thread and handled on a thread of its own."""

from collections.abc import Callable
from fractions import Fraction

from PySide6.QtCore import QObject, Signal

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.span import Span
from retake_desktop.media.sound_output import Device, Output
from retake_desktop.ui.playback.material import After, Material
from retake_desktop.ui.playback.sound_players import Side, SoundPlayer, SoundPlayers

__all__ = ["FASTEST", "SLOWEST", "Side", "SoundPlayer", "Soundtrack", "softened", "system_sound", "system_trouble"]

SLOWEST, FASTEST = Fraction(1, 4), Fraction(2)
"""Rates between which the sound is played along; outside, and backwards, the picture runs in silence."""


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

    Both are opened with the material, so that the other one is heard at once when it is chosen.

    Signals: `failed(Problem)`: the sound could not be opened; `unusable(str)`: this system can play none, and why.
    `lost()`: the sound device that was heard is gone; `regained()`: sound is heard again after that.
    The picture goes on without it. libVLC is loaded with the first clip with sound, unless it was before (`get_ready`).
    """

    failed = Signal(object)
    unusable = Signal(str)
    lost = Signal()
    regained = Signal()

    def __init__(
        self,
        open_sound: Callable[[Clip], SoundPlayer | None] = system_sound,
        find_trouble: Callable[[], str | None] = system_trouble,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._material: Material | None = None
        self._side = Side.BEFORE
        self._volume = 100
        self._wanted = False
        self._gains = dict.fromkeys(Side, 0.0)
        self._device = ""
        self._heard_output = Output.UNKNOWN
        self._players = SoundPlayers(open_sound, find_trouble, self.failed.emit, self.unusable.emit)
        self.get_ready = self._players.get_ready
        """Loads libVLC, which the first clip with sound would do otherwise, amid everything else that a clip begins."""

    def load(self, material: Material | None) -> None:
        """Prepares the sound of `material`; its chosen side starts as the source's."""
        self._material = material
        self._side = Side.BEFORE
        self._gains = dict.fromkeys(Side, 0.0)
        clips = {} if material is None else dict(zip(Side, material.audible, strict=False))
        self._players.open(clips, self._make_ready)

    def choose(self, side: Side) -> None:
        """Takes the sound from source or result from the next `play` on; the other one falls silent."""
        if side is not self._side:
            silenced, self._side = self._side, side
            self._players.ask(silenced, lambda player: player.pause())

    def play(self, at: Fraction, rate: Fraction, loop: Span | None = None) -> None:
        """Plays from source time `at`, round and round in `loop` if given; silence where rate or place allow none."""
        place = self._to_side(at, loop)
        if SLOWEST <= rate <= FASTEST and place is not None:
            self._wanted = True
            take = self._take
            there = None if loop is None else Span(_placed(take, loop.start), _placed(take, loop.end))
            self._players.ask(self._side, lambda player: player.play(place, rate, there))
        else:
            self.pause()

    def pause(self) -> None:
        self._wanted = False
        self._players.ask(self._side, lambda player: player.pause())

    def set_volume(self, percent: int) -> None:
        self._volume = percent
        for side in Side:
            self._ask_for_volume(side)

    def set_gain(self, side: Side, decibels: float) -> None:
        """Plays one side softer (negative) than the volume says, until other material is loaded."""
        self._gains[side] = decibels
        self._ask_for_volume(side)

    def choose_device(self, device: str) -> None:
        """Plays on the device with this id from now on; on the system's usual one for an empty text."""
        self._device = device
        for side in Side:
            self._players.ask(side, lambda player: player.choose_device(device))

    @property
    def device(self) -> str:
        """The id of the device chosen; empty for the system's usual one."""
        return self._device

    @property
    def devices(self) -> tuple[Device, ...]:
        """The sound devices there were when one was last heard of."""
        player = self._player
        return () if player is None else player.devices

    def position(self) -> Fraction | None:
        """Source time being heard; None in silence and until everything asked for has been done.

        In a loop it goes on counting through the rounds.
        """
        player = self._player
        if player is None or not self._players.is_settled:
            return None
        self._notice(player.output)
        heard = player.position()
        take = self._take
        return heard if heard is None or take is None else take.window.result_to_source(heard)

    @property
    def is_expected(self) -> bool:
        """Something was asked to be heard, and there is no reason to think that it will not be in a moment."""
        if not self._players.is_settled:
            return self._wanted
        player = self._player
        return self._wanted and player is not None and player.output is not Output.ABSENT

    @property
    def is_missed(self) -> bool:
        """Something was asked to be heard, but there was no sound device for it: it may be worth asking again."""
        player = self._player
        is_done = self._players.is_settled
        return self._wanted and is_done and player is not None and player.output is Output.ABSENT

    def close(self) -> None:
        """Ends the thread; the sound stops."""
        self._players.close()

    def _ask_for_volume(self, side: Side) -> None:
        percent = softened(self._volume, self._gains[side])
        self._players.ask(side, lambda player: player.set_volume(percent))

    def _make_ready(self, side: Side, player: SoundPlayer) -> None:
        player.set_volume(softened(self._volume, self._gains[side]))
        if self._device:
            player.choose_device(self._device)

    @property
    def _player(self) -> SoundPlayer | None:
        return self._players.get(self._side)

    @property
    def _take(self) -> After | None:
        """The take that is heard; None for the source."""
        material = self._material
        if material is None or material.after is None:
            return None
        return material.take_heard(0 if self._side is Side.BEFORE else 1)

    def _notice(self, output: Output) -> None:
        """Says once when the device that was heard is gone, and when there is one again."""
        before, self._heard_output = self._heard_output, output
        if output is Output.ABSENT and before is Output.PRESENT:
            self.lost.emit()
        elif output is Output.PRESENT and before is Output.ABSENT:
            self.regained.emit()
        elif output is Output.UNKNOWN:
            self._heard_output = before

    def _to_side(self, time: Fraction, loop: Span | None = None) -> Fraction | None:
        """The chosen side's own time; None where it has nothing. In a loop it goes on in silence there."""
        material = self._material
        if material is None:
            return None
        take, place = self._take, _placed(self._take, time)
        if take is None or loop is not None or 0 <= place < take.clip.duration:
            return place
        return None


def _placed(take: After | None, time: Fraction) -> Fraction:
    """Source time in the file that is heard; it may lie outside."""
    return time if take is None else take.window.to_result(time)


def softened(percent: int, decibels: float) -> int:
    """The volume that is `decibels` away from volume `percent`, at most 100.

    VLC's volume is the cube root of the amplitude, in all its outputs (modules/audio_output/volume.h, pulse.c).
    """
    return max(0, min(100, round(percent * 10 ** (decibels / 60))))
