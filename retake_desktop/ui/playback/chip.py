"""Short words laid over a picture, legible on anything."""

from enum import Enum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from retake_desktop.ui import style

_BACKING = QColor(12, 13, 15, 200)
_WORDS = QColor(240, 242, 244)


class Corner(Enum):
    LEFT = "left"
    RIGHT = "right"


def draw_chip(painter: QPainter, text: str, around: QRectF, corner: Corner = Corner.LEFT, dot: str = "") -> QRectF:
    """Draws `text` at the bottom of `around`, with a `dot` of the named token's colour before it, if any.

    Returns what it covers. Chips are dark in every theme, since they lie on pictures.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    font = style.font(style.TextRole.SMALL)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    lead = style.GAP if dot else 0
    width = metrics.horizontalAdvance(text) + lead + 2 * style.GAP_SMALL
    height = metrics.height() + style.GAP_SMALL
    left = around.left() + style.GAP_SMALL if corner is Corner.LEFT else around.right() - width - style.GAP_SMALL
    box = QRectF(
        QPointF(left, around.bottom() - height - style.GAP_SMALL),
        QPointF(left + width, around.bottom() - style.GAP_SMALL),
    )
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_BACKING)
    painter.drawRoundedRect(box, style.RADIUS, style.RADIUS)
    if dot:
        painter.setBrush(QColor(getattr(style.DARK, dot)))
        painter.drawEllipse(QPointF(box.left() + style.GAP_SMALL + 3, box.center().y()), 3.5, 3.5)
    painter.setPen(_WORDS)
    painter.drawText(box.adjusted(style.GAP_SMALL + lead, 0, -style.GAP_SMALL, 0), Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()
    return box
