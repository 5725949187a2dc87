"""Both sounds of a comparison under each other, at the same instants."""

from fractions import Fraction

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from retake_desktop.domain.span import Span
from retake_desktop.ui import style
from retake_desktop.ui.playback.material import Material
from retake_desktop.ui.playback.soundtrack import Side
from retake_desktop.ui.review.gathering import OutlinePart
from retake_desktop.ui.review.outline import Outline

_LANE = 22
_CAPTION = 56


class Waves(QWidget):
    """Two lanes, before above after or the take on the left above the other, over one stretch of the source's time;
    the one heard is in the accent's colour.

    Signal `place_wanted(Fraction)`: the person clicked there.
    """

    place_wanted = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFixedHeight(2 * _LANE + 3 * 2)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._material: Material | None = None
        self._view = Span(Fraction(0), Fraction(0))
        self._outlines = {side: Outline() for side in Side}
        self._heard = Side.BEFORE
        self._names = self.tr("Before"), self.tr("After")
        self._marks: tuple[Fraction, ...] = ()
        self._playhead = Fraction(0)
        self._drawn: QPixmap | None = None
        self._drawn_in: style.Tokens | None = None

    @property
    def has_sound(self) -> bool:
        """Whether there is anything to draw."""
        return self._material is not None and any(clip.audio for clip in self._material.audible)

    def show_material(self, material: Material | None, view: Span, marks: tuple[Fraction, ...] = ()) -> None:
        """Empties both lanes for other clips; `marks` are instants to point at (in and out point)."""
        if material is None or self._material is None or not material.sounds_like(self._material):
            self._outlines = {side: Outline() for side in Side}
        self._material, self._view, self._marks = material, view, marks
        self._changed()

    def name_sides(self, before: str, after: str) -> None:
        """Other words for the two, where they are not before and after."""
        self._names = before, after
        self._changed()

    def add(self, part: OutlinePart) -> None:
        self._outlines[part.side].add(part.block)
        self._changed()

    def show_heard(self, side: Side) -> None:
        if side is not self._heard:
            self._heard = side
            self._changed()

    def show_playhead(self, time: Fraction) -> None:
        self._playhead = time
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the lanes are one pixmap
        painter = QPainter(self)
        if self._drawn is None or self._drawn_in != style.tokens():
            self._drawn, self._drawn_in = self._painted(), style.tokens()
        painter.drawPixmap(0, 0, self._drawn)
        if self._view.duration and self._view.start <= self._playhead <= self._view.end:
            painter.fillRect(QRectF(self._x_of(self._playhead) - 0.5, 0, 1, self.height()), style.colour("text"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._view.duration:
            self.place_wanted.emit(self._time_at(event.position().x()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._changed()

    def _changed(self) -> None:
        self._drawn = None
        self.update()

    def _painted(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        made = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
        made.setDevicePixelRatio(ratio)
        made.fill(style.colour("panel"))
        painter = QPainter(made)
        painter.setFont(style.font(style.TextRole.SMALL))
        for row, (side, words) in enumerate(zip(Side, self._names, strict=True)):
            lane = QRectF(self._left, 2 + row * (_LANE + 2), max(0, self.width() - self._left - style.GAP), _LANE)
            is_heard = side is self._heard
            painter.setPen(style.colour("text" if is_heard else "muted"))
            painter.drawText(QRectF(style.GAP, lane.top(), self._left, _LANE), Qt.AlignmentFlag.AlignVCenter, words)
            painter.fillRect(lane, style.colour("window"))
            self._draw(painter, side, lane, is_heard=is_heard)
        for mark in self._marks:
            if self._view.start < mark < self._view.end:
                painter.fillRect(QRectF(self._x_of(mark) - 0.5, 0, 1, self.height()), style.colour("accent"))
        painter.end()
        return made

    def _draw(self, painter: QPainter, side: Side, lane: QRectF, *, is_heard: bool) -> None:
        material = self._material
        if material is None or material.after is None or not self._view.duration:
            return
        place = list(Side).index(side)
        clip, take = material.audible[place], material.take_heard(place)
        if not clip.audio:
            painter.setPen(style.colour("muted"))
            painter.drawText(lane, Qt.AlignmentFlag.AlignCenter, self.tr("no sound"))
            return
        start, end = self._view.start, self._view.end
        if take is not None:
            start, end = take.window.to_result(start), take.window.to_result(end)
        self._outlines[side].draw(painter, lane, start, end, style.colour("accent" if is_heard else "muted"))

    @property
    def _left(self) -> int:
        """Where the lanes begin."""
        metrics = QFontMetrics(style.font(style.TextRole.SMALL))
        return max(_CAPTION, 2 * style.GAP + max(map(metrics.horizontalAdvance, self._names)))

    def _time_at(self, x: float) -> Fraction:
        part = Fraction(x - self._left) / max(1, self.width() - self._left - style.GAP)
        return self._view.start + max(Fraction(0), min(Fraction(1), part)) * self._view.duration

    def _x_of(self, time: Fraction) -> float:
        width = max(1, self.width() - self._left - style.GAP)
        return self._left + float((time - self._view.start) / self._view.duration) * width
