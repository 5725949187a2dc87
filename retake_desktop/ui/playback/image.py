"""From decoded pictures to images that Qt draws, and where on the screen they go."""

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QImage, QPainter, QTransform

from retake_desktop.media.picture import Picture
from retake_desktop.ui.playback.zoom import Frame, Zoom


def to_image(picture: Picture) -> QImage:
    """An image over the picture's own bytes: nothing is copied, and PySide6 keeps the bytes alive as long as it."""
    return QImage(picture.pixels, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB32)


def fitted(picture: QSizeF, into: QRectF, ratio: float) -> QRectF:
    """The largest rectangle of the picture's shape in the middle of `into`, on whole device pixels.

    `ratio` is the device pixels to a logical one; `into` is in logical pixels, as is what returns.
    """
    return Zoom().target(Frame(picture.toSize(), into, ratio))


def draw_fitted(
    painter: QPainter, image: QImage, target: QRectF, part: QRectF | None = None, *, as_squares: bool = False
) -> None:
    """Draws `image` into `target`, or the `part` of it that is given in parts of its width and height.

    It goes onto whole pixels of the screen, wherever the widget lies: with as many pixels as there are places, each
    pixel is drawn as it is. Otherwise it is smoothed, or enlarged `as_squares`.
    """
    width, height = image.width(), image.height()
    source = QRectF(0, 0, width, height)
    if part is not None:
        source = QRectF(part.x() * width, part.y() * height, part.width() * width, part.height() * height)
    placed, size = _on_device(painter.deviceTransform(), target)
    is_exact = source.toRect().toRectF() == source and source.size() == size
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not (is_exact or as_squares))
    painter.drawImage(placed, image, source)


def _on_device(transform: QTransform, target: QRectF) -> tuple[QRectF, QSizeF]:
    """`target` moved onto whole device pixels, and its size in them."""
    device = transform.mapRect(target)
    snapped = QRectF(round(device.x()), round(device.y()), round(device.width()), round(device.height()))
    back, is_invertible = transform.inverted()
    return (back.mapRect(snapped), snapped.size()) if is_invertible else (target, target.size())
