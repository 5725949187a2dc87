"""Filmstrip and waveform filling in behind the timeline, each on a thread that ends when another clip comes."""

import threading
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import RetakeError
from retake_desktop.media.filmstrip import filmstrip
from retake_desktop.media.picture import Picture
from retake_desktop.media.waveform import WaveformChunk, waveform

_MOST_PEAKS = 24_000
_FINEST_PEAKS = 200
"""Peaks per second for short clips; long ones get fewer, so that drawing stays quick."""


class Filmstrip(Protocol):
    def __call__(self, clip: Clip, count: int, height: int, cancelled: Callable[[], bool]) -> Iterator[Picture]: ...


class Waveform(Protocol):
    def __call__(self, clip: Clip, peaks_per_second: int, cancelled: Callable[[], bool]) -> Iterator[WaveformChunk]: ...


def peaks_per_second(clip: Clip) -> int:
    return max(1, min(_FINEST_PEAKS, int(_MOST_PEAKS / max(clip.duration, Fraction(1)))))


class Filler(QObject):
    """Reads what the timeline draws. Signals: `picture_ready(Picture)`, `peaks_ready(WaveformChunk)`.

    What belongs to an earlier clip never arrives. A file that cannot be read leaves its part of the timeline empty:
    the stage, which reads the same file, says what is wrong.
    """

    picture_ready = Signal(object)
    peaks_ready = Signal(object)
    _made = Signal(object, object)

    def __init__(
        self, parent: QObject | None = None, *, pictures: Filmstrip = filmstrip, peaks: Waveform = waveform
    ) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._peaks = peaks
        self._under_way: dict[str, threading.Event] = {}
        self._threads: list[threading.Thread] = []
        self._made.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def fill(self, clip: Clip, count: int, height: int) -> None:
        """Starts anew for `clip`: `count` pictures of `height` physical pixels, and the peaks of its sound."""
        self.stop()
        self.fill_pictures(clip, count, height)
        if clip.audio:
            rate = peaks_per_second(clip)
            self._start("waveform", lambda cancelled: self._peaks(clip, rate, cancelled))

    def fill_pictures(self, clip: Clip, count: int, height: int) -> None:
        """Starts the filmstrip alone anew, for another size."""
        self._start("filmstrip", lambda cancelled: self._pictures(clip, count, height, cancelled))

    def stop(self) -> None:
        """Abandons what is under way; nothing of it arrives any more."""
        for cancelled in self._under_way.values():
            cancelled.set()
        self._under_way.clear()

    def close(self) -> None:
        """Ends the threads."""
        self.stop()
        for thread in self._threads:
            thread.join()
        self._threads.clear()

    def _start(self, name: str, make: Callable[[Callable[[], bool]], Iterator[Picture | WaveformChunk]]) -> None:
        if name in self._under_way:
            self._under_way[name].set()
        cancelled = self._under_way[name] = threading.Event()
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        thread = threading.Thread(target=self._run, args=(make, cancelled), name=name)
        self._threads.append(thread)
        thread.start()

    def _run(
        self, make: Callable[[Callable[[], bool]], Iterator[Picture | WaveformChunk]], cancelled: threading.Event
    ) -> None:
        try:
            for item in make(cancelled.is_set):
                if cancelled.is_set():
                    return
                self._made.emit(cancelled, item)
        except RetakeError:
            return

    def _deliver(self, cancelled: threading.Event, item: Picture | WaveformChunk) -> None:
        if cancelled.is_set():
            return
        if isinstance(item, Picture):
            self.picture_ready.emit(item)
        else:
            self.peaks_ready.emit(item)
