"""The track: ruler, filmstrip, waveform, playhead and selection, and what the mouse does with them."""

from fractions import Fraction

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from retake_desktop.domain import timecode
from retake_desktop.domain.clip import Clip
from retake_desktop.domain.span import Span
from retake_desktop.ui import style
from retake_desktop.ui.timeline.backdrop import HEIGHT, RULER_HEIGHT, Backdrop
from retake_desktop.ui.timeline.gesture import Aim, Gesture, Outcome, last_inside
from retake_desktop.ui.timeline.handles import WIDTH as HANDLE_WIDTH
from retake_desktop.ui.timeline.handles import Edge, Handle
from retake_desktop.ui.timeline.overlay import draw_playhead, draw_selection
from retake_desktop.ui.timeline.scale import Scale
from retake_desktop.ui.timeline.selecting import with_in_point, with_out_point

MARGIN = HANDLE_WIDTH + style.GAP_TINY
_ZOOM_STEP = Fraction(4, 5)
_CLOSEST_VIEW = Fraction(1)
"""Seconds."""
_WHEEL_NOTCH = 120
_NOTHING = Span(Fraction(0), Fraction(0))


class Track(QWidget):
    """Shows one clip and its selection; whoever owns it sets what it shows.

    Signals: `selected(Span)` while a gesture changes the selection, `previewed(Fraction)` the instant at the edge in
    hand, `released()` at the gesture's end, `playhead_wanted(Fraction)`, `resized()`.
    """

    selected = Signal(object)
    previewed = Signal(object)
    released = Signal()
    playhead_wanted = Signal(object)
    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.backdrop = Backdrop()
        self._clip: Clip | None = None
        self._whole = _NOTHING
        self._scale = Scale(_NOTHING, MARGIN, 0)
        self._span: Span | None = None
        self._editable = True
        self._playhead = Fraction(0)
        self._gesture: Gesture | None = None
        self.setAccessibleName(self.tr("Timeline"))
        self.setFixedHeight(HEIGHT + style.GAP_TINY)
        self.setMinimumWidth(320)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._handles = {edge: Handle(edge, self) for edge in Edge}
        for handle in self._handles.values():
            handle.hide()
            handle.stepped.connect(self._step_handle)
            handle.dragged.connect(self._drag_handle)
            handle.released.connect(self.released)

    @property
    def scale(self) -> Scale:
        return self._scale

    def show_clip(self, clip: Clip | None, view: Span, *, editable: bool) -> None:
        """Shows the stretch `view` of `clip`; not `editable`: the selection is only looked at."""
        self._clip = clip
        self._whole = view
        self._editable = editable
        self._gesture = None
        self._set_scale(Scale(view, MARGIN, max(0, self.width() - 2 * MARGIN)))

    def show_span(self, span: Span | None) -> None:
        self._span = span
        if span is not None:
            self.setAccessibleDescription(
                self.tr("Selection from {start} to {end}").format(
                    start=timecode.to_text(span.start), end=timecode.to_text(span.end)
                )
            )
        else:
            self.setAccessibleDescription(self.tr("Nothing is selected."))
        self._place_handles()
        self.update()

    def show_playhead(self, time: Fraction) -> None:
        old = self._scale.x_of(self._playhead)
        self._playhead = time
        for x in (old, self._scale.x_of(time)):
            self.update(QRect(round(x) - 8, 0, 16, self.height()))

    def _set_scale(self, scale: Scale) -> None:
        self._scale = scale
        self._place_handles()
        self.update()

    def _place_handles(self) -> None:
        clip, span = self._clip, self._span
        if clip is None or span is None or not self._editable:
            for handle in self._handles.values():
                handle.hide()
            return
        page = max(1, round(clip.frame_rate))
        for edge, handle in self._handles.items():
            time = span.start if edge is Edge.IN else span.end
            x = round(self._scale.x_of(time))
            left = x - HANDLE_WIDTH if edge is Edge.IN else x
            handle.show_boundary(clip.frames.nearest_boundary(time), clip.frames, page)
            handle.setGeometry(left, RULER_HEIGHT, HANDLE_WIDTH, HEIGHT - RULER_HEIGHT)
            handle.setVisible(self._scale.left <= x <= self._scale.left + self._scale.width)

    def _step_handle(self, boundary: int) -> None:
        handle = self.sender()
        if isinstance(handle, Handle):
            self._move_edge(handle.edge, boundary)
            self.released.emit()

    def _drag_handle(self, x: float) -> None:
        handle = self.sender()
        if isinstance(handle, Handle) and self._clip is not None:
            self._move_edge(handle.edge, self._clip.frames.nearest_boundary(self._scale.time_at(x)))

    def _move_edge(self, edge: Edge, boundary: int) -> None:
        clip, span = self._clip, self._span
        if clip is None or span is None:
            return
        if edge is Edge.IN:
            made = with_in_point(span, boundary, clip.frames)
            self._apply(Outcome(span=made, preview=made.start))
        else:
            made = with_out_point(span, boundary, clip.frames)
            self._apply(Outcome(span=made, preview=last_inside(made, clip.frames)))

    def _apply(self, outcome: Outcome) -> None:
        if outcome.span is not None:
            self.show_span(outcome.span)
            self.selected.emit(outcome.span)
        if outcome.preview is not None:
            self.previewed.emit(outcome.preview)
        if outcome.playhead is not None:
            self.playhead_wanted.emit(outcome.playhead)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton or self._clip is None:
            return
        x = event.position().x()
        time = self._scale.time_at(x)
        aim = Aim.NEW
        if event.position().y() < RULER_HEIGHT or not self._editable:
            aim = Aim.SCRUB
        elif self._span is not None and self._span.contains(time):
            aim = Aim.BODY
        self._gesture = Gesture(aim, self._clip, self._span, time, x)
        if aim is Aim.SCRUB:
            self.playhead_wanted.emit(time)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._gesture is not None:
            x = event.position().x()
            self._apply(self._gesture.moved_to(self._scale.time_at(x), x))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        gesture, self._gesture = self._gesture, None
        if gesture is not None and event.button() is Qt.MouseButton.LeftButton:
            self._apply(gesture.released())
            self.released.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl it zooms about the mouse; otherwise it moves along what is zoomed."""
        turn = event.angleDelta().y() or event.angleDelta().x()
        if not turn or not self._whole.duration:
            return
        notches = Fraction(turn, _WHEEL_NOTCH)
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            factor = _ZOOM_STEP if turn > 0 else 1 / _ZOOM_STEP
            about = self._scale.time_at(event.position().x())
            self._set_scale(self._scale.zoomed(about, factor, self._whole, _CLOSEST_VIEW))
        else:
            self._set_scale(self._scale.panned(-notches * self._scale.view.duration / 8, self._whole))
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_scale(Scale(self._scale.view, MARGIN, max(0, self.width() - 2 * MARGIN)))
        self.resized.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setClipRect(event.rect())
        ratio = self.devicePixelRatioF()
        painter.drawPixmap(0, 0, self.backdrop.pixmap(self._scale, self.size(), ratio))
        if self._clip is None:
            return
        if self._span is not None:
            draw_selection(painter, self._scale, self._span, editable=self._editable)
        draw_playhead(painter, self._scale, self._playhead, ratio)
