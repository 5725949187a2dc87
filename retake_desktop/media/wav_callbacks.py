"""A virtual WAV behind the four C callbacks through which libVLC reads."""

import ctypes
from threading import Lock
from typing import Any

from retake_desktop.domain.errors import RetakeError
from retake_desktop.media.virtual_wav import VirtualWav

_MOST_PER_READ = 1 << 16
_OPEN = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.c_void_p, ctypes.POINTER(ctypes.c_void_p), ctypes.POINTER(ctypes.c_uint64)
)
_READ = ctypes.CFUNCTYPE(ctypes.c_ssize_t, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t)
_SEEK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_uint64)
_CLOSE = ctypes.CFUNCTYPE(None, ctypes.c_void_p)
"""As in libvlc_media.h (libVLC 3.0): libvlc_media_open_cb, _read_cb, _seek_cb, _close_cb."""


class WavCallbacks:
    """Called on a thread of libVLC's. Must outlive the media that was made with `addresses`."""

    def __init__(self, wav: VirtualWav) -> None:
        self._wav = wav
        self._offset = 0
        self._ended = False
        self._lock = Lock()
        self._functions = (_OPEN(self._open), _READ(self._read), _SEEK(self._seek), _CLOSE(self._close))

    @property
    def addresses(self) -> tuple[int | None, ...]:
        """Of the C functions open, read, seek and close."""
        return tuple(ctypes.cast(function, ctypes.c_void_p).value for function in self._functions)

    def end(self) -> None:
        """From now on reads fail at once, so that libVLC stops without waiting for a decoder."""
        self._ended = True

    def _open(self, _opaque: Any, _data: Any, size: Any) -> int:
        size[0] = self._wav.size
        self._offset = 0
        return 0

    def _read(self, _opaque: Any, buffer: Any, count: int) -> int:
        """Bytes read, 0 at the end of the file, -1 when it is over."""
        if self._ended:
            return -1
        try:
            with self._lock:
                part = self._wav.read(self._offset, min(count, _MOST_PER_READ))
        except RetakeError:
            return -1
        ctypes.memmove(buffer, part, len(part))
        self._offset += len(part)
        return len(part)

    def _seek(self, _opaque: Any, offset: int) -> int:
        self._offset = offset
        return 0

    def _close(self, _opaque: Any) -> None:
        self._ended = True
