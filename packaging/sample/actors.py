"""What moves in the bay: a lighthouse, a boat, gulls, reeds, and a duck that nobody asked for."""

import math
import random

from frame import Frame
from paper import blob, mix, pen, smooth
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QLinearGradient, QPainter, QPainterPath, QPolygonF, QRadialGradient

LAMP = QPointF(1048, 226)
DUCK_RISES, DUCK_GOES = 5.0, 7.9
SQUEAKS = (5.95, 6.75)
"""Seconds. The bad moment: from the duck's first feather above the water to its last."""


def beams(frame: Frame) -> None:
    frame.at_depth(0.5)
    turn = 2 * math.pi * frame.t / 6 + 0.7
    frame.painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Screen)
    for angle in (turn, turn + math.pi):
        reach = 820 * math.cos(angle)
        facing = 0.5 + 0.5 * math.sin(angle)
        gradient = QRadialGradient(LAMP, 24 + 0.97 * abs(reach))
        for stop in range(7):
            tint = QColor("#ffd894")
            tint.setAlphaF((0.06 + 0.36 * facing) * (1 - stop / 6) ** 1.5)
            gradient.setColorAt(stop / 6, tint)
        far = LAMP + QPointF(reach, 46 * math.sin(angle) - 8)
        for spread in (1.0, 0.72, 0.46):
            wide = spread * (34 + 66 * facing)
            cone = QPolygonF(
                [LAMP + QPointF(0, -4), far + QPointF(0, -wide), far + QPointF(0, wide), LAMP + QPointF(0, 4)]
            )
            path = QPainterPath()
            path.addPolygon(cone)
            frame.painter.setOpacity(0.45)
            frame.painter.fillPath(path, QBrush(gradient))
    frame.painter.setOpacity(1)


def lighthouse(frame: Frame) -> None:
    frame.at_depth(0.5)
    facing = 0.5 + 0.5 * math.cos(4 * math.pi * frame.t / 6 + 1.4 - math.pi)
    rock = QPainterPath(QPointF(900, 520))
    for x, y in (
        (930, 470),
        (962, 452),
        (988, 424),
        (1030, 410),
        (1078, 414),
        (1110, 436),
        (1146, 446),
        (1190, 482),
        (1230, 520),
    ):
        rock.lineTo(x, y)
    rock.closeSubpath()
    frame.paper.sheet(rock, frame.paper.downwards(QColor("#5b3c70"), QColor("#392b57"), 410, 500), shadow=12)
    tower = QPolygonF([QPointF(1030, 262), QPointF(1066, 262), QPointF(1080, 418), QPointF(1016, 418)])
    shape = QPainterPath()
    shape.addPolygon(tower)
    shape.closeSubpath()
    across = QLinearGradient(1016, 0, 1080, 0)
    across.setColorAt(0, QColor("#ffe0c8"))
    across.setColorAt(1, QColor("#b98ba0"))
    frame.paper.sheet(shape, across, shadow=10)
    for top in (292, 350):
        band = QPainterPath()
        band.addRect(QRectF(1000, top, 100, 30))
        frame.paper.sheet(band.intersected(shape), QColor("#b5485e"), shadow=0, rim=30)
    for x, y, wide, high, colour in ((1024, 254, 48, 9, "#43305f"), (1034, 214, 28, 40, "#ffd98c")):
        part = QPainterPath()
        part.addRoundedRect(QRectF(x, y, wide, high), 3, 3)
        frame.paper.sheet(part, QColor(colour), shadow=4)
    roof = QPainterPath(QPointF(1028, 216))
    roof.quadTo(1034, 196, 1048, 190)
    roof.quadTo(1062, 196, 1068, 216)
    roof.closeSubpath()
    frame.paper.sheet(roof, QColor("#8f3a55"), shadow=5)
    frame.paper.light(LAMP.x(), LAMP.y() + 6, 70 + 110 * facing, QColor("#ffdf9c"), 0.55 + 0.35 * facing)


def boat(frame: Frame) -> None:
    frame.at_depth(0.7)
    x = 225 + 37 * frame.t
    frame.painter.translate(x, 521 + 4 * math.sin(1.5 * frame.t))
    frame.painter.rotate(2.2 * math.sin(1.5 * frame.t + 0.9))
    frame.paper.light(26, -30, 74, QColor("#ffc56e"), 0.5)
    mast = QPainterPath()
    mast.addRect(QRectF(-3, -126, 4, 120))
    frame.paper.sheet(mast, QColor("#3a2749"), shadow=3, rim=0)
    main, jib = QPainterPath(QPointF(4, -124)), QPainterPath(QPointF(-6, -112))
    main.quadTo(66, -74, 62, -22)
    main.quadTo(30, -30, 4, -20)
    main.closeSubpath()
    jib.quadTo(-34, -64, -54, -22)
    jib.quadTo(-28, -28, -6, -20)
    jib.closeSubpath()
    frame.paper.sheet(main, frame.paper.downwards(QColor("#fff0d6"), QColor("#f1bf9b"), -124, -20), shadow=8)
    frame.paper.sheet(jib, frame.paper.downwards(QColor("#f6d7ba"), QColor("#d99a8d"), -112, -20), shadow=8)
    hull = QPainterPath(QPointF(-70, -14))
    hull.quadTo(0, -2, 76, -18)
    hull.quadTo(62, 22, 34, 28)
    hull.lineTo(-40, 28)
    hull.quadTo(-62, 16, -70, -14)
    frame.paper.sheet(hull, frame.paper.downwards(QColor("#8c3b52"), QColor("#4f2545"), -16, 28), shadow=8)
    frame.paper.sheet(blob((26, -24, 5)), QColor("#fff0b8"), shadow=0)


