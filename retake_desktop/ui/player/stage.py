"""The stage: the exact frame at the playhead."""

from PySide6.QtCore import QElapsedTimer, QEvent, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from retake_desktop.domain.span import Span
from retake_desktop.ui import style
from retake_desktop.ui.playback.chip import draw_chip
from retake_desktop.ui.playback.image import draw_fitted, fitted, physical_size
from retake_desktop.ui.playback.material import Shot
from retake_desktop.ui.playback.playback import Playback
from retake_desktop.ui.playback.wording import place

_SPEAK_EVERY_MS = 500


class Stage(QWidget):
    """Draws what `playback` shows of its source, letterboxed. A click emits `clicked`.

    Its accessible description carries timecode and frame number of the frame that is really on screen.
    """

    clicked = Signal()

    def __init__(self, playback: Playback, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._playback = playback
        self._shot: Shot | None = None
        self._selection: Span | None = None
        self._spoken = QElapsedTimer()
        self.setAccessibleName(self.tr("Stage"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(240, 135)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        playback.shot_shown.connect(self._show_shot)
        playback.state_changed.connect(self._follow_state)

    @property
    def shot(self) -> Shot | None:
        """What is on screen: None before the first frame of the loaded clip."""
        if self._shot is None or self._shot.material is not self._playback.material:
            return None
        return self._shot

    def set_selection(self, span: Span | None) -> None:
        """The moment that will change: marked while the playhead is inside; None marks nothing."""
        self._selection = span
        self.update()

    def _show_shot(self, shot: Shot) -> None:
        self._shot = shot
        self.update()
        if not self._playback.is_playing or not self._spoken.isValid() or self._spoken.elapsed() >= _SPEAK_EVERY_MS:
            self._describe()

    def _follow_state(self) -> None:
        self._describe()
        self.update()

    def _describe(self) -> None:
        shot = self.shot
        self._spoken.start()
        self.setAccessibleDescription(place(shot.time, shot.index) if shot else self.tr("No picture yet"))

    def _ask_for_size(self) -> None:
        if self.isVisible():
            self._playback.set_box(physical_size(self))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), style.colour("stage"))
        shot = self.shot
        if shot is None:
            return
        clip = shot.material.before
        target = fitted(QSizeF(clip.width, clip.height), QRectF(self.rect()), self.devicePixelRatioF())
        draw_fitted(painter, shot.before, target)
        if self._selection is not None and self._selection.contains(shot.time):
            draw_chip(painter, self.tr("This part will change"), target, dot="accent")
        if self.hasFocus() and self.window().property("keyboardFocus"):
            painter.setPen(style.colour("accent"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._ask_for_size()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask_for_size()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._ask_for_size()
        return super().event(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()
