"""The track: ruler, filmstrip, waveform, playhead and selection, and what the mouse does with them."""

from fractions import Fraction

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from retake_desktop.domain import timecode
from retake_desktop.domain.clip import Clip
from retake_desktop.domain.span import Span
from retake_desktop.ui import style
from retake_desktop.ui.timeline.backdrop import BANDS_TOP, HEIGHT, RULER_HEIGHT, Backdrop
from retake_desktop.ui.timeline.bands import BAND_HEIGHT, Band, draw_bands, draw_limits, draw_window, takes_words
from retake_desktop.ui.timeline.gesture import Aim, Gesture, Outcome, last_inside
from retake_desktop.ui.timeline.handles import BY_KEYBOARD, Edge, Handle
from retake_desktop.ui.timeline.handles import WIDTH as HANDLE_WIDTH
from retake_desktop.ui.timeline.overlay import draw_focus, draw_playhead, draw_selection
from retake_desktop.ui.timeline.scale import Scale
from retake_desktop.ui.timeline.selecting import with_in_point, with_out_point
from retake_desktop.ui.timeline.viewing import View


class Track(View):
    """Shows one clip and its selection; whoever owns it sets what it shows.

    Signals: `selected(Span)` while a gesture changes the selection, `previewed(Fraction)` the instant at the edge in
    hand, `released()` at the gesture's end, `playhead_wanted(Fraction)`, `shot_wanted(Fraction)` on a double-click,
    `hovered(Fraction, float)` the time and x under the pointer, `left()` when it is gone or busy.
    """

    selected = Signal(object)
    previewed = Signal(object)
    released = Signal()
    playhead_wanted = Signal(object)
    shot_wanted = Signal(object)
    hovered = Signal(object, float)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.backdrop = Backdrop()
        self._span: Span | None = None
        self._window: Span | None = None
        self._bands: tuple[Band, ...] = ()
        self._editable = True
        self._playhead = Fraction(0)
        self._gesture: Gesture | None = None
        self._edge_in_hand: Edge | None = None
        self._shows_focus = False
        self.setAccessibleName(self.tr("Timeline"))
        self.setFixedHeight(HEIGHT + style.GAP_TINY)
        self.setMinimumWidth(320)
        self.setMouseTracking(True)
        # A click takes the arrow keys back from a handle, for the playhead that it has placed.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._handles = {edge: Handle(edge, self) for edge in Edge}
        for handle in self._handles.values():
            handle.hide()
            handle.stepped.connect(self._step_handle)
            handle.dragged.connect(self._drag_handle)
            handle.released.connect(self._release_handle)

    def show_clip(self, clip: Clip | None, whole: Span, view: Span | None = None, *, editable: bool) -> None:
        """Shows the stretch `whole` of `clip`, or `view` of that; not `editable`: the selection is only looked at."""
        self._editable = editable
        self._gesture = None
        self.show_stretch(clip, whole, view)

    def show_beside(self, window: Span | None, bands: tuple[Band, ...]) -> None:
        """The `window` that would be sent around the selection, and the moments of earlier takes."""
        self._window, self._bands = window, bands
        self._describe()
        self.update()

    def _describe(self) -> None:
        """For who cannot see it: the selection, and the takes of that moment."""
        span = self._span
        if span is None:
            self.setAccessibleDescription(self.tr("Nothing is selected."))
            return
        start, end = timecode.to_text(span.start), timecode.to_text(span.end)
        words = self.tr("Selection from {start} to {end}").format(start=start, end=end)
        takes = takes_words(self._bands, span)
        self.setAccessibleDescription(f"{words}. {takes}" if takes else words)

    def show_span(self, span: Span | None) -> None:
        self._span = span
        self._describe()
        self._place_handles()
        self.update()

    def show_playhead(self, time: Fraction) -> None:
        """Where playback is; a view that it leaves follows it, unless the mouse is at work."""
        old = self._scale.x_of(self._playhead)
        is_new = time != self._playhead
        self._playhead = time
        if is_new and self._gesture is None and self._edge_in_hand is None:
            self.reveal(time)
        for x in (old, self._scale.x_of(time)):
            self.update(QRect(round(x) - 8, 0, 16, self.height()))

    def _set_scale(self, scale: Scale) -> None:
        super()._set_scale(scale)
        self._place_handles()

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
            if self._span is not None:
                self.reveal(self._span.start if handle.edge is Edge.IN else self._span.end)
            self.released.emit()

    def _drag_handle(self, x: float) -> None:
        handle = self.sender()
        if isinstance(handle, Handle) and self._clip is not None:
            self._edge_in_hand = handle.edge
            self.left.emit()
            self._move_edge(handle.edge, self._clip.frames.nearest_boundary(self._scale.time_at(x)))

    def _release_handle(self) -> None:
        self._edge_in_hand = None
        self.update()
        self.released.emit()

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

    def _limited(self, span: Span) -> tuple[Fraction, bool] | None:
        """Where the edge that stays is, and whether the one in hand lies after it; None while none is in hand."""
        if self._gesture is not None and self._gesture.drawn_from is not None:
            is_forward = self._gesture.runs_forward
            return (span.start if is_forward else span.end), is_forward
        keyed = next((edge for edge, handle in self._handles.items() if handle.is_at_keyboard), None)
        edge = self._edge_in_hand or keyed
        return None if edge is None else (span.start if edge is Edge.OUT else span.end, edge is Edge.OUT)

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
        self.left.emit()
        if aim is Aim.SCRUB:
            self.playhead_wanted.emit(time)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        if self._gesture is not None:
            self._apply(self._gesture.moved_to(self._scale.time_at(x), x))
        elif self._clip is not None and self._scale.left <= x <= self._scale.left + self._scale.width:
            self.hovered.emit(self._scale.time_at(x), x)
        else:
            self.left.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        gesture, self._gesture = self._gesture, None
        if gesture is not None and event.button() is Qt.MouseButton.LeftButton:
            self._apply(gesture.released())
            self.released.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        is_on_ruler = event.position().y() < RULER_HEIGHT
        if (
            event.button() is Qt.MouseButton.LeftButton
            and self._clip is not None
            and self._editable
            and not is_on_ruler
        ):
            self.shot_wanted.emit(self._scale.time_at(event.position().x()))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self.left.emit()
        if isinstance(event, QFocusEvent):
            self._shows_focus = event.gotFocus() and event.reason() in BY_KEYBOARD
            self.update()
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            is_on_bands = BANDS_TOP - 2 <= event.pos().y() <= BANDS_TOP + BAND_HEIGHT + 2
            time = self._scale.time_at(event.pos().x())
            words = takes_words(self._bands, Span(time, time)) if is_on_bands else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setClipRect(event.rect())
        ratio = self.devicePixelRatioF()
        painter.drawPixmap(0, 0, self.backdrop.pixmap(self._scale, self.size(), ratio))
        if self._clip is None:
            return
        span = self._span
        if span is not None:
            draw_selection(painter, self._scale, span, editable=self._editable)
            if self._window is not None and self._editable:
                draw_window(painter, self._scale, self._window, span)
            limited = self._limited(span)
            if limited is not None:
                draw_limits(painter, self._scale, limited[0], is_forward=limited[1])
        draw_bands(painter, self._scale, self._bands)
        draw_playhead(painter, self._scale, self._playhead, ratio)
        if self._shows_focus:
            draw_focus(painter, self._scale)
