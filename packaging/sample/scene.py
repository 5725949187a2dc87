"""The sample's picture: a bay at dusk in cut paper, drawn from the back to the front."""

import actors
import backdrop
from frame import DURATION, HORIZON, SUN_X, Frame
from paper import HEIGHT, WIDTH, Paper, grain, smooth
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QRadialGradient


class Scene:
    """Draws the picture for any instant; the same instant always gives the same picture."""

    def __init__(self) -> None:
        self._texture = grain(3)

    def draw(self, seconds: float) -> QImage:
        """One frame of 1280 x 720 pixels with 16 bits a channel, so that its gradients do not band."""
        image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGBX64)
        painter = QPainter(image)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        zoom = 1.012 + 0.03 * smooth(seconds, 0, DURATION)
        painter.translate(SUN_X, HORIZON)
        painter.scale(zoom, zoom)
        painter.translate(-SUN_X, -HORIZON)
        painter.save()
        _layers(Frame(Paper(painter, self._texture), seconds))
        painter.restore()
        painter.resetTransform()
        _vignette(painter)
        painter.end()
        return image


def _layers(frame: Frame) -> None:
    backdrop.sky(frame)
    backdrop.clouds(frame)
    backdrop.hills(frame)
    backdrop.water(frame)
    actors.beams(frame)
    actors.lighthouse(frame)
    for index, sheet in enumerate(backdrop.SHEETS):
        backdrop.wave(frame, *sheet)
        if index < len(backdrop.SHEETS) - 1:
            backdrop.glints(frame, sheet[1] + 7, backdrop.SHEETS[index + 1][1] - 16, 120 - 28 * index)
        if index == 1:
            actors.boat(frame)
        elif index == 2:
            actors.duck(frame)
    actors.gulls(frame)
    actors.reeds(frame)


def _vignette(painter: QPainter) -> None:
    gradient = QRadialGradient(QPointF(WIDTH * 0.55, HEIGHT * 0.5), WIDTH * 0.72)
    gradient.setColorAt(0.45, QColor(10, 6, 30, 0))
    gradient.setColorAt(1, QColor(10, 6, 30, 130))
    painter.fillRect(QRectF(0, 0, WIDTH, HEIGHT), QBrush(gradient))
