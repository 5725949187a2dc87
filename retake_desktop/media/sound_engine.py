"""One libVLC player for one clip's sound: streams that begin at an exact sample, and whether anybody hears them.

libVLC itself is handed in by `media.sound`, the only place that loads it.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.span import Span
from retake_desktop.media.pcm import RATE, PcmReader
from retake_desktop.media.sound_clock import SoundClock
from retake_desktop.media.sound_complaints import Complaints
from retake_desktop.media.sound_output import NOBODY, Device, Output
from retake_desktop.media.virtual_wav import Looped, Quiet, Samples, VirtualWav
from retake_desktop.media.wav_callbacks import WavCallbacks

_UNHEARD = 0.6
"""Seconds without a block taken by a sound device, while blocks are decoded, after which the device is gone. libVLC
counts anew every 0.25 s."""
_TRIAL = 3.0
"""Seconds after which a trial that told nothing holds no play up."""


@dataclass(frozen=True, slots=True)
class Play:
    """From clip time `at`; with `loop`, from its end straight on at its start, for ever."""

    at: Fraction
    rate: Fraction
    loop: Span | None = None


class SoundEngine:
    """Every method but the callbacks runs on the sound's own thread; callbacks never call libVLC."""

    def __init__(self, vlc: Any, instance: Any, clip: Clip, clock: SoundClock, wake: Callable[[], None]) -> None:
        self._clip = clip
        self._clock = clock
        self._wake = wake
        self._vlc = vlc
        self._reader = PcmReader(clip)
        self._instance = instance
        self._player: Any = None
        self._stream: WavCallbacks | None = None
        self._media: Any = None
        self._is_trial = False
        self._counted = 0, 0
        self._heard_at = self._begun_at = 0.0
        self._device = ""
        self._complaints = Complaints(vlc, instance, self._on_complaint)
        self._is_lost = False
        self._found = Output.UNKNOWN
        self.output = Output.UNKNOWN
        """What the latest stream of which it is known has found."""
        self.devices: tuple[Device, ...] = ()
        self.needs_check = False

    @property
    def is_streaming(self) -> bool:
        return self._stream is not None

    @property
    def is_trying_out(self) -> bool:
        """Silence is being played, and it is not known yet whether a device takes it."""
        return self._is_trial and self.is_streaming and time.monotonic() - self._begun_at < _TRIAL

    def try_out(self) -> None:
        """Plays silence until it is known whether there is a sound device."""
        self._is_trial = True
        self._begin(VirtualWav(Quiet(), 0, Fraction(1)))

    def play(self, wish: Play) -> None:
        self._is_trial = False
        source: Samples = self._reader if wish.loop is None else Looped(self._reader, wish.loop)
        self._clock.begin(wish.at, wish.rate, None if wish.loop else self._clip.duration)
        self._begin(VirtualWav(source, round(wish.at * RATE), wish.rate))

    def stop(self) -> None:
        if self._stream:
            self._complaints.ignore()
            self._stream.end()
            self._player.stop()
            self._stream = None
        self._clock.silence()

    def check(self, volume: int, device: str) -> None:
        """Sets volume and device, which libVLC takes only while it plays, and finds out whether somebody hears it.

        Without a device libVLC goes on "playing", and looks for one again with every block: that is ended here.
        """
        if self._stream is None:
            return
        self._player.audio_set_volume(volume)
        if device != self._device:
            self._device = device
            self._player.audio_output_device_set(None, device or None)
        self._look()
        if self._found is Output.ABSENT:
            self.stop()
            self._leave_player()
        elif self._found is Output.PRESENT:
            self.stop() if self._is_trial else self._complaints.listen()

    def close(self) -> None:
        self.stop()
        self._release_media()
        self._leave_player()
        self._instance.release()
        self._reader.close()

    def ask_for_check(self) -> None:
        """Has `check` called on the sound's own thread. Any thread."""
        self.needs_check = True
        self._wake()

    def _begin(self, wav: VirtualWav) -> None:
        if self._player is None:
            self._make_player()
        self._stream = WavCallbacks(wav)
        vlc = self._vlc
        kinds = (vlc.MediaOpenCb, vlc.MediaReadCb, vlc.MediaSeekCb, vlc.MediaCloseCb)
        pointers = (kind(address) for kind, address in zip(kinds, self._stream.addresses, strict=True))
        media = vlc.libvlc_media_new_callbacks(self._instance, *pointers, None)
        if media is None:
            return
        media.add_option(":demux=wav")
        self._release_media()
        self._media = media
        self._counted = 0, 0
        self._heard_at = self._begun_at = time.monotonic()
        self._found, self._is_lost = Output.UNKNOWN, False
        self._player.set_media(media)
        self._player.play()

    def _make_player(self) -> None:
        self._player = self._instance.media_player_new()
        self._device = ""
        types, events = self._vlc.EventType, self._player.event_manager()
        events.event_attach(types.MediaPlayerBuffering, self._on_buffering)
        events.event_attach(types.MediaPlayerTimeChanged, self._on_time)
        events.event_attach(types.MediaPlayerEncounteredError, self._on_error)

    def _leave_player(self) -> None:
        """A player keeps its way to the sound device, even a lost one; the next play makes a new one."""
        if self._player is not None:
            self._player.release()
            self._player = None

    def _look(self) -> None:
        """Finds out whether somebody hears this stream."""
        if self._is_lost or not self._is_taken():
            self._found = Output.ABSENT
        elif self._counted[1]:
            self.devices = self._listed_devices()
            only_nobody = bool(self.devices) and all(device.id in NOBODY for device in self.devices)
            self._found = Output.ABSENT if only_nobody else Output.PRESENT
        if self._found is not Output.UNKNOWN:
            self.output = self._found
        # A device that took the stream before takes this one too, until the counts say otherwise: they come too late.
        self._clock.trust(self.output is Output.PRESENT)

    def _is_taken(self) -> bool:
        """Whether, as far as libVLC's counts tell, blocks that were decoded are taken by a device."""
        statistics = self._vlc.MediaStats()
        if not self._media.get_stats(statistics):
            return True
        decoded, played = statistics.decoded_audio, statistics.played_abuffers
        had_decoded, had_played = self._counted
        if played > had_played or decoded == had_decoded:
            self._heard_at = time.monotonic()
            self._counted = decoded, played
        return not decoded or (bool(played) and time.monotonic() - self._heard_at <= _UNHEARD)

    def _listed_devices(self) -> tuple[Device, ...]:
        first = each = self._player.audio_output_device_enum()
        found = []
        while each:
            device, name = (bytes(text or b"").decode(errors="replace") for text in _texts(each.contents))
            if device:
                found.append(Device(device, name or device))
            each = each.contents.next
        if first:
            self._vlc.libvlc_audio_output_device_list_release(first)
        return tuple(found)

    def _release_media(self) -> None:
        if self._media is not None:
            self._media.release()
            self._media = None

    def _on_buffering(self, event: Any) -> None:
        if event.u.new_cache < 100:
            self._clock.stalled()
            return
        self._clock.started()
        self.ask_for_check()

    def _on_time(self, event: Any) -> None:
        self._clock.report(Fraction(event.u.new_time, 1000))
        self.ask_for_check()

    def _on_complaint(self) -> None:
        self._is_lost = True
        self.ask_for_check()

    def _on_error(self, _event: Any) -> None:
        self._clock.silence()


def _texts(device: Any) -> tuple[bytes | None, bytes | None]:
    return device.device, device.description
