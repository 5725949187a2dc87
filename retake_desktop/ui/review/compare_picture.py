"""How the pictures of a comparison are drawn: each into its target, cut off at its pane, under its name."""

from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from retake_desktop.ui import style
from retake_desktop.ui.playback.chip import Corner, draw_chip
from retake_desktop.ui.playback.image import draw_fitted
from retake_desktop.ui.playback.material import Shot
from retake_desktop.ui.review.cast import BEFORE, Cast, before_and_after
from retake_desktop.ui.review.compare_difference import USUAL, difference

LOUPE_SIZE = 220
"""Logical pixels across."""
_LOUPE_TIMES = 4
_WHOLE = QRectF(0, 0, 1, 1)
_SHARP_FROM = 2.0
"""Enlargement from which pixels are shown as squares: whoever looks that close wants to see them."""


def _words(text: str) -> str:
    return QCoreApplication.translate("CompareView", text)


def pair_words(shot: Shot) -> str:
    """Which frame of the take stands beside the source's."""
    if shot.after_index is None:
        return _words("the take shows nothing here")
    return _words("frame {index} of the take").format(index=shot.after_index)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a picture goes: all of it into `target`, of which only what lies in `pane` is seen."""

    target: QRectF
    pane: QRectF

    @property
    def seen(self) -> QRectF:
        return self.target & self.pane


@dataclass
class PairPainter:
    """Draws shots of a comparison. `demo` marks the takes as made by the demo service."""

    cast: Cast = field(default_factory=before_and_after)
    demo: bool = False
    times: int = USUAL
    _difference: tuple[Shot, QSize, tuple[int, int, int], QImage] | None = None

    def layer(self, painter: QPainter, shot: Shot, number: int, place: Place, corner: Corner = Corner.LEFT) -> None:
        """The source (0) or a take with its name."""
        image = shot.layer(number).image
        painter.save()
        painter.setClipRect(place.pane, Qt.ClipOperation.IntersectClip)
        if image is None:
            self._nothing(painter, place.seen)
        else:
            _draw(painter, image, place.target, _part(shot, number))
        self._label(painter, self.cast.labels[number], place.seen, corner, is_take=number != BEFORE)
        painter.restore()

    def wipe(self, painter: QPainter, shot: Shot, place: Place, x: float, loupe: QPointF | None) -> None:
        """The left one to the left of `x`, the right one to its right; so it is in the loupe."""
        self.layer(painter, shot, self.cast.left, place)
        self.loupe_over(painter, shot, self.cast.left, loupe, place)
        painter.save()
        painter.setClipRect(QRectF(x, place.pane.top(), max(0.0, place.pane.right() - x), place.pane.height()))
        painter.fillRect(place.seen, style.colour("stage"))
        self.layer(painter, shot, self.cast.right, place, Corner.RIGHT)
        beside = Place(place.target, QRectF(x, place.pane.top(), max(0.0, place.pane.right() - x), place.pane.height()))
        self.loupe_over(painter, shot, self.cast.right, loupe, beside)
        painter.restore()

    def difference(self, painter: QPainter, shot: Shot, place: Place, ratio: float, loupe: QPointF | None) -> None:
        painter.save()
        painter.setClipRect(place.pane)
        made = self.difference_image(shot, (place.target.size() * ratio).toSize())
        if made is None:
            self._nothing(painter, place.seen)
        else:
            _draw(painter, made, place.target, _WHOLE)
        words = _words("Difference, {times} times amplified").format(times=self.times)
        self._label(painter, words, place.seen, Corner.LEFT, is_take=True)
        painter.restore()
        if made is not None and loupe is not None:
            self._loupe(painter, made, _WHOLE, loupe, place)

    def difference_image(self, shot: Shot, size: QSize) -> QImage | None:
        """Of the two compared, at most as large as they are; None where one of them has nothing to show."""
        left, right = shot.layer(self.cast.left).image, shot.layer(self.cast.right).image
        if left is None or right is None:
            return None
        size = size.boundedTo(left.size())
        what = (self.cast.left, self.cast.right, self.times)
        kept = self._difference
        if kept is None or kept[0] is not shot or kept[1:3] != (size, what):
            straight = _straightened(shot, self.cast.left)
            made = difference(straight, right, _part(shot, self.cast.right), size, self.times)
            kept = self._difference = (shot, size, what, made)
        return kept[3]

    def _loupe(self, painter: QPainter, image: QImage, part: QRectF, point: QPointF, place: Place) -> None:
        """The pixels around `point` (in parts of the picture) several times enlarged, over the place itself."""
        target = place.target
        middle = QPointF(target.left() + point.x() * target.width(), target.top() + point.y() * target.height())
        box = QRectF(middle - QPointF(LOUPE_SIZE, LOUPE_SIZE) / 2, QSizeF(LOUPE_SIZE, LOUPE_SIZE))
        ratio = painter.device().devicePixelRatioF()
        width, height = image.width() * part.width(), image.height() * part.height()
        size = QSizeF(width, height) * max(_LOUPE_TIMES / ratio, 2 * target.width() / max(1.0, width))
        whole = QRectF(
            QPointF(middle.x() - point.x() * size.width(), middle.y() - point.y() * size.height()),
            size,
        )
        painter.save()
        painter.setClipRect(place.pane)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        round_box = QPainterPath()
        round_box.addEllipse(box)
        painter.setClipPath(round_box, Qt.ClipOperation.IntersectClip)
        painter.fillRect(box, style.colour("stage"))
        _draw(painter, image, whole, part)
        painter.setClipRect(place.pane)
        for colour, width in ((QColor(0, 0, 0, 160), 4), (QColor(255, 255, 255), 1.5)):
            painter.setPen(QPen(colour, width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(box)
        painter.restore()

    def loupe_over(self, painter: QPainter, shot: Shot, number: int, point: QPointF | None, place: Place) -> None:
        """The loupe over the source (0) or a take, where there is one."""
        image = shot.layer(number).image
        if image is not None and point is not None:
            self._loupe(painter, image, _part(shot, number), point, place)

    def _nothing(self, painter: QPainter, target: QRectF) -> None:
        painter.setFont(style.font())
        painter.setPen(Qt.GlobalColor.lightGray)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(target, flags, _words("The take does not cover this instant."))

    def _label(self, painter: QPainter, words: str, seen: QRectF, corner: Corner, *, is_take: bool) -> None:
        is_marked = self.demo and is_take and not self.cast.is_blind
        if is_marked:
            words = _words("{label} · Demo").format(label=words)
        draw_chip(painter, words, seen, corner, "warning" if is_marked else "")


def _part(shot: Shot, number: int) -> QRectF:
    """What of a layer shows the source's picture; the rest is padding."""
    return _WHOLE if number == BEFORE else shot.material.takes[number - 1].picture


def _straightened(shot: Shot, number: int) -> QImage:
    """The layer without its padding."""
    image = shot.layer(number).image or QImage()
    part = _part(shot, number)
    if part == _WHOLE:
        return image
    size = QSize(round(image.width() * part.width()), round(image.height() * part.height()))
    made = QImage(size, QImage.Format.Format_RGB32)
    painter = QPainter(made)
    draw_fitted(painter, image, QRectF(0, 0, size.width(), size.height()), part)
    painter.end()
    return made


def _draw(painter: QPainter, image: QImage, target: QRectF, part: QRectF) -> None:
    """Puts the `part` of `image` that shows the source's picture into `target`."""
    is_close = target.width() / max(1.0, image.width() * part.width()) >= _SHARP_FROM
    draw_fitted(painter, image, target, part, as_squares=is_close)
