"""Filmstrip and waveform filling in behind the timeline, each on a thread that ends when another clip comes."""

from collections.abc import Callable, Iterator
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.span import Span
from retake_desktop.media.overview import Reader
from retake_desktop.media.peaks import WaveformBlock
from retake_desktop.media.picture import Picture
from retake_desktop.media.previews import Previews
from retake_desktop.ui.reading import Reading


class Source(Protocol):
    """Where pictures and peaks come from: `media.previews.Previews`."""

    @property
    def reader(self) -> Reader:
        """Reads what else the timeline says of a clip."""
        ...

    def pictures(
        self, clip: Clip, span: Span, count: int, height: int, cancelled: Callable[[], bool]
    ) -> Iterator[Picture]: ...

    def peaks(self, clip: Clip, cancelled: Callable[[], bool]) -> Iterator[WaveformBlock]: ...


class Filler(Reading):
    """Reads what the timeline draws. Signals: `picture_ready(Picture)`, `peaks_ready(WaveformBlock)`.

    What belongs to an earlier clip never arrives. A file that cannot be read leaves its part of the timeline empty:
    the stage, which reads the same file, says what is wrong.
    """

    picture_ready = Signal(object)
    peaks_ready = Signal(object)

    def __init__(self, source: Source | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source = source or Previews()
        self.found.connect(self._sort)

    def reader(self) -> Reader:
        """Reads what else the timeline says of a clip."""
        return self._source.reader

    def fill_peaks(self, clip: Clip) -> None:
        """Starts the waveform anew."""
        self.read("waveform", lambda cancelled: self._source.peaks(clip, cancelled))

    def fill_pictures(self, clip: Clip, span: Span, count: int, height: int) -> None:
        """Starts the filmstrip anew: `count` pictures of `span`, `height` physical pixels high.

        What was asked for before is abandoned: what is wanted now comes first.
        """
        self.read("filmstrip", lambda cancelled: self._source.pictures(clip, span, count, height, cancelled))

    def _sort(self, piece: Picture | WaveformBlock) -> None:
        if isinstance(piece, Picture):
            self.picture_ready.emit(piece)
        else:
            self.peaks_ready.emit(piece)
