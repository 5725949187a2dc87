"""From decoded pictures to images that Qt draws, and where on the screen they go."""

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QImage, QPainter

from retake_desktop.media.picture import Picture


def to_image(picture: Picture) -> QImage:
    """An image over the picture's own bytes: nothing is copied, and PySide6 keeps the bytes alive as long as it."""
    return QImage(picture.pixels, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB32)


def fitted(picture: QSizeF, into: QRectF, ratio: float) -> QRectF:
    """The largest rectangle of the picture's shape in the middle of `into`, on whole device pixels.

    `ratio` is the device pixels to a logical one; `into` is in logical pixels, as is what returns.
    """
    if picture.isEmpty() or into.isEmpty():
        return QRectF(into.center(), QSizeF(0, 0))
    scale = min(into.width() / picture.width(), into.height() / picture.height()) * ratio
    width, height = round(picture.width() * scale), round(picture.height() * scale)
    left = round(into.center().x() * ratio - width / 2)
    top = round(into.center().y() * ratio - height / 2)
    return QRectF(left / ratio, top / ratio, width / ratio, height / ratio)


def draw_fitted(painter: QPainter, image: QImage, target: QRectF, part: QRectF | None = None) -> None:
    """Draws `image` into `target`, or the `part` of it that is given in parts of its width and height."""
    width, height = image.width(), image.height()
    source = QRectF(0, 0, width, height)
    if part is not None:
        source = QRectF(part.x() * width, part.y() * height, part.width() * width, part.height() * height)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
    painter.drawImage(target, image, source)
