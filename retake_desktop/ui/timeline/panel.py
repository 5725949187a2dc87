"""The timeline panel: the selection in figures, the track, and what is to be said about the selection."""

from fractions import Fraction

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.retake import RetakeRequest, window_span
from retake_desktop.domain.span import Span
from retake_desktop.ui.timeline.backfill import Backfill
from retake_desktop.ui.timeline.bands import Band
from retake_desktop.ui.timeline.change_map import ChangeMap
from retake_desktop.ui.timeline.coach import Coach
from retake_desktop.ui.timeline.figures import Figures
from retake_desktop.ui.timeline.filling import Filler
from retake_desktop.ui.timeline.looking import Looking
from retake_desktop.ui.timeline.rows import Rows
from retake_desktop.ui.timeline.seam_marks import SeamMarks
from retake_desktop.ui.timeline.selecting import marked_in, marked_out, moved
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
        self._request: RetakeRequest | None = None
        self._bands: tuple[Band, ...] = ()
        self._is_review = False
        self._track = Track(self)
        self.change_map = ChangeMap(self._track)
        self.seams = SeamMarks(self._track, self.change_map)
        filler = filler or Filler()
        self._backfill = Backfill(self._track, filler)
        self._figures = Figures(self)
        self._coach = Coach(filler.reader, self)
        self.rows = Rows(self._figures, self._coach)
        self.looking = Looking(self._track, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self._figures, self._track, self.looking.minimap, self._coach):
            column.addWidget(widget)
        self._connect()
        self.open(None)

    @property
    def span(self) -> Span | None:
        return self._span

    @property
    def is_settled(self) -> bool:
        """Nobody is in the middle of changing the selection."""
        return self._span == self._settled

    def open(self, clip: Clip | None, span: Span | None = None) -> None:
        """Shows `clip` with `span` selected, for editing; what was zoomed to in it is still in view."""
        self._is_review = False
        self.rows.set_review(False)
        self.seams.clear()
        view = self.looking.view_of(clip)
        self._show_clip(clip)
        whole = Span(Fraction(0), clip.duration) if clip else Span(Fraction(0), Fraction(0))
        self._track.show_clip(clip, whole, view, editable=True)
        self._figures.show_clip(clip)
        self.set_span(span)

    def review(self, clip: Clip, stretch: Span, span: Span) -> None:
        """Shows only `stretch` of `clip`, with the moment `span` that a take replaces; nothing can be changed."""
        self._is_review = True
        self.rows.set_review(True)
        self._show_clip(clip)
        self._track.show_clip(clip, stretch, editable=False)
        self._figures.show_clip(clip, self.tr("A take is under review; its selection is fixed."))
        self.set_span(span)

    def set_span(self, span: Span | None) -> None:
        """Sets the selection from outside (undo, a request reused); emits nothing."""
        self._span = self._settled = span
        self._show_span()

    def set_request(self, request: RetakeRequest) -> None:
        """What would be sent for the selection, which the track shows, and in which mode."""
        self._request = request
        self._show_beside()

    def set_bands(self, bands: tuple[Band, ...]) -> None:
        """The moments of this clip's earlier takes."""
        self._bands = bands
        self._show_beside()

    def set_playhead(self, time: Fraction) -> None:
        self._track.show_playhead(time)
        self.looking.minimap.show_playhead(time)

    def mark_in(self, time: Fraction) -> None:
        """I: the frame on screen at `time` becomes the selection's first."""
        if self._clip is not None:
            self._settle_on(marked_in(self._span or Span(time, time), self._clip.frames.index_at(time), self._clip))

    def mark_out(self, time: Fraction) -> None:
        """O: the frame on screen at `time` becomes the selection's last."""
        if self._clip is not None:
            self._settle_on(marked_out(self._span or Span(time, time), self._clip.frames.index_at(time), self._clip))

    def nudge(self, frames: int) -> None:
        """Moves the whole selection by `frames`."""
        if self._clip is None or self._span is None or self._is_review:
            return
        times = self._clip.frames
        there = max(0, min(len(times), times.nearest_boundary(self._span.start) + frames))
        self._settle_on(moved(self._span, times.start_of(there) - self._span.start, self._clip))
        self.scrub_preview.emit(self._span.start)

    def close_files(self) -> None:
        """Ends the threads that read the file."""
        self._backfill.close()
        self.looking.close()
        self._coach.close_files()

    def _connect(self) -> None:
        self._track.selected.connect(self._change)
        self._track.previewed.connect(self.scrub_preview)
        self._track.released.connect(self._settle)
        self._track.released.connect(self.scrub_ended)
        self._track.playhead_wanted.connect(self.playhead_requested)
        self._figures.entered.connect(self._change)
        self._figures.finished.connect(self._settle)
        self.looking.shot_found.connect(self._settle_on)
        self.looking.searching.connect(self._coach.show_busy)
        self._coach.moved.connect(self._settle_on)

    def _show_clip(self, clip: Clip | None) -> None:
        self._clip = clip
        self._request = None
        self._backfill.show_clip(clip)
        self.looking.stop()

    def _change(self, span: Span) -> None:
        if span != self._span:
            self._span = span
            self._show_span()
            self.span_changed.emit(span)

    def _settle(self) -> None:
        if self._span is not None and self._span != self._settled:
            self._settled = self._span
            self.span_settled.emit(self._span)
        self._show_beside()

    def _settle_on(self, span: Span) -> None:
        """One complete change."""
        if not self._is_review:
            self._change(span)
            self._settle()

    def _show_span(self) -> None:
        self._track.show_span(self._span)
        self.looking.minimap.show_span(self._span)
        self._figures.show_span(self._span)
        self._show_beside()

    def _show_beside(self) -> None:
        clip, span, request = self._clip, self._span, self._request
        is_shown = clip is not None and span is not None and request is not None and request.span == span
        window = window_span(request, clip.duration) if is_shown and request and clip else None
        self._track.show_beside(window, self._bands)
        mode = request.mode if request is not None else None
        self._coach.attend(None if self._is_review else clip, span if span == self._settled else None, mode)
