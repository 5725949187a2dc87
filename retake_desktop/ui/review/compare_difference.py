"""The difference of two pictures, amplified."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage, QPainter

from retake_desktop.ui.playback.image import draw_fitted

AMPLIFICATIONS = (1, 2, 4, 8, 16)
USUAL = 4


def difference(before: QImage, after: QImage, part: QRectF, size: QSize, times: int = USUAL) -> QImage:
    """How far each pixel differs, `times` (a power of two) as much, as an image of `size` physical pixels.

    `part` is what of `after` shows the source's picture. Takes 2 to 4 ms for 1080p, so it can be done while painting.
    """
    made = QImage(size, QImage.Format.Format_RGB32)
    whole = QRectF(0, 0, size.width(), size.height())
    painter = QPainter(made)
    draw_fitted(painter, before, whole)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Difference)
    draw_fitted(painter, after, whole, part)
    painter.end()
    for _ in range(times.bit_length() - 1):
        once = made.copy()
        painter = QPainter(made)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Plus)
        painter.drawImage(0, 0, once)
        painter.end()
    return made
