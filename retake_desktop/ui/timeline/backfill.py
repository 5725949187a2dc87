"""Keeps a track's backdrop filled: with the pictures and peaks of its clip, in the size that it has."""

from PySide6.QtCore import QObject, QTimer

from retake_desktop.domain.clip import Clip
from retake_desktop.media.peaks import WaveformBlock
from retake_desktop.media.picture import Picture
from retake_desktop.media.previews import Tile, tiles
from retake_desktop.ui.timeline.backdrop import STRIP_HEIGHT
from retake_desktop.ui.timeline.filling import Filler
from retake_desktop.ui.timeline.track import Track

_FILL_MS = 100
"""After a clip has come: until then the window has enough to do with it."""
_REFILL_MS = 120
"""After the last change of size or of what is zoomed to."""
_REDRAW_MS = 60
"""How often arriving pictures and peaks are drawn; each drawing costs a few milliseconds."""


class Backfill(QObject):
    """Between `filler`, which reads, and `track`, which draws."""

    def __init__(self, track: Track, filler: Filler) -> None:
        super().__init__(track)
        self._track = track
        self._filler = filler
        self._clip: Clip | None = None
        self._asked: tuple[list[Tile], int] | None = None
        self._has_asked_for_peaks = False
        self._refill = QTimer(self, singleShot=True)
        self._redraw = QTimer(self, singleShot=True, interval=_REDRAW_MS)
        self._refill.timeout.connect(self._fill)
        self._redraw.timeout.connect(track.update)
        track.viewed.connect(self._refill_soon)
        filler.picture_ready.connect(self._add_picture)
        filler.peaks_ready.connect(self._add_peaks)

    def show_clip(self, clip: Clip | None) -> None:
        """Empties the backdrop and fills it for `clip`; one that is there already stays."""
        if clip is self._clip:
            return
        self._clip = clip
        self._filler.stop()
        self._track.backdrop.clear(clip)
        self._asked = None
        self._has_asked_for_peaks = False
        self._refill_soon()

    def close(self) -> None:
        """Ends the threads."""
        self._filler.close()

    def _refill_soon(self) -> None:
        """While somebody zooms, when they rest."""
        self._refill.start(_FILL_MS if self._asked is None else _REFILL_MS)

    def _fill(self) -> None:
        if self._clip is not None and not self._has_asked_for_peaks:
            self._has_asked_for_peaks = True
            self._filler.fill_peaks(self._clip)
        self._fill_pictures()

    def _fill_pictures(self) -> None:
        """Asks for what is in view, unless that is what was asked for last."""
        clip, scale = self._clip, self._track.scale
        if clip is None or scale.width <= 0:
            return
        count = -(-scale.width // self._track.backdrop.cell_width)
        height = round(STRIP_HEIGHT * self._track.devicePixelRatioF())
        wanted = tiles(clip, scale.view, count), height
        if wanted == self._asked:
            return
        if self._asked is not None and self._asked[1] != height:
            self._track.backdrop.forget_pictures()
        self._asked = wanted
        self._filler.fill_pictures(clip, scale.view, count, height)

    def _add_picture(self, picture: Picture) -> None:
        self._track.backdrop.add_picture(picture)
        self._draw_soon()

    def _add_peaks(self, block: WaveformBlock) -> None:
        self._track.backdrop.add_peaks(block)
        self._draw_soon()

    def _draw_soon(self) -> None:
        if not self._redraw.isActive():
            self._redraw.start()
