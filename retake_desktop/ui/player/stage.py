"""The stage: the exact frame at the playhead."""

from PySide6.QtCore import QElapsedTimer, QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from retake_desktop.domain.span import Span
from retake_desktop.ui import style
from retake_desktop.ui.playback.chip import Corner, draw_chip
from retake_desktop.ui.playback.image import draw_fitted
from retake_desktop.ui.playback.material import Shot
from retake_desktop.ui.playback.playback import Playback
from retake_desktop.ui.playback.surface import Surface
from retake_desktop.ui.playback.wording import percent, place
from retake_desktop.ui.playback.zoom import PIXELS_FROM
from retake_desktop.ui.playback.zoom_hand import ZoomHand

_SPEAK_EVERY_MS = 500


class Stage(Surface):
    """Draws what `playback` shows of its source, letterboxed or zoomed. A click emits `clicked`.

    Its accessible description carries timecode and frame number of the frame that is really on screen.
    """

    clicked = Signal()

    def __init__(self, playback: Playback, parent: QWidget | None = None) -> None:
        super().__init__(playback, self.tr("Stage"), parent)
        self._selection: Span | None = None
        self._hand = ZoomHand(self)
        self._hand.clicked.connect(self.clicked)
        self._spoken = QElapsedTimer()
        playback.shot_shown.connect(self._show_shot)
        playback.state_changed.connect(self._follow_state)

    def set_selection(self, span: Span | None) -> None:
        """The moment that will change: marked while the playhead is inside; None marks nothing."""
        self._selection = span
        self.update()

    def _show_shot(self, shot: Shot) -> None:
        self.latest = shot
        self.update()
        if not self.playback.is_playing or not self._spoken.isValid() or self._spoken.elapsed() >= _SPEAK_EVERY_MS:
            self._describe()

    def _follow_state(self) -> None:
        self._describe()
        self.update()

    def _describe(self) -> None:
        shot = self.shot
        self._spoken.start()
        self.setAccessibleDescription(place(shot.time, shot.index) if shot else self.tr("No picture yet"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), style.colour("stage"))
        shot = self.shot
        if shot is None:
            return
        target = self.target(self.pane())
        scale = self.zoom.scale
        has_all_pixels = shot.before.width() == shot.material.before.width
        as_squares = scale is not None and scale >= PIXELS_FROM and has_all_pixels
        draw_fitted(painter, shot.before, target, as_squares=as_squares)
        self._draw_chips(painter, shot, target.intersected(QRectF(self.rect())))

    def _draw_chips(self, painter: QPainter, shot: Shot, around: QRectF) -> None:
        if self._selection is not None and self._selection.contains(shot.time):
            draw_chip(painter, self.tr("This part will change"), around, dot="accent")
        if self.zoom.scale is not None:
            draw_chip(painter, percent(self.zoom.scale), around, Corner.RIGHT)
