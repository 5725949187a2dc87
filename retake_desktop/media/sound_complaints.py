"""What libVLC's audio output complains of: the only sign of a sound device that has gone away while it plays.

It goes on counting blocks as played then, and its time goes on, with PulseAudio as with ALSA (libVLC 3.0.24).
"""

import ctypes
from collections.abc import Callable
from typing import Any

_ERROR = 4
"""LIBVLC_ERROR of libvlc.h."""
_OUTPUT = b"audio output"
"""libVLC's name for the type of object that plays (src/audio_output/output.c)."""
_CALLBACK = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)
"""libvlc_log_cb of libvlc.h (libVLC 3.0)."""


class Complaints:
    """Listens to `instance` while asked to. `heard` is called on a thread of libVLC's at each error of an output."""

    def __init__(self, vlc: Any, instance: Any, heard: Callable[[], None]) -> None:
        self._vlc = vlc
        self._instance = instance
        self._heard = heard
        self._function = _CALLBACK(self._take)
        self._is_listening = False

    def listen(self) -> None:
        """From now on. Not while a stream begins: libVLC says a hundred things then, and would wait for each."""
        if not self._is_listening:
            self._is_listening = True
            address = ctypes.cast(self._function, ctypes.c_void_p).value
            self._vlc.libvlc_log_set(self._instance, self._vlc.LogCb(address), None)

    def ignore(self) -> None:
        """Waits for a message under way; none is heard afterwards."""
        if self._is_listening:
            self._is_listening = False
            self._vlc.libvlc_log_unset(self._instance)

    def _take(self, _data: Any, level: int, context: int, _format: Any, _arguments: Any) -> None:
        if level < _ERROR:
            return
        kind = ctypes.c_char_p()
        # python-vlc's own wrapper takes no place to write a text to.
        self._vlc.dll["libvlc_log_get_object"](ctypes.c_void_p(context), ctypes.byref(kind), None, None)
        if kind.value == _OUTPUT:
            self._heard()
