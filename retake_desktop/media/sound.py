"""Plays a clip's sound through libVLC, and tells which instant is being heard. The only file that knows libVLC."""

import ctypes
import logging
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from threading import Condition, Thread
from typing import Any

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import RetakeError
from retake_desktop.media.pcm import RATE, PcmReader
from retake_desktop.media.sound_clock import SoundClock
from retake_desktop.media.virtual_wav import VirtualWav
from retake_desktop.media.wav_callbacks import WavCallbacks

SLOWEST, FASTEST = Fraction(1, 4), Fraction(2)
_ARGUMENTS = ("--quiet", "--no-video", "--no-xlib", "--no-lua", "--no-media-library")
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


@dataclass(frozen=True, slots=True)
class _Play:
    at: Fraction
    rate: Fraction


class Sound:
    """The sound of one clip. No method waits for libVLC: a thread of its own obeys the newest wish.

    `output` is libVLC's audio output module, None the system's usual one; `arguments` are further ones for libVLC.
    Each play is a fresh stream that begins at the exact sample. Without a sound device, or without libVLC,
    `position` stays None and nothing else happens.
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
        self._wish: _Play | None = None
        self._is_new = False
        self._volume = 100
        self._closing = False
        self._engine: _Engine | None = None
        self._thread = Thread(target=self._work, name="sound")
        self._thread.start()

    def play(self, at: Fraction, rate: Fraction = Fraction(1)) -> None:
        """Starts at clip time `at`, from wherever it was; pitch is kept at every rate from 1/4 to 2."""
        start = min(max(at, Fraction(0)), self._clip.duration)
        self._wish_for(_Play(start, min(max(rate, SLOWEST), FASTEST)))

    def pause(self) -> None:
        """Falls silent. To go on, play from where the picture is."""
        self._wish_for(None)

    def position(self) -> Fraction | None:
        """Clip time that is being heard, None when nothing is."""
        return self._clock.position()

    def set_volume(self, percent: int) -> None:
        """0 to 100, the same for whatever is played next."""
        with self._changed:
            self._volume = min(max(percent, 0), 100)
        if self._engine:
            self._engine.ask_for_check()

    def close(self) -> None:
        """Falls silent and ends. Nothing can be played afterwards."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        self._clock.silence()
        self._thread.join(_CLOSE_WAIT)

    def _wish_for(self, wish: _Play | None) -> None:
        self._clock.silence()
        with self._changed:
            self._wish, self._is_new = wish, True
            self._changed.notify()

    def _work(self) -> None:
        if not self._clip.audio:
            return
        try:
            engine = _Engine(self._clip, self._clock, self._arguments, self._wake)
        except (_UnusableError, RetakeError):
            return
        self._engine = engine
        try:
            self._obey(engine)
        finally:
            engine.close()

    def _obey(self, engine: "_Engine") -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closing or self._is_new or engine.needs_check)
                closing, wish, is_new, volume = self._closing, self._wish, self._is_new, self._volume
                self._is_new = engine.needs_check = False
            if closing:
                return
            if is_new:
                engine.stop()
                if wish:
                    engine.play(wish)
            engine.check(volume)

    def _wake(self) -> None:
        with self._changed:
            self._changed.notify()


class _Engine:
    """libVLC itself. Every method but the callbacks runs on the sound's own thread; callbacks never call libVLC."""

    def __init__(self, clip: Clip, clock: SoundClock, arguments: Sequence[str], wake: Callable[[], None]) -> None:
        self._clip = clip
        self._clock = clock
        self._wake = wake
        self._vlc = _library()
        self._reader = PcmReader(clip)
        self._instance = _new_instance(arguments)
        self._player = self._instance.media_player_new()
        self._stream: WavCallbacks | None = None
        self._media: Any = None
        self._is_heard = False
        self.needs_check = False
        types, events = self._vlc.EventType, self._player.event_manager()
        events.event_attach(types.MediaPlayerBuffering, self._on_buffering)
        events.event_attach(types.MediaPlayerTimeChanged, self._on_time)
        events.event_attach(types.MediaPlayerEncounteredError, self._on_error)

    def play(self, wish: _Play) -> None:
        start = round(wish.at * RATE)
        self._stream = WavCallbacks(VirtualWav(self._reader, start, wish.rate))
        vlc = self._vlc
        kinds = (vlc.MediaOpenCb, vlc.MediaReadCb, vlc.MediaSeekCb, vlc.MediaCloseCb)
        pointers = (kind(address) for kind, address in zip(kinds, self._stream.addresses, strict=True))
        media = vlc.libvlc_media_new_callbacks(self._instance, *pointers, None)
        if media is None:
            return
        media.add_option(":demux=wav")
        self._clock.begin(wish.at, wish.rate, self._clip.duration)
        self._release_media()
        self._media = media
        self._player.set_media(media)
        self._player.play()

    def stop(self) -> None:
        if self._stream:
            self._stream.end()
            self._player.stop()
            self._stream = None
        self._clock.silence()

    def check(self, volume: int) -> None:
        """Sets the volume, which libVLC takes only while it plays, and gives up when it found no sound device.

        Without a device libVLC goes on "playing", and looks for one again with every block.
        """
        if self._stream is None:
            return
        self._player.audio_set_volume(volume)
        statistics = self._vlc.MediaStats()
        if not self._is_heard and self._media.get_stats(statistics) and statistics.decoded_audio:
            self._is_heard = statistics.played_abuffers > 0
            if self._is_heard:
                self._clock.trust()
            else:
                self.stop()

    def close(self) -> None:
        self.stop()
        self._release_media()
        self._player.release()
        self._instance.release()
        self._reader.close()

    def _release_media(self) -> None:
        if self._media is not None:
            self._media.release()
            self._media = None

    def _on_buffering(self, event: Any) -> None:
        if event.u.new_cache >= 100:
            self._clock.started()
            self.ask_for_check()

    def _on_time(self, event: Any) -> None:
        self._clock.report(Fraction(event.u.new_time, 1000))
        if not self._is_heard:
            self.ask_for_check()

    def _on_error(self, _event: Any) -> None:
        self._clock.silence()

    def ask_for_check(self) -> None:
        """Has `check` called on the sound's own thread. Any thread."""
        self.needs_check = True
        self._wake()
