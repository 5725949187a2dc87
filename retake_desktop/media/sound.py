"""Plays a clip's sound through libVLC, and tells which instant is being heard. The only file that loads libVLC."""

import ctypes
import logging
import sys
import time
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache
from threading import Condition, Thread
from typing import Any

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import RetakeError
from retake_desktop.domain.span import Span
from retake_desktop.media.sound_clock import SoundClock
from retake_desktop.media.sound_engine import Play, SoundEngine
from retake_desktop.media.sound_output import Device, Output

SLOWEST, FASTEST = Fraction(1, 4), Fraction(2)
_ARGUMENTS = ("--quiet", "--no-video", "--no-xlib", "--no-lua", "--no-media-library")
_LOOK_AGAIN = 0.25
"""Seconds after which a stream that says nothing is looked at."""
_CLOSE_WAIT = 0.05
"""Seconds that `close` waits for the worker; it ends by itself soon after, and the process waits for it."""

_NOT_INSTALLED = "VLC was not found on this computer. Install VLC 3 to hear the sound."
_NO_PLUGINS = "VLC was found, but it does not start. Install VLC 3 again to hear the sound."


class _UnusableError(Exception):
    """libVLC cannot be used; the message is a sentence for the person."""


@cache
def trouble() -> str | None:
    """Why libVLC cannot be used, in one sentence; None when it can. May take a second when asked first."""
    try:
        _new_instance(()).release()
    except _UnusableError as error:
        return str(error)
    return None


def version() -> str:
    """libVLC's version, "" where it cannot be used."""
    try:
        return str(_library().libvlc_get_version().decode("utf-8", "replace"))
    except (_UnusableError, AttributeError):
        return ""


def _new_instance(arguments: Sequence[str]) -> Any:
    vlc = _library()
    instance = vlc.Instance(*_ARGUMENTS, *arguments)
    if instance is None:
        raise _UnusableError(_NO_PLUGINS)
    return instance


@cache
def _library() -> Any:
    # python-vlc logs to the terminal and ends the process when the library is not where it was told to look.
    logging.getLogger("vlc").setLevel(logging.CRITICAL)
    try:
        import vlc  # type: ignore[import-untyped, unused-ignore]  # it has no type information
    except (ImportError, OSError, NameError, AttributeError, SystemExit) as error:
        raise _UnusableError(_NOT_INSTALLED) from error
    _hush_alsa()
    return vlc


def _hush_alsa() -> None:
    """Keeps ALSA from writing pages to the terminal when there is no sound device.

    WORKAROUND: VLC 3 sets no handler of its own, https://www.alsa-project.org/alsa-doc/alsa-lib/group___error.html.
    Any harmless C function serves; a Python one could be called while the interpreter ends. Remove with VLC 3.
    """
    if not sys.platform.startswith("linux"):
        return
    try:
        alsa, libc = ctypes.CDLL("libasound.so.2"), ctypes.CDLL(None)
        alsa.snd_lib_error_set_handler(ctypes.cast(libc.getpid, ctypes.c_void_p))
    except (OSError, AttributeError):
        return


class Sound:
    """The sound of one clip. No method waits for libVLC: a thread of its own obeys the newest wish.

    `output` is libVLC's audio output module, None the system's usual one; `arguments` are further ones for libVLC.
    Each play is a fresh stream that begins at the exact sample. Without a sound device, or without libVLC,
    `position` stays None and nothing else happens; each play looks for a device again.
    """

    def __init__(
        self,
        clip: Clip,
        output: str | None = None,
        *,
        arguments: Sequence[str] = (),
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._clip = clip
        self._arguments = (*((f"--aout={output}",) if output else ()), *arguments)
        self._clock = SoundClock(now)
        self._changed = Condition()
        self._wish: Play | None = None
        self._is_new = False
        self._volume = 100
        self._device = ""
        self._closing = False
        self._engine: SoundEngine | None = None
        self._is_hopeless = not clip.audio
        self._thread = Thread(target=self._work, name="sound")
        self._thread.start()

    @property
    def output(self) -> Output:
        """Whether a sound device takes what is played. Found out soon after opening, and again with each play."""
        if self._is_hopeless:
            return Output.ABSENT
        return self._engine.output if self._engine else Output.UNKNOWN

    @property
    def devices(self) -> tuple[Device, ...]:
        """The sound devices there were when one was last found; empty before."""
        return self._engine.devices if self._engine else ()

    def play(self, at: Fraction, rate: Fraction = Fraction(1), loop: Span | None = None) -> None:
        """Starts at clip time `at`, from wherever it was; pitch is kept at every rate from 1/4 to 2.

        With `loop`, the sound goes round in it without a gap, and may be placed outside the clip, where it is silent.
        """
        start = at if loop else min(max(at, Fraction(0)), self._clip.duration)
        self._wish_for(Play(start, min(max(rate, SLOWEST), FASTEST), loop))

    def pause(self) -> None:
        """Falls silent. To go on, play from where the picture is."""
        self._wish_for(None)

    def position(self) -> Fraction | None:
        """Clip time that is being heard, None when nothing is. In a loop it goes on counting through the rounds."""
        return self._clock.position()

    def set_volume(self, percent: int) -> None:
        """0 to 100, the same for whatever is played next."""
        self._volume = min(max(percent, 0), 100)
        if self._engine:
            self._engine.ask_for_check()

    def choose_device(self, device: str) -> None:
        """Plays on the device with this id, the system's usual one for an empty text, now and from now on."""
        self._device = device
        if self._engine:
            self._engine.ask_for_check()

    def close(self) -> None:
        """Falls silent and ends. Nothing can be played afterwards."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        self._clock.silence()
        self._thread.join(_CLOSE_WAIT)

    def _wish_for(self, wish: Play | None) -> None:
        self._clock.silence()
        with self._changed:
            self._wish, self._is_new = wish, True
            self._changed.notify()

    def _work(self) -> None:
        if not self._clip.audio:
            return
        try:
            engine = SoundEngine(_library(), _new_instance(self._arguments), self._clip, self._clock, self._wake)
        except (_UnusableError, RetakeError):
            self._is_hopeless = True
            return
        self._engine = engine
        try:
            self._obey(engine)
        finally:
            engine.close()

    def _obey(self, engine: SoundEngine) -> None:
        """A play waits until it is known whether there is a device: its first half second would be heard unnoticed."""
        engine.try_out()
        while True:
            with self._changed:
                timeout = _LOOK_AGAIN if engine.is_streaming else None
                self._changed.wait_for(lambda: self._closing or self._is_due(engine) or engine.needs_check, timeout)
                closing, wish, is_due = self._closing, self._wish, self._is_due(engine)
                self._is_new = self._is_new and not is_due
                engine.needs_check = False
            if closing:
                return
            if is_due:
                engine.stop()
                if wish:
                    engine.play(wish)
            engine.check(self._volume, self._device)

    def _is_due(self, engine: SoundEngine) -> bool:
        return self._is_new and not engine.is_trying_out

    def _wake(self) -> None:
        with self._changed:
            self._changed.notify()
