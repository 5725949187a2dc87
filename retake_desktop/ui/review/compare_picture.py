"""How a pair is drawn in each mode."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter

from retake_desktop.ui import style
from retake_desktop.ui.playback.chip import Corner, draw_chip
from retake_desktop.ui.playback.image import draw_fitted
from retake_desktop.ui.playback.material import Shot
from retake_desktop.ui.review.compare_difference import AMPLIFIED, difference


def _words(text: str) -> str:
    return QCoreApplication.translate("CompareView", text)


def pair_words(shot: Shot) -> str:
    """Which frame of the take stands beside the source's."""
    if shot.after_index is None:
        return _words("the take shows nothing here")
    return _words("frame {index} of the take").format(index=shot.after_index)


@dataclass
class PairPainter:
    """Draws shots of a comparison. `demo` marks the take as made by the demo service."""

    demo: bool = False
    _difference: tuple[Shot, QSize, QImage] | None = None

    def before(self, painter: QPainter, shot: Shot, target: QRectF) -> None:
        draw_fitted(painter, shot.before, target)
        draw_chip(painter, _words("Before"), target)

    def after(self, painter: QPainter, shot: Shot, target: QRectF, corner: Corner = Corner.LEFT) -> None:
        if shot.after is None or shot.material.after is None:
            self._nothing(painter, target)
        else:
            draw_fitted(painter, shot.after, target, shot.material.after.picture)
        self._label(painter, _words("After"), target, corner)

    def wipe(self, painter: QPainter, shot: Shot, target: QRectF, x: float) -> None:
        """Before to the left of `x`, after to its right."""
        self.before(painter, shot, target)
        painter.save()
        painter.setClipRect(QRectF(x, target.top(), target.right() - x, target.height()))
        painter.fillRect(target, style.colour("stage"))
        self.after(painter, shot, target, Corner.RIGHT)
        painter.restore()

    def difference(self, painter: QPainter, shot: Shot, target: QRectF, ratio: float) -> None:
        if shot.after is None or shot.material.after is None:
            self._nothing(painter, target)
        else:
            size = (target.size() * ratio).toSize()
            kept = self._difference
            if kept is None or kept[0] is not shot or kept[1] != size:
                made = difference(shot, shot.after, shot.material.after.picture, size)
                kept = self._difference = (shot, size, made)
            painter.drawImage(target, kept[2])
        words = _words("Difference, {times} times amplified").format(times=AMPLIFIED)
        self._label(painter, words, target, Corner.LEFT)

    def _nothing(self, painter: QPainter, target: QRectF) -> None:
        painter.setFont(style.font())
        painter.setPen(Qt.GlobalColor.lightGray)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(target, flags, _words("The take does not cover this instant."))

    def _label(self, painter: QPainter, words: str, target: QRectF, corner: Corner) -> None:
        if self.demo:
            words = _words("{label} · Demo").format(label=words)
        draw_chip(painter, words, target, corner, "warning" if self.demo else "")
