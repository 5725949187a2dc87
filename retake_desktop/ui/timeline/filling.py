"""Filmstrip and waveform filling in behind the timeline, each on a thread that ends when another clip comes."""

import threading
from collections.abc import Callable, Iterator
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.errors import RetakeError
from retake_desktop.domain.span import Span
from retake_desktop.media.peaks import WaveformBlock
from retake_desktop.media.picture import Picture
from retake_desktop.media.previews import Previews


class Source(Protocol):
    """Where pictures and peaks come from: `media.previews.Previews`."""

    def pictures(
        self, clip: Clip, span: Span, count: int, height: int, cancelled: Callable[[], bool]
    ) -> Iterator[Picture]: ...

    def peaks(self, clip: Clip, cancelled: Callable[[], bool]) -> Iterator[WaveformBlock]: ...


class Filler(QObject):
    """Reads what the timeline draws. Signals: `picture_ready(Picture)`, `peaks_ready(WaveformBlock)`.

    What belongs to an earlier clip never arrives. A file that cannot be read leaves its part of the timeline empty:
    the stage, which reads the same file, says what is wrong.
    """

    picture_ready = Signal(object)
    peaks_ready = Signal(object)
    _made = Signal(object, object)

    def __init__(self, source: Source | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source = source or Previews()
        self._under_way: dict[str, threading.Event] = {}
        self._threads: list[threading.Thread] = []
        self._made.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def fill_peaks(self, clip: Clip) -> None:
        """Starts the waveform anew."""
        self._start("waveform", lambda cancelled: self._source.peaks(clip, cancelled))

    def fill_pictures(self, clip: Clip, span: Span, count: int, height: int) -> None:
        """Starts the filmstrip anew: `count` pictures of `span`, `height` physical pixels high.

        What was asked for before is abandoned: what is wanted now comes first.
        """
        self._start("filmstrip", lambda cancelled: self._source.pictures(clip, span, count, height, cancelled))

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

    def _start(self, name: str, make: Callable[[Callable[[], bool]], Iterator[Picture | WaveformBlock]]) -> None:
        if name in self._under_way:
            self._under_way[name].set()
        cancelled = self._under_way[name] = threading.Event()
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        thread = threading.Thread(target=self._run, args=(make, cancelled), name=name)
        self._threads.append(thread)
        thread.start()

    def _run(
        self, make: Callable[[Callable[[], bool]], Iterator[Picture | WaveformBlock]], cancelled: threading.Event
    ) -> None:
        try:
            for item in make(cancelled.is_set):
                if cancelled.is_set():
                    return
                self._made.emit(cancelled, item)
        except RetakeError:
            return

    def _deliver(self, cancelled: threading.Event, item: Picture | WaveformBlock) -> None:
        if cancelled.is_set():
            return
        if isinstance(item, Picture):
            self.picture_ready.emit(item)
        else:
            self.peaks_ready.emit(item)
