"""Cut paper for QPainter: layers with a grain, a soft shadow and a lit edge, and curves to cut them along."""

import math
import random
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QLinearGradient, QPainter, QPainterPath, QPen, QRadialGradient

WIDTH, HEIGHT = 1280, 720
LEFT, RIGHT = -160, WIDTH + 160
"""Layers reach past the picture on both sides, because the camera moves."""


def mix(one: str, other: str, share: float) -> QColor:
    """The colour `share` (0 to 1) of the way from one to the other."""
    a, b = QColor(one), QColor(other)
    keep = 1 - share
    return QColor.fromRgbF(
        a.redF() * keep + b.redF() * share,
        a.greenF() * keep + b.greenF() * share,
        a.blueF() * keep + b.blueF() * share,
    )


def smooth(value: float, start: float, end: float) -> float:
    """0 before `start`, 1 after `end`, and an eased way between."""
    x = min(1.0, max(0.0, (value - start) / (end - start)))
    return x * x * (3 - 2 * x)


def grain(seed: int, size: int = 256) -> QImage:
    """A tile of paper fibres: faint light and dark specks, blurred a little across."""
    dice = random.Random(seed)  # noqa: S311 - a picture, not a secret
    pixels = bytearray()
    for _ in range(size):
        previous = 0.0
        for _ in range(size):
            previous = 0.62 * previous + dice.gauss(0, 5)
            strength = min(22, abs(int(previous)))
            pixels += bytes([strength if previous > 0 else 0] * 3 + [strength])
    return QImage(bytes(pixels), size, size, QImage.Format.Format_RGBA8888_Premultiplied).copy()


def ridge(height_at: Callable[[float], float], step: int = 6) -> QPainterPath:
    """Everything below a curve that runs across the picture; `height_at` gives y for x, in pixels."""
    path = QPainterPath(QPointF(LEFT, HEIGHT + 80))
    for x in range(LEFT, RIGHT + step, step):
        path.lineTo(x, height_at(x))
    path.lineTo(RIGHT, HEIGHT + 80)
    path.closeSubpath()
    return path


def waves(level: float, height: float, length: float, phase: float) -> Callable[[float], float]:
    """A swell with a smaller one on top; pixels, with `phase` in radians."""

    def at(x: float) -> float:
        angle = 2 * math.pi * x / length + phase
        return level - height * math.pow(0.5 + 0.5 * math.sin(angle), 1.6) - 0.3 * height * math.sin(2.3 * angle + 1.7)

    return at


def blob(*circles: tuple[float, float, float]) -> QPainterPath:
    """One outline around circles given as x, y, radius."""
    path = QPainterPath()
    for x, y, radius in circles:
        part = QPainterPath()
        part.addEllipse(QPointF(x, y), radius, radius)
        path = path.united(part)
    return path


def pen(colour: QColor, width: float) -> QPen:
    return QPen(QBrush(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


class Paper:
    """Lays cut sheets one over the other."""

    def __init__(self, painter: QPainter, texture: QImage) -> None:
        self.painter = painter
        self._texture = QBrush(texture)

    def sheet(self, path: QPainterPath, fill: QColor | QLinearGradient, *, shadow: float = 14, rim: int = 46) -> None:
        """Lays one sheet: `shadow` is how far it stands off, in pixels; `rim` how bright its edge is, 0 to 255."""
        painter = self.painter
        painter.setPen(Qt.PenStyle.NoPen)
        steps = 7 if shadow else 0
        for step in range(steps, 0, -1):
            reach = shadow * step / steps
            painter.setPen(pen(QColor(18, 10, 40, 9), 2 * reach))
            painter.drawPath(path.translated(0, -reach * 0.15))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillPath(path, QBrush(fill))
        painter.fillPath(path, self._texture)
        if rim:
            painter.setPen(QPen(QColor(255, 226, 200, rim), 1.3))
            painter.drawPath(path)
            painter.setPen(Qt.PenStyle.NoPen)

    def downwards(self, top: QColor, bottom: QColor, start: float, end: float) -> QLinearGradient:
        """A fill that goes from one colour to another between two heights."""
        gradient = QLinearGradient(0, start, 0, end)
        gradient.setColorAt(0, top)
        gradient.setColorAt(1, bottom)
        return gradient

    def light(self, x: float, y: float, radius: float, colour: QColor, strength: float) -> None:
        """A soft glow that adds to what is there; `strength` from 0 to 1."""
        gradient = QRadialGradient(QPointF(x, y), radius)
        for stop in range(9):
            share = stop / 8
            tint = QColor(colour)
            tint.setAlphaF(strength * (1 - share) ** 2.4)
            gradient.setColorAt(share, tint)
        self.painter.save()
        self.painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Screen)
        self.painter.fillRect(QRectF(x - radius, y - radius, 2 * radius, 2 * radius), QBrush(gradient))
        self.painter.restore()
