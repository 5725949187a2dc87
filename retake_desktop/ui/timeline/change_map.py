"""The change map: how much each frame of a take differs from the original, over the filmstrip."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from retake_desktop.domain.span import Span
from retake_desktop.ui import style
from retake_desktop.ui.timeline.backdrop import BANDS_TOP
from retake_desktop.ui.timeline.track import Track

HEIGHT = 16
_CODED_HEIGHT = 2
_LEAST = 3.0
"""Logical pixels of the smallest change: it must be seen."""


@dataclass(frozen=True, slots=True)
class ChangeMark:
    """`strength` from 0 to 1 of the change in `span` (source time); `is_outside` the selection."""

    span: Span
    strength: float
    is_outside: bool


class ChangeMap(QWidget):
    """Lies over `track` at the foot of its filmstrip and lets the mouse through, so that a click goes there."""

    def __init__(self, track: Track) -> None:
        super().__init__(track)
        self._track = track
        self._marks: tuple[ChangeMark, ...] = ()
        self._coded: tuple[tuple[Fraction, Fraction], ...] = ()
        self.setAccessibleName(self.tr("Change map"))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        track.viewed.connect(self._follow)
        self.hide()

    def show_marks(self, marks: tuple[ChangeMark, ...], words: str) -> None:
        """Shows these, with `words` for who cannot see them; without words nothing is shown."""
        self._marks = marks
        self.setAccessibleDescription(words)
        self.setVisible(bool(words))
        self._follow()

    def show_coded(self, stretches: Sequence[tuple[Fraction, Fraction]]) -> None:
        """Draws a line over what would be encoded once more, from and to source times; the rest stays bit for bit."""
        self._coded = tuple(stretches)
        self.update()

    def _follow(self) -> None:
        self.setGeometry(0, BANDS_TOP - HEIGHT - 1, self._track.width(), HEIGHT)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - one narrow strip
        painter = QPainter(self)
        scale = self._track.scale
        ground = QColor(style.colour("window"))
        ground.setAlpha(200)
        painter.fillRect(QRectF(scale.left, 0, scale.width, self.height()), ground)
        for begin, end in self._coded:
            left, right = self._seen(begin, end)
            painter.fillRect(QRectF(left, 0, max(0.0, right - left), _CODED_HEIGHT), style.colour("muted"))
        for mark in self._marks:
            left, right = self._seen(mark.span.start, mark.span.end)
            if right <= left:
                continue
            height = max(_LEAST, mark.strength * self.height())
            colour = style.colour("warning" if mark.is_outside else "accent")
            painter.fillRect(QRectF(left, self.height() - height, max(1.0, right - left), height), colour)

    def _seen(self, begin: Fraction, end: Fraction) -> tuple[float, float]:
        """Left and right in logical pixels, within what is in view."""
        scale = self._track.scale
        return max(float(scale.left), scale.x_of(begin)), min(float(scale.left + scale.width), scale.x_of(end))
