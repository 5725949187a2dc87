"""Draws the app's icon. Usage: python packaging/icon.py SIZE PNG, or: python packaging/icon.py --ico ICO"""

import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

_DRAWING = Path(__file__).resolve().parents[1] / "resources" / "icons" / "app.svg"
_WINDOWS_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)


def icon(size: int) -> QImage:
    """The app's icon, `size` pixels square."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(_DRAWING)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return image


def write_ico(target: Path) -> None:
    """An .ico whose pictures are PNGs, which Windows reads since Vista (learn.microsoft.com, "Icons")."""
    pictures = [_png(size) for size in _WINDOWS_SIZES]
    offset = 6 + 16 * len(pictures)
    heading, body = struct.pack("<HHH", 0, 1, len(pictures)), b""
    for size, picture in zip(_WINDOWS_SIZES, pictures, strict=True):
        heading += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), offset + len(body))
        body += picture
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(heading + body)


def _png(size: int) -> bytes:
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    icon(size).save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs know no name for bytes
    return bytes(buffer.data().data())


if __name__ == "__main__":
    if sys.argv[1] == "--ico":
        write_ico(Path(sys.argv[2]))
    else:
        icon(int(sys.argv[1])).save(sys.argv[2])
