"""What the bay is made of: sky, clouds, hills and water."""

import math
import random

from frame import HORIZON, SUN_X, Frame
from paper import HEIGHT, WIDTH, blob, mix, ridge, waves
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QLinearGradient, QPainterPath

_STARS = [
    (dice.uniform(-100, 1380), dice.uniform(10, 235), dice.uniform(0.7, 1.7), dice.uniform(0, 6.3))
    for dice in [random.Random(7)]  # noqa: S311 - a picture, not a secret
    for _ in range(70)
]
_GLINTS = [
    (dice.uniform(0, 1), dice.uniform(-1, 1), dice.uniform(0, 6.3))
    for dice in [random.Random(11)]  # noqa: S311 - a picture, not a secret
    for _ in range(60)
]
SHEETS = (
    # depth, level, height, length, speed, colour at the crest, colour below
    (0.45, 478.0, 6.0, 150.0, 0.50, "#b0677f", "#7d4f80"),
    (0.60, 512.0, 9.0, 205.0, -0.62, "#8a5580", "#5f4279"),
    (0.80, 556.0, 12.0, 260.0, 0.78, "#684878", "#453769"),
    (1.00, 610.0, 15.0, 330.0, -0.90, "#4b3c6c", "#2f2b58"),
    (1.30, 672.0, 18.0, 420.0, 1.05, "#322e59", "#1b1c40"),
)


def sky(frame: Frame) -> None:
    gradient = QLinearGradient(0, -20, 0, HORIZON + 10)
    for place, colour in ((0, "#191c47"), (0.3, "#3d2f6b"), (0.58, "#7c4781"), (0.8, "#c96f7d"), (1, "#f6b07f")):
        gradient.setColorAt(place, QColor(colour))
    frame.painter.fillRect(QRectF(-200, -60, WIDTH + 400, HEIGHT + 120), QBrush(gradient))
    frame.at_depth(0.05)
    frame.painter.setPen(Qt.PenStyle.NoPen)
    for x, y, radius, phase in _STARS:
        shine = (1 - y / 250) * (0.55 + 0.45 * math.sin(1.6 * frame.t + phase))
        frame.painter.setBrush(QColor(255, 240, 225, int(200 * shine)))
        frame.painter.drawEllipse(QPointF(x, y), radius, radius)
    sun = HORIZON - 44 + 1.6 * frame.t
    frame.paper.light(SUN_X, sun, 620, QColor("#ff9d6b"), 0.5)
    disc = blob((SUN_X, sun, 96))
    frame.paper.sheet(disc, frame.paper.downwards(QColor("#ffe9bf"), QColor("#ffb47c"), sun - 96, sun + 70), shadow=0)
    frame.paper.light(SUN_X, sun, 190, QColor("#ffcf8f"), 0.35)


def clouds(frame: Frame) -> None:
    for depth, x, y, size, colour in (
        (0.08, 250, 150, 1.0, "#7a4a86"),
        (0.11, 1010, 116, 0.8, "#6a4384"),
        (0.14, 610, 236, 1.15, "#a85d80"),
        (0.18, 80, 292, 1.3, "#b9697c"),
    ):
        frame.at_depth(depth)
        frame.painter.translate(x - 3.5 * frame.t * (0.6 + depth * 4), y)
        frame.painter.scale(size, size)
        puffs = blob((-92, -4, 17), (-58, -18, 28), (-14, -32, 38), (34, -22, 31), (74, -9, 22), (104, -2, 14))
        flat = QPainterPath()
        flat.addRoundedRect(QRectF(-132, -18, 268, 26), 13, 13)
        shape = puffs.united(flat)
        cut = QPainterPath()
        cut.addRect(QRectF(-200, 8, 400, 80))
        frame.paper.sheet(shape.subtracted(cut), mix(colour, "#ffb58c", 0.12), shadow=10, rim=60)


def hills(frame: Frame) -> None:
    for depth, base, tall, seed, colour in (
        (0.16, 432, 62, 0.4, "#a35f86"),
        (0.24, 442, 44, 2.1, "#7f4d82"),
        (0.33, 452, 30, 4.4, "#5f3f78"),
    ):
        frame.at_depth(depth)

        def height_at(x: float, base: float = base, tall: float = tall, seed: float = seed) -> float:
            far = 0.35 + 0.65 * min(1, abs(x - SUN_X) / 520)
            rolling = math.sin(x / 171 + seed) + 0.55 * math.sin(x / 73 + 2.2 * seed) + 0.2 * math.sin(x / 29 + seed)
            return base - tall * far * (0.75 + 0.5 * rolling)

        frame.paper.sheet(
            ridge(height_at),
            frame.paper.downwards(QColor(colour), mix(colour, "#f0a080", 0.55), base - 90, base + 20),
            shadow=9,
        )


def water(frame: Frame) -> None:
    frame.at_depth(0.3)
    sea = QPainterPath()
    sea.addRect(QRectF(-200, HORIZON, WIDTH + 400, 400))
    frame.paper.sheet(
        sea, frame.paper.downwards(QColor("#f0a181"), QColor("#6d4a80"), HORIZON, HORIZON + 150), shadow=6, rim=70
    )
    glints(frame, HORIZON + 3, HORIZON + 26, 150)


def glints(frame: Frame, top: float, bottom: float, alpha: int) -> None:
    """The sun's road on the water, between two heights."""
    frame.at_depth(0.06)
    frame.painter.setPen(Qt.PenStyle.NoPen)
    for down, side, phase in _GLINTS:
        y = HORIZON + 4 + 160 * down
        if not top <= y < bottom:
            continue
        half = (20 + 52 * down) * (0.6 + 0.4 * math.sin(1.9 * frame.t + phase))
        x = SUN_X + side * (64 - 34 * down) + 5 * math.sin(0.8 * frame.t + phase)
        frame.painter.setBrush(QColor(255, 222, 165, alpha))
        frame.painter.drawEllipse(QPointF(x, y), half, 1.4 + 1.6 * down)


def wave(
    frame: Frame, depth: float, level: float, height: float, length: float, speed: float, top: str, low: str
) -> None:
    frame.at_depth(depth)
    curve = ridge(waves(level + 3 * math.sin(0.9 * frame.t + level), height, length, speed * frame.t * 1.5 + level))
    frame.paper.sheet(curve, frame.paper.downwards(QColor(top), QColor(low), level - 18, level + 90), shadow=16, rim=74)
