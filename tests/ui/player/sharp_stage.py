"""Shows a stage in a window, at a place that is no whole pixel, and counts the pixels that are not the picture's own.

QT_SCALE_FACTOR=1.25 python -m tests.ui.player.sharp_stage fit
"""

import sys
import time

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from retake_desktop.domain.clip import Clip
from retake_desktop.media.picture import Picture, fitted
from retake_desktop.media.probe import probe
from retake_desktop.ui.playback.decoding import Decoder
from retake_desktop.ui.playback.material import Material
from retake_desktop.ui.playback.playback import Playback
from retake_desktop.ui.playback.soundtrack import Soundtrack
from retake_desktop.ui.player.stage import Stage


class ChequeredReader:
    """Every picture, in whatever size, is a chequerboard of single pixels: any resampling turns it grey."""

    def __init__(self, clip: Clip) -> None:
        self._clip = clip

    def picture(self, index: int, box: tuple[int, int]) -> Picture:
        width, height = fitted(self._clip.width, self._clip.height, box)
        light, dark = bytes((250, 250, 250, 255)), bytes((60, 60, 60, 255))
        rows = ((light + dark) * width)[: 4 * width], ((dark + light) * width)[: 4 * width]
        pixels = b"".join(rows[y % 2] for y in range(height))
        return Picture(index, self._clip.frames.start_of(index), width, height, 4 * width, pixels)

    def close(self) -> None:
        """Nothing is open."""


def on_screen(window: QWidget, stage: Stage) -> QImage:
    """The stage's pixels as they stand on the screen."""
    QApplication.processEvents()
    whole = window.screen().grabWindow(window.winId()) if QApplication.platformName() == "xcb" else window.grab()
    ratio = window.devicePixelRatioF()
    corner = stage.mapTo(window, QPoint(0, 0)).toPointF() * ratio
    image = whole.toImage().convertToFormat(QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(1)
    place = QRect(round(corner.x()), round(corner.y()), round(stage.width() * ratio), round(stage.height() * ratio))
    return image.copy(place.intersected(image.rect()))


_PATIENCE = 20
_CHIP = 60
"""Rows at the bottom where the zoom is written."""


def blurred(image: QImage) -> tuple[int, int]:
    """How many pixels of the picture were looked at, away from its edges, and how many are not as they should be."""
    seen = wrong = 0
    for y in range(3, image.height() - _CHIP, 7):
        for x in range(3, image.width() - 3):
            level = image.pixelColor(x, y).green()
            neighbours = [image.pixelColor(x + by, y).green() for by in (-2, -1, 1, 2)]
            if min(level, *neighbours) > 50:
                seen += 1
                wrong += level not in (60, 250) or image.pixelColor(x + 1, y).green() == level
    return seen, wrong


def main() -> int:
    application = QApplication(sys.argv[:1])
    playback = Playback(Decoder(ChequeredReader), Soundtrack(lambda _: None))
    window = QWidget()
    stage = Stage(playback, window)
    stage.setGeometry(33, 21, 401, 283)
    window.resize(461, 333)
    window.show()
    playback.load(Material(probe(sys.argv[2])))
    if sys.argv[1] == "full":
        stage.zoom_to(100)
    wide = stage.zoom.box(stage.frame())
    expected = fitted(1280, 720, wide)
    while stage.shot is None or to_size(stage.shot.before) != expected:
        application.processEvents()
    seen = wrong = 0
    end = time.monotonic() + _PATIENCE
    while seen <= 2000 and time.monotonic() < end:
        # The picture is there; a busy screen may take a while to show it.
        application.processEvents()
        seen, wrong = blurred(on_screen(window, stage))
    sys.stdout.write(f"{window.devicePixelRatioF()} {seen > 2000} {wrong}\n")
    playback.close()
    return 0


def to_size(image: QImage) -> tuple[int, int]:
    return image.width(), image.height()


if __name__ == "__main__":
    sys.exit(main())