def duck(frame: Frame) -> None:
    """A bath duck the size of a ship: up it comes, squeaks twice, and is gone."""
    up = smooth(frame.t, DUCK_RISES, DUCK_RISES + 0.7) - smooth(frame.t, DUCK_GOES - 0.6, DUCK_GOES)
    if up <= 0:
        return
    over = 12 * math.sin(math.pi * smooth(frame.t, DUCK_RISES + 0.45, DUCK_RISES + 1.0))
    squash = sum(math.exp(-(((frame.t - squeak - 0.09) / 0.09) ** 2)) for squeak in SQUEAKS)
    frame.at_depth(0.9)
    frame.painter.translate(
        640 - 16 * (frame.t - DUCK_RISES), 615 + 200 * (1 - up) - over + 3 * math.sin(3.1 * frame.t)
    )
    frame.painter.rotate(3.2 * math.sin(2.3 * frame.t))
    frame.painter.scale(1.06 * (1 + 0.09 * squash), 1.06 * (1 - 0.12 * squash))
    body = QPainterPath(QPointF(-98, -46))
    body.cubicTo(-70, 34, 66, 42, 96, -38)
    body.quadTo(112, -66, 124, -76)
    body.cubicTo(84, -84, 56, -66, 34, -50)
    body.cubicTo(0, -62, -84, -92, -98, -46)
    yellow = frame.paper.downwards(QColor("#ffe94d"), QColor("#f5a70c"), -160, 20)
    frame.paper.sheet(body, yellow, shadow=14, rim=120)
    frame.paper.sheet(blob((-52, -112, 50)), yellow, shadow=9, rim=120)
    beak = QPainterPath(QPointF(-94, -122))
    beak.quadTo(-138, -126 - 8 * squash, -142, -104)
    beak.quadTo(-120, -92 + 12 * squash, -92, -98)
    beak.closeSubpath()
    frame.paper.sheet(beak, frame.paper.downwards(QColor("#ff8a2b"), QColor("#e2521c"), -126, -92), shadow=5, rim=90)
    wing = QPainterPath(QPointF(-18, -40))
    wing.cubicTo(6, -2, 62, -2, 82, -44)
    wing.cubicTo(50, -34, 16, -56, -18, -40)
    frame.paper.sheet(wing, frame.paper.downwards(QColor("#ffd52e"), QColor("#ef9a06"), -50, -4), shadow=6, rim=110)
    frame.paper.sheet(blob((-68, -124, 8.5)), QColor("#1c1836"), shadow=0, rim=0)
    frame.paper.sheet(blob((-71, -127.5, 2.8)), QColor("#ffffff"), shadow=0, rim=0)


def gulls(frame: Frame) -> None:
    frame.at_depth(0.4)
    frame.painter.setBrush(Qt.BrushStyle.NoBrush)
    for x, y, size, phase in ((660, 196, 15, 0.0), (716, 172, 11, 1.3), (604, 168, 9, 2.6)):
        lift = size * (0.35 + 0.4 * math.sin(5.2 * frame.t + phase))
        here = QPointF(x - 24 * frame.t, y - 2 * frame.t + 4 * math.sin(0.9 * frame.t + phase))
        bird = QPainterPath(here + QPointF(-size, -lift))
        bird.quadTo(here + QPointF(-size * 0.45, -lift * 0.9 - 3), here)
        bird.quadTo(here + QPointF(size * 0.45, -lift * 0.9 - 3), here + QPointF(size, -lift))
        frame.painter.setPen(pen(QColor("#2b1f4d"), 2.4))
        frame.painter.drawPath(bird)


def reeds(frame: Frame) -> None:
    frame.at_depth(1.7)
    dice = random.Random(23)  # noqa: S311 - a picture, not a secret
    for group, centre in enumerate((90, 1225)):
        bank = blob(*((centre + 90 * k, 770 - 14 * (k % 2), 92) for k in (-2, -1, 0, 1, 2)))
        for _ in range(13):
            foot = centre + dice.uniform(-150, 150)
            tall = dice.uniform(110, 235) * (1 - abs(foot - centre) / 420)
            sway = (10 + tall / 14) * math.sin(1.15 * frame.t + foot / 60 + group) + dice.uniform(-26, 26)
            tip = QPointF(foot + sway, 724 - tall)
            blade = QPainterPath(QPointF(foot - 5, 740))
            blade.quadTo(foot - 4 + sway * 0.15, 724 - tall * 0.6, tip.x(), tip.y())
            blade.quadTo(foot + 6 + sway * 0.2, 724 - tall * 0.55, foot + 6, 740)
            blade.closeSubpath()
            frame.paper.sheet(blade, mix("#151433", "#27244f", dice.random()), shadow=5, rim=34)
        frame.paper.sheet(bank, QColor("#121230"), shadow=12, rim=34)
