"""The joint of original and take: its frames one by one, and its sound."""

from fractions import Fraction

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from retake_desktop.domain.span import Span
from retake_desktop.ui import style
from retake_desktop.ui.playback.image import draw_fitted
from retake_desktop.ui.playback.material import Material
from retake_desktop.ui.review.gathering import Joint, JointFrame
from retake_desktop.ui.review.waves import Waves

AROUND = 4
"""Frames shown on either side of the joint."""
CELL = QSize(96, 54)
_GAP = 2
_CAPTION = 56


class JointStrip(QWidget):
    """Original above take, a column for each instant; what the film will show at that side of the joint is framed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Frames at the joint"))
        self.setFixedHeight(2 * CELL.height() + 3 * _GAP)
        self._joint: Joint | None = None
        self._picture = QRectF(0, 0, 1, 1)
        self._is_out = False

    @property
    def box(self) -> tuple[int, int]:
        """Physical pixels of a cell."""
        ratio = self.devicePixelRatioF()
        return round(CELL.width() * ratio), round(CELL.height() * ratio)

    def show_joint(self, joint: Joint | None, material: Material | None, *, is_out: bool) -> None:
        """`is_out`: the take ends there; otherwise it begins there."""
        self._joint, self._is_out = joint, is_out
        if material is not None and material.after is not None:
            self._picture = material.after.picture
        if joint is None:
            self.setAccessibleDescription(self.tr("Reading the frames at the joint"))
        else:
            self.setAccessibleDescription(
                self.tr("Frames {first} to {last} of the original and the take, joined before frame {boundary}").format(
                    first=joint.frames[0].index if joint.frames else joint.boundary,
                    last=joint.frames[-1].index if joint.frames else joint.boundary,
                    boundary=joint.boundary,
                )
            )
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - a strip of small pictures
        painter = QPainter(self)
        painter.fillRect(self.rect(), style.colour("panel"))
        painter.setFont(style.font(style.TextRole.SMALL))
        painter.setPen(style.colour("muted"))
        for row, words in enumerate((self.tr("Before"), self.tr("After"))):
            top = _GAP + row * (CELL.height() + _GAP)
            flags = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(style.GAP, top, _CAPTION, CELL.height()), flags, words)
        if self._joint is None:
            return
        width = min(CELL.width() + 0.0, (self.width() - _CAPTION - style.GAP) / (2 * AROUND) - _GAP)
        left = _CAPTION + (self.width() - _CAPTION - style.GAP - 2 * AROUND * (width + _GAP)) / 2
        for frame in self._joint.frames:
            column = frame.index - self._joint.boundary + AROUND
            self._draw_column(painter, frame, left + column * (width + _GAP), width)
        x = left + AROUND * (width + _GAP) - _GAP / 2
        painter.fillRect(QRectF(x - 1, 0, 2, self.height()), style.colour("accent"))

    def _draw_column(self, painter: QPainter, frame: JointFrame, left: float, width: float) -> None:
        boundary = 0 if self._joint is None else self._joint.boundary
        take_shows = (frame.index < boundary) is self._is_out
        for row, (image, part) in enumerate(((frame.before, None), (frame.after, self._picture))):
            cell = QRectF(left, _GAP + row * (CELL.height() + _GAP), width, CELL.height())
            painter.fillRect(cell, style.colour("stage"))
            if image is not None:
                draw_fitted(painter, image, _within(cell, frame), part)
            if (row == 1) is take_shows:
                painter.setPen(QPen(style.colour("accent"), 2))
                painter.drawRect(cell.adjusted(1, 1, -1, -1))
            else:
                painter.fillRect(cell, QColor(0, 0, 0, 90))


def _within(cell: QRectF, frame: JointFrame) -> QRectF:
    """The place for a picture of the source's shape in the middle of `cell`."""
    size = frame.before.size().scaled(cell.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
    return QRectF(
        cell.center().x() - size.width() / 2, cell.center().y() - size.height() / 2, size.width(), size.height()
    )


class SeamPanel(QWidget):
    """Strip and waveform of one joint; hidden while none is inspected.

    Signal `came_or_went`: it can be seen now, or no more.
    """

    came_or_went = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Seam inspector"))
        self.strip = JointStrip(self)
        self.waves = Waves(self.tr("Sound at the joint"), self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addWidget(self.waves)
        self.hide()

    def begin(self, material: Material, around: Span, joint: Fraction, *, is_out: bool) -> None:
        """Shows the sound of `around`; the frames follow with `strip.show_joint`."""
        self.strip.show_joint(None, material, is_out=is_out)
        self.waves.show_material(material, around, (joint,))
        self.show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.came_or_went.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.came_or_went.emit()
