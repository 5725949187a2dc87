"""The timeline panel: the selection in figures above, the track below."""

from fractions import Fraction

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.retake import MAX_SPAN, MIN_SPAN, Obstacle
from retake_desktop.domain.span import Span
from retake_desktop.ui import problems, style, text
from retake_desktop.ui.timeline.backfill import Backfill
from retake_desktop.ui.timeline.fields import TimeField
from retake_desktop.ui.timeline.filling import Filler
from retake_desktop.ui.timeline.selecting import marked_in, marked_out, typed_end, typed_start
from retake_desktop.ui.timeline.track import Track


class Timeline(QWidget):
    """The selection of one clip, by mouse, keyboard and figures.

    Signals: `span_changed(Span)` on every change by the person, also amid a drag; `span_settled(Span)` when a change is
    complete (for undo); `playhead_requested(Fraction)`; `scrub_preview(Fraction)`: show this instant while an edge is
    dragged; `scrub_ended()`. What the program sets emits nothing.
    """

    span_changed = Signal(object)
    span_settled = Signal(object)
    playhead_requested = Signal(object)
    scrub_preview = Signal(object)
    scrub_ended = Signal()

    def __init__(self, filler: Filler | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clip: Clip | None = None
        self._span: Span | None = None
        self._settled: Span | None = None
        self._before_typing: Span | None = None
        self._is_review = False
        self._track = Track(self)
        self._backfill = Backfill(self._track, filler or Filler())
        self._start = TimeField(self.tr("Selection start"), self)
        self._end = TimeField(self.tr("Selection end"), self)
        self._length = QLabel(self)
        self._lay_out()
        self._connect()
        self.open(None)

    @property
    def span(self) -> Span | None:
        return self._span

    def open(self, clip: Clip | None, span: Span | None = None) -> None:
        """Shows `clip` with `span` selected, for editing."""
        self._is_review = False
        self._clip = clip
        self._backfill.show_clip(clip)
        whole = Span(Fraction(0), clip.duration) if clip else Span(Fraction(0), Fraction(0))
        self._track.show_clip(clip, whole, editable=True)
        for field in (self._start, self._end):
            field.show_clip(clip)
        self.set_span(span)

    def review(self, clip: Clip, stretch: Span, span: Span) -> None:
        """Shows only `stretch` of `clip`, with the moment `span` that a take replaces; nothing can be changed."""
        self._is_review = True
        self._clip = clip
        self._backfill.show_clip(clip)
        self._track.show_clip(clip, stretch, editable=False)
        for field in (self._start, self._end):
            field.show_clip(clip, self.tr("A take is under review; its selection is fixed."))
        self.set_span(span)

    def set_span(self, span: Span | None) -> None:
        """Sets the selection from outside (undo, a request reused); emits nothing."""
        self._span = self._settled = span
        self._show_span()

    def set_playhead(self, time: Fraction) -> None:
        self._track.show_playhead(time)

    def mark_in(self, time: Fraction) -> None:
        """I: the frame on screen at `time` becomes the selection's first."""
        if self._clip is not None and not self._is_review:
            self._change(marked_in(self._span or Span(time, time), self._clip.frames.index_at(time), self._clip))
            self._settle()

    def mark_out(self, time: Fraction) -> None:
        """O: the frame on screen at `time` becomes the selection's last."""
        if self._clip is not None and not self._is_review:
            self._change(marked_out(self._span or Span(time, time), self._clip.frames.index_at(time), self._clip))
            self._settle()

    def close_files(self) -> None:
        """Ends the threads that read pictures and peaks."""
        self._backfill.close()

    def _lay_out(self) -> None:
        self._length.setProperty("tone", "muted")
        row = QHBoxLayout()
        row.setContentsMargins(style.GAP, style.GAP_SMALL, style.GAP, style.GAP_SMALL)
        row.setSpacing(style.GAP_SMALL)
        for caption, field in ((self.tr("From"), self._start), (self.tr("to"), self._end)):
            label = QLabel(caption, self)
            label.setProperty("tone", "muted")
            row.addWidget(label)
            row.addWidget(field)
        row.addSpacing(style.GAP_TINY)
        row.addWidget(self._length, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._track)

    def _connect(self) -> None:
        self._track.selected.connect(self._change)
        self._track.previewed.connect(self.scrub_preview)
        self._track.released.connect(self._settle)
        self._track.released.connect(self.scrub_ended)
        self._track.playhead_wanted.connect(self.playhead_requested)
        for field in (self._start, self._end):
            field.typing_began.connect(self._remember)
            field.editingFinished.connect(self._settle)
        self._start.entered.connect(self._enter_start)
        self._end.entered.connect(self._enter_end)

    def _remember(self) -> None:
        """Each state of a half-written time is measured against the selection before the typing."""
        self._before_typing = self._span

    def _enter_start(self, time: Fraction) -> None:
        base = self._before_typing if self._start.is_typing else self._span
        if self._clip is not None:
            self._change(typed_start(base or Span(time, time), time, self._clip))

    def _enter_end(self, time: Fraction) -> None:
        base = self._before_typing if self._end.is_typing else self._span
        if self._clip is not None:
            self._change(typed_end(base or Span(Fraction(0), Fraction(0)), time, self._clip))

    def _change(self, span: Span) -> None:
        if span != self._span:
            self._span = span
            self._show_span()
            self.span_changed.emit(span)

    def _settle(self) -> None:
        if self._span is not None and self._span != self._settled:
            self._settled = self._span
            self.span_settled.emit(self._span)

    def _show_span(self) -> None:
        span = self._span
        self._track.show_span(span)
        obstacle = self._obstacle(span)
        self._start.show_time(span.start if span else Fraction(0), obstacle)
        self._end.show_time(span.end if span else Fraction(0), obstacle)
        self._show_length(span, obstacle)

    def _show_length(self, span: Span | None, obstacle: str) -> None:
        words = self.tr("{seconds} selected").format(seconds=text.seconds(span.duration, 2)) if span else ""
        self._length.setText(f"{words}. {obstacle}" if obstacle else words)
        tone = "warning" if obstacle else "muted"
        if self._length.property("tone") != tone:
            self._length.setProperty("tone", tone)
            self._length.style().polish(self._length)

    def _obstacle(self, span: Span | None) -> str:
        if span is None or self._is_review:
            return ""
        if span.duration < MIN_SPAN:
            return problems.obstacle(Obstacle.SPAN_TOO_SHORT)
        return problems.obstacle(Obstacle.SPAN_TOO_LONG) if span.duration > MAX_SPAN else ""
