"""Reading back from a widget which frame it really shows."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from tests.fakes.footage import UnreadableError, read_number_from_rgb


def grab(widget: QWidget, part: QRect | None = None) -> QImage:
    """What `widget` draws, or the `part` of it in logical pixels, as RGB32."""
    image = widget.grab(part or widget.rect()).toImage().convertToFormat(QImage.Format.Format_RGB32)
    return image.copy()


def number_in(image: QImage) -> int | None:
    """The frame number in `image`; None when there is none."""
    try:
        return read_number_from_rgb(image.constBits(), image.width(), image.height(), image.bytesPerLine())
    except UnreadableError:
        return None


def number_on(widget: QWidget, part: QRect | None = None) -> int | None:
    return number_in(grab(widget, part))


def halves(widget: QWidget) -> tuple[int | None, int | None]:
    """The frame numbers in the left and the right half of `widget`."""
    half = widget.width() // 2
    return (
        number_on(widget, QRect(0, 0, half, widget.height())),
        number_on(widget, QRect(widget.width() - half, 0, half, widget.height())),
    )
