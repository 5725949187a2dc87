"""The outline of one sound, as far as it is known, drawn to any mapping of time."""

from fractions import Fraction

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from retake_desktop.media.peaks import PARTS, SILENCE, WaveformBlock


class Outline:
    """Lowest and highest samples, of 127, in equal parts of the clip's time. Unknown parts are silent."""

    def __init__(self) -> None:
        self._blocks: dict[int, WaveformBlock] = {}
        self._part = Fraction(1, 128)

    def add(self, block: WaveformBlock) -> None:
        self._part = block.part
        self._blocks[block.index] = block

    def extremes(self, start: float, end: float) -> tuple[int, int]:
        """Between two places, counted in parts, of one part at least."""
        first = int(start)
        last = max(first + 1, int(end))
        low, high = SILENCE, SILENCE
        for part in range(max(0, first), last):
            block = self._blocks.get(part // PARTS)
            if block is not None:
                low, high = min(low, block.low[part % PARTS]), max(high, block.high[part % PARTS])
        return low - SILENCE, high - SILENCE

    def draw(self, painter: QPainter, lane: QRectF, start: Fraction, end: Fraction, colour: QColor) -> None:
        """Fills `lane` with what lies between two clip times."""
        begin, a_pixel = float(start / self._part), float((end - start) / self._part) / max(1.0, lane.width())
        middle, half = lane.center().y(), lane.height() / 2 - 1
        upper, lower = [], []
        for x in range(int(lane.left()), int(lane.right())):
            place = begin + (x - lane.left()) * a_pixel
            low, high = self.extremes(place, place + a_pixel)
            upper.append(QPointF(x, middle - max(0.5, high / 127 * half)))
            lower.append(QPointF(x, middle - min(-0.5, low / 127 * half)))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(QPolygonF([*upper, *reversed(lower)]))
