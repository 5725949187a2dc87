"""Keeps a track's backdrop filled: with the pictures and peaks of its clip, in the size that it has."""

from PySide6.QtCore import QObject, QTimer

from retake_desktop.domain.clip import Clip
from retake_desktop.media.picture import Picture
from retake_desktop.media.waveform import WaveformChunk
from retake_desktop.ui.timeline.backdrop import STRIP_HEIGHT
from retake_desktop.ui.timeline.filling import Filler
from retake_desktop.ui.timeline.track import Track

_REFILL_MS = 400
"""After the last change of size."""
_REDRAW_MS = 60
"""How often arriving pictures and peaks are drawn; each drawing costs a few milliseconds."""


class Backfill(QObject):
    """Between `filler`, which reads, and `track`, which draws."""

    def __init__(self, track: Track, filler: Filler) -> None:
        super().__init__(track)
        self._track = track
        self._filler = filler
        self._clip: Clip | None = None
        self._filled = (0, 0)
        self._refill = QTimer(self, singleShot=True, interval=_REFILL_MS)
        self._redraw = QTimer(self, singleShot=True, interval=_REDRAW_MS)
        self._refill.timeout.connect(self._fill_again)
        self._redraw.timeout.connect(track.update)
        track.resized.connect(self._refill.start)
        filler.picture_ready.connect(self._add_picture)
        filler.peaks_ready.connect(self._add_peaks)

    def show_clip(self, clip: Clip | None) -> None:
        """Empties the backdrop and fills it for `clip`; one that is there already stays."""
        if clip is self._clip:
            return
        self._clip = clip
        self._filler.stop()
        self._track.backdrop.clear(clip)
        if clip is not None:
            self._filled = self._size()
            self._filler.fill(clip, *self._filled)

    def close(self) -> None:
        """Ends the threads."""
        self._filler.close()

    def _size(self) -> tuple[int, int]:
        """How many pictures fill the track, and their height in physical pixels."""
        count = -(-self._track.width() // self._track.backdrop.cell_width)
        return max(1, count), round(STRIP_HEIGHT * self._track.devicePixelRatioF())

    def _fill_again(self) -> None:
        """New pictures only when the old ones are clearly too few or too small."""
        count, height = self._size()
        if self._clip is not None and (count > self._filled[0] * 5 // 4 or height > self._filled[1]):
            self._filled = (count, height)
            self._track.backdrop.forget_pictures()
            self._filler.fill_pictures(self._clip, count, height)

    def _add_picture(self, picture: Picture) -> None:
        self._track.backdrop.add_picture(picture)
        self._draw_soon()

    def _add_peaks(self, chunk: WaveformChunk) -> None:
        self._track.backdrop.add_peaks(chunk)
        self._draw_soon()

    def _draw_soon(self) -> None:
        if not self._redraw.isActive():
            self._redraw.start()
