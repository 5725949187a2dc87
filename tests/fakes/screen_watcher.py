"""Watches a part of the screen from outside the program that draws there, and notes when which frame number is seen.

    python -m tests.fakes.screen_watcher X Y WIDTH HEIGHT

Writes a line at each change, `seconds number`: the steady clock just before the grab, and the number (-1 for none).
"""

import sys
import time

from PySide6.QtGui import QGuiApplication, QImage

from tests.fakes.footage import UnreadableError, read_number_from_rgb

_EVERY = 0.004


def watch(x: int, y: int, width: int, height: int) -> None:
    screen = QGuiApplication.primaryScreen()
    before = b""
    while True:
        moment = time.monotonic()
        image = screen.grabWindow(0, x, y, width, height).toImage().convertToFormat(QImage.Format.Format_RGB32)
        pixels = bytes(image.constBits())
        if pixels != before:
            before = pixels
            print(f"{moment:.6f} {_number(image)}", flush=True)  # noqa: T201 - this is what it is for
        time.sleep(max(0.0, moment + _EVERY - time.monotonic()))


def _number(image: QImage) -> int:
    try:
        return read_number_from_rgb(image.constBits(), image.width(), image.height(), image.bytesPerLine())
    except UnreadableError:
        return -1


if __name__ == "__main__":
    application = QGuiApplication(sys.argv[:1])
    watch(*map(int, sys.argv[1:5]))
