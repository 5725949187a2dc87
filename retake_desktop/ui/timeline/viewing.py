"""Which stretch of a clip is in view, and what wheel, pinch and keyboard do about it."""

from fractions import Fraction

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QNativeGestureEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.span import Span
from retake_desktop.ui import style
from retake_desktop.ui.timeline.handles import WIDTH as HANDLE_WIDTH
from retake_desktop.ui.timeline.scale import Scale

MARGIN = HANDLE_WIDTH + style.GAP_TINY
ZOOM_STEP = Fraction(4, 5)
_CLOSEST_FRAMES = 6
"""As few frames fill the view at the closest."""
_WHEEL_NOTCH = 120
_BREAKS = 4096
"""Edges of the view lie on such parts of a second: exact ones would gather ever longer fractions."""
_LEAD = Fraction(1, 10)
"""Of the view: where the playhead comes back in when it has left it."""
NOTHING = Span(Fraction(0), Fraction(0))


class View(QWidget):
    """A widget along which a clip's time runs. Signal `viewed()`: another stretch, or another width."""

    viewed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clip: Clip | None = None
        self._whole = NOTHING
        self._scale = Scale(NOTHING, MARGIN, 0)

    @property
    def scale(self) -> Scale:
        return self._scale

    @property
    def whole(self) -> Span:
        """All that can be looked at."""
        return self._whole

    def show_stretch(self, clip: Clip | None, whole: Span, view: Span | None = None) -> None:
        """Shows `view`, by default all, of the stretch `whole` of `clip`."""
        self._clip = clip
        self._whole = whole
        self._set_scale(self._scaled(view or whole))

    def zoom(self, factor: Fraction, about: Fraction) -> None:
        """Shows `factor` times as much; clip time `about` stays in its place, or comes into view."""
        if self._clip is None or not self._whole.duration:
            return
        self.reveal(about)
        zoomed = self._scale.zoomed(about, factor, self._whole, self._closest(about))
        self._set_scale(self._scaled(_rounded(zoomed.view, self._whole)))

    def show_all(self) -> None:
        self._set_scale(self._scaled(self._whole))

    def centre_on(self, time: Fraction) -> None:
        """Moves the view, as far as there is more to see."""
        middle = (self._scale.view.start + self._scale.view.end) / 2
        self._pan(time - middle)

    def reveal(self, time: Fraction) -> None:
        """Brings `time` into view if it is not; a little ahead of it can be seen too."""
        view = self._scale.view
        if view.start <= time <= view.end:
            return
        lead = view.duration * _LEAD
        self._pan(time - lead - view.start if time > view.end else time + lead - view.end)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Up and down zooms about the pointer; sideways, or with Shift, it moves along what is zoomed."""
        turn = event.angleDelta()
        along = turn.x() or (turn.y() if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 0)
        if along:
            self._pan(-Fraction(along, _WHEEL_NOTCH) * self._scale.view.duration / 8)
        elif turn.y():
            factor = float(ZOOM_STEP) ** (turn.y() / _WHEEL_NOTCH)
            self.zoom(Fraction(factor).limit_denominator(1000), self._scale.time_at(event.position().x()))
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Pinching a touchpad zooms about the pointer."""
        if isinstance(event, QNativeGestureEvent) and event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
            factor = Fraction(max(0.2, 1 + event.value())).limit_denominator(1000)
            self.zoom(1 / factor, self._scale.time_at(event.position().x()))
            event.accept()
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_scale(self._scaled(self._scale.view))

    def _pan(self, by: Fraction) -> None:
        moved = self._scale.panned(by, self._whole)
        if moved.view != self._scale.view:
            self._set_scale(self._scaled(_rounded(moved.view, self._whole)))

    def _scaled(self, view: Span) -> Scale:
        return Scale(view, MARGIN, max(0, self.width() - 2 * MARGIN))

    def _set_scale(self, scale: Scale) -> None:
        self._scale = scale
        self.update()
        self.viewed.emit()

    def _closest(self, about: Fraction) -> Fraction:
        """Seconds. By the frame there: where the rate varies, others may last much longer."""
        if self._clip is None:
            return Fraction(1)
        frames = self._clip.frames
        index = frames.index_at(about)
        usual = frames.duration / len(frames)
        here = frames.end_of(index) - frames.start_of(index)
        return min(self._scale.view.duration, _CLOSEST_FRAMES * min(usual, here))


def _rounded(view: Span, whole: Span) -> Span:
    """`view` with edges of few digits, within `whole`, whose own edges stay what they are."""
    start, end = (
        time if time in (whole.start, whole.end) else Fraction(round(time * _BREAKS), _BREAKS)
        for time in (view.start, view.end)
    )
    start, end = max(whole.start, start), min(whole.end, end)
    return Span(start, end) if end > start else view
