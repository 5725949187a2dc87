"""The selection in figures, above the track: from, to, how long, and what is wrong with it."""

from fractions import Fraction

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from retake_desktop.domain.clip import Clip
from retake_desktop.domain.retake import MAX_SPAN, MIN_SPAN, Obstacle
from retake_desktop.domain.span import Span
from retake_desktop.ui import problems, style, text
from retake_desktop.ui.labels import Words
from retake_desktop.ui.timeline.fields import TimeField
from retake_desktop.ui.timeline.selecting import typed_end, typed_start


class Figures(QWidget):
    """Two fields for exact values. Signals: `entered(Span)` while somebody writes, `finished()` afterwards."""

    entered = Signal(object)
    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clip: Clip | None = None
        self._span: Span | None = None
        self._before_typing: Span | None = None
        self._is_fixed = False
        self._start = TimeField(self.tr("Selection start"), self)
        self._end = TimeField(self.tr("Selection end"), self)
        self._length = Words(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(style.GAP, style.GAP_SMALL, style.GAP, style.GAP_SMALL)
        row.setSpacing(style.GAP_SMALL)
        for caption, field in ((self.tr("From"), self._start), (self.tr("to"), self._end)):
            label = QLabel(caption, self)
            label.setProperty("tone", "muted")
            row.addWidget(label)
            row.addWidget(field)
            field.typing_began.connect(self._remember)
            field.editingFinished.connect(self.finished)
        row.addSpacing(style.GAP_TINY)
        row.addWidget(self._length, 1)
        self._start.entered.connect(self._enter_start)
        self._end.entered.connect(self._enter_end)

    def show_clip(self, clip: Clip | None, reason: str = "") -> None:
        """Times of `clip` from now on; with a `reason` they are only looked at."""
        self._clip = clip
        self._is_fixed = bool(reason)
        for field in (self._start, self._end):
            field.show_clip(clip, reason)

    def show_span(self, span: Span | None) -> None:
        self._span = span
        obstacle = self._obstacle(span)
        self._start.show_time(span.start if span else Fraction(0), obstacle)
        self._end.show_time(span.end if span else Fraction(0), obstacle)
        words = self.tr("{seconds} selected").format(seconds=text.seconds(span.duration, 2)) if span else ""
        self._length.say(f"{words}. {obstacle}" if obstacle else words)
        tone = "warning" if obstacle else "muted"
        if self._length.property("tone") != tone:
            self._length.setProperty("tone", tone)
            self._length.style().polish(self._length)

    def _remember(self) -> None:
        """Each state of a half-written time is measured against the selection before the typing."""
        self._before_typing = self._span

    def _enter_start(self, time: Fraction) -> None:
        base = self._before_typing if self._start.is_typing else self._span
        if self._clip is not None:
            self.entered.emit(typed_start(base or Span(time, time), time, self._clip))
            self._finish(self._start)

    def _enter_end(self, time: Fraction) -> None:
        base = self._before_typing if self._end.is_typing else self._span
        if self._clip is not None:
            self.entered.emit(typed_end(base or Span(Fraction(0), Fraction(0)), time, self._clip))
            self._finish(self._end)

    def _finish(self, field: TimeField) -> None:
        """A text that was set from outside is complete."""
        if not field.is_typing:
            self.finished.emit()

    def _obstacle(self, span: Span | None) -> str:
        if span is None or self._is_fixed:
            return ""
        if span.duration < MIN_SPAN:
            return problems.obstacle(Obstacle.SPAN_TOO_SHORT)
        return problems.obstacle(Obstacle.SPAN_TOO_LONG) if span.duration > MAX_SPAN else ""
